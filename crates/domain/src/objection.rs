//! The objection to data sharing and its withdrawal: one form, both directions (M.G.L. c.111 s.24M, 105 CMR 222).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    PersonName,
    patient::{Address, Gender, Mother},
};

/// What the form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Choice {
    /// Do not share my record.
    Object,
    /// Share it again.
    Withdraw,
}

impl Choice {
    /// The word forms and the store write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Withdraw => "withdraw",
        }
    }

    /// Reads the word.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "object" => Some(Self::Object),
            "withdraw" => Some(Self::Withdraw),
            _ => None,
        }
    }
}

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Signer {
    /// The patient, 18 or older.
    Patient,
    /// A parent.
    Parent,
    /// A guardian.
    Guardian,
    /// A legal representative.
    Representative,
}

impl Signer {
    /// All of them, in the order the form offers them.
    pub const ALL: &[Self] = &[Self::Patient, Self::Parent, Self::Guardian, Self::Representative];

    /// The word forms and the store write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Parent => "parent",
            Self::Guardian => "guardian",
            Self::Representative => "representative",
        }
    }

    /// Reads the word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|signer| signer.key() == key)
    }
}

/// How many statements the signer acknowledges, each by itself (part C of the form).
pub const STATEMENTS: usize = 7;

/// The completed form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Part A.
    pub choice: Choice,
    /// Part B: the patient.
    pub name: PersonName,
    /// Date of birth.
    pub born: NaiveDate,
    /// Gender.
    pub gender: Gender,
    /// Address.
    pub address: Address,
    /// Telephone.
    pub phone: String,
    /// For receipts, if wanted.
    pub email: String,
    /// Under 18.
    pub mother: Mother,
    /// Part D: the signer's relationship.
    pub signer: Signer,
    /// The signer's printed name, which is also the electronic signature.
    pub signature: String,
    /// The day it was signed.
    pub signed_on: NaiveDate,
    /// Part E: the office that handed it in, if one did.
    pub office: String,
    /// Its staff member.
    pub office_staff: String,
    /// The language the form was filled in.
    pub language: String,
}

/// Where a form stands. See docs/STATES.md for the table of moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Submitted; a provisional block holds if it names one person for certain.
    Submitted,
    /// The Department asked for more.
    NeedsInformation,
    /// Accepted, for somebody who has no record yet: takes effect when the record appears.
    NoRecordYet,
    /// In effect.
    InEffect,
    /// Rejected, with a reason.
    Rejected,
    /// A later form decides.
    Superseded,
}

impl State {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::Submitted, Self::NeedsInformation, Self::NoRecordYet, Self::InEffect, Self::Rejected, Self::Superseded];

    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::NeedsInformation => "needs_information",
            Self::NoRecordYet => "no_record_yet",
            Self::InEffect => "in_effect",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
        }
    }

    /// Reads the store's word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }

    /// Can the Department still decide it?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::NeedsInformation)
    }
}
