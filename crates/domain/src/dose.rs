//! One dose of a vaccine, given or reported.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Cvx, DoseId, Mvx, PatientId, SiteId, text::Line};

/// A lot number; the longest printed ones have some twenty letters.
pub type Lot = Line<30>;
/// A trade name.
pub type Product = Line<100>;

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
    /// Maker, if known.
    #[serde(with = "or_empty")]
    pub mvx: Option<Mvx>,
    /// Trade name, empty if unknown.
    pub product: Product,
    /// Lot number, empty if unknown.
    pub lot: Lot,
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

/// What was given, as the schedule and the school rules look at it: whose it is, who gave it and which lot it was is nothing to them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// The day.
    pub on: NaiveDate,
    /// The vaccine.
    pub cvx: Cvx,
    /// Its maker, if that is known.
    pub mvx: Option<Mvx>,
    /// Its trade name; empty if that is not known.
    pub product: Product,
    /// The lot had expired, was spoiled or recalled: the dose must not count.
    pub substandard: bool,
}

impl Given {
    /// A sound dose of a vaccine, whoever made it.
    pub fn new(on: NaiveDate, cvx: Cvx) -> Self {
        Self { on, cvx, mvx: None, product: Product::default(), substandard: false }
    }

    /// A sound dose of somebody's vaccine.
    pub fn of(on: NaiveDate, cvx: Cvx, mvx: Option<Mvx>, product: Product) -> Self {
        Self { mvx, product, ..Self::new(on, cvx) }
    }

    /// The trade name; where none was kept, the only one its maker has of the vaccine.
    pub fn trade_name(&self) -> &str {
        let by_maker = || crate::catalogue::product_by_maker(self.cvx, self.mvx.as_ref()).unwrap_or("");
        if self.product.is_empty() { by_maker() } else { &self.product }
    }
}

impl Dose {
    /// What was given.
    pub fn given(&self) -> Given {
        Given::of(self.given_on, self.cvx, self.mvx.clone(), self.product.clone())
    }
}

/// A maker as the store keeps it in the history of a dose: empty where none is known.
mod or_empty {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::Mvx;

    #[expect(clippy::ref_option, reason = "serde asks for it so")]
    pub(super) fn serialize<S: Serializer>(mvx: &Option<Mvx>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(Mvx::or_empty(mvx.as_ref()))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<Mvx>, D::Error> {
        String::deserialize(from).map(Mvx::stored)
    }
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
