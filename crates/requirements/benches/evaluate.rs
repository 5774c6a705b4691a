//! A class of thirty and a whole school, evaluated.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{BirthDate, Cvx, Period, dose::Given, school::Grade};
use requirements::{Facts, evaluate, rule_set};

fn student(number: i32) -> Facts {
    let born = BirthDate::stored(Period::days(number).after("2014-01-15".parse().unwrap_or_default()));
    let schedule: &[(u16, i32)] = &[
        (8, 0),
        (110, 2),
        (110, 4),
        (110, 6),
        (3, 12),
        (21, 12),
        (20, 15),
        (83, 12),
        (130, 50),
        (94, 50),
        (115, 133),
        (114, 134),
        (165, 134),
        (150, 100),
    ];
    let dose = |(cvx, months): &(u16, i32)| {
        Given::new(born.at(Period { months: *months, days: number % 9 }), Cvx::stored(*cvx))
    };
    Facts {
        born,
        grade: Grade::Year(7),
        doses: schedule.iter().map(dose).collect(),
        evidence: Vec::new(),
        exemptions: Vec::new(),
        provisional: false,
    }
}

fn bench(criterion: &mut Criterion) {
    let as_of = "2026-09-02".parse().unwrap_or_default();
    let set = rule_set(as_of);
    let school: Vec<Facts> = (0..1000).map(student).collect();
    criterion.bench_function("a class of 30", |bencher| {
        bencher.iter(|| {
            school[..30].iter().map(|facts| evaluate(set, black_box(facts), as_of).results.len()).sum::<usize>()
        });
    });
    criterion.bench_function("a school of 1000", |bencher| {
        bencher.iter(|| school.iter().map(|facts| evaluate(set, black_box(facts), as_of).results.len()).sum::<usize>());
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
