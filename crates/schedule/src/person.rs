//! Whom the schedule is asked about.

use chrono::NaiveDate;
use domain::dose::Given;

use crate::Sex;

/// What is known of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Date of birth.
    pub born: NaiveDate,
    /// For the series that are for one sex only.
    pub sex: Sex,
    /// Where they were born, as CDC writes it (`U.S.`); empty if that is not known. Only who is known to be born there is taken to
    /// have had a disease that everybody there once had.
    pub birth_country: String,
    /// The doses they were given, in any order.
    pub doses: Vec<Given>,
    /// What else is known: conditions, risks, evidence of immunity.
    pub observations: Vec<Observed>,
}

/// Something known of a person, by CDC's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// CDC's number of it.
    pub code: u16,
    /// Since when, or when; some intervals are counted from it.
    pub date: Option<NaiveDate>,
}
