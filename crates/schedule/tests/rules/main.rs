//! The rules no case of CDC's exercises, each on a person for whom it decides; and what holds for everybody.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

mod readings;

use std::sync::OnceLock;

use chrono::NaiveDate;
use domain::{Cvx, Mvx};
use proptest::prelude::*;
use schedule::{
    Assessment, Due, Engine, Given, Observed, Person, Reason, SeriesStatus, Sex, Status, Verdict, data, notation,
};

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

fn assess(person: &Person, on: &str) -> Assessment {
    engine().assessor().assess(person, day(on))
}

/// The one forecast of a group.
fn due(assessment: &Assessment, group: &str) -> Due {
    let place = engine().schedule().groups.iter().position(|known| known.name == group).unwrap();
    let mut dues = assessment.groups.iter().filter(|due| due.group == place);
    let due = *dues.next().unwrap_or_else(|| panic!("no forecast of {group}"));
    assert!(dues.next().is_none(), "two forecasts of {group}");
    due
}

/// What a dose comes to for an antigen; `None` if it is not about it.
fn verdict(assessment: &Assessment, dose: usize, antigen: &str) -> Option<Verdict> {
    let antigens = &engine().schedule().antigens;
    let mut verdicts = assessment.doses.iter();
    verdicts.find(|of| of.dose == dose && antigens[of.antigen].name == antigen).map(|of| of.verdict)
}

fn reasons(verdict: Verdict) -> Vec<Reason> {
    verdict.reasons.iter().collect()
}

#[test]
fn zostavax_is_a_chickenpox_vaccine_before_fifty_and_a_shingles_vaccine_from_then_on() {
    let before = assess(&person("1960-06-01", &[("2010-05-31", 121)]), "2020-01-01");
    assert!(verdict(&before, 0, "Varicella").is_some() && verdict(&before, 0, "Zoster").is_none());
    let after = assess(&person("1960-06-01", &[("2010-06-01", 121)]), "2020-01-01");
    assert!(verdict(&after, 0, "Varicella").is_none() && verdict(&after, 0, "Zoster").is_some());
}

#[test]
fn the_first_shingles_dose_keeps_its_distance_from_a_chickenpox_vaccine() {
    // Counted from the latest dose of some vaccines, of whatever antigen.
    let with = assess(&person("1960-06-01", &[("2025-05-20", 21)]), "2025-06-01");
    let zoster = due(&with, "Zoster");
    assert!(zoster.earliest.unwrap() >= day("2025-07-15"), "{zoster:?}");
    let without = assess(&person("1960-06-01", &[]), "2025-06-01");
    assert_eq!(due(&without, "Zoster").earliest, Some(day("2010-06-01")));
}

#[test]
fn two_live_vaccines_disturb_each_other_unless_they_are_given_together() {
    // Chickenpox 20 days after measles, mumps and rubella: too close, and from when on it would have counted.
    let close = assess(&person("2020-01-01", &[("2021-02-01", 3), ("2021-02-21", 21)]), "2021-06-01");
    let of = verdict(&close, 1, "Varicella").unwrap();
    assert_eq!(
        (of.status, reasons(of), of.counts_from),
        (Status::NotValid, vec![Reason::Conflict], Some(day("2021-03-01")))
    );
    for date in ["2021-02-01", "2021-03-01"] {
        let apart = assess(&person("2020-01-01", &[("2021-02-01", 3), (date, 21)]), "2021-06-01");
        assert_eq!(verdict(&apart, 1, "Varicella").unwrap().status, Status::Valid, "{date}");
    }
}

#[test]
fn after_a_live_dose_that_did_not_count_the_days_of_grace_are_gone() {
    // 24 days after one that counted are enough; after one that did not it is the whole 28.
    let after = |first: &str, second: &str| {
        let of = person("2020-01-01", &[(first, 3), (second, 3)]);
        reasons(verdict(&assess(&of, "2022-01-01"), 1, "Measles").unwrap()).contains(&Reason::Conflict)
    };
    assert!(!after("2021-01-10", "2021-02-04"), "25 days after a valid dose");
    assert!(after("2020-12-10", "2021-01-04"), "25 days after one that was given too young");
    assert!(!after("2020-12-10", "2021-01-07"), "28 days after it");
}

#[test]
fn only_the_named_makers_product_is_preferred_and_what_is_not_known_is_not_held_against_a_dose() {
    // Hepatitis B, adult, 43: the two-dose series for 11 to 15 years is for one maker's.
    let status = |mvx: &str| {
        let mut of = person("2010-01-01", &[("2022-02-01", 43), ("2022-07-01", 43)]);
        for dose in &mut of.doses {
            dose.mvx = Mvx::stored(mvx.to_owned());
        }
        due(&assess(&of, "2022-12-01"), "HepB").status
    };
    assert_eq!(status("MSD"), SeriesStatus::Complete);
    assert_eq!(status("SKB"), SeriesStatus::NotComplete);
    assert_eq!(status(""), SeriesStatus::Complete);
}

#[test]
fn a_dose_from_a_spoiled_lot_is_sub_standard_and_starts_no_interval() {
    let mut of = person("2024-01-01", &[("2024-03-01", 10), ("2024-03-08", 10)]);
    of.doses[0].substandard = true;
    let assessment = assess(&of, "2024-04-01");
    let spoiled = verdict(&assessment, 0, "Polio").unwrap();
    assert_eq!((spoiled.status, reasons(spoiled)), (Status::SubStandard, vec![Reason::Unsound]));
    assert_eq!(verdict(&assessment, 1, "Polio").unwrap().status, Status::Valid);
    assert_eq!(due(&assessment, "Polio").number, Some(2));
}

#[test]
fn of_two_doses_on_one_day_one_counts() {
    let assessment = assess(&person("2024-01-01", &[("2024-03-01", 10), ("2024-03-01", 110)]), "2024-04-01");
    let count = |status| (0..2).filter(|dose| verdict(&assessment, *dose, "Polio").unwrap().status == status).count();
    assert_eq!((count(Status::Valid), count(Status::NotValid)), (1, 1));
    assert_eq!(due(&assessment, "Polio").number, Some(2));
}

#[test]
fn only_who_is_known_to_be_born_in_the_united_states_had_chickenpox_before_1980() {
    let status = |born: &str, country: &str, condition: Option<u16>| {
        let mut of = person(born, &[]);
        country.clone_into(&mut of.birth_country);
        of.observations.extend(condition.map(|code| Observed { code, date: None }));
        due(&assess(&of, "2020-01-01"), "Varicella").status
    };
    assert_eq!(status("1979-12-31", "U.S.", None), SeriesStatus::Immune);
    assert_eq!(status("1980-01-01", "U.S.", None), SeriesStatus::NotComplete);
    assert_eq!(status("1979-12-31", "", None), SeriesStatus::NotComplete);
    assert_eq!(status("1979-12-31", "Brazil", None), SeriesStatus::NotComplete);
    // Health care personnel need more than their year of birth.
    assert_eq!(status("1979-12-31", "U.S.", Some(55)), SeriesStatus::NotComplete);
}

#[test]
fn a_standard_series_stands_although_its_list_of_equivalents_names_a_risk_series_nobody_is_in() {
    // Meningococcal: the standard series names the risk series' group; without an indication it still is the one.
    let assessment = assess(&person("2010-01-01", &[]), "2021-06-01");
    let mcv = due(&assessment, "Meningococcal");
    assert_eq!((mcv.kind, mcv.status, mcv.number), (schedule::Kind::Standard, SeriesStatus::NotComplete, Some(1)));
    // With one it gives way: the equivalence has a direction.
    let mut of = person("2010-01-01", &[]);
    of.observations.push(Observed { code: 151, date: None });
    assert_eq!(due(&assess(&of, "2021-06-01"), "Meningococcal").kind, schedule::Kind::Risk);
}

#[test]
fn who_is_born_on_a_day_some_months_do_not_have_is_a_month_older_on_the_next_ones_first() {
    // Hepatitis B 1 is recommended at birth, 2 from four weeks; measles from the first birthday.
    let first = |born: &str| due(&assess(&person(born, &[]), "2024-06-01"), "MMR").earliest.unwrap();
    assert_eq!(first("2024-02-29"), day("2025-03-01"));
    assert_eq!(first("2023-03-31"), day("2024-03-31"));
    // Polio 3 is recommended at 6 months: born on 31 August, in a February without that day.
    let polio = person("2024-08-31", &[("2024-10-31", 10), ("2024-12-31", 10)]);
    assert_eq!(due(&assess(&polio, "2025-01-15"), "Polio").recommended, Some(day("2025-03-01")));
}

#[test]
fn a_code_nobody_knows_changes_nothing() {
    let doses = [("2024-03-01", 10)];
    let known = person("2024-01-01", &doses);
    let mut more = known.clone();
    more.doses.extend([
        Given::new(day("2024-02-01"), Cvx::stored(999)),
        Given::new(day("2024-03-02"), Cvx::stored(u16::MAX)),
    ]);
    let (known, more) = (assess(&known, "2024-06-01"), assess(&more, "2024-06-01"));
    assert_eq!(known.groups, more.groups);
    assert_eq!(known.doses.len(), more.doses.len());
}

#[test]
fn who_is_neither_woman_nor_man_has_a_series_of_every_group_that_is_for_everybody() {
    let of = |sex| {
        let of = Person { sex, ..person("2010-01-01", &[]) };
        let assessment = assess(&of, "2022-06-01");
        assessment.groups.iter().map(|due| due.group).collect::<Vec<_>>()
    };
    assert_eq!(of(Sex::Unknown), of(Sex::Female));
    assert_eq!(of(Sex::Male), of(Sex::Female));
}

#[test]
fn doses_of_another_antigen_are_counted_where_a_condition_names_their_vaccines() {
    // As Td counts for the conditions of whooping cough, which it is not about: a schedule of two antigens, the second of
    // which asks for one dose less if the first one's vaccine was given.
    let series = |condition: &str| {
        let frame =
            "release test\ngroup one Tetanus\ngroup one Pertussis\nvaccine 113 Tetanus\nvaccine 115 Pertussis\n";
        let tetanus =
            "antigen Tetanus\nmember of Tetanus\nseries standard T\ngroup 1 S\ndefault\nrank A 1\ndose 1\ngive 113\n";
        let pertussis = "antigen Pertussis\nmember of Pertussis\nseries standard P\ngroup 1 S\ndefault\nrank A 1\n\
                         dose 1\nage min 1 year\ngive 115\nskip both any\nset all\n";
        let last = "dose 2\nage min 2 years\ngive 115\n";
        let text = format!("{frame}{tetanus}{pertussis}{condition}\n{last}");
        Engine::new(notation::read(&[notation::Text { name: "test.txt".into(), text }]).unwrap())
    };
    let earliest = |condition: &str, doses: &[(&str, u16)]| {
        let engine = series(condition);
        let assessment = engine.assessor().assess(&person("2020-01-01", doses), day("2020-06-01"));
        assessment.groups.iter().find(|due| due.group == 1).unwrap().earliest.unwrap()
    };
    let td = [("2020-03-01", 113)];
    assert_eq!(earliest("total > 0 | of 113", &td), day("2022-01-01"));
    assert_eq!(earliest("total > 0 | of 113", &[]), day("2021-01-01"));
    // Without vaccines it is the antigen's own doses that are meant, and a valid one is always one of this series.
    assert_eq!(earliest("total > 0", &td), day("2021-01-01"));
    assert_eq!(earliest("valid > 0 | of 113", &td), day("2021-01-01"));
    assert_eq!(earliest("total > 0", &[("2020-03-01", 115)]), day("2022-01-01"));
}

#[test]
fn the_season_that_is_over_asks_for_nothing_and_the_one_to_come_counts_anew() {
    let of = person("2015-01-01", &[("2024-10-01", 150), ("2023-10-01", 150)]);
    let in_season = due(&assess(&of, "2025-10-01"), "Influenza");
    assert_eq!((in_season.status, in_season.number), (SeriesStatus::NotComplete, Some(1)));
    assert_eq!(due(&assess(&of, "2026-07-01"), "Influenza").status, SeriesStatus::NotRecommended);
}

#[test]
fn an_erratum_whose_ground_is_gone_is_passed_over_and_an_overlay_changes_what_it_says() {
    let mut schedule = data::schedule().unwrap();
    assert!(schedule.passed_over.is_empty(), "{:?}", schedule.passed_over);
    let hash = schedule.hash.clone();
    // Once more: what they expect is no longer there.
    notation::amend(&mut schedule, &data::errata()).unwrap();
    assert_eq!(schedule.passed_over.len(), 2);
    assert_ne!(schedule.hash, hash);
    let overlay = |text: &str| notation::Text { name: "overlay.txt".into(), text: text.into() };
    let text = "overlay Massachusetts 2026-27\nantigen Influenza\nchange series Influenza standard series\nchange dose 1\n\
                without season\nseason 2026-07-01 2027-06-30\nchange dose 2\nwithout season\nseason 2026-07-01 2027-06-30\n";
    notation::amend(&mut schedule, &overlay(text)).unwrap();
    assert!(schedule.amendments.contains(&"overlay Massachusetts 2026-27".to_owned()));
    let engine = Engine::new(schedule.clone());
    let influenza = engine.schedule().groups.iter().position(|group| group.name == "Influenza").unwrap();
    let assessment = engine.assessor().assess(&person("2015-01-01", &[]), day("2026-11-01"));
    let due = assessment.groups.iter().find(|due| due.group == influenza).unwrap();
    assert_eq!(due.status, SeriesStatus::NotComplete);
    for (wrong, line) in [
        ("overlay x\nantigen Polio\nchange series Nothing\n", 3),
        ("overlay x\nantigen Polio\nchange series Polio 4-dose series\nchange dose 9\n", 4),
        ("overlay x\nantigen Polio\nseries risk New\ndose 1\nage min 6 moons\n", 5),
        ("overlay x\nwhatever\n", 2),
    ] {
        assert_eq!(notation::amend(&mut schedule.clone(), &overlay(wrong)).unwrap_err().line, line, "{wrong}");
    }
}

#[test]
fn the_example_of_an_overlay_brings_the_season_it_names() {
    let mut schedule = data::schedule().unwrap();
    let text = include_str!("../../../../docs/season-example.txt").to_owned();
    notation::amend(&mut schedule, &notation::Text { name: "season-example.txt".into(), text }).unwrap();
    let engine = Engine::new(schedule);
    let group = engine.schedule().groups.iter().position(|group| group.name == "Influenza").unwrap();
    let of = |doses: &[(&str, u16)], on: &str| {
        let assessment = engine.assessor().assess(&person("2024-01-01", doses), day(on));
        let due = assessment.groups.iter().find(|due| due.group == group).unwrap();
        (due.status, due.number)
    };
    assert_eq!(of(&[], "2026-11-01"), (SeriesStatus::NotComplete, Some(1)));
    // Two doses in the first season of a small child, and one is enough for who had two before.
    let once = [("2026-10-01", 150)];
    assert_eq!(of(&once, "2026-11-01"), (SeriesStatus::NotComplete, Some(2)));
    let before = [("2025-10-01", 150), ("2025-11-05", 150), ("2026-10-01", 150)];
    assert_eq!(of(&before, "2026-11-01").0, SeriesStatus::Complete);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (-200_000_i32..400_000).prop_map(|days| NaiveDate::from_num_days_from_ce_opt(730_000 + days / 40).unwrap())
}

prop_compose! {
    /// Somebody with doses as they come: of vaccines the schedule knows, mostly in childhood, some at any time.
    fn anybody()(
        born in any_day(),
        sex in prop::sample::select(vec![Sex::Female, Sex::Male, Sex::Unknown]),
        doses in prop::collection::vec((0_i64..3_000, prop::sample::select(known_vaccines()), any::<bool>()), 0..14),
        codes in prop::collection::vec(1_u16..281, 0..4),
    ) -> Person {
        Person {
            born,
            sex,
            birth_country: String::new(),
            doses: doses
                .into_iter()
                .map(|(days, cvx, often)| {
                    // Half of them at the days a schedule knows.
                    let days = if often { days / 28 * 28 } else { days };
                    Given::new(born + chrono::TimeDelta::days(days), Cvx::stored(cvx))
                })
                .collect(),
            observations: codes.into_iter().map(|code| Observed { code, date: Some(born) }).collect(),
        }
    }
}

fn known_vaccines() -> Vec<u16> {
    let mut known: Vec<u16> = engine().schedule().associations.iter().map(|of| of.cvx).collect();
    known.dedup();
    known.push(998);
    known
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_doses_come_in_does_not_matter(of in anybody(), seed in any::<u64>()) {
        let on = of.born + chrono::TimeDelta::days(3_500);
        let mut other = of.clone();
        let count = other.doses.len().max(1);
        other.doses.rotate_left(usize::try_from(seed % 97).unwrap() % count);
        other.doses.reverse();
        let mut assessor = engine().assessor();
        let (one, two) = (assessor.assess(&of, on), assessor.assess(&other, on));
        prop_assert_eq!(&one.groups, &two.groups);
        // Every dose has the same verdicts, wherever it stands in the list.
        let told = |of: &Person, assessment: &Assessment| {
            let mut told: Vec<_> =
                assessment.doses.iter().map(|v| (of.doses[v.dose].clone(), v.antigen, v.verdict.status.term())).collect();
            told.sort();
            told
        };
        prop_assert_eq!(told(&of, &one), told(&other, &two));
    }

    #[test]
    fn asking_twice_or_after_somebody_else_gives_the_same(one in anybody(), other in anybody(), on in any_day()) {
        let mut assessor = engine().assessor();
        let first = assessor.assess(&one, on);
        assessor.assess(&other, on);
        prop_assert_eq!(first, assessor.assess(&one, on));
    }

    #[test]
    fn no_date_and_no_code_breaks_it(
        born in any_day(),
        on in any_day(),
        doses in prop::collection::vec((any_day(), any::<u16>()), 0..40),
        codes in prop::collection::vec(any::<u16>(), 0..20),
    ) {
        let mut of = person("2000-01-01", &[]);
        of.born = born;
        of.doses = doses.into_iter().map(|(date, cvx)| Given::new(date, Cvx::stored(cvx % 600))).collect();
        of.observations = codes.into_iter().map(|code| Observed { code: code % 300, date: Some(on) }).collect();
        let assessment = engine().assessor().assess(&of, on);
        for due in &assessment.groups {
            prop_assert_eq!(due.number.is_some(), due.status == SeriesStatus::NotComplete);
            prop_assert!(due.recommended >= due.earliest);
            prop_assert!(due.past_due.is_none() || due.past_due >= due.earliest);
        }
        for of in &assessment.doses {
            prop_assert_eq!(of.verdict.reasons.is_empty(), of.verdict.status == Status::Valid);
        }
    }

    /// A later dose can make another series the best one; within one series it never changes what was before it.
    #[test]
    fn a_later_dose_does_not_change_an_earlier_ones_verdict_in_the_same_series(of in anybody(), cvx in prop::sample::select(known_vaccines())) {
        let on = of.born + chrono::TimeDelta::days(4_000);
        let mut more = of.clone();
        more.doses.push(Given::new(of.born + chrono::TimeDelta::days(3_200), Cvx::stored(cvx)));
        let mut assessor = engine().assessor();
        let (before, after) = (assessor.assess(&of, on), assessor.assess(&more, on));
        for one in &before.doses {
            let same = after.doses.iter().find(|other| other.dose == one.dose && other.antigen == one.antigen);
            if let Some(other) = same.filter(|other| other.series == one.series) {
                prop_assert_eq!(one.verdict, other.verdict);
            }
        }
    }
}
