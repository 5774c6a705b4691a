//! Schools: grades and school years.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// A grade, kindergarten (`K`, also written K2) to 12, or preschool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// Preschool: K0, K1, PK.
    Preschool,
    /// Kindergarten: K, K2, KF.
    Kindergarten,
    /// Grades 1 to 12.
    Year(u8),
}

impl Grade {
    /// All grades of a school.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Preschool, Self::Kindergarten].into_iter().chain((1..=12).map(Self::Year))
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preschool => f.write_str("PK"),
            Self::Kindergarten => f.write_str("K"),
            Self::Year(year) => write!(f, "{year}"),
        }
    }
}

impl FromStr for Grade {
    type Err = Invalid;

    /// Reads `K`, `KG`, `0`, `PK`, `07`, `7`, `7th`, `Grade 7`, as student information systems write them.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().to_ascii_uppercase();
        let text = text.trim_start_matches("GRADE").trim();
        if text.is_empty() {
            return Err(Invalid::Missing);
        }
        match text {
            "PK" | "PREK" | "PRE-K" | "K0" | "K1" => return Ok(Self::Preschool),
            "K" | "KG" | "KF" | "KP" | "K2" | "0" | "00" | "KINDERGARTEN" => return Ok(Self::Kindergarten),
            _ => {}
        }
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match digits.parse() {
            Ok(year @ 1..=12) => Ok(Self::Year(year)),
            _ => Err(Invalid::Choice),
        }
    }
}

/// A school year by the calendar year it begins in: 2026 is 2026-27.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchoolYear(pub i32);

impl SchoolYear {
    /// The school year a day belongs to. A year turns on 1 July: letters signed in summer are for the coming year.
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() >= 7 { day.year() } else { day.year() - 1 })
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_school_systems_write_them() {
        let cases = [
            ("K", Grade::Kindergarten),
            ("07", Grade::Year(7)),
            ("7th", Grade::Year(7)),
            ("Grade 12", Grade::Year(12)),
            ("pk", Grade::Preschool),
            ("K2", Grade::Kindergarten),
        ];
        for (text, grade) in cases {
            assert_eq!(text.parse(), Ok(grade), "{text}");
        }
        for text in ["13", "-1", "x", "1st year of 9"] {
            assert_eq!(text.parse::<Grade>(), Err(Invalid::Choice), "{text}");
        }
    }

    #[test]
    fn a_letter_signed_in_august_is_for_the_coming_year() {
        let year = |text: &str| SchoolYear::of(text.parse().unwrap_or_default()).to_string();
        assert_eq!(year("2026-08-20"), "2026-27");
        assert_eq!(year("2026-06-30"), "2025-26");
        assert_eq!(year("1999-09-01"), "1999-00");
    }
}
