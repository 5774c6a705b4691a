//! What is wrong with a message or a row, and where.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something a sender should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// `PID`, `RXA`; empty for a row of a table.
    pub segment: String,
    /// Which of the segments of that name, from 1.
    pub occurrence: usize,
    /// Field number, or 0 for the segment itself.
    pub field: usize,
    /// The column's name, for a table.
    pub column: String,
    /// Does it stop the message?
    pub severity: Severity,
    /// What it is.
    pub what: What,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Severity {
    /// The message is refused.
    Error,
    /// The message is taken; the sender should look.
    Warning,
}

/// The kinds of faults; their words are in `crates/words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Not an HL7 message at all.
    NotHl7,
    /// A line that is no segment: what follows could not be told apart.
    BrokenLine,
    /// Another type than a vaccination update (VXU).
    NotVaccination,
    /// Another version than 2.5.1; read all the same.
    OtherVersion,
    /// A needed segment or field is empty.
    Missing,
    /// Not a date, or not a full one.
    NotADate,
    /// A date after today.
    InTheFuture,
    /// A dose before the date of birth.
    BeforeBirth,
    /// Not a name.
    NotAName,
    /// A vaccine code that is neither CVX nor a known NDC.
    UnknownVaccine,
    /// Two codes of one dose name different vaccines.
    CodesDiffer,
    /// Not one of the table's codes.
    UnknownCode,
    /// Longer than can be kept.
    TooLong,
    /// A refusal: nothing was given, nothing is kept.
    Refusal,
    /// Not given, or given only in part: it does not count as a dose.
    NotGiven,
    /// The dose was on record already.
    AlreadyOnRecord,
    /// Neither a dose nor evidence is in it: nothing is kept.
    NothingReported,
    /// Given at another office than the one that reports: kept as history.
    OtherOffice,
    /// A dose to change or delete that is not on record.
    NothingToChange,
    /// More than one person on file could be meant.
    SeveralPeople,
    /// A message is one person's: here another message or person begins, or data stands before the person.
    NotOnePerson,
    /// A line that is not written in the characters of its message or file.
    OtherLetters,
    /// The message says other characters than it is written in; it was read as it is written.
    OtherCharacters,
    /// What is to be done with a dose, or whether it was given, is said by a code nobody knows.
    UnclearAction,
    /// A dose to change or delete is not on record: a human has to say which is meant.
    UnknownDose,
    /// The sender protects the record (PD1-12).
    Protected,
    /// Part of the message was taken; this part waits by itself.
    SetAside,
    /// The number of a dose stands in several rows, so it names none.
    SharedDoseNumber,
    /// A quotation mark without its second: rows could be swallowed.
    StrayQuote,
    /// The dose was taken back before by a person; a human has to say whether it counts again.
    TakenBack,
}

/// `RXA[2]-5`, `PID-7`, the column, or the line's number.
impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segment.is_empty() && self.column.is_empty() {
            return write!(f, "{}", self.occurrence);
        }
        if self.segment.is_empty() {
            return f.write_str(&self.column);
        }
        f.write_str(&self.segment)?;
        if self.occurrence > 1 {
            write!(f, "[{}]", self.occurrence)?;
        }
        if self.field > 0 {
            write!(f, "-{}", self.field)?;
        }
        Ok(())
    }
}

impl Issue {
    /// An error at a field of a segment.
    pub fn error(segment: &str, occurrence: usize, field: usize, what: What) -> Self {
        Self { segment: segment.into(), occurrence, field, column: String::new(), severity: Severity::Error, what }
    }

    /// A warning at a field of a segment.
    pub fn warning(segment: &str, occurrence: usize, field: usize, what: What) -> Self {
        Self { severity: Severity::Warning, ..Self::error(segment, occurrence, field, what) }
    }

    /// An error at a line of the text, from 1.
    pub fn line(number: usize, what: What) -> Self {
        Self::error("", number, 0, what)
    }

    /// An error in a column of a table.
    pub fn column(column: &str, what: What) -> Self {
        Self { segment: String::new(), occurrence: 0, field: 0, column: column.into(), severity: Severity::Error, what }
    }
}
