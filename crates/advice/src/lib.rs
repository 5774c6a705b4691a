//! What the schedule says of a person, in words and a picture people understand: the same for family, provider and the page
//! that works without an account, on the server and in the browser.
//!
//! [`Advice`] is what an assessment means, ready to be said; `sentences` says it, `html` and `timeline` draw it.

mod asked;
pub mod check;
mod check_rows;
mod data_file;
mod dates;
mod groups;
pub mod html;
mod letters;
mod names;
mod paste;
mod pieces;
pub mod sentences;
mod timeline;
mod warnings;

pub use asked::person;
pub use data_file::DataFile;
pub use groups::{group_name, vaccine_name};
pub use timeline::timeline;
pub use warnings::{Warnings, recent};

use chrono::NaiveDate;
use domain::code::VaccineGroup;
use schedule::{Assessment, Because, Due, Person, Reasons, Schedule, SeriesStatus, Status};

use groups::vaccine_group;

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The person or their family.
    Family,
    /// Whoever gives vaccines, or the Department: told which vaccines the schedule names, and not to ask a doctor.
    Office,
}

/// What an assessment means for a person on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The day.
    pub on: NaiveDate,
    /// Date of birth.
    pub born: NaiveDate,
    /// The release it is by.
    pub release: String,
    /// What was laid over it.
    pub amendments: Vec<String>,
    /// The vaccine groups, the most urgent first.
    pub lines: Vec<DueLine>,
    /// What each dose comes to for each of its groups, in the order of the person's doses.
    pub notes: Vec<Note>,
    /// Lines of what was handed in that were not read: a dose may stand there.
    pub unread: i64,
}

/// What is due of a vaccine group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLine {
    /// The group's name in the schedule.
    pub name: String,
    /// The group a record lists it under.
    pub group: VaccineGroup,
    /// What is due.
    pub due: Due,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Not everybody needs it.
    pub optional: bool,
    /// Only a live vaccine of the group has to wait, for this earlier one; others can be given before.
    pub waits_as_live: Option<u16>,
    /// The group goes on with no other series after the last day: then it is too late.
    pub ends: bool,
    /// Whoever was born in the United States before this day is taken to be immune, and where they were born is not known.
    pub immune_if_born_before: Option<NaiveDate>,
}

impl DueLine {
    fn new(schedule: &Schedule, person: &Person, due: &Due, on: NaiveDate) -> Self {
        let name = schedule.groups.get(due.group).map_or("", |group| group.name.as_str());
        let antigen = schedule.antigens.get(due.antigen);
        let optional = schedule.is_optional(person, due);
        let immune = antigen.and_then(|antigen| antigen.immune_if_born_in(person)).map(|(_, before)| before);
        let waits_as_live = match due.recommended_because {
            Because::Conflict { cvx, all: false, .. } if due.recommended.is_some_and(|day| day > on) => Some(cvx),
            _ => None,
        };
        let series = antigen.and_then(|antigen| antigen.series.get(due.series));
        let mut due = *due;
        if due.status == SeriesStatus::Complete && due.season_over.is_none() {
            // Complete for a season that is over says nothing of the next one.
            due.season_over = series.and_then(schedule::Series::last_season).filter(|end| *end < on);
        }
        let due = &due;
        let urgency = match Urgency::of(due, optional, on) {
            Urgency::Later if waits_as_live.is_some() => Urgency::Allowed,
            Urgency::Complete if due.season_over.is_some() => Urgency::SeasonOver,
            other => other,
        };
        let ends = antigen
            .zip(due.latest)
            .is_some_and(|(antigen, last)| antigen.ends_with(person.born, last, due.number.unwrap_or(1)));
        Self {
            name: name.to_owned(),
            group: vaccine_group(name),
            due: *due,
            urgency,
            optional,
            waits_as_live,
            ends,
            immune_if_born_before: immune,
        }
    }
}

/// How urgent something is, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// It should have been given.
    Overdue,
    /// It is recommended now.
    Now,
    /// It may be given, and is recommended later.
    Allowed,
    /// It may be given, if the person and the clinician want it.
    Decide,
    /// It may be given later.
    Later,
    /// Its season is over, and the next one is not in the schedule.
    SeasonOver,
    /// What is known of the person forbids it.
    Contraindicated,
    /// Nothing is missing.
    Complete,
    /// The record shows that they are immune.
    Immune,
    /// They are too old for it, or it is not recommended for them.
    NotNeeded,
}

impl Urgency {
    /// How urgent what is due is on a day; `optional` for what not everybody needs.
    pub fn of(due: &Due, optional: bool, on: NaiveDate) -> Self {
        match due.status {
            SeriesStatus::NotComplete => {
                let reached = |day: Option<NaiveDate>| day.is_some_and(|day| day <= on);
                if optional && reached(due.earliest) {
                    Self::Decide
                } else if due.past_due.is_some_and(|last| last < on) {
                    Self::Overdue
                } else if reached(due.recommended) {
                    Self::Now
                } else if reached(due.earliest) {
                    Self::Allowed
                } else {
                    Self::Later
                }
            }
            SeriesStatus::Complete => Self::Complete,
            SeriesStatus::Immune => Self::Immune,
            SeriesStatus::Contraindicated => Self::Contraindicated,
            SeriesStatus::NotRecommended if due.season_over.is_some() => Self::SeasonOver,
            SeriesStatus::NotRecommended | SeriesStatus::AgedOut => Self::NotNeeded,
        }
    }
}

/// What a dose comes to for one vaccine group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its place in [`Person::doses`].
    pub dose: usize,
    /// The group's name in the schedule.
    pub name: String,
    /// The group a record lists it under.
    pub group: VaccineGroup,
    /// What it comes to.
    pub status: Status,
    /// If it does not count, why.
    pub reasons: Reasons,
    /// Too early: the first day on which it would have counted.
    pub counts_from: Option<NaiveDate>,
    /// It does not count and has to be repeated: from this day.
    pub repeat_from: Option<NaiveDate>,
}

impl Advice {
    /// What an assessment means.
    pub fn new(schedule: &Schedule, person: &Person, assessment: &Assessment, on: NaiveDate) -> Self {
        let group_name = |group: usize| schedule.groups.get(group).map_or("", |group| group.name.as_str());
        let mut lines: Vec<DueLine> =
            assessment.groups.iter().map(|due| DueLine::new(schedule, person, due, on)).collect();
        // A series for a later age that is forbidden says nothing beside what the group asks for now.
        let is_to_come = |line: &DueLine| {
            let series =
                schedule.antigens.get(line.due.antigen).and_then(|antigen| antigen.series.get(line.due.series));
            line.urgency == Urgency::Contraindicated
                && series.and_then(|series| series.start.from).is_some_and(|age| on < age.after(person.born))
        };
        let names: Vec<String> = lines.iter().filter(|line| !is_to_come(line)).map(|line| line.name.clone()).collect();
        lines.retain(|line| !is_to_come(line) || !names.contains(&line.name));
        lines.sort_by_key(|line| (line.urgency, line.due.recommended, line.group));
        let mut notes: Vec<Note> = Vec::new();
        for verdict in &assessment.doses {
            let Some(antigen) = schedule.antigens.get(verdict.antigen) else { continue };
            let own = &verdict.verdict;
            let note = Note {
                dose: verdict.dose,
                name: group_name(antigen.group).to_owned(),
                group: vaccine_group(group_name(antigen.group)),
                status: own.status,
                reasons: own.reasons,
                counts_from: own.counts_from,
                repeat_from: None,
            };
            match notes.iter_mut().find(|known| known.dose == note.dose && known.name == note.name) {
                None => notes.push(note),
                Some(known) => known.join(note),
            }
        }
        let given = |dose: usize| person.doses.get(dose).map(|dose| dose.on);
        let counted: Vec<(String, Option<NaiveDate>)> = notes
            .iter()
            .filter(|note| note.status == Status::Valid)
            .map(|note| (note.name.clone(), given(note.dose)))
            .collect();
        for note in notes.iter_mut().filter(|note| matches!(note.status, Status::NotValid | Status::SubStandard)) {
            // A dose that counts came after it: it was repeated, or nothing hangs on it any more.
            if counted.iter().any(|(name, day)| *name == note.name && *day > given(note.dose)) {
                continue;
            }
            let due = lines.iter().find(|line| line.name == note.name && line.due.status == SeriesStatus::NotComplete);
            note.repeat_from = due.filter(|line| !line.optional).and_then(|line| line.due.earliest);
        }
        notes.sort_by_key(|note| (note.dose, note.group));
        Self {
            on,
            born: person.born,
            release: schedule.release.clone(),
            amendments: schedule.amendments.clone(),
            lines,
            notes,
            unread: 0,
        }
    }

    /// What a dose comes to in a group of a record.
    pub fn notes_of(&self, dose: usize, group: VaccineGroup) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| note.dose == dose && note.group == group)
    }
}

impl Note {
    /// Several antigens of a group: a dose does not count if it does not for one of them, and counts if it does for one and for
    /// none not (CDC's cases of DTaP and MMR).
    fn join(&mut self, other: Self) {
        let rank = |status| match status {
            Status::NotValid => 0,
            Status::SubStandard => 1,
            Status::Valid => 2,
            Status::Extraneous => 3,
        };
        match rank(other.status).cmp(&rank(self.status)) {
            std::cmp::Ordering::Less => *self = other,
            std::cmp::Ordering::Equal => {
                for reason in other.reasons.iter() {
                    self.reasons.add(reason);
                }
                self.counts_from = self.counts_from.max(other.counts_from);
            }
            std::cmp::Ordering::Greater => {}
        }
    }
}
