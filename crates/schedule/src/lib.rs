//! Which doses count, what is due next, and why: CDC's "CDSi Logic Specification for ACIP Recommendations" 4.6.
//!
//! Pure: no clock, no files, no randomness. An [`Engine`] is made of a [`Schedule`] once; an [`Assessor`] asks it about one
//! person after the other. The chapters of the specification are the modules: history (4) and relevant series (5) in `assess`,
//! `evaluate` (6), `forecast` (7), `best` (8), `groups` (9); `moment` is what a step can see of what lies before it.
//!
//! With the feature `cdc` there is also the strict reader of CDC's own release files.

mod about;
mod assess;
mod best;
#[cfg(feature = "cdc")]
pub mod cdc;
mod course;
mod cvx_set;
pub mod data;
mod engine;
mod evaluate;
mod forecast;
mod groups;
mod length;
mod model;
mod moment;
pub mod notation;
mod person;
mod verdict;

pub use about::Season;
pub use assess::{Assessment, Assessor, DoseVerdict, Trace};
pub use cvx_set::CvxSet;
pub use domain::dose::Given;
pub use engine::Engine;
pub use forecast::{Because, Forecast, SeriesStatus};
pub use groups::Due;
pub use length::{parse_length, write_length};
pub use model::{
    AgeRule, Ages, Antigen, Association, BornBefore, Condition, Conflict, Context, Contraindication, Count, Doses,
    From, Group, Immunity, Indication, Interval, Kind, Observation, Schedule, Series, Sex, Skip, SkipSet, TargetDose,
    Vaccine, VaccineContraindication, Window,
};
pub use person::{Observed, Person};
pub use verdict::{Reason, Reasons, Status, Verdict};
