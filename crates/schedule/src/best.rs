//! Chapter 8: which of the series of an antigen is the one for this person.

use chrono::NaiveDate;

use crate::{
    Kind, Series, SeriesStatus, Verdict,
    course::Course,
    forecast::{finish, is_completable},
    moment::Moment,
};

/// A series of a group that could be chosen, with what it is compared by.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    /// Its place among the courses.
    place: usize,
    series: &'a Series,
    status: SeriesStatus,
    valid: usize,
    all_valid: bool,
    first_valid: Option<NaiveDate>,
    unsatisfied: usize,
    earliest: Option<NaiveDate>,
    finish: Option<NaiveDate>,
    completable: bool,
}

impl Candidate<'_> {
    fn is_complete(&self) -> bool {
        self.status == SeriesStatus::Complete
    }

    fn is_in_process(&self) -> bool {
        self.valid > 0 && self.status == SeriesStatus::NotComplete
    }

    /// Was it begun in time, or could it be on this day?
    fn is_in_time(&self, born: NaiveDate, on: NaiveDate) -> bool {
        self.series.start.to.is_none_or(|age| self.first_valid.unwrap_or(on) < age.after(born))
    }

    /// May it be compared with the others of its group? (8.2) That a risk series has to be begun in time as well is needed
    /// where a series for infants and one for adults have the same indication.
    /// `settled`: some series of the group has a valid dose, or is its default; then those that nobody has begun are out.
    fn is_scorable(&self, group: &[Self], settled: bool, born: NaiveDate, on: NaiveDate) -> bool {
        match self.series.kind {
            Kind::Risk => {
                let risks = group.iter().filter(|other| other.series.kind == Kind::Risk && other.is_in_time(born, on));
                self.is_in_time(born, on)
                    && risks.map(|other| other.series.priority).min() == Some(self.series.priority)
            }
            Kind::Standard if self.valid > 0 => self.is_in_time(born, on),
            Kind::Standard => !settled,
            Kind::EvaluationOnly => self.is_complete(),
        }
    }
}

/// Room for the comparison, kept between people.
#[derive(Debug, Default)]
pub(crate) struct Bench<'e> {
    groups: Vec<u8>,
    candidates: Vec<Candidate<'e>>,
    prioritized: Vec<usize>,
}

/// The best series of an antigen, as places among its courses, in their order. `now` sees a course by its place.
pub(crate) fn best<'a, 'e>(
    now: impl Fn(&Course) -> Moment<'a>,
    series: &'e [Series],
    courses: &mut [Course],
    bench: &mut Bench<'e>,
    best: &mut Vec<usize>,
) {
    best.clear();
    bench.prioritized.clear();
    bench.groups.clear();
    for course in courses.iter() {
        if !bench.groups.contains(&course.group) {
            bench.groups.push(course.group);
        }
    }
    for group in &bench.groups {
        bench.prioritized.extend(prioritized(&now, series, courses, *group, &mut bench.candidates));
    }
    let chosen = |place: &usize| {
        let course = courses.get(*place)?;
        Some((course, series.get(course.series)?))
    };
    best.extend(bench.prioritized.iter().copied().filter(|place| {
        let Some((course, own)) = chosen(place) else { return false };
        if course.forecast.status == SeriesStatus::Complete {
            return true;
        }
        // Equivalence has a direction: it is this series' own list that counts (8.8).
        let mut equivalent = bench.prioritized.iter().filter_map(chosen);
        let outdone = equivalent.any(|(other, theirs)| {
            own.equivalent.contains(&other.group)
                && (other.forecast.status == SeriesStatus::Complete
                    || (theirs.kind == Kind::Risk && own.kind != Kind::Risk))
        });
        own.kind != Kind::EvaluationOnly && !outdone
    }));
}

/// The series of a group that goes before the others (8.1 to 8.7).
fn prioritized<'a, 'e>(
    now: impl Fn(&Course) -> Moment<'a>,
    series: &'e [Series],
    courses: &mut [Course],
    group: u8,
    candidates: &mut Vec<Candidate<'e>>,
) -> Option<usize> {
    candidates.clear();
    let of_group = || courses.iter().enumerate().filter(|(_, course)| course.group == group);
    let contraindicated = |course: &Course| course.forecast.status == SeriesStatus::Contraindicated;
    let all_contraindicated = of_group().all(|(_, course)| contraindicated(course));
    let possible = of_group().filter(|(_, course)| all_contraindicated || !contraindicated(course));
    candidates.extend(
        possible.filter_map(|(place, course)| Some(candidate(place, &now(course), series.get(course.series)?, course))),
    );
    // Of all of them, also those that are contraindicated: if that is what the default says, it is what is said (SELECTB-7).
    let is_default = |course: &Course| series.get(course.series).is_some_and(|series| series.default);
    let default = of_group().find(|(_, course)| is_default(course)).map(|(place, _)| place);
    let settled = default.is_some() || of_group().any(|(_, course)| course.progress.satisfied > 0);
    let case = now(courses.first()?).case;
    let mut scorable: u64 = 0;
    for (place, candidate) in candidates.iter().enumerate().take(64) {
        scorable |= u64::from(candidate.is_scorable(candidates, settled, case.person.born, case.on)) << place;
    }
    candidates.retain(|_| {
        let keep = scorable & 1 == 1;
        scorable >>= 1;
        keep
    });
    if let [] | [_] = candidates.as_slice() {
        return candidates.first().map(|candidate| candidate.place).or(default);
    }
    let complete = alone(candidates.iter().filter(|candidate| candidate.is_complete()));
    let in_process = alone(candidates.iter().filter(|candidate| candidate.is_in_process()));
    let points: fn(&Candidate<'_>, &[Candidate<'_>]) -> i8 = match (complete, in_process) {
        ((Some(place), false), _) | ((None, _), (Some(place), false)) => return Some(place),
        ((None, _), (None, _)) if default.is_some() => return default,
        ((None, _), (None, _)) => points_not_begun,
        ((None, _), _) => {
            candidates.retain(Candidate::is_in_process);
            points_in_process
        }
        _ => {
            candidates.retain(Candidate::is_complete);
            points_complete
        }
    };
    for candidate in candidates.iter_mut() {
        let course = courses.get(candidate.place);
        if let Some(course) = course.filter(|course| course.forecast.status == SeriesStatus::NotComplete) {
            let now = now(course);
            candidate.finish = finish(&now, candidate.series, &course.forecast);
            candidate.completable = is_completable(&now, candidate.series, candidate.finish);
        }
    }
    winner(courses, candidates, points)
}

/// The series with the most points, of several that of the lowest preference; each is told its points.
fn winner(
    courses: &mut [Course],
    candidates: &[Candidate<'_>],
    points: fn(&Candidate<'_>, &[Candidate<'_>]) -> i8,
) -> Option<usize> {
    let mut winner: Option<(i8, u8, usize)> = None;
    for candidate in candidates {
        let points = points(candidate, candidates);
        if let Some(course) = courses.get_mut(candidate.place) {
            course.score = Some(points);
        }
        let preference = candidate.series.preference;
        if winner.is_none_or(|(most, least, _)| points > most || (points == most && preference < least)) {
            winner = Some((points, preference, candidate.place));
        }
    }
    winner.map(|(_, _, place)| place)
}

/// The place of the first, and whether there are more.
fn alone<'c>(mut those: impl Iterator<Item = &'c Candidate<'c>>) -> (Option<usize>, bool) {
    (those.next().map(|candidate| candidate.place), those.next().is_some())
}

/// When it could be finished is found out only if it has to be compared.
fn candidate<'e>(place: usize, now: &Moment<'_>, series: &'e Series, course: &Course) -> Candidate<'e> {
    Candidate {
        place,
        series,
        status: course.forecast.status,
        valid: course.progress.satisfied,
        all_valid: now.verdicts.iter().all(Verdict::is_valid),
        first_valid: now.evaluated().find(|(_, verdict)| verdict.is_valid()).map(|(dose, _)| dose.date),
        unsatisfied: series.doses.len().saturating_sub(usize::from(course.forecast.target)),
        earliest: course.forecast.earliest,
        finish: None,
        completable: false,
    }
}

/// Alone at the top: `+points`; together with others there: 0; else `-points`.
fn rank<K: Ord>(own: Option<K>, all: impl Iterator<Item = Option<K>>, points: i8) -> i8 {
    let (mut above, mut equal) = (0, 0);
    for other in all.flatten() {
        match own.as_ref().map(|own| other.cmp(own)) {
            Some(std::cmp::Ordering::Less) => {}
            Some(std::cmp::Ordering::Equal) => equal += 1,
            Some(std::cmp::Ordering::Greater) | None => above += 1,
        }
    }
    match (above, equal) {
        (0, 1) => points,
        (0, more) if more > 1 => 0,
        _ => -points,
    }
}

const fn either(yes: bool, points: i8) -> i8 {
    if yes { points } else { -points }
}

/// 8.4: of several complete series.
fn points_complete(own: &Candidate<'_>, all: &[Candidate<'_>]) -> i8 {
    rank(Some(own.valid), all.iter().map(|other| Some(other.valid)), 1)
}

/// 8.5: of several that have begun.
fn points_in_process(own: &Candidate<'_>, all: &[Candidate<'_>]) -> i8 {
    use std::cmp::Reverse;
    let finish = |candidate: &Candidate<'_>| candidate.finish.filter(|_| candidate.completable).map(Reverse);
    either(own.series.product && own.all_valid, 2)
        + either(own.completable, 3)
        + rank(Some(own.valid), all.iter().map(|other| Some(other.valid)), 2)
        + rank(Some(Reverse(own.unsatisfied)), all.iter().map(|other| Some(Reverse(other.unsatisfied))), 2)
        + rank(finish(own), all.iter().map(finish), 1)
}

/// 8.6: of several that have not begun.
fn points_not_begun(own: &Candidate<'_>, all: &[Candidate<'_>]) -> i8 {
    use std::cmp::Reverse;
    let start = |candidate: &Candidate<'_>| candidate.earliest.map(Reverse);
    rank(start(own), all.iter().map(start), 1) + either(own.completable, 1) + either(!own.series.product, 1)
}
