//! What the registry remembers. One SQL text for two engines: SQLite, the embedded default, and PostgreSQL.
//!
//! The only crate that names sqlx. It knows no rules: whoever calls it has already decided (see `registry`).

#[macro_use]
mod tx;
#[macro_use]
mod part;

mod account;
mod audit;
mod care;
mod certificate;
mod dose;
mod draft;
mod engine;
mod error;
mod evidence;
mod feedback;
mod forecast;
mod found;
mod identity;
mod import;
mod job;
mod key;
mod naming;
mod number;
mod objection;
mod patient;
mod pools;
mod press;
mod request;
mod roster;
mod schedule;
mod school;
mod site;

pub use account::{Account, Session, StandingRow};
pub use audit::AuditRow;
pub use care::{Chart, NewCare};
pub use certificate::Certificate;
pub use dose::DoseChange;
pub use draft::Draft;
pub use engine::Store;
pub use error::{Fault, StoreError};
pub use feedback::Feedback;
pub use forecast::{ForecastRow, History, OverdueRow, Unforecast};
pub use found::{Found, Likely, Named, SearchKeys};
pub use identity::{FormerKeys, Namesake, OtherName};
pub use import::{Batch, Message};
pub use job::{Job, JobLeft};
pub use key::{KeyedForm, KeyedName, KeyedText};
pub use naming::{Marks, ObjectedTo};
pub use number::NewNumber;
pub use objection::{Objection, OpenName};
pub use part::{Part, Sought};
pub use patient::{NewPatient, PatientRow};
pub use pools::{database_kind, fresh_database, is_there};
pub use press::Press;
pub use request::Request;
pub use roster::RosterRow;
pub use schedule::{ScheduleChoice, ScheduleText};
pub use school::{Elsewhere, Enrolment, ListedElsewhere};
pub use site::Site;
pub use tx::Tx;

/// What every function here returns.
pub type Result<T> = std::result::Result<T, StoreError>;
