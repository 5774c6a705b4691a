//! Forms of people nobody knows: they lift nothing, tell nothing, and stand on nobody's page.

use domain::objection::State;

use super::*;

/// A form that names Mia and knows nothing else of her.
fn contradicting(choice: Choice) -> Form {
    Form { phone: "617-555-0199".into(), signature: "Somebody Else".into(), ..objection(choice) }
}

/// Mia with a telephone number, so that a form can contradict it.
async fn mia_with_a_phone(house: &House) -> PatientId {
    let said = Demographics { phone: "617-555-0142".into(), ..person("Okafor", "Mia", "2021-03-10") };
    let mia = house.registry.add_person(&house.clinic(), &said, &dose("2022-03-10", 3)).await.unwrap();
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.guardian(id(900), mia, UserId::new(id(10)), "parent").await.unwrap();
    seeder.commit().await.unwrap();
    mia
}

async fn send(house: &House, form: Form) -> registry::Received {
    house.later(1);
    house.registry.submit_objection(&Caller::public(), form, false).await.unwrap()
}

#[tokio::test]
async fn no_number_of_forms_lifts_an_objection_in_effect() {
    in_a_house(|house| async move {
        let mia = mia_with_a_phone(&house).await;
        let theirs = send(&house, objection(Choice::Object)).await;
        house.registry.decide_objection(&house.reviewer(), theirs.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
        let mut open = Vec::new();
        for round in 0..120 {
            let choice = if round % 2 == 0 { Choice::Object } else { Choice::Withdraw };
            open.push(send(&house, contradicting(choice)).await);
            assert_eq!(house.patient(mia).await.sharing, Sharing::Objected, "after {round}");
        }
        for form in &open {
            let rejected = Decision::Reject(says("not the parent"));
            house.registry.decide_objection(&house.reviewer(), form.id, 1, &rejected).await.unwrap();
        }
        assert_eq!(house.patient(mia).await.sharing, Sharing::Objected);
        // The family objects again, and takes it back: each form gives way to the next, whatever was sent meanwhile.
        let again = send(&house, Form { phone: "617-555-0142".into(), ..objection(Choice::Object) }).await;
        house.registry.decide_objection(&house.reviewer(), again.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
        let before = house.registry.objection(&house.reviewer(), theirs.id).await.unwrap();
        assert_eq!(before.state, State::Superseded);
        let back = send(&house, objection(Choice::Withdraw)).await;
        house.registry.decide_objection(&house.reviewer(), back.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
        assert_eq!(house.patient(mia).await.sharing, Sharing::Shared);
    })
    .await;
}

#[tokio::test]
async fn no_number_of_forms_hides_the_one_that_blocks_provisionally() {
    in_a_house(|house| async move {
        let mia = mia_with_a_phone(&house).await;
        send(&house, objection(Choice::Object)).await;
        for _ in 0..120 {
            send(&house, contradicting(Choice::Object)).await;
        }
        assert_eq!(house.patient(mia).await.sharing, Sharing::Provisional);
    })
    .await;
}

#[tokio::test]
async fn whoever_types_an_earlier_form_again_learns_nothing_of_it() {
    in_a_house(|house| async move {
        house.mia().await;
        let first = send(&house, objection(Choice::Object)).await;
        let asked = Decision::AskForMore(says("Which school?"));
        house.registry.decide_objection(&house.reviewer(), first.id, 1, &asked).await.unwrap();
        house.later(1);
        let typed = objection(Choice::Object);
        let again = house.registry.submit_draft(&Caller::public(), typed, false, "another browser").await.unwrap();
        assert!(!again.repeated && again.id != first.id && again.receipt != first.receipt);
        let told = house.registry.submitted(&Caller::public(), "another browser").await.unwrap();
        assert_eq!((told.outcome, told.reason.as_str()), (domain::objection::Outcome::Waits, ""));
        assert_eq!(told.receipt, again.receipt);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_draft_is_one_form_however_often_its_button_is_pressed() {
    in_a_house(|house| async move {
        for round in 0..at_once::ROUNDS {
            let form = Form { name: at_once::name_of(round), ..objection(Choice::Object) };
            let press = || {
                let (house, form, secret) = (Arc::clone(&house), form.clone(), format!("draft {round}"));
                async move { house.registry.submit_draft(&Caller::public(), form, false, &secret).await.unwrap() }
            };
            let (one, other) = at_once::both(press(), press()).await;
            assert_eq!((one.id, one.receipt), (other.id, other.receipt), "round {round}");
            assert!(one.repeated != other.repeated, "round {round}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_strangers_form_and_what_the_department_says_to_it_stand_on_nobodys_page() {
    in_a_house(|house| async move {
        let mia = mia_with_a_phone(&house).await;
        for form in [contradicting(Choice::Object), objection(Choice::Object)] {
            let sent = send(&house, form).await;
            let rejected = Decision::Reject(says("We called you at another address."));
            house.registry.decide_objection(&house.reviewer(), sent.id, 1, &rejected).await.unwrap();
        }
        assert!(house.registry.my_objections(&house.parent(), mia).await.unwrap().is_empty());
        // What the family has sent itself it sees from the first moment, and whatever is in effect.
        house.later(1);
        let theirs = house.registry.submit_objection(&house.parent(), objection(Choice::Object), false).await.unwrap();
        let listed = house.registry.my_objections(&house.parent(), mia).await.unwrap();
        assert_eq!(listed.iter().map(|form| form.id).collect::<Vec<_>>(), [theirs.id]);
        let on_paper = send(&house, objection(Choice::Withdraw)).await;
        house.registry.decide_objection(&house.reviewer(), on_paper.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
        assert_eq!(house.registry.my_objections(&house.parent(), mia).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_form_is_accepted_for_nobody_it_could_not_be_about() {
    in_a_house(|house| async move {
        house.mia().await;
        let other = person("Brandt", "Leo", "1958-07-01");
        let other = house.registry.add_person(&house.clinic(), &other, &dose("2022-03-10", 113)).await.unwrap();
        let form = send(&house, objection(Choice::Object)).await;
        let wrong = Decision::Accept(vec![other]);
        assert!(is_not_found(house.registry.decide_objection(&house.reviewer(), form.id, 1, &wrong).await));
        assert_eq!(house.patient(other).await.sharing, Sharing::Shared);
    })
    .await;
}
