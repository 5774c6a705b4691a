//! Chapter 6: is a dose that was given valid for the target dose it is held against?

use chrono::NaiveDate;

use domain::Mvx;

use crate::{
    AgeRule, Context, Given, Interval, Reason, Reasons, Series, Status, TargetDose, Vaccine, Verdict,
    moment::{Dose, Moment, in_force},
};

/// How far somebody has come in a series.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Progress {
    /// The target dose that is next.
    pub(crate) target: usize,
    /// How many were satisfied.
    pub(crate) satisfied: usize,
}

/// Holds a dose against the target dose that is next, and goes on to the next one if it is satisfied (4.4).
pub(crate) fn evaluate(
    before: &Moment<'_>,
    series: &Series,
    progress: &mut Progress,
    dose: &Dose,
    given: &Given,
) -> Verdict {
    let verdict = |status, reason, target: usize| {
        Verdict::new(status, Reasons::only(reason), u8::try_from(target).unwrap_or(u8::MAX))
    };
    if given.substandard && progress.target < series.doses.len() {
        return verdict(Status::SubStandard, Reason::Unsound, progress.target);
    }
    let target = loop {
        let Some(target) = series.doses.get(progress.target) else {
            return verdict(Status::Extraneous, Reason::AlreadyComplete, progress.target);
        };
        if !before.is_skipped(target, Context::Evaluation, dose.date) {
            break target;
        }
        progress.target += 1;
    };
    if target.inadvertent.contains(dose.cvx) {
        return verdict(Status::NotValid, Reason::Inadvertent, progress.target);
    }
    let verdict = hold(before, target, dose, given, progress.target);
    if verdict.is_valid() {
        progress.satisfied += 1;
        // A dose that recurs is due again at once: the same target dose stays.
        if !target.recurring {
            progress.target += 1;
        }
    }
    verdict
}

/// Age, interval, conflict and vaccine (6.4 to 6.10).
fn hold(before: &Moment<'_>, target: &TargetDose, dose: &Dose, given: &Given, place: usize) -> Verdict {
    let born = before.case.person.born;
    let ages = target.ages_on(dose.date);
    let mut reasons = Reasons::default();
    let mut counts_from: Option<NaiveDate> = None;
    if let Some(first) = ages.abs_min.map(|age| age.after(born)).filter(|first| dose.date < *first) {
        reasons.add(Reason::TooYoung);
        counts_from = Some(first);
    }
    let too_old = ages.max.is_some_and(|age| age.after(born) <= dose.date);
    if too_old {
        reasons.add(Reason::TooOld);
    }
    if let Some(first) = interval_ends(before, target).filter(|first| dose.date < *first) {
        reasons.add(Reason::TooSoon);
        counts_from = counts_from.max(Some(first));
    }
    if let Some(first) = conflict_ends(before, dose) {
        reasons.add(Reason::Conflict);
        counts_from = counts_from.max(Some(first));
    }
    if !target.takes(given, born, dose.date) {
        reasons.add(Reason::WrongVaccine);
    }
    let status = match () {
        () if too_old => Status::Extraneous,
        () if reasons.is_empty() => Status::Valid,
        () => Status::NotValid,
    };
    Verdict { counts_from, ..Verdict::new(status, reasons, u8::try_from(place).unwrap_or(u8::MAX)) }
}

/// The first day that keeps all the preferable intervals, or all the allowable ones if that is earlier (6.5, 6.6).
fn interval_ends(before: &Moment<'_>, target: &TargetDose) -> Option<NaiveDate> {
    let ends = |intervals: &[Interval]| {
        let counted = before.counted(intervals);
        counted.filter_map(|(interval, from)| Some(interval.abs_min?.after(from))).max()
    };
    let preferable = ends(&target.intervals)?;
    Some(ends(&target.allowable_intervals).map_or(preferable, |allowable| allowable.min(preferable)))
}

/// The first day on which no earlier vaccine disturbs this one any more, if one does on the day it was given (6.7).
fn conflict_ends(before: &Moment<'_>, dose: &Dose) -> Option<NaiveDate> {
    let conflicts = before.case.engine.conflicts(dose.cvx);
    if conflicts.is_empty() {
        return None;
    }
    let mut ends = None;
    for (place, earlier) in before.history.iter().enumerate() {
        for conflict in conflicts.iter().filter(|conflict| conflict.previous == earlier.cvx) {
            // Doses of other antigens have no verdict here: the short end is theirs.
            let at = before.records.iter().position(|record| *record == place);
            let counted = at.and_then(|at| before.verdicts.get(at)).is_none_or(Verdict::is_valid);
            let end = if counted { conflict.min_end } else { conflict.end }.after(earlier.date);
            if conflict.begin.after(earlier.date) <= dose.date && dose.date < end {
                ends = ends.max(Some(end));
            }
        }
    }
    ends
}

impl TargetDose {
    /// The ages that are in force on a day; no limits if none are.
    pub(crate) fn ages_on(&self, day: NaiveDate) -> AgeRule {
        self.ages.iter().find(|ages| in_force(ages.since, ages.until, day)).copied().unwrap_or_default()
    }

    /// Is it a vaccine for this dose, preferable or allowable? (6.8, 6.9)
    fn takes(&self, given: &Given, born: NaiveDate, on: NaiveDate) -> bool {
        let preferable = |vaccine: &Vaccine| vaccine.is(given) && vaccine.window.contains(born, on);
        self.preferable.iter().any(preferable)
            || self.allowable.iter().any(|(cvx, window)| *cvx == given.cvx.number() && window.contains(born, on))
    }
}

impl Vaccine {
    /// Is it this product? What was not recorded of the dose is not held against it.
    fn is(&self, given: &Given) -> bool {
        let agrees = |wanted: &str, known: &str| {
            wanted.is_empty() || known.trim().is_empty() || brand(wanted).eq_ignore_ascii_case(brand(known))
        };
        self.cvx == given.cvx.number()
            && agrees(&self.mvx, Mvx::or_empty(given.mvx.as_ref()))
            && agrees(&self.trade_name, &given.product)
    }
}

/// The first word of a trade name: what follows is written in many ways (`RECOMBIVAX-ADULT`, `Recombivax HB`).
fn brand(name: &str) -> &str {
    name.trim().split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}
