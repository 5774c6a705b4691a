//! What lies before a moment in one series of one person: before a dose that is evaluated, or before today.

use chrono::NaiveDate;
use domain::Period;

use crate::{
    Condition, Context, Count, CvxSet, Doses, Engine, From, Interval, Person, Reason, SeriesStatus, Skip, SkipSet,
    TargetDose, Verdict, Window, course::Course,
};

/// A dose of the whole history, in the order of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dose {
    pub(crate) date: NaiveDate,
    pub(crate) cvx: u16,
    /// Its place in [`Person::doses`].
    pub(crate) place: usize,
}

/// What is the same for every series.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) person: &'a Person,
    /// The whole history, in the order of time.
    pub(crate) doses: &'a [Dose],
    /// The day it is asked for.
    pub(crate) on: NaiveDate,
}

impl Case<'_> {
    /// Is the person of this age on a day?
    pub(crate) fn is_aged(&self, window: &Window, day: NaiveDate) -> bool {
        window.contains(self.person.born, day)
    }

    /// Is it known of them?
    pub(crate) fn has(&self, code: u16) -> bool {
        self.person.observations.iter().any(|observed| observed.code == code)
    }
}

/// What lies before a moment, seen from one series.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) case: Case<'a>,
    /// The doses of the antigen before it, as places in [`Case::doses`].
    pub(crate) records: &'a [usize],
    /// What each of them came to in this series.
    pub(crate) verdicts: &'a [Verdict],
    /// The doses of any antigen before it.
    pub(crate) history: &'a [Dose],
    /// The other series of the antigen, as far as they are walked.
    pub(crate) others: &'a [Course],
    /// The day on which a rule has to be in force: the dose's, or the one it is asked for.
    pub(crate) day: NaiveDate,
}

impl<'a> Moment<'a> {
    /// The doses of the antigen before it, each with what it came to.
    pub(crate) fn evaluated(&self) -> impl DoubleEndedIterator<Item = (&'a Dose, &'a Verdict)> + use<'a> {
        let doses = self.case.doses;
        let evaluated = self.records.iter().zip(self.verdicts);
        evaluated.filter_map(move |(place, verdict)| Some((doses.get(*place)?, verdict)))
    }

    /// The day of the latest dose that starts an interval.
    fn previous(&self) -> Option<NaiveDate> {
        self.evaluated().rfind(|(_, verdict)| verdict.starts_interval()).map(|(dose, _)| dose.date)
    }

    /// The day a target dose was satisfied, by its number from 1.
    fn satisfied(&self, number: u8) -> Option<NaiveDate> {
        let is_it = |verdict: &Verdict| verdict.is_valid() && verdict.target + 1 == number;
        self.evaluated().rfind(|(_, verdict)| is_it(verdict)).map(|(dose, _)| dose.date)
    }

    /// The latest dose of some vaccines, of whatever antigen.
    fn most_recent(&self, vaccines: &CvxSet) -> Option<NaiveDate> {
        let mistaken = |place: usize| {
            let at = self.records.iter().position(|record| *record == place);
            let verdict = at.and_then(|at| self.verdicts.get(at));
            verdict.is_some_and(|verdict| verdict.reasons.contains(Reason::Inadvertent))
        };
        let mut doses = self.history.iter().enumerate().rev();
        doses.find(|(place, dose)| vaccines.contains(dose.cvx) && !mistaken(*place)).map(|(_, dose)| dose.date)
    }

    /// The day an interval is counted from; `None` if there is none, and the interval asks for nothing.
    pub(crate) fn reference(&self, interval: &Interval) -> Option<NaiveDate> {
        match &interval.from {
            From::Previous => self.previous(),
            From::Target(number) => self.satisfied(*number),
            From::MostRecent(vaccines) => self.most_recent(vaccines),
            From::Observation(code) => {
                let observed = &self.case.person.observations;
                observed.iter().filter(|observed| observed.code == *code).filter_map(|observed| observed.date).max()
            }
        }
    }

    /// The intervals that are in force.
    pub(crate) fn in_force<'i>(&self, intervals: &'i [Interval]) -> impl Iterator<Item = &'i Interval> + use<'i> {
        let day = self.day;
        intervals.iter().filter(move |interval| in_force(interval.since, interval.until, day))
    }

    /// The intervals that are in force and have something to count from, each with that.
    pub(crate) fn counted<'i>(&'i self, intervals: &'i [Interval]) -> impl Iterator<Item = (&'i Interval, NaiveDate)> {
        self.in_force(intervals).filter_map(|interval| Some((interval, self.reference(interval)?)))
    }

    /// Is a target dose not needed? `on` is the day the conditions are held against (6.2 and 7.1).
    pub(crate) fn is_skipped(&self, target: &TargetDose, step: Context, on: NaiveDate) -> bool {
        target.skips.iter().any(|skip| skip.concerns(step) && self.skip_holds(skip, on))
    }

    fn skip_holds(&self, skip: &Skip, on: NaiveDate) -> bool {
        let holds = |set: &SkipSet| in_force(set.since, set.until, self.day) && self.set_holds(set, on);
        if skip.any { skip.sets.iter().any(holds) } else { !skip.sets.is_empty() && skip.sets.iter().all(holds) }
    }

    fn set_holds(&self, set: &SkipSet, on: NaiveDate) -> bool {
        let holds = |condition: &Condition| self.holds(condition, on);
        if set.any {
            set.conditions.iter().any(holds)
        } else {
            !set.conditions.is_empty() && set.conditions.iter().all(holds)
        }
    }

    fn holds(&self, condition: &Condition, on: NaiveDate) -> bool {
        match condition {
            Condition::Age(window) => self.case.is_aged(window, on),
            Condition::Interval(length) => self.previous().is_some_and(|previous| on >= length.after(previous)),
            Condition::Completed(group) => self.is_complete(*group),
            Condition::Count(count) => self.count(count).cmp(&usize::from(count.number)) == count.compare,
        }
    }

    /// Was a series of a group complete before? When the next dose is forecast, also one whose last dose is not needed any
    /// more counts: it was forecast first.
    fn is_complete(&self, group: u8) -> bool {
        let doses = self.records.len();
        self.others.iter().filter(|course| course.group == group).any(|course| {
            course.forecast.status == SeriesStatus::Complete
                || course.complete_after.is_some_and(|after| after <= doses)
        })
    }

    /// How many doses a condition counts. Valid ones are those of this series; all of them are those of the whole history if
    /// the condition names vaccines, and those of the antigen if it does not.
    fn count(&self, count: &Count) -> usize {
        let born = self.case.person.born;
        let counts = |dose: &Dose| {
            (count.vaccines.is_empty() || count.vaccines.contains(dose.cvx))
                && count.since.is_none_or(|since| since <= dose.date)
                && count.until.is_none_or(|until| dose.date < until)
                && count.window.contains(born, dose.date)
        };
        match count.doses {
            Doses::Valid => self.evaluated().filter(|(dose, verdict)| verdict.is_valid() && counts(dose)).count(),
            Doses::Total if count.vaccines.is_empty() => self.evaluated().filter(|(dose, _)| counts(dose)).count(),
            Doses::Total => self.history.iter().filter(|dose| counts(dose)).count(),
        }
    }
}

/// Is a rule in force on a day? Both ends belong to it.
pub(crate) fn in_force(since: Option<NaiveDate>, until: Option<NaiveDate>, on: NaiveDate) -> bool {
    since.is_none_or(|since| since <= on) && until.is_none_or(|until| on <= until)
}

impl Window {
    /// Does somebody born on a day have this age on another? The lower end belongs to it, the upper does not.
    pub fn contains(&self, born: NaiveDate, on: NaiveDate) -> bool {
        let reached = |age: Period| age.after(born) <= on;
        self.from.is_none_or(reached) && !self.to.is_some_and(reached)
    }
}

impl Skip {
    fn concerns(&self, step: Context) -> bool {
        self.context == Context::Both || self.context == step
    }
}
