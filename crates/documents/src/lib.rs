//! PDF documents from domain values: laid out here, tagged for screen readers, fonts embedded as subsets.
//!
//! Pure: the same values give the same bytes. Time is a parameter.

mod certificate;
mod class_list;
mod flow;
mod font;
mod objection;
mod paint;

pub use certificate::{CertificatePaper, certificate};
pub use class_list::{ClassList, ListLine, class_list};
pub use objection::{FormState, ObjectionPaper, objection, outcome_name, state_name};

/// A document that could not be made. Names no value of it.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A font or a page could not be set up.
    #[error("layout: {0}")]
    Layout(&'static str),
    /// The PDF writer refused.
    #[error("pdf: {0}")]
    Writer(String),
}
