//! What a provider reports: one person and some doses.

use chrono::NaiveDate;
use domain::{
    BirthDate, Cvx, PersonName,
    dose::Source,
    evidence::Evidence,
    patient::{Address, Gender, Mother},
};

use crate::Issue;

/// One message or one row, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What the sender calls the message (MSH-10), or the row's number.
    pub control_id: String,
    /// Whom it is about.
    pub person: ReportedPerson,
    /// The doses.
    pub doses: Vec<ReportedDose>,
    /// Laboratory results and histories of disease.
    pub evidence: Vec<Evidence>,
    /// Warnings; a report with errors is not made.
    pub warnings: Vec<Issue>,
}

/// A person as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedPerson {
    /// Name.
    pub name: PersonName,
    /// Date of birth.
    pub born: BirthDate,
    /// Gender.
    pub gender: Gender,
    /// Mother's name.
    pub mother: Mother,
    /// Address.
    pub address: Address,
    /// Telephone.
    pub phone: String,
    /// Numbers: who gave it, and the number.
    pub numbers: Vec<(String, String)>,
}

/// A dose as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedDose {
    /// What to do with it.
    pub action: Action,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// What was given.
    pub cvx: Cvx,
    /// Maker.
    pub mvx: String,
    /// Trade name.
    pub product: String,
    /// Lot number.
    pub lot: String,
    /// Given by the reporter, or known from a history.
    pub source: Source,
    /// The office that gave a historical dose, in words.
    pub office: String,
    /// Which RXA it was, from 1.
    pub occurrence: usize,
}

/// What a sender wants done (HL7 table 0323, RXA-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A new dose.
    Add,
    /// Changes one on record.
    Update,
    /// Takes one back.
    Delete,
}
