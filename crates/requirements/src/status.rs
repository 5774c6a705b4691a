//! A student's status: one word from all requirements, as of a day. The table is in docs/STATES.md.

use chrono::NaiveDate;

use crate::{Facts, Outcome, RequirementResult, RuleSet};

/// Where a student stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::VariantArray)]
pub enum Status {
    /// No record the school may see. Not from the rules: the registry says so when nothing can be shared.
    NoRecord,
    /// At least one requirement is not met, no letter stands for it, and a dose could be given now.
    Incomplete,
    /// Incomplete, and enrolled at once all the same: homeless or in foster care.
    Provisional,
    /// A letter of an earlier school year stands for what is missing.
    ExemptRenewalDue,
    /// What is missing cannot be given yet; there is a day from which it can.
    InProcess,
    /// A valid letter stands for what is missing.
    Exempt,
    /// Everything is met.
    Complete,
    /// This rule set does not speak of the grade (preschool): nothing was checked.
    NotChecked,
}

impl Status {
    /// All of them, the ones that need work first.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoRecord => "no-record",
            Self::Incomplete => "incomplete",
            Self::Provisional => "provisional",
            Self::ExemptRenewalDue => "renewal-due",
            Self::InProcess => "in-process",
            Self::Exempt => "exempt",
            Self::Complete => "complete",
            Self::NotChecked => "not-checked",
        }
    }

    /// Reads the word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.key() == key)
    }
}

impl Status {
    /// All that somebody without health data may know: does the law keep the student's place open? Whoever is exempt, in
    /// process or enrolled at once (homeless, foster care) is not told apart from whoever has every dose. [M: the Department
    /// may count students in process otherwise.]
    pub const fn is_compliant(self) -> bool {
        matches!(self, Self::Complete | Self::Exempt | Self::InProcess | Self::Provisional)
    }
}

/// The whole evaluation of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compliance {
    /// The one word.
    pub status: Status,
    /// The day it was asked for.
    pub as_of: NaiveDate,
    /// From this day on it reads otherwise without any new dose: an age is reached, or the next dose is allowed.
    pub changes_on: Option<NaiveDate>,
    /// Every requirement of the grade.
    pub results: Vec<RequirementResult>,
    /// The rules it was evaluated by.
    pub rule_set: String,
}

pub(crate) fn compliance(
    set: &RuleSet,
    facts: &Facts,
    results: Vec<RequirementResult>,
    as_of: NaiveDate,
) -> Compliance {
    let status =
        results.iter().map(|result| of(&result.outcome, facts.provisional)).min().unwrap_or(Status::NotChecked);
    let changes_on = results
        .iter()
        .filter_map(|result| match &result.outcome {
            Outcome::Met { until, .. } => *until,
            Outcome::InProcess { from, .. } => Some(*from),
            Outcome::NotMet { from, .. } => *from,
            _ => None,
        })
        .filter(|day| *day > as_of)
        .min();
    Compliance { status, as_of, changes_on, results, rule_set: set.id.clone() }
}

fn of(outcome: &Outcome, provisional: bool) -> Status {
    match outcome {
        Outcome::Met { .. } | Outcome::Laboratory | Outcome::History => Status::Complete,
        Outcome::Exempt(_) => Status::Exempt,
        Outcome::ExemptStale(_) => Status::ExemptRenewalDue,
        Outcome::InProcess { .. } => Status::InProcess,
        Outcome::NotMet { .. } | Outcome::NoPrimarySeries if provisional => Status::Provisional,
        Outcome::NotMet { .. } | Outcome::NoPrimarySeries => Status::Incomplete,
    }
}
