//! One dose of a vaccine, given or reported.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Cvx, DoseId, PatientId, SiteId};

/// A dose as the record holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dose {
    /// Opaque.
    pub id: DoseId,
    /// Whose.
    pub patient: PatientId,
    /// Grows by one with every change.
    pub version: i64,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// What was given.
    pub cvx: Cvx,
    /// Maker, empty if unknown.
    pub mvx: String,
    /// Trade name, empty if unknown.
    pub product: String,
    /// Lot number, empty if unknown.
    pub lot: String,
    /// The office that reported it.
    pub site: Option<SiteId>,
    /// The office that gave it, in words: the reporting one, or what a history says.
    pub office: String,
    /// Given by the reporting office, or known from a history?
    pub source: Source,
    /// Counts, or taken back?
    pub state: DoseState,
    /// What the office's own system calls it (HL7 ORC-3), empty if unknown: a correction names it by that.
    #[serde(default)]
    pub filler: String,
    /// What it was ordered as (HL7 ORC-2), empty if unknown.
    #[serde(default)]
    pub placer: String,
}

/// Where knowledge of a dose comes from (HL7 RXA-9, table NIP001).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Source {
    /// Given by the office that reports it (`00`).
    Administered,
    /// From another record (`01` and above).
    Historical,
}

impl Source {
    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Administered => "administered",
            Self::Historical => "historical",
        }
    }

    /// Reads the store's word.
    pub fn from_key(key: &str) -> Self {
        if key == "administered" { Self::Administered } else { Self::Historical }
    }
}

/// Is the dose part of the record?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DoseState {
    /// Yes.
    Active,
    /// Entered in error and taken back; kept in the history.
    Voided,
}

impl DoseState {
    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Voided => "voided",
        }
    }

    /// Reads the store's word.
    pub fn from_key(key: &str) -> Self {
        if key == "active" { Self::Active } else { Self::Voided }
    }
}
