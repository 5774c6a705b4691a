//! Objections, withdrawals, and what they keep from whom.

use domain::objection::State;

use super::*;

#[tokio::test]
async fn an_objection_blocks_at_once_stays_when_accepted_and_ends_with_its_withdrawal() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    let first = house.registry.submit_objection(&house.parent(), objection(Choice::Object), false).await.unwrap();
    let again = house.registry.submit_objection(&house.parent(), objection(Choice::Object), false).await.unwrap();
    assert_eq!((again.id, again.repeated), (first.id, true), "sent twice is one form");
    let hidden = |caller: Caller| {
        let registry = house.registry.clone();
        async move {
            is_not_found(registry.record(&caller, mia).await)
                && registry.search(&caller, "Okafor", "Mia", day("2021-03-10")).await.unwrap().is_empty()
        }
    };
    assert!(hidden(house.other_clinic()).await, "the provisional block");
    let own = house.registry.record(&house.clinic(), mia).await.unwrap();
    assert_eq!(own.doses.len(), 1);
    assert!(is_not_found(house.registry.whole_record(&house.clinic(), mia).await), "its own part");
    house.registry.decide_objection(&house.reviewer(), first.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    assert!(matches!(
        house.registry.decide_objection(&house.reviewer(), first.id, 1, &Decision::Accept(vec![mia])).await,
        Err(RegistryError::Conflict)
    ));
    assert!(hidden(house.other_clinic()).await);
    let said = house.registry.form_state(&house.reviewer(), &first.receipt.to_lowercase()).await.unwrap();
    assert_eq!(said, Some((first.receipt.clone(), State::InEffect)), "whatever an address says");
    assert_eq!(house.registry.form_state(&house.reviewer(), "OB-0000").await.unwrap(), None);
    assert!(is_not_found(house.registry.form_state(&house.clinic(), &first.receipt).await));
    assert!(house.registry.whole_record(&house.parent(), mia).await.is_ok());
    house.later(1);
    let withdrawal =
        house.registry.submit_objection(&house.parent(), objection(Choice::Withdraw), false).await.unwrap();
    assert!(hidden(house.other_clinic()).await, "a withdrawal waits for the Department");
    house.registry.decide_objection(&house.reviewer(), withdrawal.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    assert!(!hidden(house.other_clinic()).await);
    // Changing one's mind again is a new form, on the same day too.
    house.later(1);
    let third = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    assert!(third.id != first.id && !third.repeated);
    house
        .registry
        .decide_objection(&house.reviewer(), third.id, 1, &Decision::Reject(says("not the parent")))
        .await
        .unwrap();
    assert!(!hidden(house.other_clinic()).await, "a rejected form blocks nothing");
}

#[tokio::test]
async fn a_form_for_somebody_not_on_file_takes_effect_when_the_record_appears() {
    let house = house().await;
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house
        .registry
        .decide_objection(&house.reviewer(), form.id, 1, &Decision::NoRecordYet { namesakes: 0 })
        .await
        .unwrap();
    let mia = house.mia().await;
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap_err();
    assert!(is_not_found(house.registry.record(&house.other_clinic(), mia).await));
}

#[tokio::test]
async fn nobody_learns_of_an_earlier_form_by_sending_a_similar_one() {
    let house = house().await;
    let mia = house.mia().await;
    let mut theirs = objection(Choice::Object);
    theirs.phone = "617-555-0142".into();
    let first = house.registry.submit_objection(&Caller::public(), theirs.clone(), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), first.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    // A stranger knows the name, the date of birth and the parent's name, and guesses.
    let guess = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    assert!(guess.id != first.id && guess.receipt != first.receipt && !guess.repeated);
}

#[tokio::test]
async fn an_office_the_record_is_kept_from_writes_nothing_over_who_is_on_file() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let sent = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
        house.registry.decide_objection(&house.reviewer(), sent.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
        let before = house.patient(mia).await;
        let mut said = person("Okafor", "Mia", "2021-03-10");
        said.name = PersonName::new("Okafor", "Mia", "Zed").unwrap();
        said.phone = "617-555-0177".into();
        for on in ["2022-05-02", "2022-06-02"] {
            let entry = DoseEntry { source: Source::Historical, office: typed("Abroad"), ..dose(on, 133) };
            let mut put = house.registry.add_person(&house.other_clinic(), &said, &entry).await;
            if let Err(RegistryError::Warned(warnings)) = put {
                let entry = DoseEntry { despite: typed("seen"), warned: warnings.key(), ..entry };
                put = house.registry.add_person(&house.other_clinic(), &said, &entry).await;
            }
            assert_eq!(put.unwrap(), mia, "a dose is not lost");
        }
        let file = "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|9|P|2.5.1\rPID|1||9^^^EHR^MR||Okafor^Mia^Zed~Roe^Mia||20210310|F|||5 Elm St^^Lynn^MA^01901||617-555-0188\rRXA|0|1|20220702||133^PCV13^CVX|0.5|||01||||||||||||A\r";
        let batch = house
            .registry
            .import(&house.other_clinic(), house.other, ImportKind::Hl7, file.as_bytes(), &|_| {})
            .await
            .unwrap()
            .batch;
        assert_eq!((batch.accepted, batch.waiting), (1, 0));
        assert_eq!(house.patient(mia).await.demographics(), before.demographics());
        assert!(house.store.read().await.unwrap().other_names(mia).await.unwrap().is_empty());
        // Shared again, what was said meanwhile fills in what nobody knew; what was known stays.
        house.later(1);
        let back = house.registry.submit_objection(&Caller::public(), objection(Choice::Withdraw), false).await.unwrap();
        house.registry.decide_objection(&house.reviewer(), back.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
        let after = house.patient(mia).await;
        // It may have been said of somebody else: it gives nobody a name, and what two have said is not taken.
        assert_eq!((after.name.middle(), after.phone.as_str()), ("", "617-555-0177"));
        assert_eq!((after.gender, after.address.city.as_str()), (before.gender, "Lynn"));
    })
    .await;
}

#[tokio::test]
async fn an_office_that_reports_a_dose_learns_no_address_of_somebody_who_objected() {
    let house = house().await;
    let person = |street: &str| Demographics {
        mother: Mother { first: "Lea".into(), maiden: "Stern".into() },
        address: Address { street: street.into(), ..Address::default() },
        phone: "617-555-0199".into(),
        ..person("Adler", "Ruth", "2020-11-02")
    };
    let ruth =
        house.registry.add_person(&house.clinic(), &person("1 Hidden Ln"), &dose("2021-01-02", 8)).await.unwrap();
    let mut form = objection(Choice::Object);
    form.name = PersonName::new("Adler", "Ruth", "").unwrap();
    form.born = day("2020-11-02");
    let sent = house.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), sent.id, 1, &Decision::Accept(vec![ruth])).await.unwrap();
    let history = DoseEntry { source: Source::Historical, office: typed("Abroad"), ..dose("2022-01-02", 3) };
    let same = house.registry.add_person(&house.other_clinic(), &person("Theirs"), &history).await.unwrap();
    assert_eq!(same, ruth);
    let seen = house.registry.record(&house.other_clinic(), ruth).await.unwrap();
    assert_eq!(seen.doses.len(), 1);
    assert_eq!(seen.person, person("Theirs"), "what it has typed itself");
    // Taken back, the made-up dose leaves what the office has typed, as with somebody who was nobody before.
    house.registry.void_dose(&house.other_clinic(), ruth, seen.doses[0].id, 1, &says("made up"), None).await.unwrap();
    let seen = house.registry.record(&house.other_clinic(), ruth).await.unwrap();
    assert_eq!((seen.doses.len(), seen.person), (0, person("Theirs")));
    // A file of guessed doses is told nothing of the clinic's.
    let guess = "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|9|P|2.5.1\rPID|1||9^^^EHR^MR||Adler^Ruth||20201102|F\rRXA|0|1|20210102||08^HepB^CVX|0.5|||01||||||||||||A\r";
    let batch = house
        .registry
        .import(&house.other_clinic(), house.other, ImportKind::Hl7, guess.as_bytes(), &|_| {})
        .await
        .unwrap()
        .batch;
    assert_eq!((batch.accepted, batch.warned), (1, 0));
}

#[tokio::test]
async fn the_familys_latest_form_decides_whatever_order_the_department_works_in() {
    let house = house().await;
    let mia = house.mia().await;
    let withdrawal =
        house.registry.submit_objection(&Caller::public(), objection(Choice::Withdraw), false).await.unwrap();
    house.later(1);
    let object = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), object.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), withdrawal.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    assert!(
        is_not_found(house.registry.take_into_care(&house.other_clinic(), mia).await),
        "the later objection still holds"
    );
}

#[tokio::test]
async fn a_record_that_appears_while_a_form_waits_is_blocked_from_its_first_day() {
    let house = house().await;
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    let mia = house.mia().await;
    assert!(is_not_found(house.registry.take_into_care(&house.other_clinic(), mia).await));
    let late =
        house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::NoRecordYet { namesakes: 0 }).await;
    assert!(matches!(late, Err(RegistryError::Conflict)), "somebody of that name is on file by now");
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    assert!(is_not_found(house.registry.take_into_care(&house.other_clinic(), mia).await));
}

#[tokio::test]
async fn somebody_on_file_twice_is_hidden_twice_and_back_together() {
    let house = house().await;
    let mia = house.mia().await;
    // The same girl once more, under the number of an office's own system.
    let mut twin = house.patient(mia).await;
    twin.id = PatientId::new(id(950));
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.person(&twin, false, &[]).await.unwrap();
    seeder.care(id(951), twin.id, house.other).await.unwrap();
    seeder.commit().await.unwrap();
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    let seen = || {
        let (registry, caller) = (house.registry.clone(), house.other_clinic());
        async move { [registry.record(&caller, mia).await.is_ok(), registry.record(&caller, twin.id).await.is_ok()] }
    };
    assert_eq!(seen().await, [true, true]);
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    assert_eq!(seen().await, [false, false], "whoever it means, both wait");
    let both = Decision::Accept(vec![mia, twin.id]);
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &both).await.unwrap();
    assert_eq!(seen().await, [false, false]);
    house.later(1);
    let back = house.registry.submit_objection(&house.parent(), objection(Choice::Withdraw), false).await.unwrap();
    // One box is enough: the earlier form said that the two are one.
    house.registry.decide_objection(&house.reviewer(), back.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    assert_eq!(seen().await, [true, true]);
    let nobody = Decision::Accept(Vec::new());
    let third = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    assert!(matches!(
        house.registry.decide_objection(&house.reviewer(), third.id, 1, &nobody).await,
        Err(RegistryError::Invalid("person", _))
    ));
}

#[tokio::test]
async fn asking_the_family_for_more_opens_no_record() {
    let house = house().await;
    let mia = house.mia().await;
    let mut twin = house.patient(mia).await;
    twin.id = PatientId::new(id(950));
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.person(&twin, false, &[]).await.unwrap();
    seeder.care(id(951), twin.id, house.other).await.unwrap();
    seeder.commit().await.unwrap();
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    let seen = || {
        let (registry, caller) = (house.registry.clone(), house.other_clinic());
        async move { [registry.record(&caller, mia).await.is_ok(), registry.record(&caller, twin.id).await.is_ok()] }
    };
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.later(1);
    // A second form of somebody who says to be the other parent.
    let mut other = objection(Choice::Object);
    other.signature = "Sam Okafor".into();
    let second = house.registry.submit_objection(&Caller::public(), other, false).await.unwrap();
    let decide = |form: registry::Received, version: i64, decision: Decision| {
        let (registry, reviewer) = (house.registry.clone(), house.reviewer());
        async move { registry.decide_objection(&reviewer, form.id, version, &decision).await }
    };
    decide(form.clone(), 1, Decision::AskForMore(says("Which of the two?"))).await.unwrap();
    assert_eq!(seen().await, [false, false], "it still waits");
    decide(second, 1, Decision::Reject(says("not the parent"))).await.unwrap();
    assert_eq!(seen().await, [false, false], "the first one still waits");
    // The form is about one of them: whoever was not meant is shared again.
    decide(form, 2, Decision::Accept(vec![mia])).await.unwrap();
    assert_eq!(seen().await, [false, true]);
}

#[tokio::test]
async fn an_older_form_about_two_records_leaves_neither_open() {
    let house = house().await;
    let mia = house.mia().await;
    let older = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.later(1);
    let mut again = objection(Choice::Object);
    again.phone = "617-555-0100".into();
    let newer = house.registry.submit_objection(&Caller::public(), again, false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), newer.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    let mut twin = house.patient(mia).await;
    twin.id = PatientId::new(id(950));
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.person(&twin, false, &[]).await.unwrap();
    seeder.care(id(951), twin.id, house.other).await.unwrap();
    seeder.commit().await.unwrap();
    let both = Decision::Accept(vec![mia, twin.id]);
    house.registry.decide_objection(&house.reviewer(), older.id, 1, &both).await.unwrap();
    assert!(is_not_found(house.registry.record(&house.other_clinic(), twin.id).await));
}

#[tokio::test]
async fn a_withdrawal_nobody_has_checked_lifts_nothing_when_the_record_appears() {
    let house = house().await;
    house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.later(1);
    house.registry.submit_objection(&Caller::public(), objection(Choice::Withdraw), false).await.unwrap();
    let mia = house.mia().await;
    assert!(is_not_found(house.registry.record(&house.other_clinic(), mia).await));
    assert!(house.registry.take_into_care(&house.other_clinic(), mia).await.is_err());
}

#[tokio::test]
async fn nobody_on_file_is_meant_although_two_have_the_name() {
    let house = house().await;
    house.mia().await;
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    let nobody = |namesakes| Decision::NoRecordYet { namesakes };
    // Shown nobody: somebody appeared since, the reviewer looks again.
    assert!(matches!(
        house.registry.decide_objection(&house.reviewer(), form.id, 1, &nobody(0)).await,
        Err(RegistryError::Conflict)
    ));
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &nobody(1)).await.unwrap();
}

#[tokio::test]
async fn a_stranger_who_knows_only_a_name_and_a_birthday_blocks_nobody() {
    let house = house().await;
    let mia = house.mia().await;
    let mut known = house.patient(mia).await;
    known.id = PatientId::new(id(950));
    known.name = PersonName::new("Brandt", "Leo", "").unwrap();
    known.phone = "(617) 555-0142".into();
    known.mother.first = "Grace".into();
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.person(&known, false, &[]).await.unwrap();
    seeder.care(id(951), known.id, house.other).await.unwrap();
    seeder.commit().await.unwrap();
    let send = |phone: &str, mother: &str| {
        let mut form = objection(Choice::Object);
        form.name = known.name.clone();
        form.phone = phone.into();
        form.mother.first = mother.into();
        let registry = house.registry.clone();
        async move { registry.submit_objection(&Caller::public(), form, false).await.unwrap() }
    };
    let seen = || {
        let (registry, caller) = (house.registry.clone(), house.other_clinic());
        async move { registry.record(&caller, known.id).await.is_ok() }
    };
    send("617-555-0199", "Zelda").await;
    assert!(seen().await, "the Department looks first");
    house.later(1);
    // Somebody who knows one of them is believed until the Department has looked.
    send("617 555 0142", "Zelda").await;
    assert!(!seen().await);
}
