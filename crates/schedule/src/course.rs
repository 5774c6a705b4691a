//! A series as somebody goes through it: which doses counted, and what is due next.

use std::ops::Range;

use crate::{
    Forecast, Given, Series, Verdict,
    evaluate::{Progress, evaluate},
    moment::{Case, Dose, Moment},
};

/// One relevant series of one person.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    /// Its place in the antigen.
    pub(crate) series: usize,
    /// Its group of series.
    pub(crate) group: u8,
    /// Its verdicts, one for each dose of the antigen, in the list of all.
    pub(crate) verdicts: Range<usize>,
    /// How far it has come by the doses.
    pub(crate) progress: Progress,
    /// It was complete after so many doses of the antigen.
    pub(crate) complete_after: Option<usize>,
    /// What is due next.
    pub(crate) forecast: Forecast,
    /// Its points against the others of its group, if they had to be counted.
    pub(crate) score: Option<i8>,
}

/// Walks through the doses of an antigen with one of its series, and adds what each came to to `verdicts` (4.4).
pub(crate) fn walk(
    case: Case<'_>,
    records: &[usize],
    place: usize,
    series: &Series,
    others: &[Course],
    verdicts: &mut Vec<Verdict>,
) -> Course {
    let start = verdicts.len();
    let mut progress = Progress::default();
    let mut complete_after = None;
    for (count, record) in records.iter().enumerate() {
        let Some((dose, given)) = dose_of(case, *record) else { continue };
        let before = Moment {
            case,
            records: records.get(..count).unwrap_or_default(),
            verdicts: verdicts.get(start..).unwrap_or_default(),
            history: case.doses.get(..*record).unwrap_or_default(),
            others,
            day: dose.date,
        };
        let verdict = evaluate(&before, series, &mut progress, dose, given);
        verdicts.push(verdict);
        if complete_after.is_none() && progress.satisfied > 0 && progress.target >= series.doses.len() {
            complete_after = Some(count + 1);
        }
    }
    Course {
        series: place,
        group: series.group,
        verdicts: start..verdicts.len(),
        progress,
        complete_after,
        forecast: Forecast::default(),
        score: None,
    }
}

fn dose_of(case: Case<'_>, record: usize) -> Option<(&Dose, &Given)> {
    let dose = case.doses.get(record)?;
    Some((dose, case.person.doses.get(dose.place)?))
}
