//! Every case of the shared table for the grades this rule set speaks of, and what the table leaves out.

#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::path::Path;

use chrono::NaiveDate;
use domain::{
    Antigen, BirthDate, Cvx, Mvx,
    dose::{Given, Product},
    evidence::{Evidence, EvidenceKind, Exemption, ExemptionKind},
};
use requirements::{Compliance, Facts, Fault, Outcome, Status, evaluate, rule_set};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dose(cvx: u16, on: &str) -> Given {
    Given::new(day(on), Cvx::stored(cvx))
}

fn facts(born: &str, grade: &str, doses: &[(u16, &str)]) -> Facts {
    Facts {
        born: BirthDate::stored(day(born)),
        grade: grade.parse().unwrap(),
        doses: doses.iter().map(|(cvx, on)| dose(*cvx, on)).collect(),
        evidence: Vec::new(),
        exemptions: Vec::new(),
        provisional: false,
    }
}

fn run(facts: &Facts, as_of: &str) -> Compliance {
    evaluate(rule_set(day(as_of)), facts, day(as_of))
}

fn outcome(facts: &Facts, as_of: &str, id: &str) -> Outcome {
    run(facts, as_of).results.into_iter().find(|result| result.id == id).unwrap().outcome
}

fn verdict(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Met { until: Some(day), .. } => format!("met_until:{day}"),
        outcome if outcome.is_met() => "met".into(),
        Outcome::Exempt(_) => "exempt".into(),
        Outcome::ExemptStale(_) => "exempt_stale".into(),
        Outcome::InProcess { .. } => "in_process".into(),
        _ => "not_met".into(),
    }
}

/// The words of the table's `extra` column become facts; an unknown one fails the test.
fn add_extra(facts: &mut Facts, extra: &str, id: &str) {
    let evidence = |antigen, kind| Evidence { antigen, kind, on: facts.born.date() };
    match extra {
        "" | "no DTaP history" => {}
        "MMR on 2022-03-10" => facts.doses.push(dose(3, "2022-03-10")),
        "reliable history by NP" => facts.evidence.push(evidence(Antigen::Varicella, EvidenceKind::ClinicianHistory)),
        "parent says had it" => facts.evidence.push(evidence(Antigen::Varicella, EvidenceKind::ParentStatement)),
        "titre" => facts
            .evidence
            .push(evidence(if id == "hepb" { Antigen::HepB } else { Antigen::Polio }, EvidenceKind::Laboratory)),
        "DTaP series complete" => {
            let born = facts.born;
            for months in [2, 4, 6, 15, 50] {
                facts.doses.push(Given::new(born.at(domain::Period::months(months)), Cvx::stored(20)));
            }
        }
        "religious exemption dated 2025-08-20" => {
            facts.exemptions.push(Exemption {
                kind: ExemptionKind::Religious,
                antigens: Vec::new(),
                signed_on: day("2025-08-20"),
            });
        }
        other => panic!("the table has a new word: {other}"),
    }
}

#[test]
fn every_shared_case_comes_out_as_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/rules/vectors.csv");
    let Ok(mut table) = csv::Reader::from_path(&path) else {
        eprintln!("SKIPPED: the shared table of cases is not here");
        return;
    };
    let mut run = 0;
    for row in table.records() {
        let row = row.unwrap();
        let (number, group, grade, born, as_of, vaccine, doses, extra, expected) =
            (&row[0], &row[1], &row[2], &row[3], &row[4], &row[5], &row[6], &row[7], &row[8]);
        if !matches!(group, "k_6" | "g7_12") {
            continue;
        }
        let (id, cvx) = match vaccine {
            "MMR" => ("mmr", 3),
            "Varicella" => ("varicella", 21),
            "DTaP" => ("dtap", 20),
            "Polio" => ("polio", 10),
            "HepB" => ("hepb", 8),
            "Tdap" => ("tdap", 115),
            "MenACWY" => ("menacwy", 114),
            other => panic!("a new vaccine: {other}"),
        };
        let mut facts = facts(born, grade, &[]);
        for text in doses.split('|').filter(|text| !text.is_empty()) {
            let (on, named) = text.split_once(' ').unwrap_or((text, ""));
            facts.doses.push(dose(if named == "MenB" { 162 } else { cvx }, on));
        }
        add_extra(&mut facts, extra, id);
        assert_eq!(verdict(&outcome(&facts, as_of, id)), expected, "case {number}: {}", &row[9]);
        run += 1;
    }
    assert!(run >= 20, "only {run} cases were for these grades");
}

#[test]
fn the_four_grace_days_count_for_ages_and_intervals_of_one_vaccine() {
    let mmr =
        |first, second| verdict(&outcome(&facts("2021-03-10", "K", &[(3, first), (3, second)]), "2026-09-02", "mmr"));
    assert_eq!(mmr("2022-03-06", "2025-03-12"), "met");
    assert_eq!(mmr("2022-03-05", "2025-03-12"), "not_met");
    assert_eq!(mmr("2022-03-10", "2022-04-03"), "met");
    assert_eq!(mmr("2022-03-10", "2022-04-02"), "not_met");
}

#[test]
fn two_live_vaccines_have_no_grace_and_the_later_one_falls() {
    let with = |varicella| facts("2021-03-10", "K", &[(3, "2022-03-10"), (21, varicella), (21, "2025-03-12")]);
    assert_eq!(verdict(&outcome(&with("2022-04-07"), "2026-09-02", "varicella")), "met");
    let early = run(&with("2022-04-06"), "2026-09-02");
    let varicella = early.results.iter().find(|result| result.id == "varicella").unwrap();
    assert_eq!(varicella.faults, [(1, Fault::LiveConflict { other: day("2022-03-10") })]);
    assert_eq!(verdict(&outcome(&with("2022-03-10"), "2026-09-02", "varicella")), "met");
}

#[test]
fn nobody_is_told_that_a_live_vaccine_can_be_given_now_while_another_one_is_too_near() {
    // Begun, and never begun; the other one counts for something else, or for nothing at school (a nasal spray).
    for other in [3, 149] {
        let begun = facts("2016-05-02", "5", &[(94, "2020-05-06"), (other, "2026-11-20")]);
        let next = outcome(&begun, "2026-11-27", "varicella");
        assert_eq!(next, Outcome::InProcess { have: 1, need: 2, from: day("2026-12-18") });
        assert_eq!(outcome(&begun, "2026-12-18", "varicella"), Outcome::NotMet { have: 1, need: 2, from: None });
        assert_eq!(
            outcome(&begun, "2026-11-20", "varicella"),
            Outcome::NotMet { have: 1, need: 2, from: None },
            "both today"
        );
        let never = facts("2016-05-02", "5", &[(other, "2026-11-20")]);
        let first = outcome(&never, "2026-11-27", "varicella");
        assert_eq!(first, Outcome::NotMet { have: 0, need: 2, from: Some(day("2026-12-18")) });
        assert_eq!(run(&never, "2026-11-27").changes_on, Some(day("2026-12-18")));
        let words = words::Words(words::Lang::En);
        let result = run(&never, "2026-11-27").results.into_iter().find(|result| result.id == "varicella").unwrap();
        let said = requirements::sentence(words, &never, &result);
        assert!(said.contains("from December 18, 2026") && !said.contains("now"), "{said}");
    }
}

#[test]
fn a_combined_live_vaccine_too_soon_after_another_counts_for_neither_part() {
    let student = facts("2021-03-10", "K", &[(3, "2022-04-01"), (94, "2022-04-11"), (21, "2025-03-12")]);
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "varicella")), "not_met");
    let student = facts("2021-03-10", "K", &[(21, "2022-04-01"), (94, "2022-04-11"), (3, "2025-03-12")]);
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "mmr")), "not_met");
}

#[test]
fn a_grade_without_rules_is_not_called_complete() {
    assert_eq!(run(&facts("2022-03-10", "PK", &[]), "2026-09-02").status, Status::NotChecked);
}

#[test]
fn single_measles_mumps_and_rubella_vaccines_add_up_with_laboratory_evidence() {
    let mut student =
        facts("2014-03-10", "7", &[(5, "2015-04-01"), (5, "2018-04-01"), (38, "2015-06-01"), (38, "2018-06-01")]);
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "mmr")), "met");
    student.doses.truncate(3);
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "mmr")), "not_met");
    for antigen in [Antigen::Mumps, Antigen::Rubella] {
        student.evidence.push(Evidence { antigen, kind: EvidenceKind::Laboratory, on: day("2020-01-01") });
    }
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "mmr")), "met");
}

#[test]
fn oral_polio_vaccine_counts_only_while_it_was_trivalent_and_needs_four() {
    let polio = |doses: &[(u16, &str)], as_of| verdict(&outcome(&facts("2010-03-10", "7", doses), as_of, "polio"));
    let three = [(182, "2010-05-10"), (182, "2010-07-10"), (10, "2014-03-12")];
    assert_eq!(polio(&three, "2022-09-02"), "not_met");
    assert_eq!(polio(&[three[0], three[1], (10, "2010-10-10"), three[2]], "2022-09-02"), "met");
    assert_eq!(polio(&[(10, "2010-05-10"), (10, "2010-07-10"), (182, "2016-04-01")], "2022-09-02"), "not_met");
}

#[test]
fn hepatitis_b_by_two_adolescent_doses_needs_the_documented_product() {
    let mut student = facts("2012-05-01", "7", &[(43, "2023-06-01"), (43, "2023-10-01")]);
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "hepb")), "not_met");
    for dose in &mut student.doses {
        dose.product = Product::stored("Recombivax-Adult".into());
    }
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "hepb")), "met");
    student.doses[1].on = day("2023-09-20");
    assert_eq!(verdict(&outcome(&student, "2026-09-02", "hepb")), "not_met");
}

#[test]
fn whoever_has_no_hepatitis_b_dose_is_told_of_the_three_that_can_be_given_and_not_of_two_at_another_age() {
    for (born, grade) in [("2021-03-10", "K"), ("2016-03-10", "5"), ("2009-05-10", "12"), ("2012-05-10", "9")] {
        let student = facts(born, grade, &[(3, "2022-03-15")]);
        assert_eq!(outcome(&student, "2026-11-25", "hepb"), Outcome::NotMet { have: 0, need: 3, from: None }, "{born}");
    }
    let begun = facts("2021-03-10", "K", &[(8, "2021-03-11")]);
    assert_eq!(outcome(&begun, "2026-11-25", "hepb"), Outcome::NotMet { have: 1, need: 3, from: None });
}

#[test]
fn a_series_begun_ten_days_ago_is_under_way_and_its_next_dose_is_not_due_today() {
    for (born, grade) in [("2014-01-10", "7"), ("2016-06-10", "5")] {
        let student = facts(born, grade, &[(8, "2026-11-15")]);
        let expected = Outcome::InProcess { have: 1, need: 3, from: day("2026-12-13") };
        assert_eq!(outcome(&student, "2026-11-25", "hepb"), expected, "{born}");
    }
}

#[test]
fn a_dtap_given_at_ten_or_later_stands_for_the_tdap_as_the_schedule_counts_it() {
    let with = |on: &str| {
        let mut student = facts("2013-03-10", "7", &[(20, on)]);
        for early in ["2013-05-15", "2013-07-15", "2013-09-20", "2014-09-20", "2017-03-20"] {
            student.doses.push(dose(20, early));
        }
        verdict(&outcome(&student, "2026-09-02", "tdap"))
    };
    assert_eq!(with("2024-09-01"), "met");
    assert_eq!(with("2023-03-10"), "met", "on the tenth birthday");
    assert_eq!(with("2023-03-05"), "not_met");
    assert_eq!(with("2021-04-01"), "not_met", "at eight");
}

#[test]
fn two_adult_doses_of_hepatitis_b_vaccine_count_when_the_maker_says_which_they_are() {
    let by = |mvx: &str, product: &str| {
        let mut student = facts("2013-03-10", "7", &[]);
        student.doses = ["2024-04-01", "2024-09-01"]
            .map(|on| Given::of(day(on), Cvx::stored(43), Mvx::stored(mvx.into()), Product::stored(product.into())))
            .to_vec();
        verdict(&outcome(&student, "2026-09-02", "hepb"))
    };
    assert_eq!(by("MSD", ""), "met");
    assert_eq!(by("", "Recombivax-Adult"), "met");
    assert_eq!(by("SKB", ""), "not_met");
    assert_eq!(by("", ""), "not_met", "the product is to be documented");
}

#[test]
fn a_birth_to_six_months_series_of_four_hepatitis_b_doses_is_met_by_the_last() {
    let student =
        facts("2021-03-10", "K", &[(8, "2021-03-11"), (110, "2021-05-10"), (110, "2021-07-10"), (110, "2021-09-12")]);
    assert_eq!(outcome(&student, "2026-09-02", "hepb"), Outcome::Met { doses: vec![0, 1, 3], until: None });
}

#[test]
fn the_sixteenth_birthday_has_no_grace() {
    let student = |second| facts("2010-08-10", "11", &[(114, "2021-09-01"), (114, second)]);
    assert_eq!(verdict(&outcome(&student("2026-08-09"), "2026-09-02", "menacwy")), "not_met");
    assert_eq!(verdict(&outcome(&student("2026-08-10"), "2026-09-02", "menacwy")), "met");
}

#[test]
fn status_is_the_weakest_requirement_and_says_when_it_changes() {
    let complete: &[(u16, &str)] = &[
        (146, "2021-05-10"),
        (146, "2021-07-10"),
        (146, "2021-09-12"),
        (20, "2022-06-12"),
        (130, "2025-03-12"),
        (94, "2022-03-12"),
        (94, "2025-03-12"),
    ];
    let mut student = facts("2021-03-10", "K", complete);
    assert_eq!(run(&student, "2026-09-02").status, Status::Complete);
    student.doses.truncate(6);
    assert_eq!(run(&student, "2026-09-02").status, Status::Incomplete);
    student.provisional = true;
    assert_eq!(run(&student, "2026-09-02").status, Status::Provisional);
    student.provisional = false;
    student.doses.push(dose(3, "2026-08-20"));
    student.doses.retain(|dose| dose.cvx != Cvx::stored(94));
    student.exemptions.push(Exemption {
        kind: ExemptionKind::Medical,
        antigens: vec![Antigen::Varicella],
        signed_on: day("2026-08-01"),
    });
    let compliance = run(&student, "2026-09-02");
    assert_eq!(compliance.changes_on, Some(day("2026-09-17")));
    assert_eq!(compliance.status, Status::InProcess);
}

#[test]
fn a_letter_about_one_disease_leaves_the_others_open() {
    let mut student = facts("2021-03-10", "K", &[]);
    student.exemptions.push(Exemption {
        kind: ExemptionKind::Medical,
        antigens: vec![Antigen::Polio],
        signed_on: day("2026-08-01"),
    });
    assert_eq!(outcome(&student, "2026-09-02", "polio"), Outcome::Exempt(ExemptionKind::Medical));
    assert!(matches!(outcome(&student, "2026-09-02", "dtap"), Outcome::NotMet { have: 0, .. }));
    assert_eq!(run(&student, "2026-09-02").status, Status::Incomplete);
}

#[test]
fn a_dose_after_the_day_asked_for_is_not_seen() {
    let student = facts("2020-02-29", "K", &[(3, "2021-03-01"), (3, "2026-09-10")]);
    assert_eq!(verdict(&outcome(&student, "2026-09-09", "mmr")), "not_met");
    assert_eq!(verdict(&outcome(&student, "2026-09-10", "mmr")), "met");
}

proptest::proptest! {
    #[test]
    fn the_order_of_the_doses_changes_nothing(days in proptest::collection::vec((0u64..6000, 0usize..12), 0..14), turn in 0usize..14) {
        let codes = [3, 94, 21, 20, 10, 110, 8, 115, 114, 5, 43, 2];
        let mut student = facts("2010-02-28", "7", &[]);
        for (offset, code) in days {
            let on = day("2010-02-28") + chrono::Days::new(offset);
            student.doses.push(Given::new(on, Cvx::stored(codes[code])));
        }
        let before: Vec<_> = run(&student, "2026-09-02").results.iter().map(|result| verdict(&result.outcome)).collect();
        let by = turn.min(student.doses.len());
        student.doses.rotate_left(by);
        let after: Vec<_> = run(&student, "2026-09-02").results.iter().map(|result| verdict(&result.outcome)).collect();
        proptest::prop_assert_eq!(before, after);
    }
}
