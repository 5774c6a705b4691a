//! A certificate and the doses it states: a change of one is decided with the other.

use domain::CertificateId;
use registry::Certified;

use super::*;

/// Mia, her one dose and the certificate that states it.
async fn certified_mia(house: &House) -> (PatientId, domain::DoseId, CertificateId, VerifyCode) {
    let mia = house.mia().await;
    certify(house, mia).await
}

async fn certify(house: &House, mia: PatientId) -> (PatientId, domain::DoseId, CertificateId, VerifyCode) {
    let request = house
        .registry
        .ask_for_record(&house.parent(), mia, house.office, RecordUse::School, &typed(""))
        .await
        .unwrap()
        .id;
    let shown = house.registry.review(&house.clinic(), mia, request).await.unwrap().shown;
    let id = house.registry.certify(&house.clinic(), mia, request, IdentityCheck::Known, &shown, "en").await.unwrap();
    let code = house.registry.certificate(&house.parent(), mia, id).await.unwrap().code.parse().unwrap();
    let given = house.registry.record(&house.clinic(), mia).await.unwrap().doses[0].id;
    (mia, given, id, code)
}

#[tokio::test]
async fn a_certified_dose_is_not_changed_before_the_office_decides_about_the_certificate() {
    in_a_house(|house| async move {
        let (mia, given, _, code) = certified_mia(&house).await;
        let corrected = house
            .registry
            .correct_dose(&house.clinic(), mia, given, 1, &dose("2022-03-12", 3), &says("wrong day"), None)
            .await;
        assert!(matches!(&corrected, Err(RegistryError::Certified(numbers)) if numbers.len() == 1), "{corrected:?}");
        let voided = house.registry.void_dose(&house.clinic(), mia, given, 1, &says("wrong child"), None).await;
        assert!(matches!(voided, Err(RegistryError::Certified(_))));
        assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Valid { changed_at: None, .. }));
        let record = house.registry.record(&house.clinic(), mia).await.unwrap();
        assert_eq!((record.doses[0].given_on, record.changes.len()), (day("2022-03-10"), 0));
    })
    .await;
}

#[tokio::test]
async fn the_office_revokes_replaces_or_keeps_it_in_the_same_act() {
    in_a_house(|house| async move {
        let (mia, given, old, code) = certified_mia(&house).await;
        let entry = dose("2022-03-12", 3);
        // Kept with a reason: it stands.
        let keep = Certified::Keep(says("the school was told"));
        house
            .registry
            .correct_dose(&house.clinic(), mia, given, 1, &entry, &says("wrong day"), Some(&keep))
            .await
            .unwrap();
        assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Valid { changed_at: None, .. }));
        assert!(house.registry.contradicted_certificates(&house.clinic()).await.unwrap().is_empty(), "it is decided");
        let _ = old;
    })
    .await;
    in_a_house(|house| async move {
        let (mia, given, old, code) = certified_mia(&house).await;
        let replace = Certified::Replace;
        house
            .registry
            .correct_dose(&house.clinic(), mia, given, 1, &dose("2022-03-12", 3), &says("wrong day"), Some(&replace))
            .await
            .unwrap();
        assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Revoked { replaced: true, .. }));
        let all = house.registry.record_and_certificates(&house.clinic(), mia).await.unwrap().1;
        let new = all.iter().find(|certificate| certificate.id != old).unwrap();
        let paper = house.registry.certificate(&house.parent(), mia, new.id).await.unwrap();
        assert_eq!(paper.statement.doses[0].given_on, day("2022-03-12"));
    })
    .await;
    in_a_house(|house| async move {
        let (mia, given, _, code) = certified_mia(&house).await;
        let revoke = Certified::Revoke;
        house.registry.void_dose(&house.clinic(), mia, given, 1, &says("wrong child"), Some(&revoke)).await.unwrap();
        assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Revoked { replaced: false, .. }));
    })
    .await;
}

#[tokio::test]
async fn a_change_that_comes_in_a_message_is_told_to_whoever_checks_until_the_office_decides() {
    in_a_house(|house| async move {
        let message = |control: &str, on: &str, action: &str| format!("MSH|^~\\&|EHR|P1|MIIS|MA|20260901||VXU^V04^VXU_V04|{control}|P|2.5.1\rPID|1||91^^^EHR^MR||Okafor^Mia||20210310|F\rORC|RE||33^EHR\rRXA|0|1|{on}||03^MMR^CVX|0.5|||00||||||A1||MSD^M^MVX|||CP|{action}\r");
        let import = |text: String| {
            let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
            async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
        };
        import(message("1", "20220310", "A")).await;
        let mia = house.registry.search(&house.clinic(), "Okafor", "Mia", day("2021-03-10")).await.unwrap()[0].id;
        let mut seeder = house.registry.seed().await.unwrap();
        seeder.guardian(id(900), mia, UserId::new(id(10)), "parent").await.unwrap();
        seeder.commit().await.unwrap();
        let (mia, _, paper, code) = certify(&house, mia).await;
        import(message("2", "20220312", "U")).await;
        assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Valid { changed_at: Some(_), .. }));
        let open = house.registry.contradicted_certificates(&house.clinic()).await.unwrap();
        assert_eq!(open.iter().map(|(_, certificate)| certificate.id).collect::<Vec<_>>(), [paper]);
        assert!(open[0].1.statement.doses.is_empty(), "a list says no doses");
        assert!(is_not_found(house.registry.decide_certificate(&house.other_clinic(), mia, paper, &Certified::Revoke, &says("the school was told")).await));
        house.registry.decide_certificate(&house.clinic(), mia, paper, &Certified::Revoke, &says("the school was told")).await.unwrap();
        assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Revoked { .. }));
        assert!(house.registry.contradicted_certificates(&house.clinic()).await.unwrap().is_empty());
    })
    .await;
}
