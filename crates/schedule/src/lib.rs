//! Which doses count, what is due next, and why: CDC's "CDSi Logic Specification for ACIP Recommendations" 4.6.
//!
//! Pure: no clock, no files, no randomness. So far the schedule itself ([`Schedule`]) and, with the feature `cdc`, the strict
//! reader of CDC's own release files; evaluation and forecast build on it.

#[cfg(feature = "cdc")]
pub mod cdc;
mod cvx_set;
mod length;
mod model;

pub use cvx_set::CvxSet;
pub use length::parse_length;
pub use model::{
    AgeRule, Ages, Antigen, Association, BornBefore, Condition, Conflict, Context, Contraindication, Count, Doses,
    From, Gender, Group, Immunity, Indication, Interval, Kind, Observation, Schedule, Series, Skip, SkipSet,
    TargetDose, Vaccine, VaccineContraindication, Window,
};
