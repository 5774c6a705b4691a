//! The certified record.

use super::*;

#[tokio::test]
async fn a_certificate_goes_from_the_family_to_the_office_and_back_and_can_be_revoked() {
    let house = house().await;
    let mia = house.mia().await;
    assert!(is_not_found(
        house.registry.ask_for_record(&house.stranger(), mia, house.office, RecordUse::School, &typed("")).await
    ));
    assert!(is_not_found(
        house.registry.ask_for_record(&house.parent(), mia, house.other, RecordUse::School, &typed("")).await
    ));
    let request = house
        .registry
        .ask_for_record(&house.parent(), mia, house.office, RecordUse::School, &typed("Adams"))
        .await
        .unwrap()
        .id;
    assert_eq!(
        house.registry.ask_for_record(&house.parent(), mia, house.office, RecordUse::Camp, &typed("")).await.unwrap(),
        registry::Asked { id: request, already: true },
        "asked twice is asked once"
    );
    assert!(is_not_found(house.registry.review(&house.other_clinic(), mia, request).await));
    let shown = house.registry.review(&house.clinic(), mia, request).await.unwrap().shown;
    assert!(is_not_found(
        house.registry.certify(&house.other_clinic(), mia, request, IdentityCheck::Known, &shown, "en").await
    ));
    let certificate =
        house.registry.certify(&house.clinic(), mia, request, IdentityCheck::PhotoId, &shown, "en").await.unwrap();
    assert!(matches!(
        house.registry.return_request(&house.clinic(), mia, request, &says("late")).await,
        Err(RegistryError::Conflict)
    ));
    // Decided, nothing is read for it any more.
    assert!(matches!(house.registry.review(&house.clinic(), mia, request).await, Err(RegistryError::Conflict)));
    assert_eq!(house.registry.my_requests(&house.parent()).await.unwrap()[0].state(), RequestState::Released);
    assert!(is_not_found(house.registry.certificate(&house.stranger(), mia, certificate).await));
    let paper = house.registry.certificate(&house.parent(), mia, certificate).await.unwrap();
    assert_eq!((paper.statement.doses.len(), paper.statement.requirements.len()), (1, 5));
    let code: VerifyCode = paper.code.parse().unwrap();
    assert!(
        matches!(house.registry.verify(&code).await.unwrap(), Verification::Valid { initials, birth_year: 2021, doses: 1, .. } if initials == "M. O.")
    );
    assert_eq!(house.registry.verify(&"0000-0000-0000-0000".parse().unwrap()).await.unwrap(), Verification::Unknown);
    assert!(is_not_found(house.registry.revoke(&house.other_clinic(), mia, certificate, &says("no")).await));
    house.registry.revoke(&house.clinic(), mia, certificate, &says("wrong date")).await.unwrap();
    assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Revoked { .. }));
}

#[tokio::test]
async fn a_family_that_objects_still_gets_its_certificate_from_the_office_it_asks() {
    let house = house().await;
    let mia = house.mia().await;
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    let request = house
        .registry
        .ask_for_record(&house.parent(), mia, house.office, RecordUse::School, &typed(""))
        .await
        .unwrap()
        .id;
    let review = house.registry.review(&house.clinic(), mia, request).await.unwrap();
    assert_eq!(review.record.doses.len(), 1);
    let certificate =
        house.registry.certify(&house.clinic(), mia, request, IdentityCheck::Known, &review.shown, "en").await.unwrap();
    assert!(house.registry.certificate(&house.parent(), mia, certificate).await.is_ok());
    // Released, it is the family's: the office can revoke it and no longer read or print it.
    let bare = house.registry.certificate(&house.clinic(), mia, certificate).await.unwrap();
    assert!(bare.statement.doses.is_empty() && bare.statement.requirements.is_empty());
    assert!(is_not_found(house.registry.certificate_to_print(&house.clinic(), mia, certificate).await));
    assert!(house.registry.certificate_to_print(&house.parent(), mia, certificate).await.is_ok());
    house.registry.revoke(&house.clinic(), mia, certificate, &says("wrong date")).await.unwrap();
}

#[tokio::test]
async fn only_what_was_reviewed_is_certified() {
    let house = house().await;
    let mia = house.mia().await;
    let request = house
        .registry
        .ask_for_record(&house.parent(), mia, house.office, RecordUse::School, &typed(""))
        .await
        .unwrap()
        .id;
    let shown = house.registry.review(&house.clinic(), mia, request).await.unwrap().shown;
    // While the page is open, a colleague corrects the record.
    house.registry.add_dose(&house.clinic(), mia, &dose("2026-08-20", 94)).await.unwrap();
    let certify = |shown: String| {
        let (registry, clinic) = (house.registry.clone(), house.clinic());
        async move { registry.certify(&clinic, mia, request, IdentityCheck::Known, &shown, "en").await }
    };
    assert!(matches!(certify(shown).await, Err(RegistryError::Conflict)));
    let shown = house.registry.review(&house.clinic(), mia, request).await.unwrap().shown;
    let certificate = certify(shown).await.unwrap();
    let paper = house.registry.certificate(&house.parent(), mia, certificate).await.unwrap();
    assert_eq!(paper.statement.doses.len(), 2);
}

#[tokio::test]
async fn either_parent_finds_the_request_the_other_made() {
    let house = house().await;
    let mia = house.mia().await;
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.guardian(id(901), mia, UserId::new(id(16)), "parent").await.unwrap();
    seeder.commit().await.unwrap();
    let ask = |caller: Caller| {
        let (registry, office) = (house.registry.clone(), house.office);
        async move { registry.ask_for_record(&caller, mia, office, RecordUse::School, &typed("")).await.unwrap().id }
    };
    let first = ask(house.parent()).await;
    assert_eq!(ask(house.stranger()).await, first);
    assert_eq!(house.registry.my_requests(&house.stranger()).await.unwrap()[0].id, first.uuid());
}
