//! Walking the doses up one ladder of steps.

use chrono::NaiveDate;
use domain::{BirthDate, Cvx, Period};

use crate::rules::{Ladder, RuleSet, Step};

/// A dose as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rung<'a> {
    /// Which of the facts' doses it is.
    pub at: usize,
    pub on: NaiveDate,
    pub cvx: Cvx,
    pub product: &'a str,
    /// Too soon after another live vaccine, of this day.
    pub live_conflict: Option<NaiveDate>,
}

/// Why a dose does not count, with the first day it could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Given before the least age.
    TooYoung {
        /// The first day it would have counted, grace taken off.
        from: NaiveDate,
    },
    /// Given after the age a short series is for.
    TooOld,
    /// Given too soon after the dose before.
    TooSoon {
        /// The first day it would have counted, grace taken off.
        from: NaiveDate,
    },
    /// A different live vaccine was given less than 28 days earlier.
    LiveConflict {
        /// That vaccine's day.
        other: NaiveDate,
    },
    /// The same vaccine stands twice on one day.
    SameDay,
}

/// How far the doses climbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Climb {
    /// Indices of the doses that satisfied steps.
    pub counted: Vec<usize>,
    /// The others, each with its fault.
    pub faults: Vec<(usize, Fault)>,
    /// Steps in all.
    pub steps: usize,
    /// When the next step can be taken; `None` when all are.
    pub next_from: Option<NaiveDate>,
    /// The day a ladder for younger students stops counting.
    pub until: Option<NaiveDate>,
    /// It can still be climbed from here.
    pub open: bool,
}

impl Climb {
    pub(crate) fn is_met(&self) -> bool {
        self.next_from.is_none()
    }
}

/// Walks the doses (sorted by day) up the ladder; `None` if the ladder is not for this person on this day.
pub(crate) fn climb(
    set: &RuleSet,
    ladder: &Ladder,
    born: BirthDate,
    doses: &[Rung<'_>],
    as_of: NaiveDate,
) -> Option<Climb> {
    if ladder.from_age.is_some_and(|age| as_of < born.at(age)) {
        return None;
    }
    let until = ladder.until_age.map(|age| born.at(age));
    if until.is_some_and(|day| as_of >= day) {
        return None;
    }
    let mut climb = Climb {
        counted: Vec::new(),
        faults: Vec::new(),
        steps: ladder.steps.len(),
        next_from: None,
        until,
        open: true,
    };
    let mut first: Option<NaiveDate> = None;
    let mut previous: Option<NaiveDate> = None;
    for dose in doses.iter().filter(|dose| fits(ladder, dose)) {
        let Some(step) = ladder.steps.get(climb.counted.len()) else { break };
        match fault(set, *step, born, dose, first, previous) {
            None => {
                climb.counted.push(dose.at);
                first.get_or_insert(dose.on);
            }
            Some(fault) => climb.faults.push((dose.at, fault)),
        }
        previous = Some(dose.on);
    }
    if let Some(step) = ladder.steps.get(climb.counted.len()) {
        let next = earliest(*step, born, first, previous, 0);
        climb.next_from = Some(next);
        let is_begun = !climb.counted.is_empty();
        // Two doses of one product are a way for who has begun with it; a first step whose age is not reached is none yet.
        let hangs_on_product = ladder.product.is_some() || !ladder.only_cvx.is_empty();
        let is_late = ladder.steps[climb.counted.len()..]
            .iter()
            .any(|step| step.max_age.is_some_and(|age| next.max(as_of) >= born.at(age)));
        climb.open = !is_late && (is_begun || !hangs_on_product && next <= as_of);
    }
    Some(climb)
}

fn fits(ladder: &Ladder, dose: &Rung<'_>) -> bool {
    let listed = ladder.only_cvx.is_empty() || ladder.only_cvx.contains(&dose.cvx);
    let named = ladder.product.as_ref().is_none_or(|name| dose.product.to_lowercase().contains(name.as_str()));
    listed && named && !ladder.not_cvx.contains(&dose.cvx)
}

fn fault(
    set: &RuleSet,
    step: Step,
    born: BirthDate,
    dose: &Rung<'_>,
    first: Option<NaiveDate>,
    previous: Option<NaiveDate>,
) -> Option<Fault> {
    if previous == Some(dose.on) {
        return Some(Fault::SameDay);
    }
    if let Some(other) = dose.live_conflict {
        return Some(Fault::LiveConflict { other });
    }
    if step.max_age.is_some_and(|age| dose.on >= born.at(age)) {
        return Some(Fault::TooOld);
    }
    let grace = if step.exact { 0 } else { set.grace };
    let old_enough = step.min_age.map(|age| born.at(age.less_days(grace)));
    if let Some(from) = old_enough.filter(|from| dose.on < *from) {
        return Some(Fault::TooYoung { from });
    }
    // The exactness is the age's; an interval always has the grace.
    let spaced = earliest(Step { min_age: None, ..step }, born, first, previous, set.grace);
    (dose.on < spaced).then_some(Fault::TooSoon { from: spaced })
}

/// The first day a step can be taken, `grace` days taken off each minimum.
fn earliest(
    step: Step,
    born: BirthDate,
    first: Option<NaiveDate>,
    previous: Option<NaiveDate>,
    grace: i32,
) -> NaiveDate {
    let after = |period: Option<Period>, from: Option<NaiveDate>| Some(period?.less_days(grace).after(from?));
    [after(step.min_age, Some(born.date())), after(step.interval, previous), after(step.from_first, first)]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(born.date())
}
