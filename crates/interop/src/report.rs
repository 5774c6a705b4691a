//! What a provider reports: one person and some doses.

use chrono::NaiveDate;
use domain::{
    Cvx, Mvx,
    dose::{Lot, Product, Source},
    evidence::Evidence,
    patient::Demographics,
};

use crate::Issue;

/// One message or one row, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What the sender calls the message (MSH-10), or the row's number.
    pub control_id: String,
    /// Whom it is about.
    pub person: Demographics,
    /// Numbers other systems know them by.
    pub numbers: Vec<ReportedNumber>,
    /// The sender says that the record is not to be shared (PD1-12).
    pub protected: bool,
    /// The doses.
    pub doses: Vec<ReportedDose>,
    /// Laboratory results and histories of disease.
    pub evidence: Vec<Evidence>,
    /// Warnings; a report with errors is not made.
    pub warnings: Vec<Issue>,
    /// Doses that cannot be taken while the others can, each as a message of its own.
    pub set_aside: Vec<SetAside>,
}

/// One dose of a message that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The message with nothing but it.
    pub text: String,
    /// What is wrong with it.
    pub issues: Vec<Issue>,
}

/// A number of another system (PID-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedNumber {
    /// Who gave it, empty if it is not said.
    pub authority: String,
    /// Of which kind (HL7 table 0203), such as `MR`.
    pub kind: String,
    /// The number.
    pub number: String,
}

/// What an order is called by who filled and who placed it (ORC-3, ORC-2), each with who gave the number. Empty where there is
/// none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderNumbers {
    /// Filler order number: it names the dose.
    pub filler: String,
    /// Placer order number.
    pub placer: String,
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
    pub mvx: Option<Mvx>,
    /// Trade name.
    pub product: Product,
    /// Lot number.
    pub lot: Lot,
    /// Given by the reporter, or known from a history.
    pub source: Source,
    /// The office that gave a historical dose, in words.
    pub office: String,
    /// Which RXA it was, from 1.
    pub occurrence: usize,
    /// What its order is called.
    pub order: OrderNumbers,
}

/// What a sender wants done (HL7 table 0323, RXA-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A new dose.
    Add,
    /// A new dose, or a change of the one of this number: tables do not say which.
    Put,
    /// Changes one on record.
    Update,
    /// Takes one back.
    Delete,
}
