//! The certified record: its request, and what an issued one states.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::Cvx;

/// Where a family's request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// In the provider's queue.
    Asked,
    /// Sent back to the family with a reason.
    Returned,
    /// Certified and released.
    Released,
}

impl RequestState {
    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Returned => "returned",
            Self::Released => "released",
        }
    }

    /// Reads the store's word.
    pub fn from_key(key: &str) -> Self {
        match key {
            "returned" => Self::Returned,
            "released" => Self::Released,
            _ => Self::Asked,
        }
    }
}

/// What the record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray)]
pub enum RecordUse {
    /// School or child care.
    School,
    /// Summer camp.
    Camp,
    /// College.
    College,
    /// Travel.
    Travel,
    /// Work.
    Work,
    /// The family's own files.
    Own,
}

impl RecordUse {
    /// All of them, in the order forms offer them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word forms and the store write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Camp => "camp",
            Self::College => "college",
            Self::Travel => "travel",
            Self::Work => "work",
            Self::Own => "own",
        }
    }

    /// Reads the word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|purpose| purpose.key() == key)
    }
}

/// How the office made sure who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray)]
pub enum IdentityCheck {
    /// Staff know the family.
    Known,
    /// Staff saw a photo ID.
    PhotoId,
    /// The family read back a code sent to the contact on file.
    Code,
}

impl IdentityCheck {
    /// All of them, in the order forms offer them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word forms and the store write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::PhotoId => "photo_id",
            Self::Code => "code",
        }
    }

    /// Reads the word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|check| check.key() == key)
    }
}

/// Everything a certificate states, frozen on the day it was issued: the PDF can be made again and is the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The certificate's number, printed on it.
    pub number: String,
    /// `First Middle Last`.
    pub name: String,
    /// Date of birth.
    pub born: NaiveDate,
    /// Gender, one letter.
    pub gender: String,
    /// The doses it certifies.
    pub doses: Vec<StatedDose>,
    /// Laboratory evidence and histories of disease.
    pub evidence: Vec<crate::evidence::Evidence>,
    /// The school requirements as evaluated that day, in English and the family's language at issue.
    pub requirements: Vec<StatedRequirement>,
    /// The rule set used, such as `MA 2026-27.1`.
    pub rule_set: String,
    /// The record as of this day.
    pub as_of: NaiveDate,
    /// When it was certified.
    pub issued_at: DateTime<Utc>,
    /// Who certified.
    pub certifier: String,
    /// The certifier's licence.
    pub licence: String,
    /// The office.
    pub office: String,
    /// The office's address on one line.
    pub office_address: String,
    /// For which school or camp, where the family said so.
    pub recipient: String,
    /// Language of the document.
    pub language: String,
}

/// A dose on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedDose {
    /// What was given; a paper keeps the code it was issued with.
    #[serde(deserialize_with = "stored_cvx")]
    pub cvx: Cvx,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// Trade name.
    pub product: String,
    /// The office that gave it.
    pub office: String,
    /// Why it does not count towards the school requirements, in words; empty if it counts or is not asked for.
    pub fault: String,
}

fn stored_cvx<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Cvx, D::Error> {
    u16::deserialize(from).map(Cvx::stored)
}

/// A school requirement on a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedRequirement {
    /// Name of the requirement.
    pub name: String,
    /// Is it met?
    pub met: bool,
    /// Not met, and a valid letter stands for it.
    #[serde(default)]
    pub exempt: bool,
    /// The sentence.
    pub sentence: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_keeps_the_code_it_was_issued_with_also_when_it_is_no_vaccine_any_more() {
        let written = r#"{"cvx":9999,"given_on":"2022-03-10","product":"","office":"Elm St","fault":""}"#;
        let dose: StatedDose = serde_json::from_str(written).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(dose.cvx.number(), 9999);
        // The digest is made of it.
        assert_eq!(serde_json::to_string(&dose).unwrap_or_default(), written);
    }
}
