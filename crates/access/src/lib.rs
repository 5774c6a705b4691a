//! Who may see or change what, and why. One pure function, tested as the table of docs/ARCHITECTURE.md: role x relation x
//! objection x purpose.
//!
//! A decision is a [`View`]: what of the record may be shown. The same value filters a single page and the rows of a list,
//! so a list can never show what a page would refuse.

pub mod papers;
mod view;
mod write;

pub use view::{Purpose, Relation, View, decide, sees_address, shown};
pub use write::{Task, may};
