//! The objection to data sharing and its withdrawal: one form, both directions (M.G.L. c.111 s.24M, 105 CMR 222).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    PersonName,
    patient::{Address, Gender, Mother, Sharing},
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray)]
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
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::VariantArray)]
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
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

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

    /// What whoever sent the form is told of it.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Submitted => Outcome::Waits,
            Self::NeedsInformation => Outcome::NeedsInformation,
            // A form gives way to another one only after it was accepted.
            Self::NoRecordYet | Self::InEffect | Self::Superseded => Outcome::Accepted,
            Self::Rejected => Outcome::Rejected,
        }
    }

    /// Can the Department still decide it?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::NeedsInformation)
    }
}

/// What became of a form, as whoever sent it is told: not whether anybody of that name is on file, nor that somebody else has sent one. Who
/// types somebody's name into the form has not shown who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has looked at it yet.
    Waits,
    /// The Department asked for more.
    NeedsInformation,
    /// Accepted.
    Accepted,
    /// Rejected, with a reason.
    Rejected,
}

/// What one form says about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormWord {
    /// What the form asks for.
    pub choice: Choice,
    /// Where it stands.
    pub state: State,
    /// The Department said that it is about this person. Else it only names somebody of the same name and date of birth.
    pub matched: bool,
    /// The person was on file when the Department decided it, and was not meant.
    pub passed_over: bool,
}

/// Data sharing as the forms that name a person decide it, the newest first: the latest one in effect. Before that, an
/// objection that waits blocks provisionally, whoever of that name it means; and so does one in effect for somebody of that
/// name as long as nobody has looked whether this is the same person. `provisional_block` is the Department's setting [M].
pub fn sharing(newest_first: impl IntoIterator<Item = FormWord>, provisional_block: bool) -> Sharing {
    for said in newest_first {
        match (said.state, said.choice) {
            (State::InEffect, Choice::Object) if said.matched => return Sharing::Objected,
            (State::InEffect, Choice::Withdraw) if said.matched => return Sharing::Shared,
            (State::Submitted | State::NeedsInformation, Choice::Object) if provisional_block => {
                return Sharing::Provisional;
            }
            (State::InEffect, Choice::Object) if provisional_block && !said.passed_over => return Sharing::Provisional,
            _ => {}
        }
    }
    Sharing::Shared
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: FormWord =
        FormWord { choice: Choice::Object, state: State::Submitted, matched: false, passed_over: false };
    const HOLDS: FormWord = FormWord { state: State::InEffect, matched: true, ..OPEN };
    const BACK: FormWord = FormWord { choice: Choice::Withdraw, ..HOLDS };

    #[test]
    fn the_latest_form_in_effect_decides_and_one_that_waits_protects() {
        let of = |forms: &[FormWord]| sharing(forms.iter().copied(), true);
        assert_eq!(of(&[]), Sharing::Shared);
        assert_eq!(of(&[OPEN]), Sharing::Provisional);
        assert_eq!(of(&[HOLDS]), Sharing::Objected);
        assert_eq!(of(&[BACK, HOLDS]), Sharing::Shared);
        assert_eq!(of(&[HOLDS, BACK]), Sharing::Objected);
        assert_eq!(of(&[OPEN, BACK]), Sharing::Provisional, "they object again");
        assert_eq!(of(&[BACK, OPEN]), Sharing::Shared, "they have withdrawn since");
        assert_eq!(
            of(&[FormWord { state: State::NeedsInformation, ..OPEN }]),
            Sharing::Provisional,
            "asked for more, it still waits"
        );
        for said_nothing in [State::Rejected, State::Superseded, State::NoRecordYet] {
            assert_eq!(of(&[FormWord { state: said_nothing, ..OPEN }]), Sharing::Shared);
        }
        assert_eq!(sharing([OPEN], false), Sharing::Shared, "the Department's setting");
    }

    #[test]
    fn nobody_lifts_a_block_with_a_withdrawal_the_department_has_not_seen() {
        let unseen = FormWord { state: State::Submitted, ..BACK };
        assert_eq!(sharing([unseen, HOLDS], true), Sharing::Objected);
        assert_eq!(sharing([unseen, OPEN], true), Sharing::Provisional);
    }

    #[test]
    fn somebody_of_the_same_name_is_protected_until_somebody_has_looked() {
        let namesake = FormWord { matched: false, ..HOLDS };
        assert_eq!(sharing([namesake], true), Sharing::Provisional);
        assert_eq!(sharing([FormWord { passed_over: true, ..namesake }], true), Sharing::Shared);
        assert_eq!(sharing([FormWord { matched: false, ..BACK }, namesake], true), Sharing::Provisional);
    }
}
