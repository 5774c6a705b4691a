//! The answer to a message (ACK, profile Z23): taken, taken in part, refused, with a line for each fault.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::{Issue, Severity, What};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acknowledged {
    /// `AA`: everything was taken.
    Taken,
    /// `AE`: something was not taken, or there is something to look at.
    InPart,
    /// `AR`: nothing was taken.
    Refused,
}

impl Acknowledged {
    const fn code(self) -> &'static str {
        match self {
            Self::Taken => "AA",
            Self::InPart => "AE",
            Self::Refused => "AR",
        }
    }
}

/// Who answers whom, and which message.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Our name in messages.
    pub sender: &'a str,
    /// The sender's.
    pub receiver: &'a str,
    /// What the answer is called (MSH-10).
    pub number: &'a str,
    /// What the message is called that it answers (MSA-2).
    pub control_id: &'a str,
}

/// One acknowledgment, its lines parted by carriage returns. Nothing personal stands in it: places, codes, our own words.
pub fn acknowledge(
    answer: &Answer<'_>,
    outcome: Acknowledged,
    issues: &[Issue],
    words: impl Fn(What) -> String,
    at: DateTime<Utc>,
) -> String {
    let Answer { sender, receiver, number, control_id } = *answer;
    let mut text = format!(
        "MSH|^~\\&|{}||{}||{}+0000||ACK^V04^ACK|{}|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS\rMSA|{}|{}\r",
        escaped(sender),
        escaped(receiver),
        at.format("%Y%m%d%H%M%S"),
        escaped(number),
        outcome.code(),
        escaped(control_id)
    );
    for issue in issues {
        let (code, name) = code(issue.what);
        let severity = if issue.severity == Severity::Error { 'E' } else { 'W' };
        let _ =
            write!(text, "ERR||{}|{code}^{name}^HL70357|{severity}||||{}\r", place(issue), escaped(&words(issue.what)));
    }
    text
}

/// `RXA^2^5`; empty where it is a line of the text.
fn place(issue: &Issue) -> String {
    match (issue.segment.as_str(), issue.field) {
        ("", _) => String::new(),
        (segment, 0) => format!("{}^{}", escaped(segment), issue.occurrence),
        (segment, field) => format!("{}^{}^{field}", escaped(segment), issue.occurrence),
    }
}

/// HL7 table 0357.
const fn code(what: What) -> (&'static str, &'static str) {
    match what {
        What::NotOnePerson | What::BrokenLine | What::NotHl7 => ("100", "Segment sequence error"),
        What::Missing => ("101", "Required field missing"),
        What::NotADate
        | What::InTheFuture
        | What::BeforeBirth
        | What::NotAName
        | What::TooLong
        | What::OtherLetters => ("102", "Data type error"),
        What::UnknownVaccine | What::CodesDiffer | What::UnknownCode | What::UnclearAction => {
            ("103", "Table value not found")
        }
        What::NotVaccination => ("200", "Unsupported message type"),
        What::OtherVersion => ("203", "Unsupported version id"),
        What::UnknownDose => ("204", "Unknown key identifier"),
        What::AlreadyOnRecord => ("205", "Duplicate key identifier"),
        _ => ("207", "Application error"),
    }
}

/// HL7 chapter 2.7.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' => safe.push_str("\\F\\"),
            '^' => safe.push_str("\\S\\"),
            '&' => safe.push_str("\\T\\"),
            '~' => safe.push_str("\\R\\"),
            '\\' => safe.push_str("\\E\\"),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_reads_which_segment_was_not_taken() {
        let issues = [Issue::error("RXA", 2, 3, What::InTheFuture), Issue::warning("PID", 1, 8, What::UnknownCode)];
        let at = "2026-11-01T12:00:00Z".parse().unwrap_or_default();
        let text = acknowledge(
            &Answer { sender: "MIIS", receiver: "P1", number: "A-1", control_id: "M|7" },
            Acknowledged::InPart,
            &issues,
            |_| "Words".into(),
            at,
        );
        let lines: Vec<&str> = text.split_terminator('\r').collect();
        assert_eq!(lines[1], "MSA|AE|M\\F\\7");
        assert_eq!(lines[2], "ERR||RXA^2^3|102^Data type error^HL70357|E||||Words");
        assert_eq!(lines[3], "ERR||PID^1^8|103^Table value not found^HL70357|W||||Words");
    }
}
