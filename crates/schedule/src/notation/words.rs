//! What can stand in a line: codes, numbers, dates, lengths, ranges of ages.

use std::str::FromStr;

use chrono::NaiveDate;
use domain::Period;

use super::read::Parsed;
use crate::{CvxSet, Window, parse_length};

/// `CVX [ages]`
pub(super) fn aged_vaccine(part: &str) -> Parsed<(u16, Window)> {
    let (cvx, ages) = split(part);
    Ok((vaccine_code(cvx)?, window(ages)?))
}

/// `[>= LENGTH] [< LENGTH]`
pub(super) fn window(ages: &str) -> Parsed<Window> {
    let ages = ages.trim();
    if ages.is_empty() {
        return Ok(Window::default());
    }
    let (from, to) = match ages.split_once('<') {
        Some((from, to)) => (from.trim(), Some(length(to)?)),
        None => (ages, None),
    };
    let from = match from.strip_prefix(">=") {
        Some(from) => Some(length(from)?),
        None if from.is_empty() => None,
        None => return Err(format!("{ages:?} is no range of ages")),
    };
    Ok(Window { from, to })
}

/// Where the range of ages behind a name begins.
pub(super) fn sign_at(part: &str) -> usize {
    [part.find(" >= "), part.find(" < ")].into_iter().flatten().min().unwrap_or(part.len())
}

pub(super) fn split(line: &str) -> (&str, &str) {
    line.split_once(' ').map_or((line, ""), |(word, rest)| (word, rest.trim()))
}

pub(super) fn any(word: &str) -> Parsed<bool> {
    match word {
        "any" => Ok(true),
        "all" => Ok(false),
        other => Err(format!("{other:?} is neither any nor all")),
    }
}

pub(super) fn number<N: FromStr>(word: &str) -> Parsed<N> {
    word.parse().map_err(|_| format!("{word:?} is no number here"))
}

pub(super) fn numbers<N: FromStr>(words: &str) -> Parsed<Vec<N>> {
    words.split_whitespace().map(number).collect()
}

pub(super) fn vaccine_code(word: &str) -> Parsed<u16> {
    let cvx = number(word)?;
    if CvxSet::EMPTY.clone().insert(cvx) { Ok(cvx) } else { Err(format!("{cvx} is no vaccine code")) }
}

pub(super) fn vaccine_codes(words: &str) -> Parsed<CvxSet> {
    words.split_whitespace().map(vaccine_code).collect()
}

pub(super) fn date(word: &str) -> Parsed<NaiveDate> {
    word.parse().map_err(|_| format!("{word:?} is no date"))
}

pub(super) fn length(text: &str) -> Parsed<Period> {
    parse_length(text).map_err(|_| format!("{text:?} is no length of time"))
}
