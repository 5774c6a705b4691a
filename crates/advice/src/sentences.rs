//! One plain sentence for what is due, why then, and what a dose comes to.

use chrono::NaiveDate;
use domain::{Cvx, Period, code::VaccineGroup};
use schedule::{Because, Reason, Reasons, Status};
use words::Words;

use crate::{
    Advice, Audience, DueLine, Note, Urgency,
    groups::{name_of, vaccine_name},
};

/// Somebody is told the day since when a dose is overdue if it lies no longer back than this: to whom grew up elsewhere a day in
/// their childhood says nothing.
const WORTH_A_DATE: Period = Period::years(3);

/// The name of a line's vaccine group.
pub fn name(words: Words, line: &DueLine) -> String {
    name_of(words, &line.name)
}

/// The name of a group of the schedule, as people call it.
pub fn group_name(words: Words, name: &str) -> String {
    name_of(words, name)
}

/// A word for how urgent it is.
pub fn urgency(words: Words, line: &DueLine) -> &'static str {
    match line.urgency {
        Urgency::Overdue => words.advice_overdue(),
        Urgency::Now => words.advice_now(),
        Urgency::Allowed => words.advice_allowed(),
        Urgency::Decide if line.immune_if_born_before.is_some() => words.advice_birthplace(),
        Urgency::Decide => words.advice_decide(),
        Urgency::Later => words.advice_later(),
        Urgency::SeasonOver if line.group == VaccineGroup::Influenza => words.advice_flu_every_season(),
        Urgency::SeasonOver => words.advice_season_over(),
        Urgency::Contraindicated => words.advice_not_for_them(),
        Urgency::Complete => words.advice_done(),
        Urgency::Immune => words.advice_immune(),
        Urgency::NotNeeded => words.advice_too_old(),
    }
}

/// What to do, and when.
pub fn headline(words: Words, line: &DueLine, on: NaiveDate, audience: Audience) -> String {
    let family = audience == Audience::Family;
    let due = &line.due;
    let dose = due.number.unwrap_or(1).to_string();
    let day = |day: Option<NaiveDate>| day.map(|day| words.date(day)).unwrap_or_default();
    match line.urgency {
        Urgency::Overdue => {
            let since = due.past_due.and_then(|last| last.succ_opt()).filter(|since| WORTH_A_DATE.after(*since) > on);
            match since {
                Some(since) => words.advice_overdue_since(&dose, &words.date(since)),
                None => words.advice_overdue_text(&dose),
            }
        }
        Urgency::Now => match due.past_due.and_then(|last| last.succ_opt()) {
            Some(late) => words.advice_now_until(&dose, &words.date(late)),
            None => words.advice_now_text(&dose),
        },
        Urgency::Allowed if line.waits_as_live.is_some() => words.advice_not_as_live(&dose, &day(due.recommended)),
        Urgency::Allowed => words.advice_allowed_text(&dose, &day(due.recommended)),
        Urgency::Decide => match line.immune_if_born_before {
            Some(before) if family => words.advice_immune_by_birth(&words.date(before)),
            Some(before) => words.advice_immune_by_birth_office(&words.date(before)),
            None if family => words.advice_decide_text().to_owned(),
            None => words.advice_decide_office().to_owned(),
        },
        Urgency::Later if line.optional && family => words.advice_decide_from(&day(due.earliest)),
        Urgency::Later if line.optional => words.advice_decide_from_office(&day(due.earliest)),
        Urgency::Later if due.earliest < due.recommended => {
            words.advice_later_from(&dose, &day(due.recommended), &day(due.earliest))
        }
        Urgency::Later => words.advice_later_text(&dose, &day(due.recommended)),
        Urgency::SeasonOver if family && line.group == VaccineGroup::Influenza => {
            words.advice_flu_season(&day(due.season_over))
        }
        Urgency::SeasonOver if line.group == VaccineGroup::Influenza => {
            words.advice_flu_season_office(&day(due.season_over))
        }
        Urgency::SeasonOver if family => words.advice_season_over_text(&day(due.season_over)),
        Urgency::SeasonOver => words.advice_season_over_office(&day(due.season_over)),
        Urgency::Contraindicated if family => words.advice_contraindicated_text().to_owned(),
        Urgency::Contraindicated => words.advice_contraindicated_office().to_owned(),
        Urgency::Complete | Urgency::Immune | Urgency::NotNeeded => urgency(words, line).to_owned(),
    }
}

/// So far ahead a date says nothing: the age does.
const TOO_FAR_FOR_A_DATE: Period = Period::years(10);

/// From when the next dose is recommended: a date, or for what lies far ahead the age.
pub fn from_when(words: Words, line: &DueLine, on: NaiveDate) -> String {
    let is_far = |day: &NaiveDate| *day > TOO_FAR_FOR_A_DATE.after(on);
    match (line.due.recommended, line.due.recommended_because) {
        (Some(day), Because::Age(age)) if is_far(&day) => words.advice_from_age(&length(words, age)),
        (Some(day), _) if !is_far(&day) => words.advice_from_date(&words.date(day)),
        _ => words.advice_from_later().to_owned(),
    }
}

/// Why then; nothing where there is nothing to say.
pub fn why(words: Words, line: &DueLine, on: NaiveDate, audience: Audience) -> Option<String> {
    if !is_timed(line) || line.optional || line.waits_as_live.is_some() {
        return None;
    }
    let is_to_come = line.due.recommended.is_some_and(|day| day > on);
    Some(match line.due.recommended_because {
        // What held it up does not any more.
        Because::Conflict { .. } | Because::Season | Because::LatestDose if !is_to_come => return None,
        Because::Birth => return None,
        Because::Age(age) => words.advice_why_age(&length(words, age)),
        Because::Interval { from, length: after } => {
            words.advice_why_interval(&length(words, after), &words.date(from))
        }
        Because::Conflict { cvx, given, .. } => {
            words.advice_why_conflict(&vaccine_name(words, Cvx::stored(cvx), audience), &words.date(given))
        }
        Because::Season => words.advice_why_season().to_owned(),
        Because::LatestDose => words.advice_why_latest_dose().to_owned(),
    })
}

/// Until when it can be given, where that is near enough to matter and nothing comes after it.
pub fn latest(words: Words, line: &DueLine, on: NaiveDate) -> Option<String> {
    let last = line.due.latest.filter(|last| is_timed(line) && line.ends && *last < Period::years(2).after(on))?;
    Some(words.advice_latest(&words.date(last)))
}

/// Is there a time for it?
fn is_timed(line: &DueLine) -> bool {
    line.urgency <= Urgency::Later
}

/// A length of time.
pub fn length(words: Words, length: Period) -> String {
    let months = match length.months {
        0 => None,
        // As people say it: 15 months, but 4 years.
        months if months % 12 == 0 => Some(words.length_years(i64::from(months / 12))),
        months => Some(words.length_months(i64::from(months))),
    };
    let count = i64::from(length.days.abs());
    let days = match count {
        0 => None,
        days if days % 7 == 0 => Some(words.length_weeks(days / 7)),
        days => Some(words.length_days(days)),
    };
    match (months, days) {
        (Some(months), Some(days)) if length.days < 0 => words.length_less(&months, &days),
        (Some(months), Some(days)) => words.length_and(&months, &days),
        (one, other) => one.or(other).unwrap_or_else(|| words.length_days(0)),
    }
}

/// In a word, whether a dose counts.
pub fn mark(words: Words, status: Status) -> &'static str {
    match status {
        Status::Valid => words.note_counts(),
        Status::NotValid | Status::SubStandard => words.note_does_not_count(),
        Status::Extraneous => words.note_extra(),
    }
}

/// Why a dose does not count, and from when it can be repeated. Nothing for one that counts.
pub fn note(words: Words, note: &Note, given: NaiveDate, on: NaiveDate) -> String {
    let mut sentences: Vec<String> = told(note.reasons).map(|reason| why_not(words, reason).to_owned()).collect();
    if note.status == Status::NotValid
        && let Some(from) = note.counts_from
        && !told(note.reasons).any(|reason| reason == Reason::WrongVaccine)
    {
        // Nobody counts weeks in days.
        let days = (from - given).num_days();
        sentences.push(if days > 60 {
            words.note_counts_from_date(&words.date(from))
        } else {
            words.note_counts_from(days, &words.date(from))
        });
    }
    match note.repeat_from {
        Some(from) if from <= on => sentences.push(words.note_repeat_now().to_owned()),
        Some(from) => sentences.push(words.note_repeat_from(&words.date(from))),
        None => {}
    }
    sentences.join(" ")
}

/// As [`note`], with the group it is about.
pub fn note_for(words: Words, it: &Note, given: NaiveDate, on: NaiveDate) -> String {
    words.note_for(&name_of(words, &it.name), &note(words, it, given, on))
}

/// The reasons that are told. A vaccine has ages of its own, so a dose given too early is often "the wrong vaccine" as well, and
/// two doses of a live vaccine too close disturb each other: both say nothing more.
pub(crate) fn told(reasons: Reasons) -> impl Iterator<Item = Reason> {
    let by_age = reasons.contains(Reason::TooYoung) || reasons.contains(Reason::TooOld);
    let by_interval = reasons.contains(Reason::TooSoon);
    reasons.iter().filter(move |reason| match reason {
        Reason::WrongVaccine => !by_age,
        Reason::Conflict => !by_interval,
        _ => true,
    })
}

fn why_not(words: Words, reason: Reason) -> &'static str {
    match reason {
        Reason::TooYoung => words.note_too_young(),
        Reason::TooSoon => words.note_too_soon(),
        Reason::Conflict => words.note_conflict(),
        Reason::WrongVaccine => words.note_wrong_vaccine(),
        Reason::Inadvertent => words.note_inadvertent(),
        Reason::TooOld => words.note_too_old(),
        Reason::AlreadyComplete => words.note_already_complete(),
        Reason::Unsound => words.note_unsound(),
    }
}

/// The schedule it is by and what was laid over it: the same to families and offices, who may stand before it together.
pub fn schedule_used(words: Words, advice: &Advice) -> String {
    let on = words.date(advice.on);
    if advice.amendments.is_empty() {
        words.advice_schedule(&advice.release, &on)
    } else {
        words.advice_schedule_with(&advice.release, &advice.amendments.join(words.list_separator()), &on)
    }
}
