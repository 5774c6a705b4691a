//! People assessed one after the other: CDC's published cases where the shared facts are there, and children with a whole
//! childhood's doses.

#![expect(clippy::print_stderr, reason = "a bench says what it passes over")]

use std::{fs, hint::black_box, path::Path};

use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use domain::{Cvx, Mvx, Period};
use schedule::{Engine, Given, Observed, Person, Sex, data};
use serde_json::Value;

type Asked = (Person, NaiveDate);

/// The lines of both suites; none where the shared facts are not there.
fn cases() -> Vec<Asked> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cdsi/cases");
    let mut people = Vec::new();
    for suite in ["healthy-v4.45.jsonl", "underlying-conditions-v4.6.jsonl"] {
        let Ok(lines) = fs::read_to_string(folder.join(suite)) else {
            eprintln!("SKIPPED: {suite} is not there");
            continue;
        };
        people.extend(lines.lines().filter_map(|line| case(&serde_json::from_str(line).ok()?)));
    }
    people
}

fn case(line: &Value) -> Option<Asked> {
    let date = |value: &Value| value.as_str()?.parse().ok();
    let dose = |dose: &Value| {
        let given = Given::new(date(dose.get("date")?)?, dose.get("cvx")?.as_str()?.parse().ok().and_then(Cvx::known)?);
        Some(Given { mvx: Mvx::stored(dose.get("mvx")?.as_str().unwrap_or_default().to_owned()), ..given })
    };
    let observed = |of: &Value| {
        Some(Observed { code: of.get("code")?.as_str()?.parse().ok()?, date: of.get("date").and_then(date) })
    };
    let person = Person {
        born: date(line.get("dob")?)?,
        sex: if line.get("sex")?.as_str()? == "M" { Sex::Male } else { Sex::Female },
        birth_country: String::new(),
        doses: line.get("doses")?.as_array()?.iter().filter_map(dose).collect(),
        observations: line.get("observations")?.as_array()?.iter().filter_map(observed).collect(),
    };
    Some((person, date(line.get("assessment_date")?)?))
}

/// A child of fifteen with 34 doses.
fn child(number: i32) -> Asked {
    let born = Period::days(number).after(NaiveDate::from_ymd_opt(2010, 1, 15).unwrap_or_default());
    let schedule: &[(u16, &[i32])] = &[
        (8, &[0, 1]),
        (110, &[2, 4, 6]),
        (48, &[2, 4, 6, 12]),
        (133, &[2, 4, 6, 12]),
        (116, &[2, 4, 6]),
        (3, &[12, 49]),
        (21, &[12, 49]),
        (83, &[12, 18]),
        (20, &[15]),
        (130, &[50]),
        (115, &[133]),
        (114, &[134]),
        (165, &[134, 141]),
        (150, &[9, 10, 22, 34, 46, 58]),
    ];
    let dose = |cvx, months: i32| Given::new(Period { months, days: number % 9 }.after(born), Cvx::stored(cvx));
    let doses = schedule.iter().flat_map(|(cvx, months)| months.iter().map(|months| dose(*cvx, *months)));
    let person = Person {
        born,
        sex: if number % 2 == 0 { Sex::Female } else { Sex::Male },
        birth_country: String::new(),
        doses: doses.collect(),
        observations: Vec::new(),
    };
    (person, Period::years(15).after(born))
}

fn benches(criterion: &mut Criterion) {
    let Ok(schedule) = data::schedule() else { return };
    let engine = Engine::new(schedule);
    let mut group = criterion.benchmark_group("assess");
    for (name, people) in [("published cases", cases()), ("children with 34 doses", (0..200).map(child).collect())] {
        if people.is_empty() {
            continue;
        }
        group.throughput(Throughput::Elements(people.len() as u64));
        group.bench_function(name, |bencher| {
            let mut assessor = engine.assessor();
            bencher.iter(|| {
                for (person, on) in &people {
                    black_box(assessor.assess(black_box(person), *on));
                }
            });
        });
    }
    group.finish();
    criterion.bench_function("read the schedule that comes with the project", |bencher| {
        bencher.iter(|| black_box(data::schedule()));
    });
}

criterion_group!(all, benches);
criterion_main!(all);
