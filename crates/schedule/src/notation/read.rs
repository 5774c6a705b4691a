//! Reads the notation, strictly: a word or a length that is not known is an error with its file and line.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{
    Text,
    lines::{dose_line, head_line},
    words::{aged_vaccine, date, length, number, numbers, sign_at, split, vaccine_code, window},
};
use crate::{
    Antigen, Association, BornBefore, Conflict, Contraindication, Group, Immunity, Kind, Observation, Schedule, Series,
    TargetDose, VaccineContraindication, Window,
};

/// What is wrong with a text of the notation, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct NotationError {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// What.
    pub what: String,
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// What was laid over a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Its name and version.
    pub name: String,
    /// The errata in it that were not applied, because the release no longer says what they correct.
    pub passed_over: Vec<String>,
}

/// Reads a schedule from its files, the frame first.
///
/// # Errors
/// The first thing that is not understood, with its place.
pub fn read(files: &[Text]) -> Result<Schedule, NotationError> {
    let mut schedule = Schedule {
        release: String::new(),
        amendments: Vec::new(),
        hash: String::new(),
        passed_over: Vec::new(),
        antigens: Vec::new(),
        groups: Vec::new(),
        associations: Vec::new(),
        conflicts: Vec::new(),
        observations: Vec::new(),
    };
    let mut reader = Reader::new(&mut schedule);
    for file in files {
        reader.file(file)?;
    }
    reader.finish()?;
    let mut hash = Sha256::new();
    for file in files {
        hash_text(&mut hash, file);
    }
    schedule.hash = hex(hash);
    Ok(schedule)
}

/// Lays errata or an overlay over a schedule. Its name is added to the schedule's amendments, its text to its hash.
///
/// # Errors
/// The first thing that is not understood or not there to be changed, with its place.
pub fn amend(schedule: &mut Schedule, file: &Text) -> Result<Amendment, NotationError> {
    let mut reader = Reader::new(schedule);
    reader.file(file)?;
    let (name, passed_over) = (std::mem::take(&mut reader.amendment), std::mem::take(&mut reader.passed_over));
    reader.finish()?;
    let nameless = || NotationError { file: file.name.clone(), line: 0, what: "an amendment without a name".into() };
    let amendment = Amendment { name: name.ok_or_else(nameless)?, passed_over };
    schedule.amendments.push(amendment.name.clone());
    schedule.passed_over.extend(amendment.passed_over.iter().cloned());
    let mut hash = Sha256::new();
    hash.update(&schedule.hash);
    hash_text(&mut hash, file);
    schedule.hash = hex(hash);
    Ok(amendment)
}

fn hash_text(hash: &mut Sha256, file: &Text) {
    hash.update(&file.text);
    hash.update([0]);
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is wrong with a line.
pub(super) type Parsed<T> = Result<T, String>;

pub(super) struct Reader<'a> {
    schedule: &'a mut Schedule,
    /// Associations whose antigen is still a name.
    pending: Vec<(u16, String, Window)>,
    /// Where the lines belong to: an antigen, a series of it, a dose of that.
    pub(super) antigen: Option<usize>,
    pub(super) series: Option<usize>,
    pub(super) dose: Option<usize>,
    amendment: Option<String>,
    /// The erratum the lines belong to.
    pub(super) erratum: Option<String>,
    pub(super) passed_over: Vec<String>,
}

impl<'a> Reader<'a> {
    const fn new(schedule: &'a mut Schedule) -> Self {
        Self {
            schedule,
            pending: Vec::new(),
            antigen: None,
            series: None,
            dose: None,
            amendment: None,
            erratum: None,
            passed_over: Vec::new(),
        }
    }

    fn file(&mut self, file: &Text) -> Result<(), NotationError> {
        (self.antigen, self.series, self.dose) = (None, None, None);
        for (number, line) in (1..).zip(file.text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            self.line(line).map_err(|what| NotationError { file: file.name.clone(), line: number, what })?;
        }
        Ok(())
    }

    /// Looks the names up that could not be before all was read, and puts the lists in their order.
    fn finish(self) -> Result<(), NotationError> {
        let whole = |what| NotationError { file: "schedule".to_owned(), line: 0, what };
        for (cvx, name, window) in self.pending {
            let antigen = self.schedule.antigens.iter().position(|antigen| antigen.name == name);
            let antigen = antigen.ok_or_else(|| whole(format!("vaccine {cvx} is about an unknown antigen {name}")))?;
            self.schedule.associations.push(Association { cvx, antigen, window });
        }
        self.schedule.associations.sort_by_key(|association| (association.cvx, association.antigen));
        self.schedule.conflicts.sort_by_key(|conflict| (conflict.previous, conflict.current));
        let mut series = self.schedule.antigens.iter().flat_map(|antigen| &antigen.series);
        match series.find(|series| series.doses.is_empty()) {
            Some(series) => Err(whole(format!("{} has no doses", series.name))),
            None => Ok(()),
        }
    }

    fn line(&mut self, line: &str) -> Parsed<()> {
        let (word, rest) = split(line);
        // An erratum whose ground is gone is passed over to its end.
        if word != "erratum" && self.erratum.is_some() && self.erratum == self.passed_over.last().cloned() {
            return Ok(());
        }
        match word {
            "release" => rest.clone_into(&mut self.schedule.release),
            "errata" | "overlay" => self.amendment = Some(format!("{word} {rest}")),
            "erratum" => self.erratum = Some(rest.to_owned()),
            // The reason is for the reader.
            "because" => {}
            "group" if self.series.is_none() => self.group(rest)?,
            "vaccine" => self.vaccine(rest)?,
            "conflict" => self.conflict(rest)?,
            "observation" => self.observation(rest)?,
            "antigen" => self.select_antigen(rest),
            "member" => {
                let name = rest.strip_prefix("of ").unwrap_or(rest);
                let group = self.schedule.groups.iter().position(|group| group.name == name);
                self.antigen()?.group = group.ok_or_else(|| format!("{name} is no vaccine group"))?;
            }
            "immune" => self.immune(rest)?,
            "contraindicated" => self.contraindicated(rest)?,
            "series" => self.new_series(rest)?,
            "change" | "remove" => self.change(word, rest)?,
            "expect" => self.expect(rest)?,
            "without" => self.without(rest)?,
            "dose" => {
                let series = self.series()?;
                let number = series.doses.len() + 1;
                if rest != number.to_string() {
                    return Err(format!("dose {rest} is not the next one"));
                }
                series.doses.push(TargetDose::default());
                self.dose = Some(number - 1);
            }
            "group" | "default" | "product" | "gender" | "rank" | "start" | "equivalent" | "for" => {
                head_line(self.series()?, word, rest)?;
            }
            "give" | "accept" | "mistake" if rest.starts_with("as ") => self.same(word, rest)?,
            _ => dose_line(self.dose()?, word, rest)?,
        }
        Ok(())
    }

    pub(super) fn antigen(&mut self) -> Parsed<&mut Antigen> {
        self.antigen.and_then(|place| self.schedule.antigens.get_mut(place)).ok_or_else(|| "outside an antigen".into())
    }

    pub(super) fn series(&mut self) -> Parsed<&mut Series> {
        let place = self.series.ok_or("outside a series")?;
        self.antigen()?.series.get_mut(place).ok_or_else(|| "outside a series".into())
    }

    pub(super) fn dose(&mut self) -> Parsed<&mut TargetDose> {
        let place = self.dose;
        let series = self.series();
        let dose = series.ok().and_then(|series| series.doses.get_mut(place?));
        dose.ok_or_else(|| "not a word of the notation, or outside a dose".into())
    }

    /// `group one|all|any NAME`: of one antigen, or of several of which all or any have to be due.
    fn group(&mut self, rest: &str) -> Parsed<()> {
        let (antigens, name) = split(rest);
        let full = match antigens {
            "one" => None,
            "all" => Some(true),
            "any" => Some(false),
            other => return Err(format!("{other:?} is neither one, all nor any")),
        };
        if self.schedule.groups.iter().any(|group| group.name == name) {
            return Err(format!("a second group {name}"));
        }
        self.schedule.groups.push(Group { name: name.to_owned(), full });
        Ok(())
    }

    /// `vaccine CVX ANTIGEN [ages] | …`: what a vaccine is about.
    fn vaccine(&mut self, rest: &str) -> Parsed<()> {
        let (cvx, antigens) = split(rest);
        let cvx = vaccine_code(cvx)?;
        for part in antigens.split(" | ") {
            let (name, ages) = part.split_at(sign_at(part));
            self.pending.push((cvx, name.trim().to_owned(), window(ages)?));
        }
        Ok(())
    }

    /// `conflict CVX from LENGTH until LENGTH else LENGTH | CVX…`: an earlier vaccine disturbs these later ones, until the first
    /// length if it counted, else until the second.
    fn conflict(&mut self, rest: &str) -> Parsed<()> {
        let (previous, rest) = split(rest);
        let (lengths, current) = rest.split_once(" | ").ok_or("a conflict with nothing")?;
        let lengths = lengths.strip_prefix("from ").and_then(|rest| rest.split_once(" until "));
        let (begin, ends) = lengths.ok_or("from when until when?")?;
        let (min_end, end) = ends.split_once(" else ").ok_or("until when if it did not count?")?;
        let (begin, min_end, end) = (length(begin)?, length(min_end)?, length(end)?);
        let previous = vaccine_code(previous)?;
        for current in current.split_whitespace() {
            let current = vaccine_code(current)?;
            self.schedule.conflicts.push(Conflict { previous, current, begin, min_end, end });
        }
        Ok(())
    }

    /// `observation CODE TITLE`.
    fn observation(&mut self, rest: &str) -> Parsed<()> {
        let (code, title) = split(rest);
        self.schedule.observations.push(Observation { code: number(code)?, title: title.to_owned() });
        Ok(())
    }

    /// `antigen NAME`: the lines that follow are about it.
    fn select_antigen(&mut self, name: &str) {
        let place = self.schedule.antigens.iter().position(|antigen| antigen.name == name);
        let place = place.unwrap_or_else(|| {
            self.schedule.antigens.push(Antigen {
                name: name.to_owned(),
                group: 0,
                immunity: Immunity::default(),
                contraindications: Vec::new(),
                vaccine_contraindications: Vec::new(),
                series: Vec::new(),
            });
            self.schedule.antigens.len() - 1
        });
        (self.antigen, self.series, self.dose) = (Some(place), None, None);
    }

    /// `immune by CODE…` or `immune born before DATE [| in COUNTRY] [| unless CODE…]`.
    fn immune(&mut self, rest: &str) -> Parsed<()> {
        let immunity = &mut self.antigen()?.immunity;
        if let Some(codes) = rest.strip_prefix("by ") {
            immunity.history.extend(numbers::<u16>(codes)?);
            return Ok(());
        }
        let mut parts = rest.strip_prefix("born before ").ok_or("immune by what?")?.split(" | ");
        let mut born =
            BornBefore { date: date(parts.next().unwrap_or_default())?, country: String::new(), unless: Vec::new() };
        for part in parts {
            match split(part) {
                ("in", country) => country.clone_into(&mut born.country),
                ("unless", codes) => born.unless = numbers(codes)?,
                _ => return Err(format!("{part:?} is no part of it")),
            }
        }
        immunity.born_before.push(born);
        Ok(())
    }

    /// `contraindicated by CODE [ages]` for the whole group, `contraindicated by CODE for CVX [ages] | …` for some vaccines.
    fn contraindicated(&mut self, rest: &str) -> Parsed<()> {
        let antigen = self.antigen()?;
        let (code, rest) = split(rest.strip_prefix("by ").ok_or("contraindicated by what?")?);
        let code = number(code)?;
        match rest.strip_prefix("for ") {
            Some(vaccines) => {
                let vaccines = vaccines.split(" | ").map(aged_vaccine).collect::<Parsed<_>>()?;
                antigen.vaccine_contraindications.push(VaccineContraindication { code, vaccines });
            }
            None => antigen.contraindications.push(Contraindication { code, window: window(rest)? }),
        }
        Ok(())
    }

    /// `series standard|risk|evaluation NAME`: one that has the name of another takes its place.
    fn new_series(&mut self, rest: &str) -> Parsed<()> {
        let (kind, name) = split(rest);
        let kind = match kind {
            "standard" => Kind::Standard,
            "risk" => Kind::Risk,
            "evaluation" => Kind::EvaluationOnly,
            other => return Err(format!("{other:?} is no kind of series")),
        };
        let may_replace = self.amendment.is_some();
        let antigen = self.antigen()?;
        let series = Series {
            name: name.to_owned(),
            kind,
            equivalent: Vec::new(),
            genders: Vec::new(),
            default: false,
            product: false,
            group: 0,
            group_name: String::new(),
            priority: 0,
            preference: u8::MAX,
            start: Window::default(),
            indications: Vec::new(),
            doses: Vec::new(),
        };
        let place = match antigen.series.iter().position(|series| series.name == name) {
            Some(_) if !may_replace => return Err(format!("a second series {name}")),
            Some(place) => place,
            None => antigen.series.len(),
        };
        match antigen.series.get_mut(place) {
            Some(old) => *old = series,
            None => antigen.series.push(series),
        }
        (self.series, self.dose) = (Some(place), None);
        Ok(())
    }
}
