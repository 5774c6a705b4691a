//! Chapter 7: what is due next in a series, from when, until when, and why then.

use chrono::NaiveDate;
use domain::Period;

use crate::{
    Antigen, Context, CvxSet, From, Interval, Series, TargetDose, Verdict,
    course::Course,
    moment::{Case, Dose, Moment},
};

/// How far somebody is with a series (table 7-1), or with a group of vaccines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum SeriesStatus {
    /// Something is due, now or later.
    #[default]
    NotComplete,
    /// Nothing is missing.
    Complete,
    /// They had the disease, or evidence that they are protected.
    Immune,
    /// What is known of them forbids the vaccine.
    Contraindicated,
    /// The season is over, or nothing is asked of them.
    NotRecommended,
    /// They are too old for it.
    AgedOut,
}

impl SeriesStatus {
    /// As the specification writes it.
    pub const fn term(self) -> &'static str {
        match self {
            Self::NotComplete => "Not Complete",
            Self::Complete => "Complete",
            Self::Immune => "Immune",
            Self::Contraindicated => "Contraindicated",
            Self::NotRecommended => "Not Recommended",
            Self::AgedOut => "Aged Out",
        }
    }
}

/// What a day is derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Because {
    /// Nothing stands against the day of birth.
    #[default]
    Birth,
    /// The person is then of this age.
    Age(Period),
    /// So long after this day.
    Interval {
        /// The day it is counted from.
        from: NaiveDate,
        /// How long after.
        length: Period,
    },
    /// Another vaccine, given on this day, no longer disturbs it.
    Conflict {
        /// The earlier vaccine.
        cvx: u16,
        /// The day it was given.
        given: NaiveDate,
        /// It disturbs every vaccine that is preferred for the dose; else others could be given before: the flu shot, which is
        /// not a live vaccine, where the spray has to wait.
        all: bool,
    },
    /// The season begins.
    Season,
    /// Not before the latest dose.
    LatestDose,
}

/// What is due next in a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forecast {
    /// How far it has come.
    pub status: SeriesStatus,
    /// The number of the next dose, counted by those that are valid.
    pub number: u8,
    /// The target dose that is next: its place in the series, from 0.
    pub target: u8,
    /// It counts from this day.
    pub earliest: Option<NaiveDate>,
    /// Why not before.
    pub earliest_because: Because,
    /// It is recommended from this day.
    pub recommended: Option<NaiveDate>,
    /// Why then.
    pub recommended_because: Because,
    /// From the day after this one it is overdue.
    pub past_due: Option<NaiveDate>,
    /// The last day.
    pub latest: Option<NaiveDate>,
    /// Its interval goes before what the other antigens of its group want.
    pub overrides: bool,
    /// Nothing is due because the season the schedule knows ended on this day; what the next one asks for is not in it. Only for
    /// who is of an age for it, or will be within a year.
    pub season_over: Option<NaiveDate>,
}

/// Forecasts a series that was walked to its end.
pub(crate) fn forecast(now: &Moment<'_>, antigen: &Antigen, series: &Series, course: &Course) -> Forecast {
    let mut place = course.progress.target;
    let satisfied = course.progress.satisfied > 0;
    let forecast =
        |status, place| Forecast { status, target: u8::try_from(place).unwrap_or(u8::MAX), ..Forecast::default() };
    loop {
        // 7.1
        let Some(target) = series.doses.get(place) else {
            return forecast(if satisfied { SeriesStatus::Complete } else { SeriesStatus::NotRecommended }, place);
        };
        if now.is_skipped(target, Context::Forecast, now.case.on) {
            place += 1;
            continue;
        }
        // 7.2 to 7.4
        if is_immune(now.case, antigen) {
            return forecast(SeriesStatus::Immune, place);
        }
        if is_contraindicated(now.case, antigen, target) {
            return forecast(SeriesStatus::Contraindicated, place);
        }
        let season_end = target.season.and_then(|(_, end)| end);
        if let Some(end) = season_end.filter(|end| *end < now.case.on) {
            let season_over = is_of_age(now, target).then_some(end);
            return Forecast { season_over, ..forecast(SeriesStatus::NotRecommended, place) };
        }
        let ages = target.ages_on(now.case.on);
        let too_old = ages.max.map(|age| age.after(now.case.person.born));
        if too_old.is_some_and(|first| first <= now.case.on) {
            return forecast(SeriesStatus::AgedOut, place);
        }
        // 7.5
        let (earliest, earliest_because) = earliest(now, target);
        if too_old.is_some_and(|first| first <= earliest) {
            return forecast(SeriesStatus::AgedOut, place);
        }
        // 7.6: on the day the dose could be given it may not be needed any more.
        if now.is_skipped(target, Context::Forecast, earliest) {
            place += 1;
            continue;
        }
        let (recommended, recommended_because) =
            recommended(now, target).filter(|(day, _)| *day > earliest).unwrap_or((earliest, earliest_because));
        return Forecast {
            number: number(now, series),
            earliest: Some(earliest),
            earliest_because,
            recommended: Some(recommended),
            recommended_because,
            past_due: past_due(now, target).map(|day| day.max(earliest)),
            latest: too_old.and_then(|first| first.pred_opt()),
            overrides: now.in_force(&target.intervals).next().is_some()
                && now.in_force(&target.intervals).all(|interval| interval.overrides),
            ..forecast(SeriesStatus::NotComplete, place)
        };
    }
}

/// Would the next season concern the person?
fn is_of_age(now: &Moment<'_>, target: &TargetDose) -> bool {
    let (born, on) = (now.case.person.born, now.case.on);
    let ages = target.ages_on(on);
    ages.max.is_none_or(|age| age.after(born) > on)
        && ages.min.is_none_or(|age| age.after(born) <= Period::years(1).after(on))
}

/// Evidence of immunity (7.2).
fn is_immune(case: Case<'_>, antigen: &Antigen) -> bool {
    let immunity = &antigen.immunity;
    immunity.history.iter().any(|code| case.has(*code))
        || immunity.born_before.iter().any(|born| {
            case.person.born < born.date
                && (born.country.is_empty() || born.country == case.person.birth_country)
                && !born.unless.iter().any(|code| case.has(*code))
        })
}

/// What is known forbids the whole group, or every vaccine that could be given for the dose (7.3). That the allowable ones
/// matter too is a convention of CDC's cases: after encephalopathy no pertussis vaccine is given, but Td still is.
fn is_contraindicated(case: Case<'_>, antigen: &Antigen, target: &TargetDose) -> bool {
    if case.person.observations.is_empty() {
        return false;
    }
    let applies = |code: u16, window| case.has(code) && case.is_aged(window, case.on);
    if antigen.contraindications.iter().any(|rule| applies(rule.code, &rule.window)) {
        return true;
    }
    let preferable = target.preferable.iter().map(|vaccine| vaccine.cvx);
    let mut vaccines = preferable.chain(target.allowable.iter().map(|(cvx, _)| *cvx)).peekable();
    vaccines.peek().is_some() && vaccines.all(|cvx| is_vaccine_contraindicated(case, antigen, cvx))
}

/// What is known forbids this vaccine.
fn is_vaccine_contraindicated(case: Case<'_>, antigen: &Antigen, cvx: u16) -> bool {
    antigen.vaccine_contraindications.iter().any(|rule| {
        case.has(rule.code) && rule.vaccines.iter().any(|(code, window)| *code == cvx && case.is_aged(window, case.on))
    })
}

/// The first day the dose counts, and why (FORECASTDT-1).
fn earliest(now: &Moment<'_>, target: &TargetDose) -> (NaiveDate, Because) {
    let born = now.case.person.born;
    let mut latest = (born, Because::Birth);
    let mut not_before = |day: NaiveDate, because| {
        if day > latest.0 {
            latest = (day, because);
        }
    };
    if let Some(age) = target.ages_on(now.day).min {
        not_before(age.after(born), Because::Age(age));
    }
    for (interval, from) in now.counted(&target.intervals) {
        if let Some(length) = interval.min {
            not_before(length.after(from), Because::Interval { from, length });
        }
    }
    for earlier in now.history.iter().filter(|earlier| now.case.engine.disturbs(earlier.cvx)) {
        if let Some(end) = conflict_end(now, target, earlier) {
            not_before(end, Because::Conflict { cvx: earlier.cvx, given: earlier.date, all: false });
        }
    }
    if let Some((start, _)) = target.season {
        not_before(start, Because::Season);
    }
    if let Some(latest) = now.records.last().and_then(|place| now.case.doses.get(*place)) {
        not_before(latest.date, Because::LatestDose);
    }
    if let (_, Because::Conflict { cvx, all, .. }) = &mut latest {
        let disturbed =
            |vaccine: u16| now.case.engine.conflicts(vaccine).iter().any(|conflict| conflict.previous == *cvx);
        *all = target.preferable.iter().all(|vaccine| disturbed(vaccine.cvx));
    }
    latest
}

/// When an earlier dose no longer disturbs any vaccine that is preferred now; by the long end, to be safe.
fn conflict_end(now: &Moment<'_>, target: &TargetDose, earlier: &Dose) -> Option<NaiveDate> {
    let conflicts = target.preferable.iter().flat_map(|vaccine| now.case.engine.conflicts(vaccine.cvx));
    conflicts.filter(|conflict| conflict.previous == earlier.cvx).map(|conflict| conflict.end.after(earlier.date)).max()
}

/// The day the dose is recommended, before it is held against the earliest one: by age, else by interval (FORECASTDT-2).
fn recommended(now: &Moment<'_>, target: &TargetDose) -> Option<(NaiveDate, Because)> {
    if let Some(age) = target.ages_on(now.day).earliest {
        return Some((age.after(now.case.person.born), Because::Age(age)));
    }
    let counted = now.counted(&target.intervals).filter_map(|(interval, from)| {
        let length = interval.earliest?;
        Some((length.after(from), Because::Interval { from, length }))
    });
    counted.max_by_key(|(day, _)| *day)
}

/// The last day on which the dose is not yet overdue (FORECASTDT-3).
fn past_due(now: &Moment<'_>, target: &TargetDose) -> Option<NaiveDate> {
    let by_interval = |(interval, from): (&Interval, NaiveDate)| Some(interval.latest?.after(from));
    let first = match target.ages_on(now.day).latest {
        Some(age) => Some(age.after(now.case.person.born)),
        None => now.counted(&target.intervals).filter_map(by_interval).max(),
    };
    first.and_then(|first| first.pred_opt())
}

/// The number of the next dose (FORECASTDN-1).
fn number(now: &Moment<'_>, series: &Series) -> u8 {
    let counted = now.evaluated().filter(|(dose, verdict)| is_numbered(series, dose, **verdict));
    u8::try_from(counted.count() + 1).unwrap_or(u8::MAX)
}

/// Does the next dose's number go on from this one? Those of an earlier season do not count in this one.
pub(crate) fn is_numbered(series: &Series, dose: &Dose, verdict: Verdict) -> bool {
    let season = series.doses.get(usize::from(verdict.target)).and_then(|target| target.season);
    verdict.is_valid() && season.is_none_or(|(start, _)| start <= dose.date)
}

/// The vaccines to give: preferred, named in forecasts, not contraindicated, and for the age on the earliest or the
/// recommended day (7.5).
pub(crate) fn vaccines(case: Case<'_>, antigen: &Antigen, series: &Series, forecast: &Forecast) -> CvxSet {
    let Some(target) = series.doses.get(usize::from(forecast.target)) else { return CvxSet::EMPTY };
    let days = [forecast.earliest, forecast.recommended];
    let fits = |window| days.iter().flatten().any(|day| case.is_aged(window, *day));
    let named = target.preferable.iter().filter(|vaccine| vaccine.forecast && fits(&vaccine.window));
    named.map(|vaccine| vaccine.cvx).filter(|cvx| !is_vaccine_contraindicated(case, antigen, *cvx)).collect()
}

/// The day a series could be finished: each dose that is left at its minimum interval (FORECASTFIN). `None` if none is left.
pub(crate) fn finish(now: &Moment<'_>, series: &Series, forecast: &Forecast) -> Option<NaiveDate> {
    let first = usize::from(forecast.target);
    // The days of the doses that are left, as far as they are counted from.
    let mut days = [None; 32];
    let mut day = forecast.earliest?;
    for (place, target) in series.doses.iter().enumerate().skip(first) {
        if place > first {
            let after = now.in_force(&target.intervals).filter_map(|interval| {
                let from = match &interval.from {
                    From::Previous => Some(day),
                    From::Target(number) if usize::from(*number) > first => {
                        days.get(usize::from(*number) - 1).copied().flatten()
                    }
                    _ => now.reference(interval),
                };
                Some(interval.min?.after(from?))
            });
            day = after.max().map_or(day, |next| next.max(day));
        }
        if let Some(kept) = days.get_mut(place) {
            *kept = Some(day);
        }
    }
    Some(day)
}

/// Can a series be finished before the maximum age of its last dose?
pub(crate) fn is_completable(now: &Moment<'_>, series: &Series, finish: Option<NaiveDate>) -> bool {
    let last = series.doses.last().and_then(|target| target.ages_on(now.day).max);
    finish.is_some_and(|finish| last.is_none_or(|age| finish < age.after(now.case.person.born)))
}
