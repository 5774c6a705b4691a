//! `miis evaluate`: people in, one a line, what the schedule says of them out, one a line in the same order.
//!
//! The shape of both is documented in docs/EVALUATE.md. Nothing is stored, and no database is needed.

mod lines;

use std::{
    io::{self, BufRead, Write},
    num::NonZero,
    thread,
};

use chrono::NaiveDate;
use domain::{Cvx, dose::Product};
use schedule::{Assessor, Because, CvxSet, Due, Engine, Given, Observed, Person, Sex, Verdict, write_length};
use serde_json::Value;

use self::lines::{
    Answer, AnsweredDose, AnsweredGroup, Asked, AskedDose, AskedObservation, Refusal, TracedDose, TracedSeries,
};

/// A line may have this many bytes.
const LINE: usize = 1 << 20;
/// A person may have this many doses, and as many observations.
const THINGS: usize = 1_000;
/// A thread takes this many lines at once.
const CHUNK: usize = 512;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The schedule.
    pub engine: &'a Engine,
    /// How the answer came about as well.
    pub trace: bool,
}

/// Reads people from `input` and writes what comes of them to `output`, with several threads.
///
/// # Errors
/// When reading or writing fails. A line that is no person is answered with what is wrong with it, and the rest goes on.
pub fn evaluate(
    asking: Asking<'_>,
    threads: NonZero<usize>,
    input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    let mut lines = Lines { input, over: false };
    loop {
        let mut chunks: Vec<Vec<Line>> = Vec::new();
        while chunks.len() < threads.get() && !lines.over {
            chunks.push(lines.chunk()?);
        }
        let answered = thread::scope(|scope| {
            let workers: Vec<_> = chunks.iter().map(|chunk| scope.spawn(|| answer_all(asking, chunk))).collect();
            workers.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        for answers in answered {
            output.write_all(&answers.map_err(|_| io::Error::other("a thread stopped"))??)?;
        }
        if lines.over {
            return output.flush();
        }
    }
}

/// A line; `None` for one that is too long to be kept.
type Line = Option<Vec<u8>>;

struct Lines<R> {
    input: R,
    over: bool,
}

impl<R: BufRead> Lines<R> {
    fn chunk(&mut self) -> io::Result<Vec<Line>> {
        let mut chunk = Vec::new();
        while chunk.len() < CHUNK {
            match self.line()? {
                Some(line) if line.as_ref().is_some_and(|line| line.trim_ascii().is_empty()) => {}
                Some(line) => chunk.push(line),
                None => {
                    self.over = true;
                    break;
                }
            }
        }
        Ok(chunk)
    }

    /// The next line, `None` at the end. Of one that is too long nothing is kept.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let (mut line, mut any, mut long) = (Vec::new(), false, false);
        loop {
            let some = self.input.fill_buf()?;
            if some.is_empty() {
                return Ok(any.then_some((!long).then_some(line)));
            }
            any = true;
            let end = some.iter().position(|byte| *byte == b'\n');
            let part = some.get(..end.unwrap_or(some.len())).unwrap_or_default();
            if line.len() + part.len() > LINE {
                long = true;
                line = Vec::new();
            }
            if !long {
                line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some((!long).then_some(line)));
            }
        }
    }
}

fn answer_all(asking: Asking<'_>, lines: &[Line]) -> io::Result<Vec<u8>> {
    let mut assessor = asking.engine.assessor();
    let mut answers = Vec::with_capacity(lines.len() * 4_096);
    for line in lines {
        let answered = match line.as_deref() {
            None => Err((Value::Null, format!("longer than {LINE} bytes"))),
            Some(line) => Asked::read(line),
        };
        match answered {
            Ok(asked) => answer(asking, &mut assessor, &asked, &mut answers)?,
            Err((id, error)) => serde_json::to_writer(&mut answers, &Refusal { id, error })?,
        }
        answers.push(b'\n');
    }
    Ok(answers)
}

impl Asked {
    /// Reads a line. What is wrong with it comes with its id, as far as it has one.
    fn read(line: &[u8]) -> Result<Self, (Value, String)> {
        let named = |error: String| {
            let id = serde_json::from_slice::<Value>(line).ok().and_then(|line| line.get("id").cloned());
            (id.unwrap_or_default(), error)
        };
        let asked: Self = serde_json::from_slice(line).map_err(|error| named(error.to_string()))?;
        if asked.doses.len() > THINGS || asked.observations.len() > THINGS {
            return Err(named(format!("more than {THINGS} doses or observations")));
        }
        if asked.doses.iter().any(|dose| dose.cvx.number().is_none()) {
            return Err(named("a dose whose cvx is no number".to_owned()));
        }
        if asked.dob > asked.assessment_date {
            return Err(named(format!("born on {}, after the assessment date {}", asked.dob, asked.assessment_date)));
        }
        if asked.observations.iter().any(|of| of.code.number().is_none()) {
            return Err(named("an observation whose code is no number".to_owned()));
        }
        Ok(asked)
    }

    fn person(&self) -> Person {
        let given = |dose: &AskedDose| Given {
            on: dose.date,
            cvx: dose.cvx.number().and_then(Cvx::known).unwrap_or(UNKNOWN),
            mvx: dose.mvx.as_deref().and_then(|mvx| mvx.parse().ok()),
            product: dose.trade_name.as_deref().and_then(|name| Product::new(name).ok()).unwrap_or_default(),
            substandard: dose.substandard,
        };
        let observed = |of: &AskedObservation| Observed { code: of.code.number().unwrap_or_default(), date: of.date };
        Person {
            born: self.dob,
            sex: match self.sex.as_deref() {
                Some("F" | "f" | "Female" | "female") => Sex::Female,
                Some("M" | "m" | "Male" | "male") => Sex::Male,
                _ => Sex::Unknown,
            },
            birth_country: self.birth_country.clone().unwrap_or_default(),
            doses: self.doses.iter().map(given).collect(),
            observations: self.observations.iter().map(observed).collect(),
        }
    }
}

fn answer(asking: Asking<'_>, assessor: &mut Assessor<'_>, asked: &Asked, output: &mut Vec<u8>) -> io::Result<()> {
    let schedule = asking.engine.schedule();
    let person = asked.person();
    let mut assessment = assessor.assess(&person, asked.assessment_date);
    assessment.doses.sort_by_key(|verdict| (verdict.dose, verdict.antigen));
    let group = |due: &Due| {
        let antigen = schedule.antigens.get(due.antigen);
        AnsweredGroup {
            vaccine_group: schedule.groups.get(due.group).map_or("", |group| &group.name),
            status: due.status.term(),
            forecast_num: due.number,
            earliest: due.earliest,
            recommended: due.recommended,
            past_due: due.past_due,
            latest: due.latest,
            vaccines: codes(&due.vaccines),
            series: antigen.and_then(|antigen| antigen.series.get(due.series)).map_or("", |series| &series.name),
        }
    };
    let doses = assessment.doses.iter().filter_map(|verdict| {
        let dose = asked.doses.get(verdict.dose)?;
        let antigen = schedule.antigens.get(verdict.antigen)?;
        Some(AnsweredDose {
            date: dose.date,
            cvx: &dose.cvx,
            group: schedule.groups.get(antigen.group).map_or("", |group| &group.name),
            antigen: &antigen.name,
            status: verdict.verdict.status.term(),
            reasons: verdict.verdict.reasons.iter().map(schedule::Reason::term).collect(),
        })
    });
    let answer = Answer {
        id: &asked.id,
        release: &schedule.release,
        amendments: &schedule.amendments,
        data: &schedule.hash,
        groups: assessment.groups.iter().map(group).collect(),
        doses: doses.collect(),
        notes: asked.doses.iter().enumerate().filter_map(|(at, dose)| not_evaluated(at, dose)).collect(),
        trace: asking.trace.then(|| trace(asking.engine, assessor, asked, &person)),
    };
    serde_json::to_writer(output, &answer).map_err(Into::into)
}

/// CDC's code for a vaccine nobody knows: stands for a code that is none of CDC's. No series counts it.
const UNKNOWN: Cvx = Cvx::stored(999);

/// Nothing is said of a dose whose code is nobody's.
fn not_evaluated(at: usize, dose: &AskedDose) -> Option<String> {
    let cvx = dose.cvx.number().filter(|cvx| Cvx::known(*cvx).is_none())?;
    Some(format!("dose {} of {}: CVX {cvx:02} is not a code of CDC's, so it was not evaluated", at + 1, dose.date))
}

fn trace<'a>(
    engine: &'a Engine,
    assessor: &mut Assessor<'_>,
    asked: &'a Asked,
    person: &Person,
) -> Vec<TracedSeries<'a>> {
    let dose = |(place, verdict): &(usize, Verdict)| {
        let dose = asked.doses.get(*place)?;
        Some(TracedDose {
            date: dose.date,
            cvx: &dose.cvx,
            target_dose: verdict.target + 1,
            status: verdict.status.term(),
            reasons: verdict.reasons.iter().map(schedule::Reason::term).collect(),
            counts_from: verdict.counts_from,
        })
    };
    let traces = assessor.explain(person, asked.assessment_date);
    let series = traces.iter().filter_map(|trace| {
        let antigen = engine.schedule().antigens.get(trace.antigen)?;
        let forecast = &trace.forecast;
        Some(TracedSeries {
            antigen: &antigen.name,
            series: &antigen.series.get(trace.series)?.name,
            best: trace.is_best,
            score: trace.score,
            doses: trace.doses.iter().filter_map(dose).collect(),
            status: forecast.status.term(),
            target_dose: forecast.target + 1,
            earliest: forecast.earliest,
            earliest_because: because(forecast.earliest, forecast.earliest_because),
            recommended: forecast.recommended,
            recommended_because: because(forecast.recommended, forecast.recommended_because),
            past_due: forecast.past_due,
            latest: forecast.latest,
        })
    });
    series.collect()
}

/// What a day is derived from; nothing if there is none.
fn because(day: Option<NaiveDate>, because: Because) -> String {
    match because {
        _ if day.is_none() => String::new(),
        Because::Birth => "from birth".to_owned(),
        Because::Age(age) => format!("age {}", write_length(age)),
        Because::Interval { from, length } => format!("{} after {from}", write_length(length)),
        Because::Conflict { cvx, given, .. } => format!("no longer disturbed by {cvx:02} of {given}"),
        Because::Season => "season".to_owned(),
        Because::LatestDose => "not before the latest dose".to_owned(),
    }
}

fn codes(vaccines: &CvxSet) -> Vec<String> {
    vaccines.iter().map(|cvx| format!("{cvx:02}")).collect()
}
