//! All of it for one person: history, relevant series, evaluation, forecast, best series, vaccine groups.

use chrono::NaiveDate;

use crate::{
    Antigen, Engine, Forecast, Given, Person, Series, Verdict,
    best::{Bench, best},
    course::{Course, walk},
    forecast::{forecast, is_numbered, vaccines},
    groups::{Chosen, Due, group},
    moment::{Case, Dose, Moment},
};

/// What the schedule says about a person on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// What is due, by vaccine group in the release's order. A group is missing if no series of it concerns the person, and
    /// stands twice if two series do that do not replace each other.
    pub groups: Vec<Due>,
    /// What each dose comes to for each of its antigens, by antigen and then in the order of time. Doses of antigens no series
    /// of which concerns the person are missing.
    pub doses: Vec<DoseVerdict>,
}

/// What a dose comes to for one of its antigens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoseVerdict {
    /// Its place in [`Person::doses`].
    pub dose: usize,
    /// The antigen: an index of the schedule's.
    pub antigen: usize,
    /// The series it was held against: an index of the antigen's.
    pub series: usize,
    /// What it comes to.
    pub verdict: Verdict,
}

/// How the answer about one series came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The antigen: an index of the schedule's.
    pub antigen: usize,
    /// The series: an index of the antigen's. It is relevant for the person.
    pub series: usize,
    /// The doses of the antigen in the order of time, by their place in [`Person::doses`], and what each came to.
    pub doses: Vec<(usize, Verdict)>,
    /// What it forecasts.
    pub forecast: Forecast,
    /// Its points against the other series of its group, if they had to be counted.
    pub score: Option<i8>,
    /// It is one of the best of its antigen.
    pub is_best: bool,
}

/// Asks a schedule about one person after the other. It keeps its room between them: a dose costs no allocation.
#[derive(Debug)]
pub struct Assessor<'e> {
    engine: &'e Engine,
    doses: Vec<Dose>,
    /// By antigen, its doses as places in `doses`.
    records: Vec<Vec<usize>>,
    courses: Vec<Course>,
    verdicts: Vec<Verdict>,
    best: Vec<usize>,
    bench: Bench<'e>,
    chosen: Vec<Chosen>,
}

impl Engine {
    /// Somebody who asks this schedule.
    pub fn assessor(&self) -> Assessor<'_> {
        Assessor {
            engine: self,
            doses: Vec::new(),
            records: vec![Vec::new(); self.schedule().antigens.len()],
            courses: Vec::new(),
            verdicts: Vec::new(),
            best: Vec::new(),
            bench: Bench::default(),
            chosen: Vec::new(),
        }
    }
}

impl<'e> Assessor<'e> {
    /// What the schedule says about a person on a day.
    pub fn assess(&mut self, person: &Person, on: NaiveDate) -> Assessment {
        self.order(person);
        self.chosen.clear();
        let mut verdicts = Vec::with_capacity(person.doses.len() * 2);
        for (place, antigen) in self.engine.schedule().antigens.iter().enumerate() {
            self.antigen(person, on, place, antigen);
            self.choose(person, on, place, antigen);
            self.report(place, &mut verdicts);
        }
        let mut groups = Vec::with_capacity(self.engine.schedule().groups.len());
        for (place, vaccine_group) in self.engine.schedule().groups.iter().enumerate() {
            group(person.born, on, place, vaccine_group, &self.chosen, &mut groups);
        }
        Assessment { groups, doses: verdicts }
    }

    /// How the answer came about: every series that is relevant for the person, also those that were not the best.
    pub fn explain(&mut self, person: &Person, on: NaiveDate) -> Vec<Trace> {
        self.order(person);
        let mut traces = Vec::new();
        for (place, antigen) in self.engine.schedule().antigens.iter().enumerate() {
            self.antigen(person, on, place, antigen);
            let records = self.records.get(place).map_or(&[][..], Vec::as_slice);
            for (index, course) in self.courses.iter().enumerate() {
                let doses = records.iter().filter_map(|record| Some(self.doses.get(*record)?.place));
                let verdicts = self.verdicts.get(course.verdicts.clone()).unwrap_or_default();
                traces.push(Trace {
                    antigen: place,
                    series: course.series,
                    doses: doses.zip(verdicts.iter().copied()).collect(),
                    forecast: course.forecast,
                    score: course.score,
                    is_best: self.best.contains(&index),
                });
            }
        }
        traces
    }

    /// 4.2: the history in the order of time, and by antigen.
    fn order(&mut self, person: &Person) {
        self.doses.clear();
        let dose = |(place, given): (usize, &Given)| Dose { date: given.on, cvx: given.cvx.number(), place };
        self.doses.extend(person.doses.iter().enumerate().map(dose));
        // Doses of one day are put in an order of their own, so that the order they came in does not matter.
        self.doses.sort_unstable_by_key(|dose| person.doses.get(dose.place).map(|given| (given, dose.place)));
        self.records.iter_mut().for_each(Vec::clear);
        for (place, dose) in self.doses.iter().enumerate() {
            for association in self.engine.associations(dose.cvx) {
                if let Some(records) = self.records.get_mut(association.antigen)
                    && association.window.contains(person.born, dose.date)
                {
                    records.push(place);
                }
            }
        }
    }

    /// 5 to 8 for one antigen: leaves its courses and the best of them.
    fn antigen(&mut self, person: &Person, on: NaiveDate, place: usize, antigen: &'e Antigen) {
        self.courses.clear();
        self.verdicts.clear();
        let case = Case { engine: self.engine, person, doses: &self.doses, on };
        let records = self.records.get(place).map_or(&[][..], Vec::as_slice);
        for place in self.engine.walk(place) {
            if let Some(series) = antigen.series.get(*place).filter(|series| is_relevant(case, series)) {
                let course = walk(case, records, *place, series, &self.courses, &mut self.verdicts);
                self.courses.push(course);
            }
        }
        for index in 0..self.courses.len() {
            let Some(course) = self.courses.get(index) else { continue };
            let Some(series) = antigen.series.get(course.series) else { continue };
            let now = now(case, records, &self.verdicts, &self.courses, course);
            let forecast = forecast(&now, antigen, series, course);
            if let Some(course) = self.courses.get_mut(index) {
                course.forecast = forecast;
            }
        }
        let verdicts = &self.verdicts;
        let now = |course: &Course| now(case, records, verdicts, &[], course);
        best(now, &antigen.series, &mut self.courses, &mut self.bench, &mut self.best);
    }

    /// Keeps what the best series say, for the groups.
    fn choose(&mut self, person: &Person, on: NaiveDate, place: usize, antigen: &Antigen) {
        let case = Case { engine: self.engine, person, doses: &self.doses, on };
        let records = self.records.get(place).map_or(&[][..], Vec::as_slice);
        let last = records.last().and_then(|record| self.doses.get(*record)).map(|dose| dose.date);
        let chosen = || {
            let courses = self.best.iter().filter_map(|place| self.courses.get(*place));
            courses.filter_map(|course| Some((course, antigen.series.get(course.series)?)))
        };
        // With a risk series beside another the number goes on through both: a convention of CDC's cases.
        let together = self.best.len() > 1 && chosen().any(|(_, series)| series.kind == crate::Kind::Risk);
        let counts = |course: &Course, series: &Series, at: usize| {
            let verdict = self.verdicts.get(course.verdicts.clone()).and_then(|verdicts| verdicts.get(at));
            let dose = records.get(at).and_then(|record| self.doses.get(*record));
            verdict.zip(dose).is_some_and(|(verdict, dose)| is_numbered(series, dose, *verdict))
        };
        let distinct = together.then(|| {
            let counted = |at: &usize| chosen().any(|(course, series)| counts(course, series, *at));
            u8::try_from((0..records.len()).filter(counted).count() + 1).unwrap_or(u8::MAX)
        });
        for (course, series) in chosen() {
            let mut forecast = course.forecast;
            if let Some(distinct) = distinct
                && forecast.status == crate::SeriesStatus::NotComplete
            {
                forecast.number = distinct;
            }
            self.chosen.push(Chosen {
                group: antigen.group,
                antigen: place,
                series: course.series,
                kind: series.kind,
                starts: series.start.from,
                vaccines: vaccines(case, antigen, series, &forecast),
                forecast,
                last,
            });
        }
    }

    /// What each dose comes to in the best series; where there are several, it counts if it counts in one of them.
    fn report(&self, place: usize, verdicts: &mut Vec<DoseVerdict>) {
        let records = self.records.get(place).map_or(&[][..], Vec::as_slice);
        for (at, record) in records.iter().enumerate() {
            let of = |course: &Course| {
                let own = self.verdicts.get(course.verdicts.clone())?;
                Some((course.series, *own.get(at)?))
            };
            let all = || self.best.iter().filter_map(|place| self.courses.get(*place)).filter_map(of);
            let chosen = all().find(|(_, verdict)| verdict.is_valid()).or_else(|| all().next());
            if let (Some((series, verdict)), Some(dose)) = (chosen, self.doses.get(*record)) {
                verdicts.push(DoseVerdict { dose: dose.place, antigen: place, series, verdict });
            }
        }
    }
}

/// A course at its end: everything lies before.
fn now<'a>(
    case: Case<'a>,
    records: &'a [usize],
    verdicts: &'a [Verdict],
    others: &'a [Course],
    course: &Course,
) -> Moment<'a> {
    let verdicts = verdicts.get(course.verdicts.clone()).unwrap_or_default();
    Moment { case, records, verdicts, history: case.doses, others, day: case.on }
}

/// 5.1: does a series concern the person?
fn is_relevant(case: Case<'_>, series: &Series) -> bool {
    let fits = series.genders.is_empty() || series.genders.contains(&case.person.sex);
    let mut indications = series.indications.iter();
    fits && (series.kind != crate::Kind::Risk
        || indications.any(|indication| case.has(indication.code) && case.is_aged(&indication.window, case.on)))
}
