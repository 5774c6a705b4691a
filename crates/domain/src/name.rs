//! The name of a person, as given and as compared.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Invalid, text};

/// A name: a last name, or for one-name people only that; first and middle where there are some.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct PersonName {
    last: String,
    first: String,
    middle: String,
}

impl PersonName {
    /// Longest part of a name the registry keeps (HL7 XPN allows 50 for the family name; we allow more).
    pub const LIMIT: usize = 80;

    /// Takes the parts of a name. The last name is needed; a person with one name has it there.
    ///
    /// # Errors
    /// [`Invalid`] of the first part that is not a name.
    pub fn new(last: &str, first: &str, middle: &str) -> Result<Self, Invalid> {
        Ok(Self {
            last: part(last)?.ok_or(Invalid::Missing)?,
            first: part(first)?.unwrap_or_default(),
            middle: part(middle)?.unwrap_or_default(),
        })
    }

    /// Takes a name the store has kept.
    pub fn stored(last: String, first: String, middle: String) -> Self {
        Self { last, first, middle }
    }

    /// The family name, or the only one.
    pub fn last(&self) -> &str {
        &self.last
    }

    /// The given name, empty where there is none.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// The middle name or names, empty where there is none.
    pub fn middle(&self) -> &str {
        &self.middle
    }

    /// The first letters, such as `M. O.`: what an unauthenticated check may show.
    pub fn initials(&self) -> String {
        [&self.first, &self.last]
            .iter()
            .filter_map(|part| part.chars().find(|c| c.is_alphabetic()))
            .map(|letter| format!("{}.", letter.to_uppercase()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// `Last, First Middle`, as lists sort.
    pub fn sorted(&self) -> String {
        let given = [self.first.as_str(), self.middle.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if given.is_empty() { self.last.clone() } else { format!("{}, {given}", self.last) }
    }
}

/// `First Middle Last`, as a person is addressed.
impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [self.first.as_str(), self.middle.as_str(), self.last.as_str()];
        f.write_str(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

fn part(text: &str) -> Result<Option<String>, Invalid> {
    let Some(name) = text::line(text, PersonName::LIMIT)? else { return Ok(None) };
    if name
        .chars()
        .any(|c| c.is_ascii_digit() || matches!(c, '<' | '>' | '{' | '}' | '|' | '\\' | '^' | '=' | ';' | '@' | '/'))
    {
        return Err(Invalid::Character);
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err(Invalid::Character);
    }
    Ok(Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_names_are_names() {
        for (last, first) in [
            ("O'Brien", "Máire"),
            ("García-Lopez", "José"),
            ("Nguyễn", "Thị Hồng"),
            ("Suharto", ""),
            ("St. John", "D’Arcy"),
        ] {
            assert!(PersonName::new(last, first, "").is_ok(), "{last}");
        }
    }

    #[test]
    fn texts_that_are_no_names_are_refused() {
        for last in ["", "  ", "R2D2", "<b>x</b>", "a\u{202e}b", "--", "x\u{0}"] {
            assert!(PersonName::new(last, "Ann", "").is_err(), "{last:?}");
        }
        assert_eq!(PersonName::new(&"x".repeat(81), "", ""), Err(Invalid::TooLong));
    }

    #[test]
    fn a_name_is_shown_without_gaps() {
        let name = PersonName::new("Okafor", "Mia", "").unwrap_or_default();
        assert_eq!(name.to_string(), "Mia Okafor");
        assert_eq!(name.sorted(), "Okafor, Mia");
        assert_eq!(name.initials(), "M. O.");
        assert_eq!(PersonName::new("Suharto", "", "").unwrap_or_default().sorted(), "Suharto");
    }
}
