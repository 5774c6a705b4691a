//! What a record's page pays for the schedule: asking it, saying it, drawing it. A page may pay a millisecond.

use std::hint::black_box;

use advice::{Advice, Audience, html, timeline};
use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::Cvx;
use schedule::{Engine, Given, Person, Sex, data};
use words::{Lang, Words};

/// Days after birth and codes of a childhood's vaccinations.
const CHILDHOOD: [(u64, u16); 34] = [
    (1, 8),
    (62, 110),
    (62, 119),
    (62, 49),
    (62, 133),
    (123, 110),
    (123, 119),
    (123, 49),
    (123, 133),
    (185, 110),
    (185, 116),
    (185, 49),
    (185, 133),
    (190, 140),
    (220, 140),
    (370, 3),
    (370, 21),
    (370, 83),
    (375, 133),
    (455, 20),
    (455, 49),
    (555, 83),
    (560, 140),
    (925, 140),
    (1_290, 140),
    (1_470, 94),
    (1_470, 130),
    (1_655, 140),
    (2_020, 140),
    (2_385, 213),
    (4_020, 115),
    (4_020, 114),
    (4_020, 165),
    (4_210, 165),
];

fn child(born: NaiveDate) -> Person {
    let dose = |(days, cvx): &(u64, u16)| Given::new(born + Days::new(*days), Cvx::stored(*cvx));
    Person {
        born,
        sex: Sex::Female,
        birth_country: String::new(),
        doses: CHILDHOOD.iter().map(dose).collect(),
        observations: Vec::new(),
    }
}

fn record(criterion: &mut Criterion) {
    let Ok(schedule) = data::schedule() else { return };
    let engine = Engine::new(schedule);
    let (Some(born), Some(on)) = (NaiveDate::from_ymd_opt(2014, 3, 10), NaiveDate::from_ymd_opt(2026, 9, 1)) else {
        return;
    };
    let person = child(born);
    let words = Words(Lang::En);
    criterion.bench_function("a child with 34 doses: asked and said", |bencher| {
        bencher.iter(|| {
            let assessment = engine.assessor().assess(black_box(&person), on);
            Advice::new(engine.schedule(), &person, &assessment, on)
        });
    });
    let advice = Advice::new(engine.schedule(), &person, &engine.assessor().assess(&person, on), on);
    criterion.bench_function("a child with 34 doses: lists and picture drawn", |bencher| {
        bencher.iter(|| {
            let list = html::due_list(words, black_box(&advice), Audience::Office);
            let notes: usize =
                advice.notes.iter().map(|note| html::note(words, &advice, note, on).into_string().len()).sum();
            (list, notes, timeline(words, &advice, &person.doses, advice::Audience::Family))
        });
    });
}

criterion_group!(benches, record);
criterion_main!(benches);
