//! Chapter 9: what the best series say together, by vaccine group.

use chrono::NaiveDate;
use domain::Period;

use crate::{Because, CvxSet, Forecast, Group, Kind, SeriesStatus};

/// What one of the best series of an antigen says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chosen {
    pub(crate) group: usize,
    pub(crate) antigen: usize,
    pub(crate) series: usize,
    pub(crate) kind: Kind,
    /// The age at which the series begins.
    pub(crate) starts: Option<Period>,
    pub(crate) forecast: Forecast,
    pub(crate) vaccines: CvxSet,
    /// The latest dose of the antigen.
    pub(crate) last: Option<NaiveDate>,
}

/// What is due of a vaccine group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The group: an index of the schedule's.
    pub group: usize,
    /// The antigen and the series that decide: indexes of the schedule's, and of the antigen's.
    pub antigen: usize,
    /// See above.
    pub series: usize,
    /// Whether it is for everybody.
    pub kind: Kind,
    /// How far the person is.
    pub status: SeriesStatus,
    /// The number of the next dose; set, like the days, only if something is due.
    pub number: Option<u8>,
    /// It counts from this day.
    pub earliest: Option<NaiveDate>,
    /// Why not before.
    pub earliest_because: Because,
    /// It is recommended from this day.
    pub recommended: Option<NaiveDate>,
    /// Why then.
    pub recommended_because: Because,
    /// The last day on which it is not yet overdue.
    pub past_due: Option<NaiveDate>,
    /// The last day.
    pub latest: Option<NaiveDate>,
    /// The vaccines to give.
    pub vaccines: CvxSet,
    /// Nothing is due because the season the schedule knows ended on this day.
    pub season_over: Option<NaiveDate>,
}

/// Adds what is due of a group.
pub(crate) fn group(
    born: NaiveDate,
    on: NaiveDate,
    place: usize,
    group: &Group,
    chosen: &[Chosen],
    dues: &mut Vec<Due>,
) {
    let members = || chosen.iter().filter(|chosen| chosen.group == place);
    match group.full {
        Some(full) => {
            // Those that only count what somebody has stand with the series for everybody.
            let last = members().filter_map(|chosen| chosen.last).max();
            let blended = |risk: bool| {
                let same = || members().filter(|chosen| (chosen.kind == Kind::Risk) == risk);
                blend(place, full, same, last)
            };
            // What somebody is too old for says nothing beside the other.
            let both = [blended(false), blended(true)];
            let is_late = |due: &Due| due.status == SeriesStatus::AgedOut;
            let several = both.iter().flatten().count() > 1 && !both.iter().flatten().all(is_late);
            dues.extend(both.into_iter().flatten().filter(|due| !several || !is_late(due)));
        }
        None => {
            // Several groups of series of one antigen: those for a later age that nobody has begun, and those somebody is too old
            // for, say nothing beside another. Where there are only such, too old is what is said: a baby of eight months is past
            // one vaccine against RSV, not 75 years before another.
            let is_early = |chosen: &&Chosen| {
                chosen.forecast.status == SeriesStatus::NotComplete
                    && chosen.forecast.number <= 1
                    && chosen.starts.is_some_and(|age| on < age.after(born))
            };
            let is_late = |chosen: &&Chosen| chosen.forecast.status == SeriesStatus::AgedOut;
            let several = members().count() > 1;
            let timely = |chosen: &&Chosen| !several || (!is_early(chosen) && !is_late(chosen));
            if members().any(|chosen| timely(&chosen)) {
                dues.extend(members().filter(timely).map(copy));
            } else {
                dues.extend(members().find(is_late).or_else(|| members().next()).map(copy));
            }
        }
    }
}

/// One antigen: what its series says.
fn copy(chosen: &Chosen) -> Due {
    let forecast = chosen.forecast;
    let is_due = forecast.status == SeriesStatus::NotComplete;
    Due {
        group: chosen.group,
        antigen: chosen.antigen,
        series: chosen.series,
        kind: chosen.kind,
        status: forecast.status,
        number: is_due.then_some(forecast.number),
        earliest: forecast.earliest,
        earliest_because: forecast.earliest_because,
        recommended: forecast.recommended,
        recommended_because: forecast.recommended_because,
        past_due: forecast.past_due,
        latest: forecast.latest,
        vaccines: if is_due { chosen.vaccines } else { CvxSet::EMPTY },
        season_over: forecast.season_over,
    }
}

/// Several antigens: what their series say together (9.2).
fn blend<'a, I: Iterator<Item = &'a Chosen>>(
    place: usize,
    full: bool,
    members: impl Fn() -> I,
    last: Option<NaiveDate>,
) -> Option<Due> {
    let first = members().next()?;
    let has = |status| members().find(|chosen| chosen.forecast.status == status);
    let worst =
        [SeriesStatus::Contraindicated, SeriesStatus::AgedOut, SeriesStatus::NotRecommended, SeriesStatus::NotComplete];
    let decisive = worst.into_iter().find_map(has).or_else(|| has(SeriesStatus::Complete)).unwrap_or(first);
    let mut due = Due { group: place, ..copy(decisive) };
    if due.status != SeriesStatus::NotComplete {
        return Some(due);
    }
    let open = || members().filter(|chosen| chosen.forecast.status == SeriesStatus::NotComplete);
    let overrides = open().any(|chosen| chosen.forecast.overrides);
    let earliest = if overrides {
        open().min_by_key(|chosen| chosen.forecast.earliest)
    } else {
        open().max_by_key(|chosen| chosen.forecast.earliest)
    }?;
    due.earliest = earliest.forecast.earliest;
    due.earliest_because = earliest.forecast.earliest_because;
    if overrides && last > due.earliest {
        (due.earliest, due.earliest_because) = (last, Because::LatestDose);
    }
    let recommended = open().min_by_key(|chosen| chosen.forecast.recommended)?;
    (due.antigen, due.series) = (recommended.antigen, recommended.series);
    due.recommended = recommended.forecast.recommended;
    due.recommended_because = recommended.forecast.recommended_because;
    if due.earliest > due.recommended {
        (due.recommended, due.recommended_because) = (due.earliest, due.earliest_because);
    }
    // No day by which it is overdue stays none.
    due.past_due =
        open().filter_map(|chosen| chosen.forecast.past_due).min().map(|day| day.max(due.earliest.unwrap_or(day)));
    due.latest = open().filter_map(|chosen| chosen.forecast.latest).min();
    let numbers = || open().map(|chosen| chosen.forecast.number);
    due.number = if full { numbers().min() } else { numbers().max() };
    // Any of them: what is given is a vaccine of the group (FORECASTVG-9).
    due.vaccines = open().map(|chosen| chosen.vaccines).reduce(|one, other| one.union(&other)).unwrap_or_default();
    Some(due)
}
