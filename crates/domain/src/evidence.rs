//! What can stand in for doses: laboratory evidence, a reliable history of disease, exemptions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Antigen, Invalid};

/// Proof of immunity other than doses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Against what.
    pub antigen: Antigen,
    /// Of which kind.
    pub kind: EvidenceKind,
    /// When it was found.
    pub on: NaiveDate,
}

/// The kinds of proof the rules know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EvidenceKind {
    /// A laboratory result (titre).
    Laboratory,
    /// A diagnosis, or a clinician's interpretation of a parent's description.
    ClinicianHistory,
    /// What a parent says, alone: kept, but no proof under 105 CMR 220.
    ParentStatement,
}

impl EvidenceKind {
    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Laboratory => "laboratory",
            Self::ClinicianHistory => "clinician",
            Self::ParentStatement => "parent",
        }
    }

    /// Reads the store's word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for another word.
    pub fn from_key(key: &str) -> Result<Self, Invalid> {
        match key {
            "laboratory" => Ok(Self::Laboratory),
            "clinician" => Ok(Self::ClinicianHistory),
            "parent" => Ok(Self::ParentStatement),
            _ => Err(Invalid::Choice),
        }
    }
}

/// A student's exemption (M.G.L. c.76 s.15). Philosophical ones do not exist in Massachusetts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// Medical or religious.
    pub kind: ExemptionKind,
    /// For which diseases; empty means all.
    pub antigens: Vec<Antigen>,
    /// The day it was signed: it holds for the school year it was signed for.
    pub signed_on: NaiveDate,
}

/// Why a student is exempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ExemptionKind {
    /// A physician's letter: contraindicated. Renewed each school year.
    Medical,
    /// A family's signed statement of sincere religious belief.
    Religious,
}

impl ExemptionKind {
    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Medical => "medical",
            Self::Religious => "religious",
        }
    }

    /// Reads the store's word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for another word.
    pub fn from_key(key: &str) -> Result<Self, Invalid> {
        match key {
            "medical" => Ok(Self::Medical),
            "religious" => Ok(Self::Religious),
            _ => Err(Invalid::Choice),
        }
    }
}
