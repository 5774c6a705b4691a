//! A vaccination update (VXU^V04) into a [`Report`], or the errors that stop it.

use chrono::NaiveDate;
use domain::{
    Antigen, BirthDate, Cvx, Invalid, Mvx, PersonName, catalogue,
    dose::Source,
    evidence::{Evidence, EvidenceKind},
    patient::{Address, Gender, Mother},
    text,
};
use hl7_parser::Message;

use super::view::{View, segments};
use crate::{Action, Issue, Report, ReportedDose, ReportedPerson, Severity, What};

/// Reads one message. All its errors are given at once, so that a sender corrects them in one go; a message with an error
/// is refused whole and kept by the caller.
///
/// # Errors
/// Every issue found, errors and warnings, when at least one is an error.
pub fn read_vxu(text: &str, today: NaiveDate) -> Result<Report, Vec<Issue>> {
    // The parser gives what it understood up to a line that is none of HL7's and drops the rest without a word. So every
    // line is looked at first, blank ones are left out, and afterwards there must be a segment for each.
    let numbered = text.split("\r\n").flat_map(|part| part.split(['\r', '\n'])).zip(1..);
    let lines: Vec<(&str, usize)> = numbered.filter(|(line, _)| !line.trim().is_empty()).collect();
    if lines.len() > MOST_SEGMENTS {
        return Err(vec![Issue::error("MSH", 1, 0, What::TooLong)]);
    }
    if let Some((_, number)) = lines.iter().find(|(line, _)| !is_segment(line)) {
        return Err(vec![Issue::line(*number, What::BrokenLine)]);
    }
    let text = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\r");
    let Ok(message) = Message::parse(&text) else {
        return Err(vec![Issue::error("MSH", 1, 0, What::NotHl7)]);
    };
    if message.segments().count() != lines.len() {
        return Err(vec![Issue::error("MSH", 1, 0, What::NotHl7)]);
    }
    let mut reader = Reader { today, issues: Vec::new() };
    let segments = segments(&message);
    let Some(msh) = segments.iter().find(|segment| segment.segment.name == "MSH") else {
        return Err(vec![Issue::error("MSH", 1, 0, What::NotHl7)]);
    };
    let control_id = reader.header(msh);
    let person = match segments.iter().find(|segment| segment.segment.name == "PID") {
        Some(pid) => reader.person(pid),
        None => reader.stop("PID", 1, 0, What::Missing),
    };
    let mut doses = Vec::new();
    let mut evidence = Vec::new();
    for segment in &segments {
        match segment.segment.name {
            "RXA" => doses.extend(reader.dose(segment, person.as_ref().map(|person| person.born))),
            "OBX" => evidence.extend(reader.evidence(segment)),
            _ => {}
        }
    }
    match person {
        Some(person) if reader.issues.iter().all(|issue| issue.severity == Severity::Warning) => {
            Ok(Report { control_id, person, doses, evidence, warnings: reader.issues })
        }
        _ => Err(reader.issues),
    }
}

/// Real messages have some hundred segments.
const MOST_SEGMENTS: usize = 5_000;

/// More than anybody reads; a message made of errors is refused all the same.
const MOST_ISSUES: usize = 100;

/// Does a line begin as a segment does: three letters or digits and the separator?
fn is_segment(line: &str) -> bool {
    let (name, rest) = line.split_at_checked(3).unwrap_or((line, ""));
    name.len() == 3
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && (rest.is_empty() || !rest.starts_with(|first: char| first.is_alphanumeric()))
}

struct Reader {
    today: NaiveDate,
    issues: Vec<Issue>,
}

impl Reader {
    fn stop<T>(&mut self, segment: &str, occurrence: usize, field: usize, what: What) -> Option<T> {
        // The first ones are kept; that there is an error at all must not be lost behind a hundred warnings.
        if self.issues.len() < MOST_ISSUES {
            self.issues.push(Issue::error(segment, occurrence, field, what));
        } else if let Some(last) = self.issues.last_mut() {
            *last = Issue::error(segment, occurrence, field, what);
        }
        None
    }

    fn warn(&mut self, at: &View<'_>, field: usize, what: What) {
        if self.issues.len() < MOST_ISSUES {
            self.issues.push(Issue::warning(at.segment.name, at.occurrence, field, what));
        }
    }

    fn header(&mut self, msh: &View<'_>) -> String {
        let kind = (msh.text(9, 1), msh.text(9, 2));
        if kind.0 != "VXU" || !(kind.1 == "V04" || kind.1.is_empty()) {
            self.stop::<()>("MSH", 1, 9, What::NotVaccination);
        }
        if msh.text(12, 1) != "2.5.1" {
            self.warn(msh, 12, What::OtherVersion);
        }
        let control = text::line(&msh.text(10, 1), 199).ok().flatten();
        control.or_else(|| self.stop("MSH", 1, 10, What::Missing)).unwrap_or_default()
    }

    fn person(&mut self, pid: &View<'_>) -> Option<ReportedPerson> {
        let name = match PersonName::new(&pid.text(5, 1), &pid.text(5, 2), &pid.text(5, 3)) {
            Ok(name) => Some(name),
            Err(Invalid::Missing) => self.stop("PID", 1, 5, What::Missing),
            Err(Invalid::TooLong) => self.stop("PID", 1, 5, What::TooLong),
            Err(_) => self.stop("PID", 1, 5, What::NotAName),
        };
        let born = self.date("PID", 1, 7, &pid.text(7, 1)).and_then(|date| match BirthDate::new(date, self.today) {
            Ok(born) => Some(born),
            Err(Invalid::Future) => self.stop("PID", 1, 7, What::InTheFuture),
            Err(_) => self.stop("PID", 1, 7, What::NotADate),
        });
        let gender = pid.text(8, 1);
        let gender = Gender::parse(&gender).unwrap_or_else(|_| {
            self.warn(pid, 8, if gender.is_empty() { What::Missing } else { What::UnknownCode });
            Gender::Unknown
        });
        let numbers: Vec<(String, String)> = pid
            .repeats(3)
            .iter()
            .map(|repeat| {
                (format!("{} {}", pid.component(repeat, 4), pid.component(repeat, 5)), pid.component(repeat, 1))
            })
            .filter(|(authority, number)| !number.is_empty() && number.len() <= 64 && authority.len() <= 128)
            .take(20)
            .collect();
        if numbers.is_empty() {
            self.stop::<()>("PID", 1, 3, What::Missing);
        }
        let address = self.address(pid);
        let short = |text: String| text::line(&text, 80).ok().flatten().unwrap_or_default();
        // PID-6 is the mother's maiden name; some senders put her first name into its second component.
        let mother = Mother { first: short(pid.text(6, 2)), maiden: short(pid.text(6, 1)) };
        let phone = telephone(pid);
        Some(ReportedPerson { name: name?, born: born?, gender, mother, address, phone, numbers })
    }

    fn address(&mut self, pid: &View<'_>) -> Address {
        match Address::new(&pid.text(11, 1), &pid.text(11, 3), &pid.text(11, 4), &pid.text(11, 5)) {
            Ok(address) => address,
            Err(_) => {
                self.warn(pid, 11, What::UnknownCode);
                Address::default()
            }
        }
    }

    /// A full date, `YYYYMMDD` with or without a time. A month or a year alone is not a date (never silently valid).
    fn date(&mut self, segment: &str, occurrence: usize, field: usize, text: &str) -> Option<NaiveDate> {
        if text.is_empty() {
            return self.stop(segment, occurrence, field, What::Missing);
        }
        let day = text.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
        match day.and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok()) {
            Some(date) => Some(date),
            None => self.stop(segment, occurrence, field, What::NotADate),
        }
    }

    fn dose(&mut self, rxa: &View<'_>, born: Option<BirthDate>) -> Option<ReportedDose> {
        let at = rxa.occurrence;
        let code = rxa.text(5, 1);
        // 998: nothing was given; the segment carries observations (history of disease, forecast).
        if code == "998" || code == "999" && rxa.text(20, 1) == "NA" {
            return None;
        }
        match rxa.text(20, 1).as_str() {
            "RE" => {
                self.warn(rxa, 20, What::Refusal);
                return None;
            }
            "NA" | "PA" => {
                self.warn(rxa, 20, What::NotGiven);
                return None;
            }
            _ => {}
        }
        let vaccine = self.vaccine(rxa);
        let given_on = self.date("RXA", at, 3, &rxa.text(3, 1));
        if let Some(day) = given_on {
            if day > self.today {
                self.stop::<()>("RXA", at, 3, What::InTheFuture);
            }
            if born.is_some_and(|born| day < born.date()) {
                self.stop::<()>("RXA", at, 3, What::BeforeBirth);
            }
        }
        let (cvx, maker) = vaccine?;
        let stated = rxa.text(17, 1);
        let mvx = match stated.parse::<Mvx>() {
            Ok(mvx) => mvx.as_str().to_owned(),
            Err(_) => {
                if !stated.is_empty() {
                    self.warn(rxa, 17, What::UnknownCode);
                }
                maker
            }
        };
        let lot = text::line(&rxa.text(15, 1), 30).unwrap_or_else(|_| {
            self.warn(rxa, 15, What::TooLong);
            None
        });
        let short = |text: String| text::line(&text, 100).ok().flatten().unwrap_or_default();
        Some(ReportedDose {
            action: match rxa.text(21, 1).as_str() {
                "U" => Action::Update,
                "D" => Action::Delete,
                _ => Action::Add,
            },
            given_on: given_on?,
            cvx,
            mvx,
            product: short(product(rxa)),
            lot: lot.unwrap_or_default(),
            source: if rxa.text(9, 1) == "00" { Source::Administered } else { Source::Historical },
            office: short(rxa.text(11, 4)),
            occurrence: at,
        })
    }

    /// RXA-5 as CVX, wherever in the field it stands, or as a National Drug Code.
    fn vaccine(&mut self, rxa: &View<'_>) -> Option<(Cvx, String)> {
        let Some(repeat) = rxa.repeats(5).first() else { return self.stop("RXA", rxa.occurrence, 5, What::Missing) };
        let triplets =
            [(1, 3), (4, 6)].map(|(code, system)| (rxa.component(repeat, code), rxa.component(repeat, system)));
        for (code, system) in &triplets {
            if system == "CVX"
                && let Ok(cvx) = code.parse()
            {
                return Some((cvx, String::new()));
            }
        }
        for (code, system) in &triplets {
            if system.starts_with("NDC")
                && let Some((cvx, maker)) = catalogue::by_ndc(code)
            {
                return Some((cvx, maker.to_owned()));
            }
        }
        let what = if triplets[0].0.is_empty() { What::Missing } else { What::UnknownVaccine };
        self.stop("RXA", rxa.occurrence, 5, what)
    }

    /// History of disease (LOINC 59784-9) and serology (75505-8), by their SNOMED codes.
    fn evidence(&mut self, obx: &View<'_>) -> Vec<Evidence> {
        let kind = match obx.text(3, 1).as_str() {
            "59784-9" => EvidenceKind::ClinicianHistory,
            "75505-8" => EvidenceKind::Laboratory,
            _ => return Vec::new(),
        };
        let antigens: &[Antigen] = match obx.text(5, 1).as_str() {
            "38907003" | "371113008" => &[Antigen::Varicella],
            "14189004" | "371111005" => &[Antigen::Measles],
            "36989005" | "341112003" => &[Antigen::Mumps],
            "36653000" | "371112003" => &[Antigen::Rubella],
            "66071002" | "271511000" => &[Antigen::HepB],
            "40468003" | "278971009" => &[Antigen::HepA],
            _ => {
                self.warn(obx, 5, What::UnknownCode);
                &[]
            }
        };
        // Wrong, deleted or not yet there (table 0085): no evidence.
        if matches!(obx.text(11, 1).as_str(), "D" | "W" | "X") {
            return Vec::new();
        }
        // A school asks since when: evidence without its full date is none.
        let day = obx.text(14, 1);
        let on = day.get(..8).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
        let Some(on) = on.filter(|on| *on <= self.today) else {
            self.warn(obx, 14, if day.is_empty() { What::Missing } else { What::NotADate });
            return Vec::new();
        };
        antigens.iter().map(|antigen| Evidence { antigen: *antigen, kind, on }).collect()
    }
}

/// The trade name: the text beside an NDC, else nothing (the text beside a CVX is the vaccine's, not the product's).
fn product(rxa: &View<'_>) -> String {
    let Some(repeat) = rxa.repeats(5).first() else { return String::new() };
    let named = [(2, 3), (5, 6)].into_iter().find(|(_, system)| rxa.component(repeat, *system).starts_with("NDC"));
    named.map_or_else(String::new, |(name, _)| rxa.component(repeat, name))
}

/// Area code and number out of PID-13, or its first component as older senders write it.
fn telephone(pid: &View<'_>) -> String {
    for repeat in pid.repeats(13) {
        let (area, number) = (pid.component(repeat, 6), pid.component(repeat, 7));
        let whole = if number.is_empty() { pid.component(repeat, 1) } else { format!("{area}{number}") };
        let digits: String = whole.chars().filter(char::is_ascii_digit).take(15).collect();
        if digits.len() >= 7 {
            return digits;
        }
    }
    String::new()
}
