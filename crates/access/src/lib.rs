//! Who may see or change what, and why. One pure function, tested as the table of docs/ARCHITECTURE.md: role x relation x
//! objection x purpose.
//!
//! A decision is a [`Grant`]: what of the record may be shown. A [`Scope`] is the same decision for a list, so that a list never
//! shows whom a page would refuse.

mod grant;
pub mod papers;
mod scope;
mod task;

pub use grant::{Grant, Purpose, Relation, decide, is_granted, is_required, required_by_schools};
pub use scope::Scope;
pub use task::{Task, may};
