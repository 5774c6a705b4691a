//! What people are told, for people for whom it matters.

#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::sync::OnceLock;

use advice::{Advice, Audience, DueLine, Urgency, html, sentences, timeline};
use chrono::NaiveDate;
use domain::Cvx;
use schedule::{Engine, Given, Observed, Person, Sex, data};
use words::{Lang, Words};

const WORDS: Words = Words(Lang::En);

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(data::schedule().unwrap()))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(born: &str, doses: &[(&str, u16)]) -> Person {
    Person {
        born: day(born),
        sex: Sex::Female,
        birth_country: String::new(),
        doses: doses.iter().map(|(date, cvx)| Given::new(day(date), Cvx::stored(*cvx))).collect(),
        observations: Vec::new(),
    }
}

fn advice(person: &Person, on: &str) -> Advice {
    let assessment = engine().assessor().assess(person, day(on));
    Advice::new(engine().schedule(), person, &assessment, day(on))
}

fn line(advice: &Advice, name: &str) -> DueLine {
    advice.lines.iter().find(|line| line.name == name).cloned().unwrap()
}

fn headline(advice: &Advice, name: &str, audience: Audience) -> String {
    sentences::headline(WORDS, &line(advice, name), advice.on, audience)
}

#[test]
fn a_dose_that_was_repeated_is_not_asked_for_again() {
    // The first was given a month before the first birthday, the second counts.
    let advice = advice(&person("2024-01-10", &[("2024-12-10", 3), ("2025-02-10", 3)]), "2025-06-01");
    let note = advice.notes.iter().find(|note| note.dose == 0).unwrap();
    assert_eq!(note.repeat_from, None);
    assert!(!sentences::note(WORDS, note, day("2024-12-10"), advice.on).contains("repeated"));
    let alone = self::advice(&person("2024-01-10", &[("2024-12-10", 3)]), "2025-06-01");
    assert!(html::due_list(WORDS, &alone, Audience::Family).into_string().contains("One dose does not count."));
    let note = alone.notes.first().unwrap();
    let said = sentences::note(WORDS, note, day("2024-12-10"), alone.on);
    assert_eq!(
        said,
        "Given before the minimum age. It would have counted 27 days later, on January 6, 2025. It can be repeated now."
    );
}

#[test]
fn too_late_is_said_only_where_nothing_comes_after() {
    let infant = advice(&person("2026-02-01", &[("2026-04-05", 122)]), "2026-09-01");
    let rotavirus = line(&infant, "Rotavirus");
    assert!(sentences::latest(WORDS, &rotavirus, infant.on).is_some(), "{rotavirus:?}");
    // At eighteen the adults' series goes on where the childhood's ends.
    let grown = advice(&person("2009-01-10", &[]), "2026-09-15");
    assert_eq!(sentences::latest(WORDS, &line(&grown, "Polio"), grown.on), None);
}

#[test]
fn a_season_that_is_over_is_said_to_who_is_of_an_age_for_it_and_in_words_for_who_reads() {
    let child = advice(&person("2021-03-10", &[]), "2026-11-24");
    assert_eq!(line(&child, "Influenza").urgency, Urgency::SeasonOver);
    assert!(headline(&child, "Influenza", Audience::Family).contains("Ask your doctor"));
    assert!(!headline(&child, "Influenza", Audience::Office).contains("doctor"));
    // Too old for the infants' season.
    assert_eq!(line(&child, "RSV").urgency, Urgency::NotNeeded);
}

#[test]
fn what_not_everybody_needs_is_overdue_for_nobody() {
    let grown = advice(&person("1970-05-01", &[]), "2026-11-24");
    let chickenpox = line(&grown, "Varicella");
    assert_eq!(chickenpox.urgency, Urgency::Decide);
    assert!(
        headline(&grown, "Varicella", Audience::Family).contains("born in the United States before January 1, 1980")
    );
    assert_eq!(sentences::urgency(WORDS, &chickenpox), "Depends on birthplace");
    let teenager = advice(&person("2009-03-10", &[]), "2026-11-24");
    assert_eq!(line(&teenager, "Meningococcal B").urgency, Urgency::Decide);
}

#[test]
fn a_series_for_later_in_life_that_is_forbidden_says_nothing_beside_what_is_due_now() {
    let mut child = person("2024-03-10", &[]);
    child.observations.push(Observed { code: 117, date: None });
    let advice = advice(&child, "2026-09-01");
    assert_eq!(advice.lines.iter().filter(|line| line.name == "Pneumococcal").count(), 1, "{:?}", advice.lines);
}

#[test]
fn overdue_is_told_by_its_word_its_sign_and_its_shape() {
    let child = person("2021-03-10", &[("2021-05-10", 107)]);
    let advice = advice(&child, "2026-09-01");
    let list = html::due_list(WORDS, &advice, Audience::Family).into_string();
    assert!(list.contains("! </span>Overdue"), "{list}");
    let picture = timeline(WORDS, &advice, &child.doses, Audience::Family).into_string();
    assert!(picture.contains("tl-overdue") && picture.contains(">!</text>"), "{picture}");
    // A travel vaccine no series asks for was given, and that is all.
    let traveller = person("2021-03-10", &[("2023-05-10", 37)]);
    let picture =
        timeline(WORDS, &self::advice(&traveller, "2026-09-01"), &traveller.doses, Audience::Family).into_string();
    assert!(picture.contains("Yellow fever, 05/10/2023: given"), "{picture}");
}

#[test]
fn who_had_every_flu_dose_of_the_season_before_is_not_told_that_nothing_is_missing() {
    let doses = [("2024-10-10", 150), ("2024-11-11", 150), ("2025-10-10", 150)];
    let child = advice(&person("2021-03-15", &doses), "2026-11-24");
    assert_eq!(line(&child, "Influenza").urgency, Urgency::SeasonOver);
    let in_season = advice(&person("2021-03-15", &doses), "2026-03-01");
    assert_eq!(line(&in_season, "Influenza").urgency, Urgency::Complete);
}

#[test]
fn a_flu_shot_does_not_wait_for_a_live_vaccine() {
    let child = person("2021-03-15", &[("2025-11-20", 3)]);
    let advice = advice(&child, "2025-11-24");
    let flu = line(&advice, "Influenza");
    assert_eq!(flu.urgency, Urgency::Allowed, "{flu:?}");
    assert!(headline(&advice, "Influenza", Audience::Family).contains("can be given now, but not as a live vaccine"));
    // A live vaccine has to wait, and there is no other.
    assert_eq!(line(&advice, "Varicella").urgency, Urgency::Later);
}

/// Every childhood dose on time.
const ON_TIME: &[(&str, u16)] = &[
    ("2019-03-10", 8),
    ("2019-05-10", 110),
    ("2019-07-10", 110),
    ("2019-09-10", 110),
    ("2020-03-10", 3),
    ("2020-03-10", 21),
    ("2020-06-10", 20),
    ("2023-03-10", 130),
    ("2023-03-10", 94),
];

#[test]
fn a_series_that_goes_on_years_later_stands_among_what_is_complete() {
    let child = advice(&person("2019-03-10", ON_TIME), "2026-09-01");
    let list = html::due_list(WORDS, &child, Audience::Family).into_string();
    let (_, done) = list.split_once("class=\"due-done\"").unwrap();
    let (done, later) = done.split_once("</p>").unwrap();
    assert!(done.contains("Diphtheria, tetanus, whooping cough (next dose from March 10, 2030)"), "{list}");
    assert!(done.contains("Measles, mumps, rubella"), "{list}");
    // What was never begun is no part of it.
    assert!(!done.contains("HPV") && later.contains("<strong>Meningococcal ACWY</strong>: Recommended from"), "{list}");
}

#[test]
fn nobody_reads_a_date_decades_away_as_what_is_due() {
    // Too old for the antibody in December, and fifty or seventy-five years too young for the vaccine.
    for (born, on) in [("2026-04-10", "2026-12-15"), ("2026-01-10", "2026-09-01"), ("2019-03-10", "2026-09-01")] {
        let child = advice(&person(born, &[]), on);
        for audience in [Audience::Family, Audience::Office] {
            let list = html::due_list(WORDS, &child, audience).into_string();
            for year in 2040..2110 {
                assert!(!list.contains(&format!(", {year}")), "{born} on {on}, {year}: {list}");
            }
        }
    }
}

#[test]
fn an_infant_of_eight_months_in_december_is_too_old_for_the_rsv_antibody() {
    let infant = advice(&person("2026-04-10", &[]), "2026-12-15");
    assert_eq!(line(&infant, "RSV").urgency, Urgency::NotNeeded, "{:?}", line(&infant, "RSV").due);
}

#[test]
fn in_november_a_family_reads_what_to_do_about_the_flu() {
    let child = advice(&person("2021-03-10", &[]), "2026-11-24");
    assert!(headline(&child, "Influenza", Audience::Family).contains("Ask your doctor’s office or a pharmacy"));
    assert!(headline(&child, "Influenza", Audience::Office).contains("each season"));
    assert_eq!(sentences::urgency(WORDS, &line(&child, "Influenza")), "Every season");
}

#[test]
fn family_and_office_read_the_same_schedule() {
    let child = advice(&person("2021-03-10", &[]), "2026-11-24");
    let used = |audience| {
        let list = html::due_list(WORDS, &child, audience).into_string();
        list.rsplit_once("Schedule used").map(|(_, used)| used.to_owned())
    };
    assert!(used(Audience::Family).is_some());
    assert_eq!(used(Audience::Family), used(Audience::Office));
}
