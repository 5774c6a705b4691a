//! Reads a release of CDC's supporting data (XML), strictly: an element, word, code or length that is not known is an error
//! with its file and line, never a rule that is silently not applied.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use domain::Period;
use roxmltree::{Document, Node};

use crate::{
    AgeRule, Antigen, Association, BornBefore, Condition, Conflict, Context, Contraindication, Count, CvxSet, Doses,
    From, Gender, Group, Immunity, Indication, Interval, Kind, Observation, Schedule, Series, Skip, SkipSet,
    TargetDose, Vaccine, VaccineContraindication, Window, parse_length,
};

/// A file of a release: its name, for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// As it is called.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// What is wrong with a release, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ReleaseError {
    /// The file; empty when it is about the release as a whole.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: u32,
    /// What.
    pub what: String,
}

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.is_empty(), self.line) {
            (true, _) => f.write_str(&self.what),
            (false, 0) => write!(f, "{}: {}", self.file, self.what),
            (false, line) => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

type Result<T> = std::result::Result<T, ReleaseError>;

/// Reads a release from its files: one schedule file and one for each antigen.
///
/// # Errors
/// The first thing that is not understood, with its place.
pub fn read(release: &str, files: &[File<'_>]) -> Result<Schedule> {
    let mut frame = None;
    let mut antigens = Vec::new();
    for file in files {
        let document = Document::parse(file.text).map_err(|error| ReleaseError {
            file: file.name.to_owned(),
            line: error.pos().row,
            what: format!("no XML: {error}"),
        })?;
        let at = At { file: file.name, document: &document };
        let root = document.root_element();
        match root.tag_name().name() {
            "scheduleSupportingData" if frame.is_none() => frame = Some(at.frame(root)?),
            "scheduleSupportingData" => return at.wrong(root, "a second schedule file"),
            "antigenSupportingData" => antigens.push(at.antigen(root)?),
            other => return at.wrong(root, format!("<{other}> is no part of a release")),
        }
    }
    let whole = |what: String| ReleaseError { file: String::new(), line: 0, what };
    let frame = frame.ok_or_else(|| whole("the schedule file is missing".into()))?;
    assemble(release, frame, antigens).map_err(whole)
}

/// What the schedule file says, names not yet looked up.
#[derive(Default)]
struct Frame {
    groups: Vec<Group>,
    members: BTreeMap<String, String>,
    associations: Vec<(u16, String, Window)>,
    conflicts: Vec<Conflict>,
    observations: Vec<Observation>,
}

/// What an antigen's file says.
struct Raw {
    name: String,
    group: String,
    antigen: Antigen,
}

fn assemble(release: &str, mut frame: Frame, mut raws: Vec<Raw>) -> std::result::Result<Schedule, String> {
    raws.sort_by(|one, other| one.name.cmp(&other.name));
    let mut antigens: Vec<Antigen> = Vec::new();
    for raw in raws {
        if antigens.iter().any(|other| other.name == raw.name) {
            return Err(format!("{} has two files", raw.name));
        }
        // The map of the schedule file says the group; the series repeat it, sometimes in a shorter form.
        let group = frame.members.get(&raw.name).ok_or_else(|| format!("{} is in no vaccine group", raw.name))?;
        let at = frame.groups.iter().position(|known| known.name == *group);
        let at = at.ok_or_else(|| format!("{} is in an unknown vaccine group {group}", raw.name))?;
        if raw.group != *group {
            return Err(format!("{}: the series say the group is {}, the schedule says {group}", raw.name, raw.group));
        }
        antigens.push(Antigen { group: at, ..raw.antigen });
    }
    if let Some(absent) = frame.members.keys().find(|name| antigens.iter().all(|antigen| antigen.name != **name)) {
        return Err(format!("the file of {absent} is missing"));
    }
    let mut associations = Vec::new();
    for (cvx, name, window) in frame.associations {
        let antigen = antigens.iter().position(|antigen| antigen.name == name);
        let antigen = antigen.ok_or_else(|| format!("vaccine {cvx} is about an unknown antigen {name}"))?;
        associations.push(Association { cvx, antigen, window });
    }
    associations.sort_by_key(|association| (association.cvx, association.antigen));
    frame.conflicts.sort_by_key(|conflict| (conflict.previous, conflict.current));
    // A few are stated twice.
    frame.conflicts.dedup();
    Ok(Schedule {
        release: release.to_owned(),
        amendments: Vec::new(),
        hash: String::new(),
        passed_over: Vec::new(),
        antigens,
        groups: frame.groups,
        associations,
        conflicts: frame.conflicts,
        observations: frame.observations,
    })
}

/// A place in a file.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    document: &'a Document<'a>,
}

fn children<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}

fn name<'a>(node: Node<'a, 'a>) -> &'a str {
    node.tag_name().name()
}

fn text<'a>(node: Node<'a, 'a>) -> &'a str {
    node.text().unwrap_or("").trim()
}

fn is_bare(node: Node<'_, '_>) -> bool {
    text(node).is_empty() && node.children().all(|child| !child.is_element())
}

impl<'a> At<'a> {
    fn wrong<T>(self, node: Node<'_, '_>, what: impl Into<String>) -> Result<T> {
        let line = self.document.text_pos_at(node.range().start).row;
        Err(ReleaseError { file: self.file.to_owned(), line, what: what.into() })
    }

    fn unknown<T>(self, node: Node<'_, '_>) -> Result<T> {
        let parent = node.parent().map_or("", |parent| parent.tag_name().name());
        self.wrong(node, format!("<{}> is not known in <{parent}>", node.tag_name().name()))
    }

    fn number<T: std::str::FromStr>(self, node: Node<'_, '_>) -> Result<T> {
        let text = node.text().unwrap_or("").trim();
        text.parse().or_else(|_| self.wrong(node, format!("{text:?} is no number")))
    }

    fn optional_number<T: std::str::FromStr>(self, node: Node<'_, '_>) -> Result<Option<T>> {
        if is_bare(node) { Ok(None) } else { self.number(node).map(Some) }
    }

    fn length(self, node: Node<'_, '_>) -> Result<Option<Period>> {
        let text = node.text().unwrap_or("").trim();
        if text.is_empty() {
            return Ok(None);
        }
        parse_length(text).map(Some).or_else(|_| self.wrong(node, format!("{text:?} is no length of time")))
    }

    fn needed_length(self, node: Node<'_, '_>) -> Result<Period> {
        self.length(node)?.map_or_else(|| self.wrong(node, "a length of time is missing"), Ok)
    }

    /// `20250827`, or `01/01/1980` as the dates of birth are written.
    fn date(self, node: Node<'_, '_>) -> Result<Option<NaiveDate>> {
        let text = node.text().unwrap_or("").trim();
        if text.is_empty() {
            return Ok(None);
        }
        let date = NaiveDate::parse_from_str(text, "%Y%m%d").or_else(|_| NaiveDate::parse_from_str(text, "%m/%d/%Y"));
        date.map(Some).or_else(|_| self.wrong(node, format!("{text:?} is no date")))
    }

    fn yes(self, node: Node<'_, '_>) -> Result<bool> {
        match node.text().unwrap_or("").trim() {
            "Yes" | "Y" => Ok(true),
            "No" | "N" => Ok(false),
            other => self.wrong(node, format!("{other:?} is neither yes nor no")),
        }
    }

    /// `01; 11; 20;`: with or without blanks, with or without a last separator.
    fn vaccines(self, node: Node<'_, '_>) -> Result<CvxSet> {
        let mut set = CvxSet::EMPTY;
        for code in node.text().unwrap_or("").split(';').map(str::trim).filter(|code| !code.is_empty()) {
            if !code.parse().is_ok_and(|cvx| set.insert(cvx)) {
                return self.wrong(node, format!("{code:?} is no CVX code"));
            }
        }
        Ok(set)
    }

    fn cvx(self, node: Node<'_, '_>) -> Result<u16> {
        let cvx = self.number(node)?;
        if CvxSet::EMPTY.clone().insert(cvx) { Ok(cvx) } else { self.wrong(node, format!("{cvx} is no CVX code")) }
    }

    fn frame(self, root: Node<'a, 'a>) -> Result<Frame> {
        let mut frame = Frame::default();
        for part in children(root) {
            for item in children(part) {
                match (name(part), name(item)) {
                    ("liveVirusConflicts", "liveVirusConflict") => frame.conflicts.push(self.conflict(item)?),
                    ("vaccineGroups", "vaccineGroup") => frame.groups.push(self.group(item)?),
                    ("vaccineGroupToAntigenMap", "vaccineGroupMap") => self.members(item, &mut frame.members)?,
                    ("cvxToAntigenMap", "cvxMap") => self.associations(item, &mut frame.associations)?,
                    ("observations", "observation") => frame.observations.push(self.observation(item)?),
                    _ => return self.unknown(item),
                }
            }
        }
        Ok(frame)
    }

    fn conflict(self, node: Node<'a, 'a>) -> Result<Conflict> {
        let zero = Period::default();
        let mut conflict = Conflict { previous: 0, current: 0, begin: zero, min_end: zero, end: zero };
        for child in children(node) {
            match name(child) {
                "previous" => conflict.previous = self.typed(child)?,
                "current" => conflict.current = self.typed(child)?,
                "conflictBeginInterval" => conflict.begin = self.needed_length(child)?,
                "minConflictEndInterval" => conflict.min_end = self.needed_length(child)?,
                "conflictEndInterval" => conflict.end = self.needed_length(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok(conflict)
    }

    /// A vaccine by its name and code.
    fn typed(self, node: Node<'a, 'a>) -> Result<u16> {
        let mut cvx = None;
        for child in children(node) {
            match name(child) {
                "vaccineType" => {}
                "cvx" => cvx = Some(self.cvx(child)?),
                _ => return self.unknown(child),
            }
        }
        cvx.map_or_else(|| self.wrong(node, "a vaccine without a code"), Ok)
    }

    fn group(self, node: Node<'a, 'a>) -> Result<Group> {
        let mut group = Group { name: String::new(), full: None };
        for child in children(node) {
            match name(child) {
                "name" => text(child).clone_into(&mut group.name),
                "administerFullVaccineGroup" if is_bare(child) => {}
                "administerFullVaccineGroup" => group.full = Some(self.yes(child)?),
                _ => return self.unknown(child),
            }
        }
        Ok(group)
    }

    fn members(self, node: Node<'a, 'a>, members: &mut BTreeMap<String, String>) -> Result<()> {
        let mut group = "";
        for child in children(node) {
            match name(child) {
                "name" => group = text(child),
                "antigen" => {
                    if members.insert(text(child).to_owned(), group.to_owned()).is_some() {
                        return self.wrong(child, format!("{} is in two vaccine groups", text(child)));
                    }
                }
                _ => return self.unknown(child),
            }
        }
        Ok(())
    }

    fn associations(self, node: Node<'a, 'a>, all: &mut Vec<(u16, String, Window)>) -> Result<()> {
        let mut cvx = None;
        for child in children(node) {
            match name(child) {
                "cvx" => cvx = Some(self.cvx(child)?),
                "shortDescription" => {}
                "association" => {
                    let Some(cvx) = cvx else { return self.wrong(child, "an association before its code") };
                    let (mut antigen, mut window) = (String::new(), Window::default());
                    for part in children(child) {
                        match name(part) {
                            "antigen" => text(part).clone_into(&mut antigen),
                            "associationBeginAge" => window.from = self.length(part)?,
                            "associationEndAge" => window.to = self.length(part)?,
                            _ => return self.unknown(part),
                        }
                    }
                    all.push((cvx, antigen, window));
                }
                _ => return self.unknown(child),
            }
        }
        Ok(())
    }

    fn observation(self, node: Node<'a, 'a>) -> Result<Observation> {
        let mut observation = Observation { code: 0, title: String::new() };
        for child in children(node) {
            match name(child) {
                "observationCode" => observation.code = self.number(child)?,
                "observationTitle" => {
                    // Some go over several lines.
                    observation.title = text(child).split_whitespace().collect::<Vec<_>>().join(" ");
                }
                "group" | "indicationText" | "contraindicationText" | "clarifyingText" | "codedValues" => {}
                _ => return self.unknown(child),
            }
        }
        Ok(observation)
    }

    fn antigen(self, root: Node<'a, 'a>) -> Result<Raw> {
        let mut antigen = Antigen {
            name: String::new(),
            group: 0,
            immunity: Immunity::default(),
            contraindications: Vec::new(),
            vaccine_contraindications: Vec::new(),
            series: Vec::new(),
        };
        let mut named: Option<(&str, &str)> = None;
        for child in children(root) {
            match name(child) {
                "immunity" => antigen.immunity = self.immunity(child)?,
                "contraindications" => self.contraindications(child, &mut antigen)?,
                "series" => {
                    let about = self.about(child)?;
                    if named.is_some_and(|before| before != about) {
                        return self
                            .wrong(child, format!("a series about {}, {} in a file about others", about.0, about.1));
                    }
                    named = Some(about);
                    antigen.series.push(self.series(child)?);
                }
                _ => return self.unknown(child),
            }
        }
        let Some((disease, group)) = named else { return self.wrong(root, "no series") };
        disease.clone_into(&mut antigen.name);
        Ok(Raw { name: disease.to_owned(), group: group.to_owned(), antigen })
    }

    fn immunity(self, node: Node<'a, 'a>) -> Result<Immunity> {
        let mut immunity = Immunity::default();
        for child in children(node) {
            match name(child) {
                "clinicalHistory" => {
                    for part in children(child) {
                        match name(part) {
                            "guidelineCode" => immunity.history.push(self.number(part)?),
                            "guidelineTitle" => {}
                            _ => return self.unknown(part),
                        }
                    }
                }
                "dateOfBirth" => immunity.born_before.push(self.born_before(child)?),
                _ => return self.unknown(child),
            }
        }
        Ok(immunity)
    }

    fn born_before(self, node: Node<'a, 'a>) -> Result<BornBefore> {
        let (mut date, mut country, mut unless) = (None, String::new(), Vec::new());
        for child in children(node) {
            match name(child) {
                "immunityBirthDate" => date = self.date(child)?,
                "birthCountry" => text(child).clone_into(&mut country),
                "exclusion" => {
                    for part in children(child) {
                        match name(part) {
                            "exclusionCode" => unless.push(self.number(part)?),
                            "exclusionTitle" => {}
                            _ => return self.unknown(part),
                        }
                    }
                }
                _ => return self.unknown(child),
            }
        }
        let Some(date) = date else { return self.wrong(node, "the date is missing") };
        Ok(BornBefore { date, country, unless })
    }

    fn contraindications(self, node: Node<'a, 'a>, antigen: &mut Antigen) -> Result<()> {
        for level in children(node) {
            for child in children(level) {
                if name(child) != "contraindication" {
                    return self.unknown(child);
                }
                let (mut code, mut window, mut vaccines) = (None, Window::default(), Vec::new());
                for part in children(child) {
                    match name(part) {
                        "observationCode" => code = Some(self.number(part)?),
                        "observationTitle" | "contraindicationText" | "contraindicationGuidance" => {}
                        "beginAge" => window.from = self.length(part)?,
                        "endAge" => window.to = self.length(part)?,
                        "contraindicatedVaccine" => vaccines.push(self.aged(part)?),
                        _ => return self.unknown(part),
                    }
                }
                let Some(code) = code else { return self.wrong(child, "the observation is missing") };
                match name(level) {
                    "vaccineGroup" => antigen.contraindications.push(Contraindication { code, window }),
                    "vaccine" => antigen.vaccine_contraindications.push(VaccineContraindication { code, vaccines }),
                    _ => return self.unknown(level),
                }
            }
        }
        Ok(())
    }

    /// A vaccine at some ages.
    fn aged(self, node: Node<'a, 'a>) -> Result<(u16, Window)> {
        let (mut cvx, mut window) = (None, Window::default());
        for child in children(node) {
            match name(child) {
                "vaccineType" => {}
                "cvx" => cvx = Some(self.cvx(child)?),
                "beginAge" => window.from = self.length(child)?,
                "endAge" => window.to = self.length(child)?,
                _ => return self.unknown(child),
            }
        }
        cvx.map_or_else(|| self.wrong(node, "a vaccine without a code"), |cvx| Ok((cvx, window)))
    }

    /// What a series is about: antigen and vaccine group.
    fn about(self, node: Node<'a, 'a>) -> Result<(&'a str, &'a str)> {
        let of = |wanted: &str| children(node).find(|child| name(*child) == wanted).map(text);
        match (of("targetDisease"), of("vaccineGroup")) {
            (Some(disease), Some(group)) => Ok((disease, group)),
            _ => self.wrong(node, "a series without a disease or a vaccine group"),
        }
    }

    fn series(self, node: Node<'a, 'a>) -> Result<Series> {
        let mut series = Series {
            name: String::new(),
            kind: Kind::Standard,
            equivalent: Vec::new(),
            genders: Vec::new(),
            default: false,
            product: false,
            group: 0,
            group_name: String::new(),
            priority: 0,
            preference: 0,
            start: Window::default(),
            indications: Vec::new(),
            doses: Vec::new(),
        };
        for child in children(node) {
            match name(child) {
                "seriesName" => text(child).clone_into(&mut series.name),
                "targetDisease" | "vaccineGroup" | "seriesAdminGuidance" => {}
                "requiredGender" | "indication" if is_bare(child) => {}
                "seriesType" => {
                    series.kind = match text(child) {
                        "Standard" => Kind::Standard,
                        "Risk" => Kind::Risk,
                        "Evaluation Only" => Kind::EvaluationOnly,
                        other => return self.wrong(child, format!("{other:?} is no type of series")),
                    }
                }
                "equivalentSeriesGroups" => {
                    for number in text(child).split(';').map(str::trim).filter(|number| !number.is_empty()) {
                        match number.parse() {
                            Ok(number) => series.equivalent.push(number),
                            Err(_) => return self.wrong(child, format!("{number:?} is no group of series")),
                        }
                    }
                }
                "requiredGender" => series.genders.push(match text(child) {
                    "Female" => Gender::Female,
                    "Male" => Gender::Male,
                    "Unknown" => Gender::Unknown,
                    other => return self.wrong(child, format!("{other:?} is no gender")),
                }),
                "selectSeries" => self.select(child, &mut series)?,
                "indication" => series.indications.push(self.indication(child)?),
                "seriesDose" => {
                    let (number, dose) = self.dose(child)?;
                    if number != series.doses.len() + 1 {
                        return self.wrong(child, format!("dose {number} is not the next one"));
                    }
                    series.doses.push(dose);
                }
                _ => return self.unknown(child),
            }
        }
        if series.doses.is_empty() { self.wrong(node, "a series without doses") } else { Ok(series) }
    }

    fn select(self, node: Node<'a, 'a>, series: &mut Series) -> Result<()> {
        for child in children(node) {
            match name(child) {
                "defaultSeries" => series.default = self.yes(child)?,
                "productPath" => series.product = self.yes(child)?,
                "seriesGroupName" => text(child).clone_into(&mut series.group_name),
                "seriesGroup" => series.group = self.number(child)?,
                "seriesPriority" => {
                    series.priority = match text(child).as_bytes() {
                        [letter @ b'A'..=b'Z'] => letter - b'A',
                        _ => return self.wrong(child, "a priority is a letter"),
                    }
                }
                // Empty where a group has one series only: nothing to break a tie with.
                "seriesPreference" => series.preference = self.optional_number(child)?.unwrap_or(u8::MAX),
                "minAgeToStart" => series.start.from = self.length(child)?,
                "maxAgeToStart" => series.start.to = self.length(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok(())
    }

    fn indication(self, node: Node<'a, 'a>) -> Result<Indication> {
        let (mut code, mut window) = (None, Window::default());
        for child in children(node) {
            match name(child) {
                "observationCode" => code = self.coded(child)?,
                "description" | "guidance" => {}
                "beginAge" => window.from = self.length(child)?,
                "endAge" => window.to = self.length(child)?,
                _ => return self.unknown(child),
            }
        }
        code.map_or_else(|| self.wrong(node, "the observation is missing"), |code| Ok(Indication { code, window }))
    }

    /// An observation by its text and code; `None` for an empty element.
    fn coded(self, node: Node<'a, 'a>) -> Result<Option<u16>> {
        let mut code = None;
        for child in children(node) {
            match name(child) {
                "text" => {}
                "code" => code = Some(self.number(child)?),
                _ => return self.unknown(child),
            }
        }
        Ok(code)
    }

    fn dose(self, node: Node<'a, 'a>) -> Result<(usize, TargetDose)> {
        let (mut number, mut dose) = (0, TargetDose::default());
        for child in children(node) {
            match name(child) {
                "doseNumber" => {
                    let digits = text(child).strip_prefix("Dose ").unwrap_or("");
                    number = digits.parse().or_else(|_| self.wrong(child, "no number of a dose"))?;
                }
                "age" => dose.ages.push(self.ages(child)?),
                "interval"
                | "allowableInterval"
                | "preferableVaccine"
                | "allowableVaccine"
                | "inadvertentVaccine"
                | "conditionalSkip"
                | "seasonalRecommendation"
                    if is_bare(child) => {}
                "interval" => dose.intervals.extend(self.interval(child)?),
                "allowableInterval" => dose.allowable_intervals.extend(self.interval(child)?),
                "preferableVaccine" => dose.preferable.push(self.preferable(child)?),
                "allowableVaccine" => dose.allowable.push(self.aged(child)?),
                "inadvertentVaccine" => {
                    dose.inadvertent.insert(self.typed(child)?);
                }
                "conditionalSkip" => dose.skips.push(self.skip(child)?),
                "recurringDose" => dose.recurring = self.yes(child)?,
                "seasonalRecommendation" => dose.season = self.season(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok((number, dose))
    }

    fn ages(self, node: Node<'a, 'a>) -> Result<AgeRule> {
        let mut ages = AgeRule::default();
        for child in children(node) {
            match name(child) {
                "absMinAge" => ages.abs_min = self.length(child)?,
                "minAge" => ages.min = self.length(child)?,
                "earliestRecAge" => ages.earliest = self.length(child)?,
                "latestRecAge" => ages.latest = self.length(child)?,
                "maxAge" => ages.max = self.length(child)?,
                "effectiveDate" => ages.since = self.date(child)?,
                "cessationDate" => ages.until = self.date(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok(ages)
    }

    /// `None` for an interval that names nothing to count from: it says nothing.
    fn interval(self, node: Node<'a, 'a>) -> Result<Option<Interval>> {
        let mut interval = Interval {
            from: From::Previous,
            abs_min: None,
            min: None,
            earliest: None,
            latest: None,
            overrides: false,
            since: None,
            until: None,
        };
        let mut from: Vec<From> = Vec::new();
        for child in children(node) {
            match name(child) {
                "fromPrevious" => from.extend(self.yes(child)?.then_some(From::Previous)),
                "fromTargetDose" => from.extend(self.optional_number(child)?.map(From::Target)),
                "fromMostRecent" if is_bare(child) => {}
                "fromMostRecent" => from.push(From::MostRecent(Box::new(self.vaccines(child)?))),
                "fromRelevantObs" => from.extend(self.coded(child)?.map(From::Observation)),
                "absMinInt" => interval.abs_min = self.length(child)?,
                "minInt" => interval.min = self.length(child)?,
                "earliestRecInt" => interval.earliest = self.length(child)?,
                "latestRecInt" => interval.latest = self.length(child)?,
                "intervalPriority" => {
                    interval.overrides = match text(child) {
                        "" => false,
                        "override" => true,
                        other => return self.wrong(child, format!("{other:?} is no priority of an interval")),
                    }
                }
                "effectiveDate" => interval.since = self.date(child)?,
                "cessationDate" => interval.until = self.date(child)?,
                _ => return self.unknown(child),
            }
        }
        match from.len() {
            0 => Ok(None),
            1 => Ok(from.pop().map(|from| Interval { from, ..interval })),
            _ => self.wrong(node, "an interval from two things at once"),
        }
    }

    fn preferable(self, node: Node<'a, 'a>) -> Result<Vaccine> {
        let mut vaccine = Vaccine {
            cvx: 0,
            window: Window::default(),
            mvx: String::new(),
            trade_name: String::new(),
            forecast: false,
        };
        for child in children(node) {
            match name(child) {
                "vaccineType" | "volume" => {}
                "cvx" => vaccine.cvx = self.cvx(child)?,
                "beginAge" => vaccine.window.from = self.length(child)?,
                "endAge" => vaccine.window.to = self.length(child)?,
                "tradeName" => text(child).clone_into(&mut vaccine.trade_name),
                "mvx" => text(child).clone_into(&mut vaccine.mvx),
                "forecastVaccineType" => vaccine.forecast = self.yes(child)?,
                _ => return self.unknown(child),
            }
        }
        if vaccine.cvx == 0 { self.wrong(node, "a vaccine without a code") } else { Ok(vaccine) }
    }

    fn season(self, node: Node<'a, 'a>) -> Result<Option<(NaiveDate, Option<NaiveDate>)>> {
        let (mut start, mut end) = (None, None);
        for child in children(node) {
            match name(child) {
                "startDate" => start = self.date(child)?,
                "endDate" => end = self.date(child)?,
                _ => return self.unknown(child),
            }
        }
        start.map_or_else(|| self.wrong(node, "a season without a first day"), |start| Ok(Some((start, end))))
    }

    /// One or all: empty and `n/a` stand where there is one thing only.
    fn any(self, node: Node<'a, 'a>) -> Result<bool> {
        match text(node).to_ascii_uppercase().as_str() {
            "OR" => Ok(true),
            "AND" | "N/A" | "" => Ok(false),
            other => self.wrong(node, format!("{other:?} is no logic")),
        }
    }

    fn skip(self, node: Node<'a, 'a>) -> Result<Skip> {
        let mut skip = Skip { context: Context::Both, any: false, sets: Vec::new() };
        for child in children(node) {
            match name(child) {
                "context" => {
                    skip.context = match text(child) {
                        "Evaluation" => Context::Evaluation,
                        "Forecast" => Context::Forecast,
                        "Both" => Context::Both,
                        other => return self.wrong(child, format!("{other:?} is no context")),
                    }
                }
                "setLogic" => skip.any = self.any(child)?,
                "set" => skip.sets.push(self.skip_set(child)?),
                _ => return self.unknown(child),
            }
        }
        if skip.sets.is_empty() { self.wrong(node, "a skip without conditions") } else { Ok(skip) }
    }

    fn skip_set(self, node: Node<'a, 'a>) -> Result<SkipSet> {
        let mut set = SkipSet { since: None, until: None, any: false, conditions: Vec::new() };
        for child in children(node) {
            match name(child) {
                "setID" | "setDescription" => {}
                "effectiveDate" => set.since = self.date(child)?,
                "cessationDate" => set.until = self.date(child)?,
                "conditionLogic" => set.any = self.any(child)?,
                "condition" => set.conditions.push(self.condition(child)?),
                _ => return self.unknown(child),
            }
        }
        if set.conditions.is_empty() { self.wrong(node, "a set without conditions") } else { Ok(set) }
    }

    fn condition(self, node: Node<'a, 'a>) -> Result<Condition> {
        let (mut kind, mut window, mut interval, mut group) = (String::new(), Window::default(), None, None);
        let (mut since, mut until, mut vaccines) = (None, None, CvxSet::EMPTY);
        let (mut number, mut doses, mut compare) = (None, None, None);
        for child in children(node) {
            let word = text(child).to_ascii_lowercase();
            match name(child) {
                "conditionID" => {}
                "conditionType" => kind = word,
                "startDate" => since = self.date(child)?,
                "endDate" => until = self.date(child)?,
                "beginAge" => window.from = self.length(child)?,
                "endAge" => window.to = self.length(child)?,
                "interval" => interval = self.length(child)?,
                "doseCount" => number = self.optional_number(child)?,
                "doseType" => {
                    doses = match word.as_str() {
                        "" => None,
                        "valid" => Some(Doses::Valid),
                        "total" => Some(Doses::Total),
                        _ => return self.wrong(child, format!("{word:?} is no type of doses")),
                    }
                }
                "doseCountLogic" => {
                    compare = match word.as_str() {
                        "" => None,
                        "greater than" => Some(std::cmp::Ordering::Greater),
                        "equal to" => Some(std::cmp::Ordering::Equal),
                        "less than" => Some(std::cmp::Ordering::Less),
                        _ => return self.wrong(child, format!("{word:?} is no comparison")),
                    }
                }
                "vaccineTypes" => vaccines = self.vaccines(child)?,
                "seriesGroups" => group = self.optional_number(child)?,
                _ => return self.unknown(child),
            }
        }
        let absent = |what: &str| self.wrong(node, format!("a condition {kind:?} without {what}"));
        match kind.as_str() {
            "age" => Ok(Condition::Age(window)),
            "interval" => interval.map_or_else(|| absent("an interval"), |interval| Ok(Condition::Interval(interval))),
            "completed series" => group.map_or_else(|| absent("a group"), |group| Ok(Condition::Completed(group))),
            "vaccine count by age" | "vaccine count by date" | "vaccine count by date and age" => {
                match (number, doses, compare) {
                    (Some(number), Some(doses), Some(compare)) => {
                        Ok(Condition::Count(Box::new(Count { window, since, until, vaccines, doses, compare, number })))
                    }
                    _ => absent("a number, its doses or its comparison"),
                }
            }
            _ => self.wrong(node, format!("{kind:?} is no condition")),
        }
    }
}
