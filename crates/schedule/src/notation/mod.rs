//! The project's own notation of a schedule: text that can be reviewed line by line, one file for the frame and one for each
//! antigen.
//!
//! A line is a word and what belongs to it; blank lines and those that begin with `#` are passed over; indentation is for the eye.
//! `|` stands between things of one line. Lengths are written as in CDC's data (`18 months - 4 days`), ages and days of a range
//! as `>= 6 weeks < 5 years`, dates as `2025-07-01`. Every word is explained where [`read()`] takes it.
//!
//! Errata and overlays are written in the same words: they change a schedule that is there.

mod change;
mod lines;
mod read;
mod words;
mod write;

pub use read::{Amendment, NotationError, amend, read};
pub use write::write;

/// A file of the notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it is called, for messages.
    pub name: String,
    /// What is in it.
    pub text: String,
}
