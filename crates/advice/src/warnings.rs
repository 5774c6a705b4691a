//! What a desk is told before it saves a dose: nobody is vaccinated twice, or too early, for want of a word.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;
use domain::{Cvx, catalogue, code::VaccineGroup, dose::Dose};
use schedule::{Reason, Reasons, Status};
use words::Words;

use crate::{
    Advice, Note, Urgency,
    groups::{group_name, name_of},
    sentences::told,
};

/// Two doses of one group within so many days are worth a question, whatever the schedule says.
const RECENT: i64 = 7;

/// What speaks against a dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warnings {
    /// The day it was or would be given.
    pub given: NaiveDate,
    /// Groups it would not count for.
    pub notes: Vec<Note>,
    /// Doses of the same group shortly before or after.
    pub recent: Vec<Recent>,
}

/// A dose on record that is close to the one to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// The group both are of.
    pub group: VaccineGroup,
    /// What was given.
    pub cvx: Cvx,
    /// When.
    pub on: NaiveDate,
    /// Where, empty if that is not known.
    pub office: String,
}

/// The doses on record that share a group with a vaccine and lie within a week of a day.
pub fn recent(doses: &[Dose], cvx: Cvx, on: NaiveDate) -> Vec<Recent> {
    let wanted = catalogue::groups(cvx);
    let days = |dose: &Dose| (dose.given_on - on).num_days().abs();
    // The same vaccine on the same day is one dose reported twice, which is refused elsewhere.
    let is_close = |dose: &&Dose| days(dose) <= RECENT && !(days(dose) == 0 && dose.cvx == cvx);
    let shared = |dose: &Dose| {
        catalogue::groups(dose.cvx).into_iter().find(|group| *group != VaccineGroup::Other && wanted.contains(group))
    };
    let found = doses.iter().filter(is_close).filter_map(|dose| Some((shared(dose)?, dose)));
    found.map(|(group, dose)| Recent { group, cvx: dose.cvx, on: dose.given_on, office: dose.office.clone() }).collect()
}

impl Warnings {
    /// What speaks against the dose at a place of the person's doses. `before`: what the schedule said on that day without it: a
    /// series that was complete is complete, even if another one would take one dose more. A combined vaccine may hold something
    /// that is not needed any more, as long as something in it is.
    pub fn new(before: &Advice, advice: &Advice, dose: usize, given: NaiveDate, recent: Vec<Recent>) -> Self {
        let is_done = |name: &str| {
            let of_group = || before.lines.iter().filter(|line| line.name == name);
            of_group().next().is_some() && of_group().all(|line| line.urgency == Urgency::Complete)
        };
        let weighed = |note: &Note| match note.status {
            Status::Valid if is_done(&note.name) => {
                Note { status: Status::Extraneous, reasons: Reasons::only(Reason::AlreadyComplete), ..note.clone() }
            }
            _ => note.clone(),
        };
        let own: Vec<Note> = advice.notes.iter().filter(|note| note.dose == dose).map(weighed).collect();
        let serves = own.iter().any(|note| note.status == Status::Valid);
        let speaks = |note: &Note| match note.status {
            Status::Valid => false,
            Status::Extraneous => !serves,
            Status::NotValid | Status::SubStandard => true,
        };
        Self { given, notes: own.into_iter().filter(speaks).collect(), recent }
    }

    /// Does nothing speak against it?
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.recent.is_empty()
    }

    /// Tells these warnings from others: a reason given for some is none for others.
    pub fn key(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.sentences(Words::default()).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// In words, a sentence or two for each.
    pub fn sentences(&self, words: Words) -> Vec<String> {
        let mut all: Vec<String> = self.recent.iter().map(|recent| recent.sentence(words)).collect();
        all.extend(self.notes.iter().map(|note| self.against(words, note)));
        all
    }

    fn against(&self, words: Words, note: &Note) -> String {
        let group = name_of(words, &note.name);
        if note.reasons.contains(Reason::AlreadyComplete) {
            return words.warning_complete(&group);
        }
        let mut sentences = vec![words.warning_not_count(&group)];
        let early = note.counts_from.map(|from| ((from - self.given).num_days(), words.date(from)));
        sentences.extend(told(note.reasons).filter_map(|reason| {
            Some(match (reason, &early) {
                (Reason::TooYoung, Some((days, from))) => words.warning_too_young(*days, from),
                // The day is said once, the later of them.
                (Reason::TooSoon | Reason::Conflict, Some(_)) if note.reasons.contains(Reason::TooYoung) => {
                    return None;
                }
                (Reason::TooSoon, Some((days, from))) => words.warning_too_soon(*days, from),
                (Reason::Conflict, Some((days, from))) => words.warning_conflict(*days, from),
                (Reason::TooOld, _) => words.warning_too_old().to_owned(),
                (Reason::Unsound, _) => words.note_unsound().to_owned(),
                _ => words.warning_wrong_vaccine().to_owned(),
            })
        }));
        sentences.join(" ")
    }
}

impl Recent {
    fn sentence(&self, words: Words) -> String {
        let office = if self.office.is_empty() { words.warning_no_office() } else { &self.office };
        words.warning_recent(group_name(words, self.group), &catalogue::name(self.cvx), &words.date(self.on), office)
    }
}
