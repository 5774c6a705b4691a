//! The fields of a vaccination update, one by one, with an issue for each that does not hold what it should.

use chrono::NaiveDate;
use domain::{
    Antigen, BirthDate, Cvx, Invalid, Mvx, PersonName, catalogue,
    dose::{Lot, Product, Source},
    evidence::{Evidence, EvidenceKind},
    patient::{Address, Demographics, Gender, Mother},
    text,
};
use hl7_parser::message::Repeat;

use super::view::View;
use crate::{Action, Issue, OrderNumbers, ReportedDose, ReportedNumber, Severity, What};

pub(crate) struct Reader {
    pub(crate) today: NaiveDate,
    pub(crate) issues: Vec<Issue>,
}

impl Reader {
    pub(crate) fn stop<T>(&mut self, segment: &str, occurrence: usize, field: usize, what: What) -> Option<T> {
        self.note(Issue::error(segment, occurrence, field, what));
        None
    }

    pub(crate) fn warn(&mut self, at: &View<'_>, field: usize, what: What) {
        self.note(Issue::warning(at.segment.name, at.occurrence, field, what));
    }

    /// The first ones are kept; that there is an error at all must not be lost behind a hundred warnings.
    pub(crate) fn note(&mut self, issue: Issue) {
        if self.issues.len() < MOST_ISSUES {
            self.issues.push(issue);
        } else if issue.severity == Severity::Error
            && let Some(last) = self.issues.last_mut()
        {
            *last = issue;
        }
    }

    pub(crate) fn is_fine(&self) -> bool {
        self.issues.iter().all(|issue| issue.severity == Severity::Warning)
    }

    pub(crate) fn header(&mut self, msh: &View<'_>) -> String {
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

    pub(crate) fn person(&mut self, pid: &View<'_>) -> Option<Demographics> {
        let (name, other_names) = names(pid);
        let name = match name {
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
        let address = self.address(pid);
        let short = |text: String| text::line(&text, 80).ok().flatten().unwrap_or_default();
        // PID-6 is the mother's maiden name; some senders put her first name into its second component.
        let mother = Mother { first: short(pid.text(6, 2)), maiden: short(pid.text(6, 1)) };
        let phone = telephone(pid);
        let multiple_birth = match pid.text(24, 1).to_uppercase().as_str() {
            "Y" => Some(true),
            "N" => Some(false),
            _ => None,
        };
        let birth_order = pid.text(25, 1).parse().ok().filter(|order| (1..=20).contains(order));
        Some(Demographics {
            name: name?,
            other_names,
            born: born?,
            gender,
            mother,
            address,
            phone,
            multiple_birth,
            birth_order,
        })
    }

    /// The numbers other systems know the person by; there is one at least.
    pub(crate) fn numbers(&mut self, pid: &View<'_>) -> Vec<ReportedNumber> {
        let numbers: Vec<ReportedNumber> = pid
            .repeats(3)
            .iter()
            .map(|repeat| ReportedNumber {
                authority: pid.component(repeat, 4),
                kind: pid.component(repeat, 5).to_uppercase(),
                number: pid.component(repeat, 1),
            })
            .filter(|it| !it.number.is_empty() && it.number.len() <= 64 && it.authority.len() + it.kind.len() <= 127)
            .take(20)
            .collect();
        if numbers.is_empty() {
            self.stop::<()>("PID", 1, 3, What::Missing);
        }
        numbers
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
        match day_of(text) {
            Some(date) => Some(date),
            None => self.stop(segment, occurrence, field, What::NotADate),
        }
    }

    pub(crate) fn dose(&mut self, rxa: &View<'_>, born: Option<BirthDate>, order: Order) -> Option<ReportedDose> {
        if !self.is_given(rxa, &order.state)? {
            return None;
        }
        let at = rxa.occurrence;
        let action = match rxa.text(21, 1).to_uppercase().as_str() {
            "" | "A" => Action::Add,
            "U" => Action::Update,
            "D" => Action::Delete,
            // Taken for an addition it would be a dose too many.
            _ => self.stop("RXA", at, 21, What::UnclearAction)?,
        };
        let vaccine = self.vaccine(rxa);
        let given_on = self.given_on(rxa, born);
        let (cvx, maker) = vaccine?;
        let mvx = self.maker(rxa, maker);
        let lot = Lot::new(&rxa.text(15, 1)).unwrap_or_else(|_| {
            self.warn(rxa, 15, What::TooLong);
            Lot::default()
        });
        Some(ReportedDose {
            action,
            given_on: given_on?,
            cvx,
            mvx,
            product: Product::new(&product(rxa)).unwrap_or_default(),
            lot,
            source: if rxa.text(9, 1) == "00" { Source::Administered } else { Source::Historical },
            office: text::line(&rxa.text(11, 4), 100).ok().flatten().unwrap_or_default(),
            occurrence: at,
            order: order.numbers,
        })
    }

    /// Was something given? `None` where the segment does not say so clearly (RXA-20, table 0322).
    fn is_given(&mut self, rxa: &View<'_>, order_state: &str) -> Option<bool> {
        let (at, code) = (rxa.occurrence, rxa.text(5, 1));
        // 998: nothing was given; the segment carries observations (history of disease, forecast).
        if code == "998" || code == "999" && rxa.text(20, 1) == "NA" {
            return Some(false);
        }
        match rxa.text(20, 1).to_uppercase().as_str() {
            // Nothing said of what was done: then what became of the order counts (ORC-5, table 0038). Who takes a dose back may
            // cancel its order too.
            "" if !rxa.text(21, 1).eq_ignore_ascii_case("D") => match order_state {
                "CA" | "DC" | "HD" | "IP" | "SC" => {
                    self.warn(rxa, 20, What::NotGiven);
                    Some(false)
                }
                "ER" => self.stop("RXA", at, 20, What::UnclearAction),
                _ => Some(true),
            },
            "" | "CP" => Some(true),
            "RE" => {
                self.warn(rxa, 20, What::Refusal);
                Some(false)
            }
            "NA" | "PA" => {
                self.warn(rxa, 20, What::NotGiven);
                Some(false)
            }
            _ => self.stop("RXA", at, 20, What::UnclearAction),
        }
    }

    /// The day (RXA-3): not in the future, not before birth.
    fn given_on(&mut self, rxa: &View<'_>, born: Option<BirthDate>) -> Option<NaiveDate> {
        let given_on = self.date("RXA", rxa.occurrence, 3, &rxa.text(3, 1));
        if let Some(day) = given_on {
            if day > self.today {
                self.stop::<()>("RXA", rxa.occurrence, 3, What::InTheFuture);
            }
            if born.is_some_and(|born| day < born.date()) {
                self.stop::<()>("RXA", rxa.occurrence, 3, What::BeforeBirth);
            }
        }
        given_on
    }

    /// The manufacturer (RXA-17), or the one the drug code names.
    fn maker(&mut self, rxa: &View<'_>, by_code: Option<Mvx>) -> Option<Mvx> {
        let stated = rxa.text(17, 1);
        match stated.parse::<Mvx>() {
            Ok(mvx) => Some(mvx),
            Err(_) => {
                if !stated.is_empty() {
                    self.warn(rxa, 17, What::UnknownCode);
                }
                by_code
            }
        }
    }

    /// RXA-5 as CVX, wherever in the field it stands, or as a National Drug Code.
    fn vaccine(&mut self, rxa: &View<'_>) -> Option<(Cvx, Option<Mvx>)> {
        let Some(repeat) = rxa.repeats(5).first() else { return self.stop("RXA", rxa.occurrence, 5, What::Missing) };
        let triplets =
            [(1, 3), (4, 6)].map(|(code, system)| (rxa.component(repeat, code), rxa.component(repeat, system)));
        let by_cvx = triplets.iter().find_map(|(code, system)| {
            let is_cvx = matches!(system.as_str(), "CVX" | "HL70292" | "2.16.840.1.113883.12.292");
            is_cvx.then(|| code.parse::<Cvx>().ok()).flatten()
        });
        let by_ndc = triplets.iter().find_map(|(code, system)| {
            let is_ndc = system.starts_with("NDC") || system == "2.16.840.1.113883.6.69";
            is_ndc.then(|| catalogue::by_ndc(code)).flatten()
        });
        match (by_cvx, by_ndc) {
            // Two codes of one vaccine (HL7 2.5.1, CE): which is meant, who sent them knows.
            (Some(cvx), Some((other, _))) if !protects_alike(cvx, other) => {
                self.stop("RXA", rxa.occurrence, 5, What::CodesDiffer)
            }
            (Some(cvx), _) => Some((cvx, None)),
            (None, Some((cvx, maker))) => Some((cvx, Mvx::stored(maker.to_owned()))),
            (None, None) => {
                let what = if triplets[0].0.is_empty() { What::Missing } else { What::UnknownVaccine };
                self.stop("RXA", rxa.occurrence, 5, what)
            }
        }
    }

    /// History of disease (LOINC 59784-9) and serology (75505-8), by their SNOMED codes.
    pub(crate) fn evidence(&mut self, obx: &View<'_>) -> Vec<Evidence> {
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
        let on = day_of(&day);
        let Some(on) = on.filter(|on| *on <= self.today) else {
            self.warn(obx, 14, if day.is_empty() { What::Missing } else { What::NotADate });
            return Vec::new();
        };
        antigens.iter().map(|antigen| Evidence { antigen: *antigen, kind, on }).collect()
    }
}

/// Do two codes stand for vaccines against the same diseases?
fn protects_alike(one: Cvx, other: Cvx) -> bool {
    let antigens = |cvx| catalogue::vaccine(cvx).map(|vaccine| vaccine.antigens.as_slice()).unwrap_or_default();
    let (one, other) = (antigens(one), antigens(other));
    one.iter().all(|antigen| other.contains(antigen)) && other.iter().all(|antigen| one.contains(antigen))
}

/// What an ORC says of the dose behind it.
#[derive(Default)]
pub(crate) struct Order {
    numbers: OrderNumbers,
    /// ORC-5.
    state: String,
}

/// ORC-3, ORC-2 and ORC-5. `9999` stands for no order: a history, a refusal (guide, ORC-3).
pub(crate) fn order(orc: &View<'_>) -> Order {
    let number = |field| {
        let (id, authority) = (orc.text(field, 1), orc.text(field, 2));
        let is_none = id.is_empty() || id.len() > 100 || (id == "9999" && matches!(authority.as_str(), "CDC" | ""));
        if is_none {
            String::new()
        } else {
            text::line(&format!("{authority} {id}"), 200).ok().flatten().unwrap_or_default()
        }
    };
    let numbers = OrderNumbers { filler: number(3), placer: number(2) };
    Order { numbers, state: orc.text(5, 1).to_uppercase() }
}

/// The day of a moment, `YYYYMMDD[HH[MM[SS[.S]]]][+ZZZZ]` (chapter 2.A.22). Anything else behind the day is no moment: the field
/// may hold two things.
fn day_of(text: &str) -> Option<NaiveDate> {
    let (day, rest) = text.split_at_checked(8)?;
    let (time, zone) = rest.split_once(['+', '-']).map_or((rest, None), |(time, zone)| (time, Some(zone)));
    let (clock, fraction) = time.split_once('.').map_or((time, None), |(clock, fraction)| (clock, Some(fraction)));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = digits(clock)
        && matches!(clock.len(), 0 | 2 | 4 | 6)
        && clock
            .as_bytes()
            .chunks(2)
            .zip([24, 60, 61])
            .all(|(part, limit)| (part[0] - b'0') * 10 + part[1] - b'0' < limit)
        && fraction.is_none_or(|fraction| (1..=6).contains(&fraction.len()) && digits(fraction) && clock.len() == 6)
        && zone.is_none_or(|zone| zone.len() == 4 && digits(zone));
    if digits(day) && is_time { NaiveDate::parse_from_str(day, "%Y%m%d").ok() } else { None }
}

/// The legal name (type L, or of no type) and the others of PID-5.
fn names(pid: &View<'_>) -> (Result<PersonName, Invalid>, Vec<PersonName>) {
    let read = |repeat: &Repeat<'_>| {
        // Two last names can stand in subcomponents; the first component's first one is the family name.
        PersonName::new(&pid.component(repeat, 1), &pid.component(repeat, 2), &pid.component(repeat, 3))
    };
    let repeats = pid.repeats(5);
    let kind = |repeat: &Repeat<'_>| pid.component(repeat, 7).to_uppercase();
    let legal = repeats
        .iter()
        .position(|repeat| kind(repeat) == "L")
        .or_else(|| repeats.iter().position(|repeat| kind(repeat).is_empty()))
        .unwrap_or(0);
    let name = repeats.get(legal).map_or(Err(Invalid::Missing), read);
    let others = repeats.iter().enumerate().filter(|(at, _)| *at != legal).filter_map(|(_, repeat)| read(repeat).ok());
    (name, others.take(5).collect())
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

/// More than anybody reads; a message made of errors is refused all the same.
pub(crate) const MOST_ISSUES: usize = 100;
