//! Dates in a text somebody typed or pasted, as people of many countries write them.

use chrono::NaiveDate;
use domain::date::{DateOrder, OrderSaid, month_named, order_said, parse_date_as};

use crate::{
    letters::{folded, is_filler},
    pieces::{prepared, tokens},
};

/// How the dates of a text are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dating {
    pub(crate) today: NaiveDate,
    /// `None`: the text writes some in one order and some in the other, and only those are read that are clear by themselves.
    pub(crate) order: Option<DateOrder>,
}

impl Dating {
    /// What the dates of a text say themselves is believed before what was chosen for those that can be read either way.
    pub(crate) fn of(text: &str, chosen: DateOrder, today: NaiveDate) -> Self {
        let text = prepared(text);
        let tokens = tokens(&text);
        let dates = tokens.iter().map(|token| token.text).filter(|token| token.contains(['/', '-', '.']));
        let order = match order_said(dates) {
            OrderSaid::Clear | OrderSaid::Ambiguous => Some(chosen),
            OrderSaid::Only(order) => Some(order),
            OrderSaid::Both => None,
        };
        Self { today, order }
    }

    fn in_numbers(self, token: &str) -> Option<NaiveDate> {
        // Eight digits in a row are rather a number of something than a date.
        if !token.contains(['/', '-', '.']) || !token.starts_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        let read = |order| parse_date_as(token, self.today, order).ok();
        let (month, day) = (read(DateOrder::MonthFirst), read(DateOrder::DayFirst));
        match self.order {
            None if month.is_some() && day.is_some() && month != day => None,
            Some(DateOrder::DayFirst) => day.or(month),
            Some(DateOrder::MonthFirst) | None => month.or(day),
        }
    }
}

/// Words that may be meant as a date: `15/03/2021`, `20210315`, `3/2021`, `Mar 4`.
pub(crate) fn may_be_a_date(words: &str) -> bool {
    let tokens: Vec<&str> = words
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')' | '|' | '"'))
        .filter(|token| !token.is_empty())
        .collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = |part: &str| part.len() == 4 && part.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
    let is_dated = |token: &str| {
        let parts: Vec<&str> = token.split(['/', '-', '.']).collect();
        match parts.as_slice() {
            [whole] => is_number(whole) && (whole.len() == 8 || is_year(whole)),
            // 3/2021; 0.5 is an amount.
            [one, other] => {
                is_number(one)
                    && is_number(other)
                    && (is_year(one) || is_year(other) || one.len() <= 2 && other.len() <= 2 && !token.contains('.'))
            }
            // Phone numbers and drug codes have longer parts.
            [_, _, _] => parts.iter().all(|part| is_number(part) && (part.len() <= 2 || is_year(part))),
            _ => false,
        }
    };
    let is_day = |token: &&str| token.starts_with(|letter: char| letter.is_ascii_digit());
    let by_month = tokens.windows(2).any(|pair| match pair {
        [one, other] => month_number(one).is_some() && is_day(other) || month_number(other).is_some() && is_day(one),
        _ => false,
    });
    tokens.iter().any(|token| is_dated(token)) || by_month
}

pub(crate) fn is_month_of_year(word: &str) -> bool {
    let number = |part: &str| part.parse::<u16>().ok();
    word.split_once(['/', '-'])
        .and_then(|(one, other)| Some((number(one)?, number(other)?)))
        .is_some_and(|(one, other)| (1..=12).contains(&one) && other >= 20 || one > 1900 && (1..=12).contains(&other))
}

/// A date at the beginning of these words, and how many of them it takes.
pub(crate) fn date_at(here: &[&str], dating: Dating) -> Option<(NaiveDate, usize)> {
    let first = here.first()?;
    if let Some(date) = dating.in_numbers(first) {
        return Some((date, 1));
    }
    // The next three that say something: `10 de marzo de 2021`.
    let mut said: Vec<(usize, &str)> = Vec::new();
    for (at, word) in here.iter().enumerate().take(5) {
        if at == 0 || !is_filler(word) {
            said.push((at, word));
        }
    }
    if let [(_, one), (_, two), (at, three), ..] = said.as_slice()
        && let Some(date) = in_words(one, two, three).or_else(|| in_words(two, one, three))
    {
        return Some((date, at + 1));
    }
    // `15 tháng 3 năm 2021`
    let folded: Vec<String> =
        here.iter().take(5).map(|word| word.to_lowercase().chars().filter_map(folded).collect()).collect();
    if let [day, thang, month, nam, year] = folded.as_slice()
        && thang == "thang"
        && nam == "nam"
    {
        let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        return Some((date, 5));
    }
    None
}

pub(crate) fn in_words(month: &str, day: &str, year: &str) -> Option<NaiveDate> {
    let year = (year.len() == 4).then_some(year)?.parse().ok()?;
    let day = day.trim_end_matches(|letter: char| letter.is_alphabetic()).parse().ok()?;
    NaiveDate::from_ymd_opt(year, month_number(month)?, day)
}

/// A month by its name, or by the beginning of it in English or Spanish.
pub(crate) fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [[&str; 2]; 12] = [
        ["january", "enero"],
        ["february", "febrero"],
        ["march", "marzo"],
        ["april", "abril"],
        ["may", "mayo"],
        ["june", "junio"],
        ["july", "julio"],
        ["august", "agosto"],
        ["september", "septiembre"],
        ["october", "octubre"],
        ["november", "noviembre"],
        ["december", "diciembre"],
    ];
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    let begun = (1..).zip(MONTHS).find(|(_, names)| names.iter().any(|name| name.starts_with(&word)));
    begun.map(|(month, _)| month).or_else(|| month_named(&word))
}
