//! A schedule, ready to be asked.

use crate::{Association, Condition, Conflict, CvxSet, Schedule, Series};

/// A schedule with the indexes that make it fast to ask. Made once, shared by all.
#[derive(Debug)]
pub struct Engine {
    schedule: Schedule,
    /// Associations by vaccine: from here to the next one's beginning.
    associations: Vec<Association>,
    association_starts: Vec<u16>,
    /// Conflicts by the later vaccine.
    conflicts: Vec<Conflict>,
    conflict_starts: Vec<u16>,
    /// Vaccines that disturb some later one.
    disturbing: CvxSet,
    /// By antigen, in which order its series are walked: those that look at others come last.
    walks: Vec<Vec<usize>>,
}

/// Codes from here on are not in the indexes.
const CODES: u16 = 1_024;

impl Engine {
    /// Prepares a schedule.
    pub fn new(schedule: Schedule) -> Self {
        let mut associations = schedule.associations.clone();
        associations.sort_by_key(|association| association.cvx);
        let mut conflicts = schedule.conflicts.clone();
        conflicts.sort_by_key(|conflict| conflict.current);
        Self {
            association_starts: starts(associations.iter().map(|association| association.cvx)),
            conflict_starts: starts(conflicts.iter().map(|conflict| conflict.current)),
            disturbing: conflicts.iter().map(|conflict| conflict.previous).collect(),
            walks: schedule.antigens.iter().map(|antigen| walk(&antigen.series)).collect(),
            associations,
            conflicts,
            schedule,
        }
    }

    /// The schedule it answers by.
    pub const fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// In which order the series of an antigen are walked.
    pub(crate) fn walk(&self, antigen: usize) -> &[usize] {
        self.walks.get(antigen).map_or(&[], Vec::as_slice)
    }

    /// The antigens of a vaccine.
    pub(crate) fn associations(&self, cvx: u16) -> &[Association] {
        between(&self.associations, &self.association_starts, cvx)
    }

    /// The vaccines that disturb a later one.
    pub(crate) fn conflicts(&self, current: u16) -> &[Conflict] {
        between(&self.conflicts, &self.conflict_starts, current)
    }

    /// Does it disturb any later one?
    pub(crate) fn disturbs(&self, previous: u16) -> bool {
        self.disturbing.contains(previous)
    }
}

/// Indexes of the series, those that wait for others to be complete last.
fn walk(series: &[Series]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..series.len()).collect();
    order.sort_by_key(|index| series.get(*index).is_some_and(Series::looks_at_others));
    order
}

/// Where each code begins in a list that is sorted by it.
fn starts(codes: impl Iterator<Item = u16>) -> Vec<u16> {
    let mut starts = vec![0_u16; usize::from(CODES) + 1];
    for code in codes {
        for start in starts.iter_mut().skip(usize::from(code) + 1) {
            *start += 1;
        }
    }
    starts
}

fn between<'a, T>(list: &'a [T], starts: &[u16], code: u16) -> &'a [T] {
    let code = usize::from(code);
    match (starts.get(code), starts.get(code + 1)) {
        (Some(from), Some(to)) => list.get(usize::from(*from)..usize::from(*to)).unwrap_or_default(),
        _ => &[],
    }
}

impl Series {
    /// Does it wait for another series to be complete?
    fn looks_at_others(&self) -> bool {
        let mut conditions = self.doses.iter().flat_map(|dose| &dose.skips).flat_map(|skip| &skip.sets);
        conditions.any(|set| set.conditions.iter().any(|condition| matches!(condition, Condition::Completed(_))))
    }
}
