//! Classes, and lists under review.

use super::*;

#[tokio::test]
async fn a_class_comes_with_its_doses_evidence_and_letters() {
    on_both(|store| async move {
        furnished(&store).await;
        let (mia, school) = (PatientId::new(id(20)), SiteId::new(id(3)));
        let mut tx = store.write().await.unwrap();
        tx.add_doses(&[dose(30, 20, 1, 3, "2022-03-10")], at()).await.unwrap();
        tx.add_doses(&[Dose { state: DoseState::Voided, ..dose(31, 20, 1, 21, "2022-03-10") }], at()).await.unwrap();
        let evidence =
            Evidence { antigen: Antigen::Varicella, kind: EvidenceKind::ClinicianHistory, on: day("2023-01-01") };
        let letter = Exemption {
            kind: ExemptionKind::Medical,
            antigens: vec![Antigen::Polio, Antigen::HepB],
            signed_on: day("2026-08-20"),
        };
        tx.add_evidence(id(32), mia, &evidence, None).await.unwrap();
        tx.add_exemption(id(33), mia, &letter).await.unwrap();
        tx.add_enrolment(EnrolmentId::new(id(40)), school, Some(mia), "K", "K-1", "7", at()).await.unwrap();
        tx.add_enrolment(EnrolmentId::new(id(41)), school, None, "K", "K-1", "8", at()).await.unwrap();
        for class in ["K-1", ""] {
            assert_eq!(tx.class(school, class).await.unwrap().len(), 2);
            assert_eq!(tx.class_doses(school, class).await.unwrap().len(), 1);
            assert_eq!(tx.class_evidence(school, class).await.unwrap(), [(mia, evidence.clone())]);
            assert_eq!(tx.class_exemptions(school, class).await.unwrap(), [(mia, letter.clone())]);
        }
        assert_eq!(tx.evidence(mia).await.unwrap(), [evidence]);
        assert_eq!(tx.exemptions(mia).await.unwrap(), [letter]);
        assert_eq!(tx.doses(mia).await.unwrap().len(), 2);
        assert_eq!(tx.classes(school).await.unwrap(), [("K-1".to_owned(), 2)]);
        assert_eq!(tx.classes_of(school, mia).await.unwrap(), ["K-1"]);
        assert_eq!(tx.schools_of(mia).await.unwrap()[0].id, id(3));
        assert_eq!(tx.enrolment(school, EnrolmentId::new(id(41))).await.unwrap().unwrap().last_name, None);
        assert_eq!(tx.office_relation(mia, SiteId::new(id(1))).await.unwrap(), (true, true));
        assert_eq!(tx.office_relation(mia, SiteId::new(id(2))).await.unwrap(), (false, false));
        assert_eq!(tx.leave_classes(school, mia).await.unwrap(), 1);
        assert_eq!(tx.clear_class(school, "K-1").await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_list_under_review_is_kept_changed_and_forgotten() {
    on_both(|store| async move {
        furnished(&store).await;
        let (school, list) = (SiteId::new(id(3)), RosterId::new(id(50)));
        let mut tx = store.write().await.unwrap();
        tx.add_roster(list, school, UserId::new(id(10)), &serde_json::json!({"a": 1}), at()).await.unwrap();
        tx.lock_roster(school, list).await.unwrap();
        tx.update_roster(school, list, &serde_json::json!({"a": 2})).await.unwrap();
        assert_eq!(tx.roster(school, list).await.unwrap().unwrap().content["a"], 2);
        assert!(tx.roster(SiteId::new(id(1)), list).await.unwrap().is_none());
        assert_eq!(tx.sweep_rosters(at()).await.unwrap(), 0);
        assert_eq!(tx.drop_roster(school, list).await.unwrap(), 1);
        tx.save_draft(b"draft", &serde_json::json!({"choice": "object"}), None, at()).await.unwrap();
        tx.save_draft(b"draft", &serde_json::json!({}), Some(ObjectionId::new(id(60))), at()).await.unwrap();
        assert_eq!(tx.draft(b"draft").await.unwrap().unwrap().objection_id, Some(id(60)));
        assert_eq!(tx.sweep_drafts(at() + chrono::Duration::seconds(1)).await.unwrap(), 1);
    })
    .await;
}
