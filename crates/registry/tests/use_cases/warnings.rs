//! What a desk is told before a dose is saved.

use advice::Warnings;
use words::{Lang, Words};

use super::*;

fn warned(result: registry::Result<domain::DoseId>) -> Warnings {
    match result {
        Err(RegistryError::Warned(warnings)) => *warnings,
        other => panic!("no warning: {other:?}"),
    }
}

fn said(warnings: &Warnings) -> String {
    warnings.sentences(Words(Lang::En)).join(" ")
}

#[tokio::test]
async fn a_dose_that_would_not_count_is_saved_only_with_a_reason_and_the_reason_is_kept() {
    let house = house().await;
    let mia = house.mia().await;
    // The second MMR counts from 13 months less four days on.
    let early = dose("2022-04-05", 3);
    let warnings = warned(house.registry.add_dose(&house.clinic(), mia, &early).await);
    assert!(
        said(&warnings).contains("would not count")
            && said(&warnings).contains("one day too early: it counts from April 6, 2022"),
        "{warnings:?}"
    );
    assert_eq!(house.registry.record(&house.clinic(), mia).await.unwrap().doses.len(), 1);
    // A reason given for other warnings is none for these.
    let unread = DoseEntry { despite: typed("given abroad"), warned: "others".into(), ..early.clone() };
    warned(house.registry.add_dose(&house.clinic(), mia, &unread).await);
    let despite = DoseEntry { despite: typed("  given abroad before travel "), warned: warnings.key(), ..early };
    house.registry.add_dose(&house.clinic(), mia, &despite).await.unwrap();
    let record = house.registry.record(&house.clinic(), mia).await.unwrap();
    assert_eq!(record.doses.len(), 2);
    assert_eq!(
        record.changes.iter().map(|change| (change.kind.as_str(), change.reason.as_str())).collect::<Vec<_>>(),
        [("warned", "given abroad before travel")]
    );
    let lines = house.store.read().await.unwrap().audits_of(mia, None, 100).await.unwrap();
    assert!(lines.iter().any(|line| line.action == "record.checked"), "a warning is a look at the record");
    // The family is told of it once: it is a reading like the others of that day.
    let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
    let read = looked.iter().filter(|looked| matches!(looked.line.action.as_str(), "record.read" | "record.checked"));
    assert_eq!(read.map(|looked| looked.times > 1).collect::<Vec<_>>(), [true]);
}

#[tokio::test]
async fn what_was_given_this_week_at_another_office_is_named_before_it_is_given_again() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.add_dose(&house.clinic(), mia, &dose("2026-08-30", 8)).await.unwrap();
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    let warnings = warned(house.registry.add_dose(&house.other_clinic(), mia, &dose("2026-09-01", 8)).await);
    assert_eq!(warnings.recent.len(), 1);
    let text = said(&warnings);
    assert!(text.contains("August 30, 2026") && text.contains("Place 1"), "{text}");
}

#[tokio::test]
async fn a_series_that_is_complete_asks_for_no_more_and_a_dose_that_counts_is_saved_without_a_word() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.add_dose(&house.clinic(), mia, &dose("2025-03-12", 3)).await.unwrap();
    let warnings = warned(house.registry.add_dose(&house.clinic(), mia, &dose("2026-09-01", 3)).await);
    assert!(said(&warnings).contains("already complete"), "{warnings:?}");
    // Three doses of hepatitis A would fit another series, and two were enough.
    house.registry.add_dose(&house.clinic(), mia, &dose("2022-03-14", 83)).await.unwrap();
    house.registry.add_dose(&house.clinic(), mia, &dose("2022-09-23", 83)).await.unwrap();
    let warnings = warned(house.registry.add_dose(&house.clinic(), mia, &dose("2026-01-11", 83)).await);
    assert!(said(&warnings).contains("Hepatitis A: already complete"), "{warnings:?}");
    // Of a combined vaccine one part is not needed, the other is.
    house.registry.add_dose(&house.clinic(), mia, &dose("2026-09-01", 94)).await.unwrap();
}

#[tokio::test]
async fn under_an_objection_another_office_is_warned_of_nothing_it_may_not_know() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    house.registry.add_dose(&house.clinic(), mia, &dose("2026-08-30", 8)).await.unwrap();
    house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    // By her record it reports nothing any more, as of nobody; by her name it does, and there is nothing it is warned of.
    assert!(is_not_found(house.registry.add_dose(&house.other_clinic(), mia, &dose("2026-09-01", 8)).await));
    let by_name = person("Okafor", "Mia", "2021-03-10");
    let before = house.registry.chart_of(&house.other_clinic(), mia).await.unwrap();
    let same = house.registry.add_person(&house.other_clinic(), &by_name, &dose("2026-09-01", 8)).await.unwrap();
    assert_eq!(same, mia, "the dose is not lost");
    let now = house.registry.chart_of(&house.other_clinic(), mia).await.unwrap();
    assert!(now != before && is_not_found(house.registry.of_chart(&house.other_clinic(), before).await));
    // What it gave itself it may be told.
    let warnings = warned(house.registry.add_dose(&house.other_clinic(), mia, &dose("2026-09-02", 8)).await);
    assert!(!said(&warnings).contains("Place 1"), "{warnings:?}");
}

#[tokio::test]
async fn somebody_not_on_file_is_warned_for_as_well() {
    let house = house().await;
    let person = Demographics::new(
        PersonName::new("New", "Child", "").unwrap(),
        BirthDate::stored(day("2026-01-01")),
        Gender::Male,
    );
    let early = dose("2026-08-01", 3);
    let Err(RegistryError::Warned(warnings)) = house.registry.add_person(&house.clinic(), &person, &early).await else {
        panic!("no warning");
    };
    assert_eq!(house.registry.count_people().await.unwrap(), 0);
    let despite = DoseEntry { despite: typed("outbreak"), warned: warnings.key(), ..early };
    house.registry.add_person(&house.clinic(), &person, &despite).await.unwrap();
}

#[tokio::test]
async fn an_office_that_has_nobody_of_the_name_in_its_care_learns_nothing_of_the_record_by_a_warning() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.add_dose(&house.clinic(), mia, &dose("2026-08-30", 8)).await.unwrap();
    let person = person("Okafor", "Mia", "2021-03-10");
    // The same vaccine was given two days before, at another office: only who has her in its care is told.
    let known = house.registry.add_person(&house.other_clinic(), &person, &dose("2026-09-01", 8)).await.unwrap();
    assert_eq!(known, mia);
}

#[tokio::test]
async fn a_correction_is_weighed_like_a_new_dose_and_a_lot_number_is_not() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.add_dose(&house.clinic(), mia, &dose("2025-03-12", 3)).await.unwrap();
    let second = house.registry.record(&house.clinic(), mia).await.unwrap().doses.remove(1);
    let correct = |entry: DoseEntry| {
        let (registry, clinic) = (house.registry.clone(), house.clinic());
        async move { registry.correct_dose(&clinic, mia, second.id, 1, &entry, &says("wrong day"), None).await }
    };
    assert!(matches!(correct(dose("2022-03-10", 3)).await, Err(RegistryError::OnRecord)));
    let Err(RegistryError::Warned(warnings)) = correct(dose("2022-03-20", 3)).await else { panic!("no warning") };
    let despite = DoseEntry { despite: typed("seen on the card"), warned: warnings.key(), ..dose("2022-03-20", 3) };
    correct(despite).await.unwrap();
    let record = house.registry.record(&house.clinic(), mia).await.unwrap();
    assert_eq!(record.changes.first().map(|change| change.reason.as_str()), Some("wrong day (seen on the card)"));
    let entry = DoseEntry { lot: Lot::stored("B2".into()), ..dose("2022-03-20", 3) };
    house.registry.correct_dose(&house.clinic(), mia, second.id, 2, &entry, &says("wrong lot"), None).await.unwrap();
}
