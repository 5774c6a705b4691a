//! Reads the notation, strictly: a word or a length that is not known is an error with its file and line.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use domain::Period;
use sha2::{Digest, Sha256};

use super::{Text, write::head};
use crate::{
    AgeRule, Antigen, Association, BornBefore, Condition, Conflict, Context, Contraindication, Count, CvxSet, Doses,
    From, Gender, Group, Immunity, Indication, Interval, Kind, Observation, Schedule, Series, Skip, SkipSet,
    TargetDose, Vaccine, VaccineContraindication, Window, parse_length,
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
type Said<T> = Result<T, String>;

struct Reader<'a> {
    schedule: &'a mut Schedule,
    /// Associations whose antigen is still a name.
    pending: Vec<(u16, String, Window)>,
    /// Where the lines belong to: an antigen, a series of it, a dose of that.
    antigen: Option<usize>,
    series: Option<usize>,
    dose: Option<usize>,
    amendment: Option<String>,
    /// The erratum the lines belong to.
    erratum: Option<String>,
    passed_over: Vec<String>,
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

    fn line(&mut self, line: &str) -> Said<()> {
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

    fn antigen(&mut self) -> Said<&mut Antigen> {
        self.antigen.and_then(|place| self.schedule.antigens.get_mut(place)).ok_or_else(|| "outside an antigen".into())
    }

    fn series(&mut self) -> Said<&mut Series> {
        let place = self.series.ok_or("outside a series")?;
        self.antigen()?.series.get_mut(place).ok_or_else(|| "outside a series".into())
    }

    fn dose(&mut self) -> Said<&mut TargetDose> {
        let place = self.dose;
        let series = self.series();
        let dose = series.ok().and_then(|series| series.doses.get_mut(place?));
        dose.ok_or_else(|| "not a word of the notation, or outside a dose".into())
    }

    /// `group one|all|any NAME`: of one antigen, or of several of which all or any have to be due.
    fn group(&mut self, rest: &str) -> Said<()> {
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
    fn vaccine(&mut self, rest: &str) -> Said<()> {
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
    fn conflict(&mut self, rest: &str) -> Said<()> {
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
    fn observation(&mut self, rest: &str) -> Said<()> {
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
    fn immune(&mut self, rest: &str) -> Said<()> {
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
    fn contraindicated(&mut self, rest: &str) -> Said<()> {
        let antigen = self.antigen()?;
        let (code, rest) = split(rest.strip_prefix("by ").ok_or("contraindicated by what?")?);
        let code = number(code)?;
        match rest.strip_prefix("for ") {
            Some(vaccines) => {
                let vaccines = vaccines.split(" | ").map(aged_vaccine).collect::<Said<_>>()?;
                antigen.vaccine_contraindications.push(VaccineContraindication { code, vaccines });
            }
            None => antigen.contraindications.push(Contraindication { code, window: window(rest)? }),
        }
        Ok(())
    }

    /// `series standard|risk|evaluation NAME`: one that has the name of another takes its place.
    fn new_series(&mut self, rest: &str) -> Said<()> {
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

    /// `change series NAME`, `change dose NUMBER`: the lines that follow set what they say. `remove series NAME`.
    fn change(&mut self, word: &str, rest: &str) -> Said<()> {
        let (what, name) = split(rest);
        match (word, what) {
            (_, "series") => {
                let place = self.antigen()?.series.iter().position(|series| series.name == name);
                match place {
                    None if self.erratum.is_some() => self.pass_over(),
                    None => return Err(format!("there is no series {name}")),
                    Some(place) if word == "remove" => {
                        self.antigen()?.series.remove(place);
                        (self.series, self.dose) = (None, None);
                    }
                    Some(place) => (self.series, self.dose) = (Some(place), None),
                }
            }
            ("change", "dose") => {
                let place = number::<usize>(name)?.checked_sub(1);
                let doses = self.series()?.doses.len();
                self.dose = place.filter(|place| *place < doses);
                self.dose.ok_or_else(|| format!("there is no dose {name}"))?;
            }
            _ => return Err(format!("{what:?} cannot be changed")),
        }
        Ok(())
    }

    /// `expect LINE` or `expect no LINE`: an erratum is passed over if its series does not say this any more. A line is held
    /// against the beginnings of the lines the series is written in.
    fn expect(&mut self, rest: &str) -> Said<()> {
        let (line, wanted) = rest.strip_prefix("no ").map_or((rest, true), |line| (line, false));
        if head(self.series()?).iter().any(|said| said.starts_with(line)) != wanted {
            self.pass_over();
        }
        Ok(())
    }

    fn pass_over(&mut self) {
        self.passed_over.extend(self.erratum.clone());
    }

    /// `give|accept|mistake as NUMBER`: the same vaccines as an earlier dose of the series.
    fn same(&mut self, word: &str, rest: &str) -> Said<()> {
        let earlier = number::<usize>(rest.strip_prefix("as ").unwrap_or(rest))?;
        let earlier = earlier.checked_sub(1).and_then(|place| self.series().ok()?.doses.get(place).cloned());
        let earlier = earlier.ok_or_else(|| format!("there is no such dose: {rest}"))?;
        let dose = self.dose()?;
        match word {
            "give" => dose.preferable = earlier.preferable,
            "accept" => dose.allowable = earlier.allowable,
            _ => dose.inadvertent = earlier.inadvertent,
        }
        Ok(())
    }

    /// `without WORD`: takes what a word said away, from the dose that is changed or from its series.
    fn without(&mut self, word: &str) -> Said<()> {
        if let Ok(dose) = self.dose() {
            match word {
                "age" => dose.ages.clear(),
                "interval" => dose.intervals.clear(),
                "allow" => dose.allowable_intervals.clear(),
                "give" => dose.preferable.clear(),
                "accept" => dose.allowable.clear(),
                "mistake" => dose.inadvertent = CvxSet::EMPTY,
                "skip" => dose.skips.clear(),
                "recurs" => dose.recurring = false,
                "season" => dose.season = None,
                other => return Err(format!("{other:?} is not said of a dose")),
            }
            return Ok(());
        }
        let series = self.series()?;
        match word {
            "default" => series.default = false,
            "product" => series.product = false,
            "gender" => series.genders.clear(),
            "start" => series.start = Window::default(),
            "equivalent" => series.equivalent.clear(),
            "for" => series.indications.clear(),
            other => return Err(format!("{other:?} is not said of a series")),
        }
        Ok(())
    }
}

/// What a series says of itself.
fn head_line(series: &mut Series, word: &str, rest: &str) -> Said<()> {
    match word {
        // `group NUMBER NAME`
        "group" => {
            let (group, name) = split(rest);
            series.group = number(group)?;
            name.clone_into(&mut series.group_name);
        }
        "default" => series.default = true,
        "product" => series.product = true,
        // `gender female|male|unknown…`
        "gender" => {
            for gender in rest.split_whitespace() {
                series.genders.push(match gender {
                    "female" => Gender::Female,
                    "male" => Gender::Male,
                    "unknown" => Gender::Unknown,
                    other => return Err(format!("{other:?} is no gender")),
                });
            }
        }
        // `rank LETTER [NUMBER]`: priority and preference
        "rank" => {
            let (letter, preference) = split(rest);
            series.priority = match letter.as_bytes() {
                [letter @ b'A'..=b'Z'] => letter - b'A',
                _ => return Err(format!("{letter:?} is no letter")),
            };
            series.preference = if preference.is_empty() { u8::MAX } else { number(preference)? };
        }
        "start" => series.start = window(rest)?,
        "equivalent" => series.equivalent.extend(numbers::<u8>(rest)?),
        // `for CODE [ages]`
        _ => {
            let (code, ages) = split(rest);
            series.indications.push(Indication { code: number(code)?, window: window(ages)? });
        }
    }
    Ok(())
}

/// What is said of a dose.
fn dose_line(dose: &mut TargetDose, word: &str, rest: &str) -> Said<()> {
    match word {
        "age" => dose.ages.push(age(rest)?),
        "interval" => dose.intervals.push(interval(rest)?),
        "allow" => dose.allowable_intervals.push(interval(rest)?),
        // Preferable vaccines, and whether a forecast names them.
        "give" | "take" => {
            for part in rest.split(" | ") {
                dose.preferable.push(vaccine(part, word == "give")?);
            }
        }
        // Allowable ones.
        "accept" => {
            for part in rest.split(" | ") {
                dose.allowable.push(aged_vaccine(part)?);
            }
        }
        // Vaccines that are given inadvertently.
        "mistake" => {
            for cvx in rest.split_whitespace() {
                dose.inadvertent.insert(vaccine_code(cvx)?);
            }
        }
        "recurs" => dose.recurring = true,
        "season" => {
            let (first, last) = split(rest);
            let last = if last.is_empty() { None } else { Some(date(last)?) };
            dose.season = Some((date(first)?, last));
        }
        // `skip evaluation|forecast|both any|all`, then its sets: `set any|all [| from DATE] [| until DATE]`, then its conditions
        "skip" => {
            let (context, logic) = split(rest);
            let context = match context {
                "evaluation" => Context::Evaluation,
                "forecast" => Context::Forecast,
                "both" => Context::Both,
                other => return Err(format!("{other:?} is no step")),
            };
            dose.skips.push(Skip { context, any: any(logic)?, sets: Vec::new() });
        }
        "set" => {
            let skip = dose.skips.last_mut().ok_or("outside a skip")?;
            let mut parts = rest.split(" | ");
            let logic = any(parts.next().unwrap_or_default())?;
            let mut set = SkipSet { since: None, until: None, any: logic, conditions: Vec::new() };
            for part in parts {
                match split(part) {
                    ("from", day) => set.since = Some(date(day)?),
                    ("until", day) => set.until = Some(date(day)?),
                    _ => return Err(format!("{part:?} is no part of a set")),
                }
            }
            skip.sets.push(set);
        }
        "aged" | "after" | "complete" | "valid" | "total" => {
            let set = dose.skips.last_mut().and_then(|skip| skip.sets.last_mut()).ok_or("outside a set")?;
            set.conditions.push(condition(word, rest)?);
        }
        other => return Err(format!("{other:?} is no word of the notation")),
    }
    Ok(())
}

/// `age [from DATE |] [until DATE |] [abs LENGTH |] [min … |] [rec … |] [late … |] [max …]`
fn age(rest: &str) -> Said<AgeRule> {
    let mut ages = AgeRule::default();
    for part in rest.split(" | ").filter(|part| !part.is_empty()) {
        match split(part) {
            ("from", day) => ages.since = Some(date(day)?),
            ("until", day) => ages.until = Some(date(day)?),
            ("abs", age) => ages.abs_min = Some(length(age)?),
            ("min", age) => ages.min = Some(length(age)?),
            ("rec", age) => ages.earliest = Some(length(age)?),
            ("late", age) => ages.latest = Some(length(age)?),
            ("max", age) => ages.max = Some(length(age)?),
            _ => return Err(format!("{part:?} is no part of an age")),
        }
    }
    Ok(ages)
}

/// `interval previous|dose NUMBER|latest CVX…|observation CODE`, then as with an age, and `override`.
fn interval(rest: &str) -> Said<Interval> {
    let mut parts = rest.split(" | ");
    let from = match split(parts.next().unwrap_or_default()) {
        ("previous", "") => From::Previous,
        ("dose", target) => From::Target(number(target)?),
        ("latest", vaccines) => From::MostRecent(Box::new(vaccine_codes(vaccines)?)),
        ("observation", code) => From::Observation(number(code)?),
        (other, _) => return Err(format!("an interval from {other:?}")),
    };
    let mut interval = Interval {
        from,
        abs_min: None,
        min: None,
        earliest: None,
        latest: None,
        overrides: false,
        since: None,
        until: None,
    };
    for part in parts {
        match split(part) {
            ("from", day) => interval.since = Some(date(day)?),
            ("until", day) => interval.until = Some(date(day)?),
            ("override", "") => interval.overrides = true,
            ("abs", after) => interval.abs_min = Some(length(after)?),
            ("min", after) => interval.min = Some(length(after)?),
            ("rec", after) => interval.earliest = Some(length(after)?),
            ("late", after) => interval.latest = Some(length(after)?),
            _ => return Err(format!("{part:?} is no part of an interval")),
        }
    }
    Ok(interval)
}

/// `CVX [ages] [by MVX] [named NAME]`
fn vaccine(part: &str, forecast: bool) -> Said<Vaccine> {
    let (part, trade_name) = part.split_once(" named ").unwrap_or((part, ""));
    let (part, mvx) = part.split_once(" by ").unwrap_or((part, ""));
    let (cvx, window) = aged_vaccine(part)?;
    Ok(Vaccine { cvx, window, mvx: mvx.to_owned(), trade_name: trade_name.to_owned(), forecast })
}

/// `aged [ages]`, `after LENGTH`, `complete GROUP`, or `valid|total <|=|> NUMBER [| aged …] [| from DATE] [| before DATE] [| of
/// CVX…]`
fn condition(word: &str, rest: &str) -> Said<Condition> {
    Ok(match word {
        "aged" => Condition::Age(window(rest)?),
        "after" => Condition::Interval(length(rest)?),
        "complete" => Condition::Completed(number(rest)?),
        _ => {
            let mut parts = rest.split(" | ");
            let (sign, count) = split(parts.next().unwrap_or_default());
            let mut counted = Count {
                window: Window::default(),
                since: None,
                until: None,
                vaccines: CvxSet::EMPTY,
                doses: if word == "valid" { Doses::Valid } else { Doses::Total },
                compare: match sign {
                    "<" => std::cmp::Ordering::Less,
                    "=" => std::cmp::Ordering::Equal,
                    ">" => std::cmp::Ordering::Greater,
                    other => return Err(format!("{other:?} compares nothing")),
                },
                number: number(count)?,
            };
            for part in parts {
                match split(part) {
                    ("aged", ages) => counted.window = window(ages)?,
                    ("from", day) => counted.since = Some(date(day)?),
                    ("before", day) => counted.until = Some(date(day)?),
                    ("of", vaccines) => counted.vaccines = vaccine_codes(vaccines)?,
                    _ => return Err(format!("{part:?} is no part of a count")),
                }
            }
            Condition::Count(Box::new(counted))
        }
    })
}

/// `CVX [ages]`
fn aged_vaccine(part: &str) -> Said<(u16, Window)> {
    let (cvx, ages) = split(part);
    Ok((vaccine_code(cvx)?, window(ages)?))
}

/// `[>= LENGTH] [< LENGTH]`
fn window(ages: &str) -> Said<Window> {
    let ages = ages.trim();
    if ages.is_empty() {
        return Ok(Window::default());
    }
    let (from, to) = match ages.split_once('<') {
        Some((from, to)) => (from.trim(), Some(length(to)?)),
        None => (ages, None),
    };
    let from = match from.strip_prefix(">=") {
        Some(from) => Some(length(from)?),
        None if from.is_empty() => None,
        None => return Err(format!("{ages:?} is no range of ages")),
    };
    Ok(Window { from, to })
}

/// Where the range of ages behind a name begins.
fn sign_at(part: &str) -> usize {
    [part.find(" >= "), part.find(" < ")].into_iter().flatten().min().unwrap_or(part.len())
}

fn split(line: &str) -> (&str, &str) {
    line.split_once(' ').map_or((line, ""), |(word, rest)| (word, rest.trim()))
}

fn any(word: &str) -> Said<bool> {
    match word {
        "any" => Ok(true),
        "all" => Ok(false),
        other => Err(format!("{other:?} is neither any nor all")),
    }
}

fn number<N: FromStr>(word: &str) -> Said<N> {
    word.parse().map_err(|_| format!("{word:?} is no number here"))
}

fn numbers<N: FromStr>(words: &str) -> Said<Vec<N>> {
    words.split_whitespace().map(number).collect()
}

fn vaccine_code(word: &str) -> Said<u16> {
    let cvx = number(word)?;
    if CvxSet::EMPTY.clone().insert(cvx) { Ok(cvx) } else { Err(format!("{cvx} is no vaccine code")) }
}

fn vaccine_codes(words: &str) -> Said<CvxSet> {
    words.split_whitespace().map(vaccine_code).collect()
}

fn date(word: &str) -> Said<NaiveDate> {
    word.parse().map_err(|_| format!("{word:?} is no date"))
}

fn length(text: &str) -> Said<Period> {
    parse_length(text).map_err(|_| format!("{text:?} is no length of time"))
}
