//! Signing in, and who opens which record.

use super::*;

#[tokio::test]
async fn a_session_opens_with_the_right_password_and_ends_when_it_is_not_used() {
    let house = house().await;
    assert!(house.registry.sign_in("clinic", "wrong").await.unwrap().is_none());
    assert!(house.registry.sign_in("nobody", "correct horse").await.unwrap().is_none());
    let signed = house.registry.sign_in(" Clinic ", "correct horse").await.unwrap().unwrap();
    assert_eq!(
        house.registry.caller(Some(&signed.token), true).await.unwrap().principal.role(),
        Some(Role::ProviderStaff)
    );
    assert_eq!(house.registry.caller(Some("0000"), true).await.unwrap().principal, Principal::Public);
    house.later(29);
    assert!(house.registry.caller(Some(&signed.token), true).await.unwrap().principal.role().is_some());
    house.later(29);
    assert!(
        house.registry.caller(Some(&signed.token), true).await.unwrap().principal.role().is_some(),
        "use keeps it alive"
    );
    house.later(31);
    assert_eq!(house.registry.caller(Some(&signed.token), true).await.unwrap().principal, Principal::Public);
}

#[tokio::test]
async fn a_page_that_asks_for_itself_again_keeps_no_unattended_session_alive() {
    let house = house().await;
    let signed = house.registry.sign_in("clinic", "correct horse").await.unwrap().unwrap();
    for _ in 0..14 {
        house.later(2);
        assert!(house.registry.caller(Some(&signed.token), false).await.unwrap().principal.role().is_some());
    }
    house.later(3);
    assert_eq!(house.registry.caller(Some(&signed.token), false).await.unwrap().principal, Principal::Public);
}

#[tokio::test]
async fn a_record_opens_for_its_family_and_its_office_and_for_nobody_else() {
    let house = house().await;
    let mia = house.mia().await;
    assert_eq!(house.registry.record(&house.parent(), mia).await.unwrap().doses.len(), 1);
    assert!(house.registry.whole_record(&house.clinic(), mia).await.is_ok());
    for caller in [house.stranger(), house.other_clinic(), house.nurse(), house.reviewer(), Caller::public()] {
        assert!(is_not_found(house.registry.record(&caller, mia).await));
        assert!(is_not_found(house.registry.record(&caller, PatientId::new(id(4242))).await), "nobody looks the same");
    }
    let reviewer = Caller { reason: "outbreak".into(), ..house.reviewer() };
    assert!(house.registry.whole_record(&reviewer, mia).await.is_ok());
    let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
    assert!(looked.iter().any(|looked| looked.line.role == "dph_reviewer" && looked.line.reason == "outbreak"));
    assert!(is_not_found(house.registry.who_looked(&house.clinic(), mia, 1).await));
}

#[tokio::test]
async fn whoever_opens_a_record_often_pushes_nobody_off_the_page_of_who_looked() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.record(&house.clinic(), mia).await.unwrap();
    for _ in 0..250 {
        house.registry.record(&house.parent(), mia).await.unwrap();
    }
    let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
    let reads = |role: &str| {
        let of = looked.iter().filter(|it| it.line.role == role && it.line.action == "record.read");
        of.map(|it| it.times).collect::<Vec<_>>()
    };
    assert_eq!((reads("family"), reads("provider_staff")), (vec![250], vec![1]));
}

#[tokio::test]
async fn an_office_that_opens_a_form_thousands_of_times_hides_nobody_from_who_looked() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        house.registry.record(&house.clinic(), mia).await.unwrap();
        house.later(1);
        let mut tx = house.store.write().await.unwrap();
        let before = tx.audits_of(mia, None, 10).await.unwrap();
        let read = before.iter().find(|line| line.action == "record.read").unwrap().clone();
        let at = house.registry.now();
        // At one and the same moment: where a page of lines ends none is left out and none stands twice.
        let flood: Vec<_> = (0..4_500)
            .map(|number| registry::AuditRow {
                id: id(9_000_000 + number),
                at,
                action: "name.read".into(),
                ..read.clone()
            })
            .collect();
        tx.audit_all(&flood).await.unwrap();
        tx.commit().await.unwrap();
        let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap();
        let times = |action: &str| looked.lines.iter().find(|looked| looked.line.action == action).map(|it| it.times);
        assert_eq!((times("name.read"), times("record.read")), (Some(4_500), Some(1)));
        // Who asks who looked is no news to themself.
        let again = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap();
        assert_eq!(again.all, looked.all);
    })
    .await;
}

#[tokio::test]
async fn a_look_on_monday_evening_stays_on_monday() {
    let house = house().await;
    let mia = house.mia().await;
    // Nine in the evening of Monday, November 23 and ten in the morning of Tuesday: one day where days are counted elsewhere.
    for at in ["2026-11-24T02:00:00Z", "2026-11-24T15:00:00Z"] {
        *house.clock.0.lock().unwrap() = at.parse().unwrap();
        house.registry.record(&house.clinic(), mia).await.unwrap();
    }
    let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
    assert_eq!(looked.iter().filter(|it| it.line.action == "record.read").count(), 2);
}

#[tokio::test]
async fn a_number_on_a_page_and_a_name_on_a_form_are_no_reading_of_the_record() {
    let house = house().await;
    let mia = house.mia().await;
    let before = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines.len();
    assert_eq!(house.registry.requests_waiting(&house.clinic()).await.unwrap(), 0);
    assert!(is_not_found(house.registry.requests_waiting(&house.nurse()).await));
    house.registry.name(&house.clinic(), mia).await.unwrap();
    for caller in [house.stranger(), house.other_clinic(), house.nurse(), house.reviewer()] {
        assert!(is_not_found(house.registry.name(&caller, mia).await));
    }
    let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
    let of_office: Vec<_> =
        looked.iter().filter(|it| it.line.role == "provider_staff").map(|it| it.line.action.as_str()).collect();
    assert!(of_office.contains(&"name.read") && !of_office.contains(&"record.read"), "{of_office:?}");
    assert!(looked.iter().any(|it| it.line.outcome == "refused"), "a refused look is recorded");
    assert!(looked.len() > before);
}

#[tokio::test]
async fn another_office_takes_a_patient_into_care_before_it_reads_the_record() {
    let house = house().await;
    let mia = house.mia().await;
    let found = house.registry.search(&house.other_clinic(), "Okafro", "mia", day("2021-03-10")).await.unwrap();
    assert_eq!((found.len(), found[0].chart), (1, None));
    assert!(is_not_found(house.registry.record(&house.other_clinic(), mia).await));
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    assert!(house.registry.record(&house.other_clinic(), mia).await.is_ok());
}

#[tokio::test]
async fn a_dose_is_corrected_only_by_its_office_once_and_its_past_is_kept() {
    let house = house().await;
    let mia = house.mia().await;
    let given = house.registry.record(&house.clinic(), mia).await.unwrap().doses.remove(0);
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    let entry = DoseEntry { lot: Lot::stored("B2".into()), ..dose("2022-03-12", 3) };
    assert!(is_not_found(
        house.registry.correct_dose(&house.other_clinic(), mia, given.id, 1, &entry, &says("theirs"), None).await
    ));
    house.registry.correct_dose(&house.clinic(), mia, given.id, 1, &entry, &says("wrong day"), None).await.unwrap();
    assert!(matches!(
        house.registry.correct_dose(&house.clinic(), mia, given.id, 1, &entry, &says("again"), None).await,
        Err(RegistryError::Conflict)
    ));
    house.registry.void_dose(&house.clinic(), mia, given.id, 2, &says("wrong child"), None).await.unwrap();
    let record = house.registry.record(&house.clinic(), mia).await.unwrap();
    assert_eq!((record.doses.len(), record.voided.len(), record.changes.len()), (0, 1, 2));
    let before_birth = house.registry.add_dose(&house.clinic(), mia, &dose("2021-03-09", 3)).await;
    assert!(matches!(before_birth, Err(RegistryError::Invalid(..))));
}

#[tokio::test]
async fn what_a_family_sees_of_its_own_is_written_down_and_is_no_reading_of_the_record() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let parent = house.parent();
        house.registry.my_people(&parent).await.unwrap();
        house.registry.my_offices(&parent, mia).await.unwrap();
        house.registry.my_objections(&parent, mia).await.unwrap();
        let looked = house.registry.who_looked(&parent, mia, 1).await.unwrap().lines;
        assert!(looked.iter().all(|looked| looked.line.role != Role::Family.key()), "{looked:?}");
        // To fill a form in, the details are read, and that is told.
        house.registry.own_details(&parent, mia).await.unwrap();
        assert!(is_not_found(house.registry.own_details(&house.clinic(), mia).await));
        let mut tx = house.store.read().await.unwrap();
        let lines = tx.audits_of(mia, None, 100).await.unwrap();
        let count = |action: &str| lines.iter().filter(|line| line.action == action && line.role == "family").count();
        assert_eq!((count("family.listed"), count("objection.own"), count("objection.preview")), (2, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn at_eighteen_a_record_is_the_persons_own() {
    let house = house().await;
    let mia = house.mia().await;
    assert_eq!(house.registry.my_people(&house.parent()).await.unwrap().len(), 1);
    house.later(60 * 24 * 366 * 13);
    assert!(house.registry.my_people(&house.parent()).await.unwrap().is_empty());
    assert!(is_not_found(house.registry.record(&house.parent(), mia).await));
}

#[tokio::test]
async fn a_family_that_opens_its_record_is_not_said_to_have_worked_on_a_form() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.whole_record(&house.parent(), mia).await.unwrap();
    house.registry.my_objections(&house.parent(), mia).await.unwrap();
    let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
    let told = |looked: &registry::Looked| {
        domain::audit::Action::from_key(&looked.line.action).map(domain::audit::Action::told)
    };
    assert!(!looked.is_empty());
    assert!(looked.iter().all(|line| told(line) != Some(domain::audit::Told::Form)), "{looked:?}");
}
