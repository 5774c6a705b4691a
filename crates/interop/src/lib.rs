//! Foreign texts to and from the words of the field. No sockets, no clock; every reader survives any bytes.

pub mod doses;
pub mod hl7;
mod issue;
pub mod letters;
mod quotes;
mod report;
pub mod roster;
pub mod table;

pub use issue::{Issue, Severity, What};
pub use report::{Action, OrderNumbers, Report, ReportedDose, ReportedNumber, SetAside};
