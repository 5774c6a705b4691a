//! A vaccination update (VXU^V04) into a [`Report`], or the errors that stop it.

use chrono::NaiveDate;
use domain::{BirthDate, evidence::Evidence};
use hl7_parser::Message;

use super::{
    cut::only,
    fields::{MOST_ISSUES, Order, Reader, order},
    split::Piece,
    view::{View, segments},
};
use crate::{Issue, Report, ReportedDose, SetAside, What};

/// Reads one piece of a file; see [`read_vxu`].
///
/// # Errors
/// As [`read_vxu`], and for a line that is not written in the message's characters.
pub fn read_piece(piece: &Piece, today: NaiveDate) -> Result<Report, Vec<Issue>> {
    if let Some(fault) = &piece.fault {
        return Err(vec![fault.clone()]);
    }
    let mut report = read_vxu(&piece.text, today)?;
    if piece.misdeclared {
        report.warnings.push(Issue::warning("MSH", 1, 18, What::OtherCharacters));
    }
    Ok(report)
}

/// Reads one message. All its errors are given at once, so that a sender corrects them in one go. A message with an error in
/// its header or its person is refused whole; a dose with an error is set aside while the others are taken, unless nothing
/// would be left. A message is one person's, or it is refused.
///
/// # Errors
/// Every issue found, errors and warnings, when at least one is an error that stops the whole message.
pub fn read_vxu(text: &str, today: NaiveDate) -> Result<Report, Vec<Issue>> {
    let whole = whole(text)?;
    let Ok(message) = Message::parse(&whole) else {
        return Err(vec![Issue::error("MSH", 1, 0, What::NotHl7)]);
    };
    // The parser drops what follows a line it does not understand: there must be a segment for each line.
    if message.segments().count() != whole.split('\r').count() {
        return Err(vec![Issue::error("MSH", 1, 0, What::NotHl7)]);
    }
    let mut reader = Reader { today, issues: Vec::new() };
    let segments = segments(&message);
    let Some(msh) = segments.iter().find(|segment| segment.segment.name == "MSH") else {
        return Err(vec![Issue::error("MSH", 1, 0, What::NotHl7)]);
    };
    let control_id = reader.header(msh);
    let pid = segments.iter().find(|segment| segment.segment.name == "PID");
    if pid.is_none() {
        reader.stop::<()>("PID", 1, 0, What::Missing);
    }
    let numbers = pid.map(|pid| reader.numbers(pid)).unwrap_or_default();
    let person = pid.and_then(|pid| reader.person(pid));
    let mut protected = false;
    let mut taken = Taken::default();
    for segment in &segments {
        match segment.segment.name {
            "PD1" if segment.text(12, 1).eq_ignore_ascii_case("Y") => {
                reader.warn(segment, 12, What::Protected);
                protected = true;
            }
            "ORC" => taken.order = order(segment),
            "RXA" => taken.dose(&mut reader, segment, person.as_ref().map(|person| person.born)),
            "OBX" => taken.evidence.extend(reader.evidence(segment)),
            _ => {}
        }
    }
    let is_nothing = taken.doses.is_empty() && taken.evidence.is_empty();
    match person {
        Some(person) if reader.is_fine() && (taken.faults.is_empty() || !is_nothing) => {
            let set_aside = taken.faults.into_iter().map(|(occurrence, issues)| SetAside {
                text: only(&whole, occurrence),
                issues: issues.into_iter().map(|issue| Issue { occurrence: 1, ..issue }).collect(),
            });
            let set_aside: Vec<SetAside> = set_aside.collect();
            if !set_aside.is_empty() {
                reader.warn(msh, 0, What::SetAside);
            }
            let Taken { doses, evidence, .. } = taken;
            Ok(Report { control_id, person, numbers, protected, doses, evidence, warnings: reader.issues, set_aside })
        }
        _ => {
            for issue in taken.faults.into_iter().flat_map(|(_, issues)| issues) {
                reader.note(issue);
            }
            Err(reader.issues)
        }
    }
}

/// A message's lines, each a segment of one person, as the parser takes them. It gives what it understood up to a line that is none of
/// HL7's and drops the rest without a word: so every line is looked at first, and blank ones are left out.
fn whole(text: &str) -> Result<String, Vec<Issue>> {
    let numbered = text.split("\r\n").flat_map(|part| part.split(['\r', '\n'])).zip(1..);
    let lines: Vec<(&str, usize)> = numbered.filter(|(line, _)| !line.trim().is_empty()).collect();
    if lines.len() > MOST_SEGMENTS {
        return Err(vec![Issue::error("MSH", 1, 0, What::TooLong)]);
    }
    if let Some((_, number)) = lines.iter().find(|(line, _)| !is_segment(line)) {
        return Err(vec![Issue::line(*number, What::BrokenLine)]);
    }
    if let Some(number) = somebody_else(&lines) {
        return Err(vec![Issue::line(number, What::NotOnePerson)]);
    }
    Ok(with_four_signs(lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\r")))
}

/// HL7 2.7 added a fifth sign to MSH-2, for texts that were cut off; nothing is parted by it (2.5.4), and the parser knows four.
fn with_four_signs(mut text: String) -> String {
    let signs = text.get(3..4).and_then(|separator| text.get(4..)?.split_once(separator)).map(|(signs, _)| signs);
    if signs.is_some_and(|signs| signs.len() == 5 && signs.bytes().all(|sign| sign.is_ascii_punctuation())) {
        text.remove(8);
    }
    text
}

/// What a message reports of its person so far.
#[derive(Default)]
struct Taken {
    doses: Vec<ReportedDose>,
    evidence: Vec<Evidence>,
    /// Doses with errors: which RXA, and what is wrong.
    faults: Vec<(usize, Vec<Issue>)>,
    /// The order of the next dose.
    order: Order,
}

impl Taken {
    fn dose(&mut self, reader: &mut Reader, rxa: &View<'_>, born: Option<BirthDate>) {
        // An order names one dose: a second RXA behind it has none.
        let order = std::mem::take(&mut self.order);
        let mut own = Reader { today: reader.today, issues: Vec::new() };
        let dose = own.dose(rxa, born, order);
        if own.is_fine() {
            self.doses.extend(dose);
            own.issues.into_iter().for_each(|issue| reader.note(issue));
        } else if self.faults.len() < MOST_ISSUES {
            self.faults.push((rxa.occurrence, own.issues));
        } else {
            // So much is wrong that the whole message is.
            own.issues.into_iter().for_each(|issue| reader.note(issue));
        }
    }
}

/// The line where another message or person begins, or where something stands before the person: what follows may not be
/// theirs.
fn somebody_else(lines: &[(&str, usize)]) -> Option<usize> {
    let separator = lines.first().and_then(|(line, _)| line.as_bytes().get(3).copied()).unwrap_or(b'|');
    let mut has_person = false;
    for (at, (line, number)) in lines.iter().enumerate() {
        let is_other = match line.get(..3).unwrap_or("") {
            "MSH" => at > 0,
            "PID" => std::mem::replace(&mut has_person, true),
            // What is put on a person's record stands behind the person.
            "ORC" | "RXA" | "OBX" => !has_person && lines.iter().any(|(line, _)| line.starts_with("PID")),
            _ => false,
        };
        if is_other || holds_another(line, separator) {
            return Some(*number);
        }
    }
    None
}

/// Does a header or a person begin in the middle of a line? The line end before it was lost. A field that ends with these
/// letters is not taken for one: a person's segment has its number, an identifier, a name in their places.
fn holds_another(line: &str, separator: u8) -> bool {
    let bytes = line.as_bytes();
    (4..bytes.len().saturating_sub(3)).any(|at| {
        if bytes[at + 3] != separator {
            return false;
        }
        let mut fields = bytes[at + 4..].split(|byte| *byte == separator);
        let mut field = || fields.next().unwrap_or_default();
        match &bytes[at..at + 3] {
            b"MSH" => {
                let signs = field();
                !signs.is_empty() && signs.iter().all(u8::is_ascii_punctuation)
            }
            b"PID" => {
                let (number, _, identifier, _, name, _, born) =
                    (field(), field(), field(), field(), field(), field(), field());
                let is_digits = |field: &[u8]| !field.is_empty() && field.iter().all(u8::is_ascii_digit);
                let is_first_of = is_digits(number) && number.len() <= 4;
                let is_named = name.contains(&b'^') && (number.is_empty() || born.len() >= 8 && is_digits(&born[..8]));
                !identifier.is_empty() && (is_first_of || is_named)
            }
            _ => false,
        }
    })
}

/// Real messages have some hundred segments.
const MOST_SEGMENTS: usize = 5_000;

/// Does a line begin as a segment does: three letters or digits and the separator?
fn is_segment(line: &str) -> bool {
    let (name, rest) = line.split_at_checked(3).unwrap_or((line, ""));
    name.len() == 3
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && (rest.is_empty() || !rest.starts_with(|first: char| first.is_alphanumeric()))
}
