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

/// What stands beside a grade and says nothing of it.
const BESIDE_GRADES: [&str; 14] =
    ["", "GRADE", "GR", "G", "GRADO", "YEAR", "LEVEL", "FULL", "HALF", "PART", "DAY", "TIME", "FD", "HD"];

/// The grades said in words, from the first on.
const ORDINALS: [&[&str]; 12] = [
    &["FIRST", "PRIMERO", "PRIMER"],
    &["SECOND", "SEGUNDO"],
    &["THIRD", "TERCERO", "TERCER"],
    &["FOURTH", "CUARTO"],
    &["FIFTH", "QUINTO"],
    &["SIXTH", "SEXTO"],
    &["SEVENTH", "SEPTIMO", "SÉPTIMO"],
    &["EIGHTH", "OCTAVO"],
    &["NINTH", "NOVENO", "FRESHMAN"],
    &["TENTH", "DECIMO", "DÉCIMO", "SOPHOMORE"],
    &["ELEVENTH", "JUNIOR"],
    &["TWELFTH", "SENIOR"],
];

impl FromStr for Grade {
    type Err = Invalid;

    /// Reads a grade as student information systems write it: `K`, `KF`, `0`, `PK3`, `-1`, `07`, `7th`, `7.0`, `Grade 7`,
    /// `Seventh`, `7º grado`. What a school calls otherwise (`TK`, `UG`, `SP`, `13`) it says itself.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().to_uppercase();
        if text.is_empty() {
            return Err(Invalid::Missing);
        }
        // PowerSchool counts down from kindergarten, which is 0.
        match text.as_str() {
            "-1" | "-2" | "-3" => return Ok(Self::Preschool),
            _ if text.starts_with('-') => return Err(Invalid::Choice),
            _ => {}
        }
        // 7.0 is a number that went through a spreadsheet.
        let text = text.strip_suffix(".0").unwrap_or(&text);
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !BESIDE_GRADES.contains(word));
        let words: Vec<&str> = words.collect();
        if words.is_empty() {
            return Err(Invalid::Choice);
        }
        match words.concat().as_str() {
            "PK" | "PREK" | "PPK" | "PK3" | "PK4" | "PREK3" | "PREK4" | "3K" | "4K" | "K0" | "K1" | "PRESCHOOL"
            | "PREKINDERGARTEN" | "PKF" | "PKP" | "PS" => return Ok(Self::Preschool),
            "K" | "KG" | "KF" | "KP" | "KT" | "KDG" | "K2" | "0" | "00" | "KINDERGARTEN" | "KINDER" | "KFULL" => {
                return Ok(Self::Kindergarten);
            }
            _ => {}
        }
        let [word] = words.as_slice() else { return Err(Invalid::Choice) };
        if let Some((year, _)) = (1..).zip(ORDINALS).find(|(_, names)| names.contains(word)) {
            return Ok(Self::Year(year));
        }
        let word = word.strip_prefix(['G', 'Y']).unwrap_or(word);
        let end = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
        let (digits, behind) = word.split_at(end);
        if !matches!(
            behind,
            "" | "ST" | "ND" | "RD" | "TH" | "º" | "°" | "O" | "RO" | "DO" | "TO" | "MO" | "VO" | "NO" | "ER"
        ) {
            return Err(Invalid::Choice);
        }
        match digits.parse() {
            Ok(year @ 1..=12) if digits.len() <= 2 => Ok(Self::Year(year)),
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
        for text in [
            "K",
            "KG",
            "KF",
            "KP",
            "KT",
            "K2",
            "0",
            "Kindergarten",
            "Full Day K",
            "K-Full",
            "Grade K",
            "Kindergarten - Half Day",
        ] {
            assert_eq!(text.parse(), Ok(Grade::Kindergarten), "{text}");
        }
        for text in ["PK", "pk3", "PK4", "PPK", "-1", "-2", "Pre-K", "K0", "K1", "Preschool"] {
            assert_eq!(text.parse(), Ok(Grade::Preschool), "{text}");
        }
        for text in ["7", "07", "7th", "7th Grade", "Grade 7", "Gr. 7", "G7", "7.0", "Seventh", "7º grado", "SÉPTIMO"]
        {
            assert_eq!(text.parse(), Ok(Grade::Year(7)), "{text}");
        }
        assert_eq!("12th grade".parse(), Ok(Grade::Year(12)));
        for text in ["13", "-4", "x", "1st year of 9", "TK", "SP", "UG", "100", "2026", "007", "Gr", "-", "1-2"] {
            assert_eq!(text.parse::<Grade>(), Err(Invalid::Choice), "{text}");
        }
        assert_eq!(" ".parse::<Grade>(), Err(Invalid::Missing));
    }

    #[test]
    fn a_letter_signed_in_august_is_for_the_coming_year() {
        let year = |text: &str| SchoolYear::of(text.parse().unwrap_or_default()).to_string();
        assert_eq!(year("2026-08-20"), "2026-27");
        assert_eq!(year("2026-06-30"), "2025-26");
        assert_eq!(year("1999-09-01"), "1999-00");
    }
}
