//! Forms about somebody who gets their name, or their record, later.

use domain::objection::State;

use super::*;

/// A message of the clinic about a child of a number, with a dose and what is done with it.
fn message(control: &str, number: &str, name: &str, action: &str) -> String {
    format!(
        "MSH|^~\\&|EHR|P1|MIIS|MA|20260801||VXU^V04^VXU_V04|{control}|P|2.5.1\rPID|1||{number}^^^EHR^MR||{name}||20260714|F\rRXA|0|1|20260715||08^HepB^CVX|||||||||||||||CP|{action}\r"
    )
}

async fn import(house: &House, text: &str) -> registry::Batch {
    let clinic = house.clinic();
    house.registry.import(&clinic, house.office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch
}

fn form_for(first: &str) -> Form {
    Form { name: PersonName::new("Doe", first, "").unwrap(), born: day("2026-07-14"), ..objection(Choice::Object) }
}

async fn sharing_of(house: &House, first: &str) -> Vec<Sharing> {
    let wanted = matching::Wanted::new("Doe", first, day("2026-07-14"));
    let keys = store::SearchKeys {
        last: wanted.last_key(),
        first: wanted.first_key(),
        born: wanted.born(),
        swapped: wanted.born(),
    };
    let mut tx = house.store.read().await.unwrap();
    let mut all = Vec::new();
    for person in tx.same_person(keys).await.unwrap() {
        all.push(tx.patient(person).await.unwrap().unwrap().patient().sharing);
    }
    all
}

async fn accept_without_record(house: &House, first: &str) -> domain::ObjectionId {
    let form = house.registry.submit_objection(&Caller::public(), form_for(first), false).await.unwrap();
    let nobody = Decision::NoRecordYet { namesakes: 0 };
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &nobody).await.unwrap();
    form.id
}

async fn accept_for_everybody_called_babygirl(house: &House) {
    let form = house.registry.submit_objection(&Caller::public(), form_for("Babygirl"), false).await.unwrap();
    let people = house.registry.objection_entry(&house.reviewer(), form.id).await.unwrap().people;
    let all = Decision::Accept(people.iter().map(|(person, _)| person.id).collect());
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &all).await.unwrap();
}

#[tokio::test]
async fn a_newborn_who_is_named_after_the_objection_was_accepted_is_kept_back() {
    in_a_house(|house| async move {
        assert_eq!(import(&house, &message("1", "77", "Doe^BABYGIRL", "A")).await.accepted, 1);
        let form = accept_without_record(&house, "Ann").await;
        let decided = house.registry.objection(&house.reviewer(), form).await.unwrap();
        house.later(60);
        import(&house, &message("2", "77", "Doe^Ann", "A")).await;
        assert_eq!(sharing_of(&house, "Ann").await, [Sharing::Objected]);
        let found = house.registry.search(&house.other_clinic(), "Doe", "Ann", day("2026-07-14")).await.unwrap();
        assert!(found.is_empty(), "the other office finds nobody");
        let now = house.registry.objection(&house.reviewer(), form).await.unwrap();
        assert_eq!(now.state, State::InEffect);
        assert_eq!(
            (now.decided_at, now.decided_by),
            (decided.decided_at, decided.decided_by),
            "who decided, and when, stays"
        );
    })
    .await;
}

#[tokio::test]
async fn a_newborn_who_is_named_like_somebody_who_objected_is_kept_back_until_somebody_has_looked() {
    in_a_house(|house| async move {
        import(&house, &message("1", "77", "Doe^BABYGIRL", "A")).await;
        accept_without_record(&house, "Ann").await;
        house.later(60);
        // The other office types the name first: the form is about the child it makes known.
        let typed = person("Doe", "Ann", "2026-07-14");
        house.registry.add_person(&house.other_clinic(), &typed, &dose("2026-07-15", 8)).await.unwrap();
        assert_eq!(sharing_of(&house, "Ann").await, [Sharing::Objected]);
        house.later(60);
        let again = import(&house, &message("2", "77", "Doe^Ann", "A")).await;
        assert_eq!((again.accepted + again.warned, again.waiting), (1, 0));
        let mut both = sharing_of(&house, "Ann").await;
        both.sort_by_key(|sharing| sharing.key());
        assert_eq!(both, [Sharing::Objected, Sharing::Provisional]);
    })
    .await;
}

#[tokio::test]
async fn a_newborn_whose_form_waits_stays_kept_back_when_it_is_named() {
    in_a_house(|house| async move {
        for (control, number) in [("1", "77"), ("2", "78")] {
            import(&house, &message(control, number, "Doe^BABYGIRL", "A")).await;
        }
        let form = house.registry.submit_objection(&Caller::public(), form_for("Babygirl"), false).await.unwrap();
        assert_eq!(sharing_of(&house, "Babygirl").await, [Sharing::Provisional; 2]);
        house.later(60);
        import(&house, &message("3", "77", "Doe^Ann", "A")).await;
        assert_eq!(sharing_of(&house, "Ann").await, [Sharing::Provisional], "nobody has said that she is not meant");
        let entry = house.registry.objection_entry(&house.reviewer(), form.id).await.unwrap();
        assert_eq!(entry.people.len(), 2, "the Department finds her by the name she had");
        let rejected = Decision::Reject(says("not signed by a parent"));
        house.registry.decide_objection(&house.reviewer(), form.id, 1, &rejected).await.unwrap();
        assert_eq!(sharing_of(&house, "Ann").await, [Sharing::Shared], "and she is free with her sister");
        assert_eq!(sharing_of(&house, "Babygirl").await, [Sharing::Shared]);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_makes_nobody_known_uses_no_objection_up() {
    in_a_house(|house| async move {
        let form = accept_without_record(&house, "Ann").await;
        assert_eq!(import(&house, &message("1", "77", "Doe^Ann", "D")).await.waiting, 1);
        let state = house.registry.objection(&house.reviewer(), form).await.unwrap().state;
        assert_eq!(state, State::NoRecordYet, "there is still nobody it could be about");
        house.later(60);
        import(&house, &message("2", "77", "Doe^Ann", "A")).await;
        assert_eq!(sharing_of(&house, "Ann").await, [Sharing::Objected]);
        let family = house.registry.objection(&house.reviewer(), form).await.unwrap();
        assert!(family.patient.is_some() && family.state == State::InEffect);
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_of_a_child_who_objected_is_not_opened_by_naming_it() {
    in_a_house(|house| async move {
        import(&house, &message("1", "77", "Doe^BABYGIRL", "A")).await;
        accept_for_everybody_called_babygirl(&house).await;
        house.later(60);
        // Another hospital knows nothing of the first record, and makes a second one of the same child.
        let file = |control: &str, name: &str| message(control, "9", name, "A");
        let other = house.other_clinic();
        for (control, name) in [("7", "Doe^BABYGIRL"), ("8", "Doe^Mia")] {
            let text = file(control, name);
            house.registry.import(&other, house.other, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap();
            house.later(60);
        }
        assert_eq!(sharing_of(&house, "Mia").await, [Sharing::Provisional], "until somebody has looked");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_accepted_for_nobody_lifts_nothing_when_somebody_gets_that_name() {
    in_a_house(|house| async move {
        import(&house, &message("1", "77", "Doe^BABYGIRL", "A")).await;
        accept_for_everybody_called_babygirl(&house).await;
        house.later(60);
        let withdrawal = Form { choice: Choice::Withdraw, ..form_for("Mia") };
        let sent = house.registry.submit_objection(&Caller::public(), withdrawal, false).await.unwrap();
        let nobody = Decision::NoRecordYet { namesakes: 0 };
        house.registry.decide_objection(&house.reviewer(), sent.id, 1, &nobody).await.unwrap();
        house.later(60);
        import(&house, &message("2", "77", "Doe^Mia", "A")).await;
        assert_eq!(sharing_of(&house, "Mia").await, [Sharing::Objected]);
        let waits = house.registry.objection(&house.reviewer(), sent.id).await.unwrap();
        assert_eq!(waits.state, State::NoRecordYet);
    })
    .await;
}

#[tokio::test]
async fn a_name_given_to_one_of_two_records_leaves_the_objection_about_both() {
    in_a_house(|house| async move {
        for number in ["77", "78"] {
            import(&house, &message(number, number, "Doe^BABYGIRL", "A")).await;
        }
        accept_for_everybody_called_babygirl(&house).await;
        house.later(60);
        accept_without_record(&house, "Ann").await;
        import(&house, &message("3", "77", "Doe^Ann", "A")).await;
        house.later(60);
        // Somebody else's form makes everybody of the name looked at again.
        let stranger = Form { choice: Choice::Withdraw, ..form_for("Babygirl") };
        house.registry.submit_objection(&Caller::public(), stranger, false).await.unwrap();
        assert!(!sharing_of(&house, "Babygirl").await.contains(&Sharing::Shared));
        assert!(!sharing_of(&house, "Ann").await.contains(&Sharing::Shared));
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_of_somebody_else_takes_no_objection_back_that_waits_for_a_record() {
    in_a_house(|house| async move {
        let theirs = Form { phone: "617-555-0100".into(), ..form_for("Ann") };
        let back = |phone: &str| Form { choice: Choice::Withdraw, phone: phone.into(), ..form_for("Ann") };
        let nobody = Decision::NoRecordYet { namesakes: 0 };
        for form in [theirs.clone(), back("413-000-0000"), back("")] {
            house.later(60);
            let sent = house.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
            house.registry.decide_objection(&house.reviewer(), sent.id, 1, &nobody).await.unwrap();
        }
        let ann = person("Doe", "Ann", "2026-07-14");
        house.registry.add_person(&house.clinic(), &ann, &dose("2026-07-15", 8)).await.unwrap();
        assert_eq!(sharing_of(&house, "Ann").await, [Sharing::Objected]);
        // The family's own does.
        let born = |form: Form| Form { name: PersonName::new("Doe", "Zoe", "").unwrap(), ..form };
        for form in [born(theirs), born(back("(617) 555-0100"))] {
            house.later(60);
            let sent = house.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
            house.registry.decide_objection(&house.reviewer(), sent.id, 1, &nobody).await.unwrap();
        }
        let zoe = person("Doe", "Zoe", "2026-07-14");
        house.registry.add_person(&house.clinic(), &zoe, &dose("2026-07-15", 8)).await.unwrap();
        assert_eq!(sharing_of(&house, "Zoe").await, [Sharing::Shared]);
    })
    .await;
}

#[tokio::test]
async fn what_an_office_adds_to_a_record_makes_a_form_fit_that_waits() {
    in_a_house(|house| async move {
        let said = Demographics { phone: "617-555-0100".into(), ..person("Doe", "Ann", "2026-07-14") };
        house.registry.add_person(&house.clinic(), &said, &dose("2026-07-15", 8)).await.unwrap();
        let mother = Mother { first: "Maria".into(), maiden: String::new() };
        let form = Form { phone: "617-555-0199".into(), mother: mother.clone(), ..form_for("Ann") };
        house.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
        assert_eq!(
            sharing_of(&house, "Ann").await,
            [Sharing::Shared],
            "another telephone, and nothing else to compare"
        );
        let said = Demographics { mother, ..person("Doe", "Ann", "2026-07-14") };
        let entry = DoseEntry { source: Source::Historical, ..dose("2026-08-20", 8) };
        if let Err(RegistryError::Warned(warnings)) = house.registry.add_person(&house.clinic(), &said, &entry).await {
            let entry = DoseEntry { despite: typed("seen"), warned: warnings.key(), ..entry };
            house.registry.add_person(&house.clinic(), &said, &entry).await.unwrap();
        }
        assert_eq!(sharing_of(&house, "Ann").await, [Sharing::Provisional], "it is the same mother");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_form_and_the_name_it_means_coming_at_the_same_moment_find_each_other() {
    in_a_house(|house| async move {
        for round in 0..at_once::ROUNDS {
            let first = format!("Ann{}", char::from(b'a' + u8::try_from(round).unwrap()));
            let number = format!("R{round}");
            import(&house, &message(&format!("{round}a"), &number, "Doe^BABYGIRL", "A")).await;
            let text = message(&format!("{round}b"), &number, &format!("Doe^{first}"), "A");
            let (naming, sending) = (Arc::clone(&house), Arc::clone(&house));
            let form = form_for(&first);
            let (named, sent) = at_once::both(async move { import(&naming, &text).await.waiting == 0 }, async move {
                sending.registry.submit_objection(&Caller::public(), form, false).await.is_ok()
            })
            .await;
            assert!(named && sent, "round {round}");
            assert_eq!(sharing_of(&house, &first).await, [Sharing::Provisional], "round {round}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_office_that_never_said_a_name_keeps_what_it_saw_when_a_record_is_kept_back() {
    in_a_house(|house| async move {
        // As kept from before: in care and with a dose of the office's, and no word of its own.
        let mia = house.mia().await;
        let child = PatientId::new(id(960));
        let name = PersonName::new("Doe", "Babygirl", "").unwrap();
        let born = BirthDate::stored(day("2026-07-14"));
        let person = domain::patient::Patient { id: child, name, born, ..house.patient(mia).await };
        let given = house.registry.record(&house.clinic(), mia).await.unwrap().doses.remove(0);
        let (number, on) = (domain::DoseId::new(id(961)), day("2026-07-15"));
        let given = domain::dose::Dose { id: number, patient: child, site: Some(house.other), given_on: on, ..given };
        let mut seeder = house.registry.seed().await.unwrap();
        seeder.person(&person, false, &[given]).await.unwrap();
        seeder.care(id(962), child, house.other).await.unwrap();
        seeder.commit().await.unwrap();
        let word = || async {
            let chart = house.store.read().await.unwrap().chart(child, house.other).await.unwrap().unwrap();
            chart.said.map(|said| said.name.first().to_owned())
        };
        assert_eq!(word().await, None);
        house.registry.submit_objection(&Caller::public(), form_for("Babygirl"), false).await.unwrap();
        assert_eq!(word().await.as_deref(), Some("Babygirl"));
        let page = house.registry.record(&house.other_clinic(), child).await.unwrap();
        assert_eq!((page.person.name.first(), page.doses.len()), ("Babygirl", 1), "and its own dose");
    })
    .await;
}
