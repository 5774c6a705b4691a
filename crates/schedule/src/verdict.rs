//! What a dose comes to in a series.

use chrono::NaiveDate;

/// What a dose comes to (table 6-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It counts.
    Valid,
    /// It does not count and has to be repeated.
    NotValid,
    /// It does not count and need not be repeated.
    Extraneous,
    /// It does not count because the vaccine itself was not sound.
    SubStandard,
}

impl Status {
    /// As the specification writes it.
    pub const fn term(self) -> &'static str {
        match self {
            Self::Valid => "Valid",
            Self::NotValid => "Not Valid",
            Self::Extraneous => "Extraneous",
            Self::SubStandard => "Sub-standard",
        }
    }
}

/// Why a dose does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Before the minimum age, less the days of grace.
    TooYoung,
    /// Before the minimum interval, less the days of grace.
    TooSoon,
    /// Too close after another vaccine: two live ones disturb each other.
    Conflict,
    /// A vaccine that is not meant for this dose at this age.
    WrongVaccine,
    /// A vaccine that was given by mistake.
    Inadvertent,
    /// At or after the maximum age.
    TooOld,
    /// The series was complete before.
    AlreadyComplete,
    /// The lot had expired or was spoiled.
    Unsound,
}

impl Reason {
    /// Every reason, in the order they are reported.
    pub const ALL: [Self; 8] = [
        Self::TooYoung,
        Self::TooSoon,
        Self::Conflict,
        Self::WrongVaccine,
        Self::Inadvertent,
        Self::TooOld,
        Self::AlreadyComplete,
        Self::Unsound,
    ];

    /// As CDC's published cases write it.
    pub const fn term(self) -> &'static str {
        match self {
            Self::TooYoung => "Age: Too Young",
            Self::TooSoon => "Interval: too Soon",
            Self::Conflict => "Live Virus Conflict",
            Self::WrongVaccine => "Not a preferable or allowable vaccine",
            Self::Inadvertent => "Inadvertent Vaccine",
            Self::TooOld => "Age: Too Old",
            Self::AlreadyComplete => "Series Already Complete",
            Self::Unsound => "Sub-standard Vaccine",
        }
    }
}

/// A set of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Reasons(u8);

impl Reasons {
    /// Just this one.
    pub const fn only(reason: Reason) -> Self {
        Self(1 << reason as u8)
    }

    /// Adds one.
    pub const fn add(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u8;
    }

    /// Is it among them?
    pub const fn contains(self, reason: Reason) -> bool {
        self.0 & (1 << reason as u8) != 0
    }

    /// Are there none?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons, in the order they are reported.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |reason| self.contains(*reason))
    }
}

/// What a dose comes to in one series, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it counts.
    pub status: Status,
    /// If not, all the reasons.
    pub reasons: Reasons,
    /// The target dose it was held against: its place in the series, from 0.
    pub target: u8,
    /// Too early: the first day on which it would have counted.
    pub counts_from: Option<NaiveDate>,
}

impl Verdict {
    pub(crate) const fn new(status: Status, reasons: Reasons, target: u8) -> Self {
        Self { status, reasons, target, counts_from: None }
    }

    /// Does it count?
    pub fn is_valid(&self) -> bool {
        self.status == Status::Valid
    }

    /// The next dose keeps its distance from it: it was given, rightly or not (CALCDTINT-1).
    pub(crate) fn starts_interval(self) -> bool {
        match self.status {
            Status::Valid => true,
            Status::NotValid => !self.reasons.contains(Reason::Inadvertent),
            Status::Extraneous | Status::SubStandard => false,
        }
    }
}
