//! Doses out of text somebody typed or pasted: dates as people write them, vaccines by product, abbreviation or disease.

use chrono::NaiveDate;
use domain::date::parse_date;

use crate::names::vaccines;

/// The dates of a text, and what is left of it.
pub(crate) struct Found {
    pub(crate) dates: Vec<NaiveDate>,
    pub(crate) rest: String,
}

/// What a pasted text holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Pasted {
    /// Doses: the day and the vaccine's code.
    pub(crate) doses: Vec<(NaiveDate, u16)>,
    /// Lines that may hold a dose and were not understood. Better shown than taken for something else.
    pub(crate) unknown: Vec<String>,
}

/// A piece of a line.
enum Piece {
    Date(NaiveDate),
    Words(String),
}

/// What a line says, in its order.
#[derive(Clone, Copy)]
enum Said {
    Vaccine(u16),
    Date(NaiveDate),
}

/// Reads a text line by line. A line may hold vaccines and dates; one that holds only vaccines is the heading of the dates below
/// it. What may be a date and cannot be read makes the line one that was not understood.
pub(crate) fn read(text: &str, today: NaiveDate) -> Pasted {
    let mut pasted = Pasted::default();
    let mut heading: Vec<u16> = Vec::new();
    // A line of vaccines below which no date was found yet.
    let mut unused: Option<&str> = None;
    for line in text.lines() {
        let pieces = pieces(line, today);
        let (mut said, mut letters, mut unclear) = (Vec::new(), false, false);
        for piece in &pieces {
            match piece {
                Piece::Date(date) => said.push(Said::Date(*date)),
                Piece::Words(words) => {
                    said.extend(vaccines(words).into_iter().map(Said::Vaccine));
                    letters |= words.chars().any(char::is_alphabetic);
                    unclear |= may_be_a_date(words) || is_no_dose(words);
                }
            }
        }
        let named: Vec<u16> = said.iter().copied().filter_map(Said::vaccine).collect();
        let dated = said.iter().any(|said| matches!(said, Said::Date(_)));
        if unclear {
            pasted.unknown.push(shown(line));
        } else if dated && named.is_empty() {
            if letters || heading.is_empty() {
                pasted.unknown.push(shown(line));
            } else {
                unused = None;
                let days = said.iter().copied().filter_map(Said::date);
                pasted.doses.extend(days.flat_map(|date| heading.iter().map(move |cvx| (date, *cvx))));
            }
        } else if dated {
            pasted.doses.extend(paired(&said));
        }
        // What stands below a line of words is about those words, if about anything: dates go on, or begin, on the next line.
        if letters {
            pasted.unknown.extend(unused.take().map(shown));
            unused = (!named.is_empty() && !dated && !unclear).then_some(line);
            heading = if unclear { Vec::new() } else { named };
        }
    }
    pasted.unknown.extend(unused.map(shown));
    pasted
}

fn shown(line: &str) -> String {
    line.trim().chars().take(120).collect()
}

impl Said {
    fn vaccine(self) -> Option<u16> {
        if let Self::Vaccine(cvx) = self { Some(cvx) } else { None }
    }

    fn date(self) -> Option<NaiveDate> {
        if let Self::Date(date) = self { Some(date) } else { None }
    }
}

/// Which vaccine was given when: with one vaccine or one date all belong together, else each goes with what follows it.
fn paired(said: &[Said]) -> Vec<(NaiveDate, u16)> {
    let (vaccines, dates) =
        (said.iter().copied().filter_map(Said::vaccine), said.iter().copied().filter_map(Said::date));
    if vaccines.clone().count() == 1 || dates.clone().count() == 1 {
        return dates.flat_map(|date| vaccines.clone().map(move |cvx| (date, cvx))).collect();
    }
    let leads = |one: &Said| matches!(one, Said::Vaccine(_)) == matches!(said.first(), Some(Said::Vaccine(_)));
    let (mut doses, mut leading, mut followed) = (Vec::new(), Vec::new(), false);
    for one in said {
        if leads(one) {
            if std::mem::take(&mut followed) {
                leading.clear();
            }
            leading.push(*one);
        } else {
            followed = true;
            doses.extend(leading.iter().filter_map(|leader| match (leader, one) {
                (Said::Vaccine(cvx), Said::Date(date)) | (Said::Date(date), Said::Vaccine(cvx)) => Some((*date, *cvx)),
                _ => None,
            }));
        }
    }
    doses
}

/// Words by which a line says that nothing was given on its date: refused, due, printed, born, immune by a test.
fn is_no_dose(words: &str) -> bool {
    const WORDS: [&str; 34] = [
        "not",
        "declined",
        "refused",
        "refusal",
        "deferred",
        "due",
        "next",
        "overdue",
        "exempt",
        "disease",
        "titer",
        "titre",
        "positive",
        "negative",
        "immune",
        "exp",
        "expires",
        "expiration",
        "printed",
        "dob",
        "born",
        "birthdate",
        "no",
        "rechazada",
        "rechazo",
        "próxima",
        "proxima",
        "vence",
        "caduca",
        "impreso",
        "nacimiento",
        "enfermedad",
        "pendiente",
        "inmune",
    ];
    let plain = words.to_lowercase();
    plain.split(|letter: char| !letter.is_alphabetic()).any(|word| WORDS.contains(&word))
}

/// Words that may be meant as a date: `15/03/2021`, `20210315`, `3/2021`, `Mar 4`.
fn may_be_a_date(words: &str) -> bool {
    let tokens: Vec<&str> = words.split_whitespace().collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_dated = |token: &str| {
        let parts: Vec<&str> = token.split(['/', '-', '.']).collect();
        let year = token.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
        parts.len() > 1 && parts.iter().all(|part| is_number(part)) || is_number(token) && (token.len() == 8 || year)
    };
    let is_day = |token: &&str| token.starts_with(|letter: char| letter.is_ascii_digit());
    let by_month = tokens.windows(2).any(|pair| match pair {
        [one, other] => month_number(one).is_some() && is_day(other) || month_number(other).is_some() && is_day(one),
        _ => false,
    });
    tokens.iter().any(|token| is_dated(token)) || by_month
}

/// The dates of a line: `3/10/2021`, `2021-03-10`, `March 10, 2021`, `10 de marzo de 2021`.
pub(crate) fn dates(line: &str, today: NaiveDate) -> Found {
    let (mut dates, mut rest) = (Vec::new(), Vec::new());
    for piece in pieces(line, today) {
        match piece {
            Piece::Date(date) => dates.push(date),
            Piece::Words(words) => rest.push(words),
        }
    }
    Found { dates, rest: rest.join(" ") }
}

/// A line as dates and the words between them.
fn pieces(line: &str, today: NaiveDate) -> Vec<Piece> {
    let tokens: Vec<&str> = line
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')' | '|' | '"'))
        .map(|token| token.trim_matches(['.', ':']))
        .filter(|token| !token.is_empty() && !matches!(*token, "de" | "del" | "of"))
        .collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = |by: usize| tokens.get(at + by).copied();
        let (date, used) = if let Some(date) = in_numbers(token, today) {
            (Some(date), 1)
        } else if let Some(date) = in_words(Some(*token), next(1), next(2)).or(in_words(next(1), Some(*token), next(2)))
        {
            (Some(date), 3)
        } else {
            (None, 1)
        };
        match (date, pieces.last_mut()) {
            (Some(date), _) => pieces.push(Piece::Date(date)),
            (None, Some(Piece::Words(words))) => {
                words.push(' ');
                words.push_str(token);
            }
            (None, _) => pieces.push(Piece::Words((*token).to_owned())),
        }
        at += used;
    }
    pieces
}

fn in_numbers(token: &str, today: NaiveDate) -> Option<NaiveDate> {
    // Eight digits in a row are rather a number of something than a date.
    if !token.contains(['/', '-', '.']) {
        return None;
    }
    parse_date(token, today).ok()
}

fn in_words(month: Option<&str>, day: Option<&str>, year: Option<&str>) -> Option<NaiveDate> {
    let year = year.filter(|year| year.len() == 4)?.parse().ok()?;
    let day = day?.trim_end_matches(|letter: char| letter.is_alphabetic()).parse().ok()?;
    NaiveDate::from_ymd_opt(year, month_number(month?)?, day)
}

/// A month by its name in English or Spanish, or by the beginning of it.
fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "enero"],
        &["february", "febrero"],
        &["march", "marzo"],
        &["april", "abril"],
        &["may", "mayo"],
        &["june", "junio"],
        &["july", "julio"],
        &["august", "agosto"],
        &["september", "septiembre"],
        &["october", "octubre"],
        &["november", "noviembre"],
        &["december", "diciembre"],
    ];
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    let place = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(&word)))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn today() -> NaiveDate {
        day("2026-11-24")
    }

    #[test]
    fn a_list_is_read_as_families_and_offices_write_it() {
        let text = "Immunization record\n\
            MMR 3/15/2021, 03-20-2024\n\
            2020-05-02\tDTaP-Hep B-IPV (Pediarix)\tElm Street\n\
            Varicela: 15 de marzo de 2021\n\
            Hep B (Engerix) Mar 4, 2020 and 5/4/20\n\
            Rotavirus\n\
            5/2/2020\n\
            7/4/2020\n\
            CVX 94 on 03/15/2021";
        let pasted = read(text, today());
        let expected = [
            ("2021-03-15", 3),
            ("2024-03-20", 3),
            ("2020-05-02", 110),
            ("2021-03-15", 21),
            ("2020-03-04", 45),
            ("2020-05-04", 45),
            ("2020-05-02", 122),
            ("2020-07-04", 122),
            ("2021-03-15", 94),
        ];
        assert_eq!(pasted.doses, expected.map(|(date, cvx)| (day(date), cvx)));
        assert!(pasted.unknown.is_empty(), "{:?}", pasted.unknown);
    }

    #[test]
    fn a_line_with_a_date_and_no_vaccine_is_shown_and_not_lost() {
        let pasted = read("MMR 3/15/2021\nMystery shot 4/1/2021\nnotes without a date", today());
        assert_eq!(pasted.doses.len(), 1);
        assert_eq!(pasted.unknown, ["Mystery shot 4/1/2021"]);
    }

    #[test]
    fn several_vaccines_and_dates_on_a_line_find_each_other() {
        let dose = |date: &str, cvx| (day(date), cvx);
        let one_visit = read("5/10/2020 DTaP, IPV, Hib", today()).doses;
        assert_eq!(one_visit, [dose("2020-05-10", 17), dose("2020-05-10", 130)]);
        let vaccines_first = read("Hep B 1/2/2020, 2/3/2020; PCV13 3/4/2020", today()).doses;
        assert_eq!(vaccines_first, [dose("2020-01-02", 45), dose("2020-02-03", 45), dose("2020-03-04", 133)]);
        let dates_first = read("1/2/2020 Hep B 3/4/2020 PCV13, RotaTeq", today()).doses;
        assert_eq!(dates_first, [dose("2020-01-02", 45), dose("2020-03-04", 116), dose("2020-03-04", 133)]);
    }

    #[test]
    fn what_was_not_given_is_no_dose_and_is_shown() {
        for line in [
            "MMR not given 5/5/2025",
            "Hep B 3/16/2021; declined 5/1/2021",
            "Varicella had disease 1/2/2023",
            "Rotavirus next due 12/1/2026",
            "Varicella lot exp 08/08/2026 given 7/2/2025",
            "DTaP (printed 5/5/2025, dob 3/15/2021) 6/20/2022",
            "MMR titer positive 4/4/2024",
            "Hep B birth",
        ] {
            let pasted = read(line, today());
            assert_eq!((pasted.doses.len(), pasted.unknown.as_slice()), (0, &[line.to_owned()][..]));
        }
        let continued = read("Polio: 5/18/21, 7/20/21\n9/21/21", today());
        assert_eq!(continued.doses.len(), 3, "{continued:?}");
    }

    #[test]
    fn what_may_be_a_date_and_cannot_be_read_is_shown_and_not_taken_for_a_heading() {
        for line in ["MMR 15/03/2021", "MMR 20210315", "MMR Mar 4, 20", "MMR 3/2021", "MMR 3/15/2021, 20/3/2024"] {
            let pasted = read(&format!("{line}\n5/2/2020"), today());
            assert_eq!((pasted.doses.len(), pasted.unknown.first().map(String::as_str)), (0, Some(line)), "{pasted:?}");
        }
        let below = read("Rotavirus\n5/2/2020\nMystery vaccine\n6/1/2021\nDate of birth\n3/10/2020", today());
        assert_eq!(
            (below.doses, below.unknown),
            (vec![(day("2020-05-02"), 122)], vec!["6/1/2021".into(), "3/10/2020".into()])
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(?s).{0,200}") {
            let _ = read(&text, today());
        }

        #[test]
        fn a_date_is_found_however_it_stands(year in 1950..2026_i32, month in 1..13_u32, date in 1..29_u32) {
            let Some(wanted) = NaiveDate::from_ymd_opt(year, month, date) else { return Ok(()) };
            for text in [format!("x {month}/{date}/{year} y"), format!("{year}-{month:02}-{date:02},"), wanted.format("%B %-d, %Y").to_string(), wanted.format("%-d %b %Y").to_string()] {
                proptest::prop_assert_eq!(dates(&text, today()).dates, vec![wanted], "{}", text);
            }
        }
    }
}
