//! What a person typed, and what is wrong with it.

use chrono::NaiveDate;
use domain::{Invalid, date::parse_date, patient::Address};
use words::Words;

/// The fields of a form, the files, and the errors found so far.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
    errors: Vec<(String, String)>,
}

impl Form {
    /// What a browser sent.
    pub fn new(fields: Vec<(String, String)>, files: Vec<(String, Vec<u8>)>) -> Self {
        Self { fields, files, errors: Vec::new() }
    }

    /// What was typed into a field; empty if nothing was.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Everything sent under a name: the ticked boxes of a group.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Every field.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// Is a box ticked?
    pub fn ticked(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    /// The content of an uploaded file.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, bytes)| bytes.as_slice())
            .filter(|bytes| !bytes.is_empty())
    }

    /// Every file: the field's name and its content.
    pub fn files(&self) -> &[(String, Vec<u8>)] {
        &self.files
    }

    /// Fills a field in, where the person has typed nothing yet.
    pub fn prefill(&mut self, name: &str, value: impl Into<String>) {
        if !self.fields.iter().any(|(known, _)| known == name) {
            self.fields.push((name.to_owned(), value.into()));
        }
    }

    /// Notes what is wrong with a field; the first error of a field stays.
    pub fn wrong(&mut self, name: &str, message: impl Into<String>) {
        if self.error(name).is_none() {
            self.errors.push((name.to_owned(), message.into()));
        }
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|(known, _)| known == name).map(|(_, message)| message.as_str())
    }

    /// Everything that is wrong, in the order of the page.
    pub fn errors(&self) -> &[(String, String)] {
        &self.errors
    }

    /// Is nothing wrong?
    pub fn is_fine(&self) -> bool {
        self.errors.is_empty()
    }

    /// Takes the result of reading a field; an error is noted in words and gives `None`.
    pub fn accept<T>(&mut self, name: &str, words: Words, result: Result<T, Invalid>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(why) => {
                self.wrong(name, why_words(words, why));
                None
            }
        }
    }

    /// A date typed into three fields, `name-month`, `name-day`, `name-year`.
    pub fn date(&mut self, name: &str, words: Words, today: NaiveDate) -> Option<NaiveDate> {
        let part = |end: &str| self.value(&format!("{name}-{end}")).trim().to_owned();
        let (month, day, year) = (part("month"), part("day"), part("year"));
        let result = if month.is_empty() && day.is_empty() && year.is_empty() {
            Err(Invalid::Missing)
        } else if year.len() != 4 {
            Err(Invalid::Date)
        } else {
            parse_date(&format!("{month}/{day}/{year}"), today)
        };
        match result {
            Err(Invalid::Missing) => {
                self.wrong(name, words.error_date_missing());
                None
            }
            other => self.accept(name, words, other),
        }
    }

    /// An address typed into `street`, `city`, `state` and `zip`.
    pub fn address(&mut self, words: Words) -> Option<Address> {
        let [street, city, state, zip] = ["street", "city", "state", "zip"].map(|name| self.value(name).trim());
        match Address::new(street, city, state, zip) {
            Ok(address) => Some(address),
            Err((field, why)) => {
                let text = match field {
                    "state" => words.error_state(),
                    "zip" => words.error_zip(),
                    _ => why_words(words, why),
                };
                self.wrong(field, text);
                None
            }
        }
    }

    /// Fills the three fields of a date in.
    pub fn prefill_date(&mut self, name: &str, date: NaiveDate) {
        self.prefill(&format!("{name}-month"), date.format("%m").to_string());
        self.prefill(&format!("{name}-day"), date.format("%d").to_string());
        self.prefill(&format!("{name}-year"), date.format("%Y").to_string());
    }
}

/// What is wrong, in words.
pub fn why_words(words: Words, why: Invalid) -> &'static str {
    match why {
        Invalid::Missing => words.error_missing(),
        Invalid::TooLong => words.error_too_long(),
        Invalid::Character => words.error_character(),
        Invalid::Date => words.error_date(),
        Invalid::Future => words.error_future(),
        Invalid::TooEarly => words.error_too_early(),
        Invalid::Code => words.error_code(),
        Invalid::Choice => words.error_choice(),
    }
}

/// Could this be said of any field?
pub(crate) fn is_general(words: Words, message: &str) -> bool {
    let all = [
        Invalid::Missing,
        Invalid::TooLong,
        Invalid::Character,
        Invalid::Date,
        Invalid::Future,
        Invalid::TooEarly,
        Invalid::Code,
        Invalid::Choice,
    ];
    all.iter().any(|why| why_words(words, *why) == message) || message == words.error_date_missing()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_three_fields_is_read_and_its_fault_named_once() {
        let words = Words::default();
        let today = "2026-09-01".parse().unwrap_or_default();
        let form = |month: &str, day: &str, year: &str| {
            Form::new(
                vec![
                    ("born-month".into(), month.into()),
                    ("born-day".into(), day.into()),
                    ("born-year".into(), year.into()),
                ],
                Vec::new(),
            )
        };
        assert_eq!(form("3", "10", "2021").date("born", words, today), Some("2021-03-10".parse().unwrap_or_default()));
        for (month, day, year) in
            [("", "", ""), ("13", "1", "2020"), ("2", "30", "2020"), ("3", "10", "21"), ("x", "1", "2020")]
        {
            let mut form = form(month, day, year);
            assert_eq!(form.date("born", words, today), None);
            assert!(form.error("born").is_some());
        }
    }
}
