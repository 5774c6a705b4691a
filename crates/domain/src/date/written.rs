//! Dates as people and systems write them.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Which of the first two numbers of a date such as `3/4/2021` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum DateOrder {
    /// The first: as in the United States.
    #[default]
    MonthFirst,
    /// The second: as nearly everywhere else.
    DayFirst,
}

impl DateOrder {
    /// The word forms and settings write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::MonthFirst => "month-first",
            Self::DayFirst => "day-first",
        }
    }

    /// Reads the word.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::MonthFirst, Self::DayFirst].into_iter().find(|order| order.key() == key)
    }
}

/// What the dates of a column say about their order, all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderSaid {
    /// Every date can be read in one way only, or there is none.
    Clear,
    /// Some can be read in this way only, and none in the other way only.
    Only(DateOrder),
    /// Some can be read in either way, and nothing decides: somebody has to be asked.
    Ambiguous,
    /// Some only in one way, others only in the other: only those that are clear by themselves can be read.
    Both,
}

/// Looks at all the dates of a column.
pub fn order_said<'a>(dates: impl IntoIterator<Item = &'a str>) -> OrderSaid {
    let (mut month, mut day, mut either) = (false, false, false);
    for text in dates {
        let Some(Parts::Numbers(first, second, _)) = parts(&without_time(text)) else { continue };
        match (first <= 12, second <= 12) {
            (true, true) => either |= first != second,
            (true, false) => month = true,
            (false, true) => day = true,
            (false, false) => {}
        }
    }
    match (month, day, either) {
        (true, true, true) => OrderSaid::Both,
        (true, false, _) => OrderSaid::Only(DateOrder::MonthFirst),
        (false, true, _) => OrderSaid::Only(DateOrder::DayFirst),
        (false, false, true) => OrderSaid::Ambiguous,
        (_, _, false) => OrderSaid::Clear,
    }
}

/// Reads a date as people and systems in Massachusetts write it, the month first: see [`parse_date_as`].
///
/// # Errors
/// [`Invalid::Missing`] for nothing, [`Invalid::Date`] for anything else that is not a full date.
pub fn parse_date(text: &str, today: NaiveDate) -> Result<NaiveDate, Invalid> {
    parse_date_as(text, today, DateOrder::MonthFirst)
}

/// Reads a date as people and systems write it: `2021-03-10`, `3/10/2021`, `03/10/21`, `20210310`, `03102021`, `10-Mar-2021`,
/// `Mar 10, 2021`, `10 de marzo de 2021`, a spreadsheet's day number (`44265`), each with or without a time of day.
///
/// `order` decides dates of numbers alone; one that can only be read in the other way is not a date. A two-digit year is taken
/// from the hundred years that end with `today`'s year.
///
/// # Errors
/// [`Invalid::Missing`] for nothing, [`Invalid::Date`] for anything else that is not a full date.
pub fn parse_date_as(text: &str, today: NaiveDate, order: DateOrder) -> Result<NaiveDate, Invalid> {
    let text = without_time(text);
    if text.is_empty() {
        return Err(Invalid::Missing);
    }
    let (year, month, day) = match parts(&text).ok_or(Invalid::Date)? {
        Parts::Known(year, month, day) => (year, month, day),
        Parts::Numbers(first, second, year) => match order {
            DateOrder::MonthFirst => (year, first, second),
            DateOrder::DayFirst => (year, second, first),
        },
        Parts::DayNumber(days) => {
            return NaiveDate::from_ymd_opt(1899, 12, 30)
                .and_then(|zero| zero.checked_add_days(Days::new(days.into())))
                .ok_or(Invalid::Date);
        }
    };
    let year = match year {
        Year::Full(year) => year,
        Year::Short(short) => full_year(short, today),
    };
    let year = i32::try_from(year).map_err(|_| Invalid::Date)?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| year >= 1800).ok_or(Invalid::Date)
}

#[derive(Clone, Copy)]
enum Year {
    Full(u32),
    Short(u32),
}

/// The numbers of a date.
enum Parts {
    /// Year, month, day, as the writing says which is which.
    Known(Year, u32, u32),
    /// Month and day in an order it does not say, and the year.
    Numbers(u32, u32, Year),
    /// Days since the beginning of spreadsheets' time.
    DayNumber(u32),
}

/// Without a time of day behind it, and without what nobody sees.
fn without_time(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !crate::text::is_unseen(*letter)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // `2021-03-10T00:00:00Z`, `3/10/2021 12:00:00 AM`: the date ends before the hour.
    let Some((before, _)) = text.split_once(':') else { return text };
    let date = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
    match date.strip_suffix(['T', ' ', 't']) {
        Some(date) => date.trim().to_owned(),
        None => text,
    }
}

fn parts(text: &str) -> Option<Parts> {
    if text.len() > 40 {
        return None;
    }
    let number = |part: &str| -> Option<u32> {
        let is_number = (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    };
    let year = |part: &str| match part.len() {
        4 => number(part).map(Year::Full),
        2 => number(part).map(Year::Short),
        _ => None,
    };
    if text.chars().any(char::is_alphabetic) {
        return with_month_name(text, number, year);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    match parts.as_slice() {
        [whole] => match whole.len() {
            8 => {
                // A sign of more than one byte may stand across a cut: then it is no date.
                let at = |from: usize, to: usize| whole.get(from..to).and_then(number);
                let leading = at(0, 4)?;
                // 20210310, or 03102021.
                if (1800..=2200).contains(&leading) {
                    Some(Parts::Known(Year::Full(leading), at(4, 6)?, at(6, 8)?))
                } else {
                    Some(Parts::Numbers(at(0, 2)?, at(2, 4)?, Year::Full(at(4, 8)?)))
                }
            }
            // 1927 to 2064; a smaller or larger number is something else.
            5 => number(whole).filter(|days| (10_000..=60_000).contains(days)).map(Parts::DayNumber),
            _ => None,
        },
        // 43654.5: a spreadsheet's day with its time.
        [days, fraction] if days.len() == 5 => {
            number(fraction)?;
            number(days).filter(|days| (10_000..=60_000).contains(days)).map(Parts::DayNumber)
        }
        [first, month, day] if first.len() == 4 => Some(Parts::Known(year(first)?, number(month)?, number(day)?)),
        [first, second, last] => Some(Parts::Numbers(number(first)?, number(second)?, year(last)?)),
        _ => None,
    }
}

/// `06-May-2019`, `Jun 7, 2019`, `7 de junio de 2019`, `Tue, 5 Mar 2019`.
fn with_month_name(
    text: &str,
    number: impl Fn(&str) -> Option<u32>,
    year: impl Fn(&str) -> Option<Year>,
) -> Option<Parts> {
    let mut month = None;
    let mut numbers = Vec::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // 1st, 2nd, 3rd, 5th.
        let plain = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        if let Some(found) = month_named(word) {
            if month.replace(found).is_some() {
                return None;
            }
        } else if !plain.is_empty() && matches!(word.strip_prefix(plain), Some("" | "st" | "nd" | "rd" | "th")) {
            numbers.push(plain);
        } else if !is_filler(word) {
            return None;
        }
    }
    let [first, second] = numbers.as_slice() else { return None };
    // Four digits are the year, wherever they stand; else the second number is.
    let (day, of) = if first.len() == 4 { (second, first) } else { (first, second) };
    Some(Parts::Known(year(of)?, month?, number(day)?))
}

/// A month by its name or the usual short of it, in English, Spanish, Portuguese or French.
pub fn month_named(word: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["january", "jan", "enero", "ene", "janeiro", "janvier"],
        &["february", "feb", "febrero", "fevereiro", "fev", "fevrier", "février"],
        &["march", "mar", "marzo", "março", "marco", "mars"],
        &["april", "apr", "abril", "abr", "avril", "avr"],
        &["may", "mayo", "maio", "mai"],
        &["june", "jun", "junio", "junho", "juin"],
        &["july", "jul", "julio", "julho", "juillet"],
        &["august", "aug", "agosto", "ago", "août", "aout"],
        &["september", "sep", "sept", "septiembre", "setiembre", "set", "setembro", "septembre"],
        &["october", "oct", "octubre", "outubro", "out", "octobre"],
        &["november", "nov", "noviembre", "novembro", "novembre"],
        &["december", "dec", "diciembre", "dic", "dezembro", "dez", "décembre", "decembre"],
    ];
    let word = word.to_lowercase();
    (1..).zip(NAMES).find(|(_, names)| names.contains(&word.as_str())).map(|(month, _)| month)
}

/// Words of a date that say nothing: `de`, a weekday.
fn is_filler(word: &str) -> bool {
    const DAYS: [&str; 14] = [
        "mon",
        "monday",
        "tue",
        "tuesday",
        "wed",
        "wednesday",
        "thu",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
    ];
    let word = word.to_lowercase();
    matches!(word.as_str(), "de" | "del" | "of" | "the" | "le" | "el") || DAYS.contains(&word.as_str())
}

fn full_year(short: u32, today: NaiveDate) -> u32 {
    let this = u32::try_from(today.year()).unwrap_or(2000);
    let century = this - this % 100;
    if century + short > this { century + short - 100 } else { century + short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let today = day("2026-09-01");
        for text in [
            "2021-03-10",
            "03/10/2021",
            "3/10/21",
            "3-10-2021",
            "20210310",
            " 2021-03-10 ",
            "03102021",
            "2021-03-10 00:00:00",
            "3/10/2021 0:00",
            "3/10/2021 12:00:00 AM",
            "2021-03-10T00:00:00Z",
            "10-Mar-2021",
            "10-mar-21",
            "Mar 10, 2021",
            "March 10th, 2021",
            "10 de marzo de 2021",
            "Wed, 10 Mar 2021",
            "2021-Mar-10",
            "44265",
            "44265.5",
            "3/10/\u{200e}2021",
        ] {
            assert_eq!(parse_date(text, today), Ok(day("2021-03-10")), "{text}");
        }
        assert_eq!(parse_date("1/2/35", today), Ok(day("1935-01-02")));
        for text in [
            "2021-02-30",
            "10.3",
            "tomorrow",
            "2021",
            "03/2021",
            "2021-3-1-1",
            "0000-00-00",
            "２０２１",
            "Mar 2021",
            "10 Mar",
            "10 Mar Apr 2021",
            "14/07/2021",
            "99999",
            "1",
            "12:30",
            "Mar 10 2021 2022",
        ] {
            assert_eq!(parse_date(text, today), Err(Invalid::Date), "{text}");
        }
        assert_eq!(parse_date("  ", today), Err(Invalid::Missing));
    }

    #[test]
    fn a_column_says_by_its_own_dates_whether_the_day_comes_first() {
        let said = |dates: &[&str]| order_said(dates.iter().copied());
        assert_eq!(said(&["3/4/2021", "14/07/2021"]), OrderSaid::Only(DateOrder::DayFirst));
        assert_eq!(said(&["3/4/2021 0:00", "07/14/2021"]), OrderSaid::Only(DateOrder::MonthFirst));
        assert_eq!(said(&["3/4/2021", "5/6/2021"]), OrderSaid::Ambiguous);
        assert_eq!(said(&["3/3/2021", "2021-03-04", "4 May 2021", ""]), OrderSaid::Clear);
        assert_eq!(said(&["3/4/2021", "14/07/2021", "07/14/2021"]), OrderSaid::Both);
        let today = day("2026-09-01");
        assert_eq!(parse_date_as("3/4/2021", today, DateOrder::DayFirst), Ok(day("2021-04-03")));
        assert_eq!(parse_date_as("7/14/2021", today, DateOrder::DayFirst), Err(Invalid::Date));
        assert_eq!(parse_date_as("2021-03-04", today, DateOrder::DayFirst), Ok(day("2021-03-04")));
    }

    #[test]
    fn a_cell_with_a_long_dash_is_no_date_and_breaks_nothing() {
        // Eight bytes, and signs of more than one among them (merman #29, rustledger #2277).
        for cell in ["2020 –", "(5–10)", "10–021", "–20210", "２０20"] {
            assert!(parse_date(cell, day("2026-09-01")).is_err(), "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_date_reader(text in "([0-9]{1,5}|[-/. :T]|mar|de|[–—（）é٣]|.){0,14}") {
            let _ = parse_date(&text, day("2026-09-01"));
            let _ = order_said([text.as_str()]);
        }
    }
}
