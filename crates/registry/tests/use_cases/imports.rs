//! Files of messages.

use registry::Resent;

use super::*;

fn message(number: &str, last: &str, born: &str) -> String {
    format!(
        "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|{number}|P|2.5.1\rPID|1||{number}^^^EHR^MR||{last}^Ann||{born}|F\rRXA|0|1|20220310||03^MMR^CVX|0.5|||00||||||A1||MSD^Merck^MVX|||CP|A\r"
    )
}

#[tokio::test]
async fn every_refused_row_of_a_bad_file_can_be_reached_and_found() {
    let house = house().await;
    let rows: String = (0..119).map(|row| format!("Lee{row},Ann,nonsense,MMR,2022-03-10\n")).collect();
    let file = format!(
        "last_name,first_name,birth_date,vaccine,given_on\n{rows}NUÑEZ-O'Brien,ÉVA Marie,nonsense,MMR,2022-03-10\n"
    );
    let (clinic, other) = (house.clinic(), house.other_clinic());
    house.registry.import(&clinic, house.office, ImportKind::Csv, file.as_bytes(), &|_| {}).await.unwrap();
    let first = house.registry.open_messages(&clinic, 1, "").await.unwrap();
    assert_eq!((first.all, first.pages), (120, 3));
    let mut seen = std::collections::BTreeSet::new();
    for page in 1..=3 {
        let lines = house.registry.open_messages(&clinic, page, "").await.unwrap().lines;
        seen.extend(lines.into_iter().map(|message| message.position));
    }
    assert_eq!(seen.len(), 120);
    let found = async |caller: &Caller, typed: &str| {
        let found = house.registry.open_messages(caller, 1, typed).await.unwrap();
        (found.all, found.lines.first().map(|message| message.about.clone()).unwrap_or_default())
    };
    for typed in ["lee77", "LEE77, Ann", "ann lee77", " Ann,Lee77 "] {
        assert_eq!(found(&clinic, typed).await, (1, "Lee77, Ann".to_owned()), "{typed}");
    }
    for typed in ["nuñez", "Nunez", "eva o'brien", "OBRIEN", "nuñez-o’brien, éva", "marie", "121"] {
        assert_eq!(found(&clinic, typed).await.0, 1, "{typed}: row 121 of the file");
    }
    for typed in ["%", "_", "brien77", "eva lee77", "\\"] {
        assert_eq!(found(&clinic, typed).await.0, 0, "{typed}");
    }
    assert_eq!(found(&other, "lee77").await.0, 0, "another office's");
    let files = house.registry.imports(&clinic, 1).await.unwrap();
    assert_eq!((files.lines[0].refused, files.lines[0].open), (120, 120));
    let (_, messages) =
        house.registry.import_result(&clinic, domain::BatchId::new(files.lines[0].id), 3).await.unwrap();
    assert_eq!((messages.all, messages.lines.len()), (120, 20));
}

#[tokio::test]
async fn a_file_sent_twice_changes_nothing_and_a_refused_message_waits_to_be_corrected() {
    let house = house().await;
    let text = [message("1", "Lee", "20190101"), message("2", "Silva", "2019")].concat();
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    let first = import(text.clone()).await;
    assert_eq!((first.accepted, first.refused), (1, 1));
    let second = import(text).await;
    assert_eq!((second.accepted, second.refused, second.repeated), (0, 0, 2));
    assert_eq!(house.registry.count_people().await.unwrap(), 1);
    let open = house.open(&house.clinic()).await;
    assert_eq!(open.len(), 1);
    assert!(house.open(&house.other_clinic()).await.is_empty());
    let id = domain::MessageId::new(open[0].id);
    let still = house.registry.resubmit(&house.clinic(), id, &message("2", "Silva", "20191399")).await.unwrap();
    assert!(matches!(still, Resent::Still(_)) && house.open(&house.clinic()).await.len() == 1, "nothing is doubled");
    let Resent::Taken(corrected) =
        house.registry.resubmit(&house.clinic(), id, &message("2", "Silva", "20190301")).await.unwrap()
    else {
        panic!("refused")
    };
    assert_eq!(corrected.batch.accepted, 1);
    let first = house.registry.batch(&house.clinic(), domain::BatchId::new(first.id)).await.unwrap();
    assert_eq!((first.refused, first.open), (1, 0), "the file says that nobody has to look at it any more");
    assert!(house.open(&house.clinic()).await.is_empty());
    assert_eq!(house.registry.count_people().await.unwrap(), 2);
}

#[tokio::test]
async fn a_message_that_could_mean_two_people_waits_for_a_human() {
    let house = house().await;
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    import(message("1", "Lee", "20190101")).await;
    // Somebody of that name and birth date, whom the office knows by another number.
    let doubtful = import(message("2", "Lee", "20190101")).await;
    assert_eq!(doubtful.waiting, 1);
    let open = house.open(&house.clinic()).await.remove(0);
    let people = house.registry.waiting_message(&house.clinic(), domain::MessageId::new(open.id)).await.unwrap().people;
    assert_eq!(people.len(), 1);
    assert!(is_not_found(
        house
            .registry
            .choose_person(&house.clinic(), domain::MessageId::new(open.id), Some(PatientId::new(id(5))))
            .await
    ));
    house.registry.choose_person(&house.clinic(), domain::MessageId::new(open.id), None).await.unwrap();
    assert_eq!(house.registry.count_people().await.unwrap(), 2);
    // To an office that cares for neither, one of the two went by another name: that is not shown to choose by.
    let lee = people[0].id;
    let mut tx = house.store.write().await.unwrap();
    let formerly = store::OtherName {
        id: id(901),
        patient: lee,
        kind: "former",
        name: PersonName::new("Secret", "Zoe", "").unwrap(),
        last_key: matching::last_key("Secret"),
        first_key: matching::first_key("Zoe"),
        born: day("2019-01-01"),
    };
    tx.add_names(&[formerly], house.registry.now()).await.unwrap();
    tx.commit().await.unwrap();
    let text = message("3", "Lee", "20190101");
    house.registry.import(&house.other_clinic(), house.other, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap();
    let open = house.open(&house.other_clinic()).await.remove(0);
    let id = domain::MessageId::new(open.id);
    let people = house.registry.waiting_message(&house.other_clinic(), id).await.unwrap().people;
    assert!(people.len() == 2 && people.iter().all(|person| person.who.other_names.is_empty()), "{people:?}");
}

#[tokio::test]
async fn messages_about_one_person_in_one_file_find_each_other() {
    let house = house().await;
    let visit = |control: &str, date: &str, cvx: &str| {
        message(control, "Lee", "20190101")
            .replace(&format!("PID|1||{control}^^^EHR^MR"), "PID|1||77^^^EHR^MR")
            .replace("20220310||03^MMR", &format!("{date}||{cvx}^X"))
    };
    // The second brings a second dose, the third the first dose again under a mistyped name, the fourth takes one back.
    let text = [
        visit("1", "20200310", "03"),
        visit("2", "20230310", "94"),
        visit("3", "20200310", "03").replace("Lee^Ann", "Lee^Anne"),
        visit("4", "20230310", "94").replace("|CP|A", "|CP|D"),
        visit("4", "20230310", "94").replace("|CP|A", "|CP|D"),
    ]
    .concat();
    let batch = house
        .registry
        .import(&house.clinic(), house.office, ImportKind::Hl7, text.as_bytes(), &|_| {})
        .await
        .unwrap()
        .batch;
    assert_eq!((batch.accepted, batch.warned, batch.repeated, batch.refused, batch.waiting), (3, 1, 1, 0, 0));
    let found = house.registry.search(&house.clinic(), "Lee", "Ann", day("2019-01-01")).await.unwrap();
    assert_eq!(found.len(), 1);
    let record = house.registry.record(&house.clinic(), found[0].id).await.unwrap();
    assert_eq!((record.doses.len(), record.voided.len(), record.changes.len()), (1, 1, 1));
}

#[tokio::test]
async fn a_dose_another_office_gave_is_history_for_the_one_that_reports_it() {
    let house = house().await;
    let text = message("1", "Lee", "20190101").replace("|00||||||A1|", "|00||^^^P2||||A1|");
    let batch = house
        .registry
        .import(&house.clinic(), house.office, ImportKind::Hl7, text.as_bytes(), &|_| {})
        .await
        .unwrap()
        .batch;
    assert_eq!(batch.warned, 1);
    let found = house.registry.search(&house.clinic(), "Lee", "Ann", day("2019-01-01")).await.unwrap().remove(0);
    let dose = house.registry.record(&house.clinic(), found.id).await.unwrap().doses.remove(0);
    let other = house.registry.site(house.other).await.unwrap();
    assert_eq!((dose.source, dose.office), (Source::Historical, other.name));
}

#[tokio::test]
async fn rows_about_somebody_new_who_is_known_by_a_number_too_make_one_person() {
    let house = house().await;
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    let visit = |control: &str, number: &str, first: &str, day: &str| {
        message(control, "Lee", "20190101")
            .replace(&format!("PID|1||{control}^^^EHR"), &format!("PID|1||{number}^^^EHR"))
            .replace("Lee^Ann", &format!("Lee^{first}"))
            .replace("20220310", day)
    };
    import(visit("1", "77", "Ann", "20220310")).await;
    // Known by the number, then twice without it under the same spelling.
    let batch = import(
        [
            visit("2", "77", "Anne", "20220410"),
            visit("3", "88", "Zoe", "20220510"),
            visit("4", "88", "Zoe", "20220610"),
            visit("5", "99", "Zoe", "20220710"),
        ]
        .concat(),
    )
    .await;
    assert_eq!(house.registry.count_people().await.unwrap(), 2, "Ann, whom the number names, and Zoe");
    assert_eq!(batch.waiting, 1, "a second number of a Zoe born that day is for a human");
}

#[tokio::test]
async fn the_human_who_chose_is_not_asked_again() {
    let house = house().await;
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    import(message("1", "Lee", "20190101")).await;
    import(message("2", "Lee", "20190101")).await;
    let open = house.open(&house.clinic()).await.remove(0);
    let chosen = house.registry.search(&house.clinic(), "Lee", "Ann", day("2019-01-01")).await.unwrap()[0].id;
    house.registry.choose_person(&house.clinic(), domain::MessageId::new(open.id), Some(chosen)).await.unwrap();
    // The office knows one child by two numbers now.
    for number in ["1", "2"] {
        let next = message(number, "Lee", "20190101").replace("20220310", &format!("2024031{number}"));
        assert_eq!(import(next).await.waiting, 0, "{number}");
    }
    assert_eq!(house.registry.count_people().await.unwrap(), 1);
}

#[tokio::test]
async fn choosing_somebody_with_a_protected_address_leaves_it_as_it_is() {
    let house = house().await;
    let mia = house.mia().await;
    let mut twin = house.patient(mia).await;
    twin.id = PatientId::new(id(950));
    twin.address = Address { street: "1 Hidden Way".into(), city: "Lynn".into(), ..Address::default() };
    twin.address_restricted = true;
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.person(&twin, false, &[]).await.unwrap();
    seeder.guardian(id(951), twin.id, UserId::new(id(10)), "parent").await.unwrap();
    seeder.commit().await.unwrap();
    let text = message("1", "Okafor", "20210310")
        .replace("Okafor^Ann", "Okafor^Mia")
        .replace("20210310|F", "20210310|F|||9 New St^^Boston^MA^02118");
    let batch = house
        .registry
        .import(&house.clinic(), house.office, ImportKind::Hl7, text.as_bytes(), &|_| {})
        .await
        .unwrap()
        .batch;
    assert_eq!(batch.waiting, 1);
    let open = house.open(&house.clinic()).await.remove(0);
    let people = house.registry.waiting_message(&house.clinic(), domain::MessageId::new(open.id)).await.unwrap().people;
    assert!(people.iter().all(|person| person.who.address.street != "1 Hidden Way"), "masked for the office");
    house.registry.choose_person(&house.clinic(), domain::MessageId::new(open.id), Some(twin.id)).await.unwrap();
    let own = house.registry.record(&house.parent(), twin.id).await.unwrap();
    assert_eq!(own.person.address.street, "1 Hidden Way");
}

#[tokio::test]
async fn an_import_tells_nothing_of_people_kept_from_the_office() {
    let house = house().await;
    let mia = house.mia().await;
    let mut twin = house.patient(mia).await;
    twin.id = PatientId::new(id(950));
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.person(&twin, false, &[]).await.unwrap();
    seeder.commit().await.unwrap();
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    let both = Decision::Accept(vec![mia, twin.id]);
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &both).await.unwrap();
    let report = |control: &str, last: &str| message(control, last, "20210310").replace("^Ann", "^Mia");
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.other_clinic(), house.other);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    let hidden = import(report("1", "Okafor")).await;
    let unknown = import(report("2", "Stranger")).await;
    let counts = |batch: registry::Batch| (batch.accepted, batch.warned, batch.waiting);
    assert_eq!(counts(hidden), counts(unknown));
}

#[tokio::test]
async fn a_message_without_a_dose_makes_nobody_known_and_one_thrown_away_is_gone() {
    let house = house().await;
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    let refusal = message("1", "Lee", "20190101").replace("|CP|A", "|RE|A");
    assert_eq!(import(refusal).await.warned, 1);
    assert_eq!(house.registry.count_people().await.unwrap(), 0);
    import(message("2", "Silva", "2019")).await;
    let open = house.open(&house.clinic()).await.remove(0);
    let id = domain::MessageId::new(open.id);
    assert!(is_not_found(house.registry.dismiss_message(&house.other_clinic(), id).await));
    house.registry.dismiss_message(&house.clinic(), id).await.unwrap();
    assert!(house.open(&house.clinic()).await.is_empty());
    assert!(is_not_found(house.registry.waiting_message(&house.clinic(), id).await));
}
