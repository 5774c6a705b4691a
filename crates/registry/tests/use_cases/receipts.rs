//! What whoever sends a form is told of it: nothing of who is on file.

use super::*;

#[tokio::test]
async fn a_receipt_does_not_say_whether_the_registry_has_the_person() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let mut told = Vec::new();
        for (first, decision) in
            [("Mia", Decision::Accept(vec![mia])), ("Nobody", Decision::NoRecordYet { namesakes: 0 })]
        {
            let mut form = objection(Choice::Object);
            form.name = PersonName::new("Okafor", first, "").unwrap();
            let sent = house.registry.submit_draft(&house.other_clinic(), form, true, first).await.unwrap();
            house.registry.decide_objection(&house.reviewer(), sent.id, 1, &decision).await.unwrap();
            let back = || async { house.registry.submitted(&house.other_clinic(), first).await.unwrap() };
            let mut all = vec![back().await];
            // The office reports the person, and hands in another form, which is accepted too.
            house.later(1);
            let entry = DoseEntry { source: Source::Historical, office: typed("Abroad"), ..dose("2022-05-02", 133) };
            let said = person("Okafor", first, "2021-03-10");
            if let Err(RegistryError::Warned(warnings)) =
                house.registry.add_person(&house.other_clinic(), &said, &entry).await
            {
                let entry = DoseEntry { despite: typed("seen"), warned: warnings.key(), ..entry };
                house.registry.add_person(&house.other_clinic(), &said, &entry).await.unwrap();
            }
            all.push(back().await);
            let mut again = objection(Choice::Object);
            again.name = PersonName::new("Okafor", first, "").unwrap();
            again.phone = "617-555-0144".into();
            let later = house.registry.submit_objection(&house.other_clinic(), again, true).await.unwrap();
            let people = house.registry.objection_entry(&house.reviewer(), later.id).await.unwrap().people;
            let named = people.iter().filter(|(person, _)| person.name.first() == first).map(|(person, _)| person.id);
            let decision = Decision::Accept(named.collect());
            house.registry.decide_objection(&house.reviewer(), later.id, 1, &decision).await.unwrap();
            all.push(back().await);
            told.push(all.into_iter().map(|back| (back.outcome, back.reason)).collect::<Vec<_>>());
        }
        assert_eq!(told[0], told[1]);
        assert!(told[0].iter().all(|(outcome, _)| *outcome == domain::objection::Outcome::Accepted), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_again_once_it_is_decided_does_not_say_whether_the_registry_has_the_person() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let submit = |first: &'static str| {
            let mut form = objection(Choice::Object);
            form.name = PersonName::new("Okafor", first, "").unwrap();
            let house = Arc::clone(&house);
            async move { house.registry.submit_objection(&house.stranger(), form, false).await.unwrap() }
        };
        let mut told = Vec::new();
        // By another spelling the first form gives way to the second, where both are about somebody on file.
        for (first, other, decision) in
            [("Mia", "Mya", Decision::Accept(vec![mia])), ("Zoe", "Zoey", Decision::NoRecordYet { namesakes: 0 })]
        {
            let mut before = Vec::new();
            for name in [first, other] {
                house.later(1);
                let sent = submit(name).await;
                house.registry.decide_objection(&house.reviewer(), sent.id, 1, &decision).await.unwrap();
                before.push(sent.receipt);
            }
            house.later(1);
            let again = submit(first).await;
            let twice = submit(first).await;
            told.push((again.repeated, before.contains(&again.receipt), twice.repeated, twice.id == again.id));
        }
        assert_eq!(told, [(false, false, true, true); 2]);
    })
    .await;
}
