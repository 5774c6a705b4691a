//! Schedules, and what is kept of what is due.

use super::*;

fn forecast(patient: u128, version: i64, overdue_on: Option<&str>) -> ForecastRow {
    ForecastRow {
        patient_id: id(patient),
        version,
        as_of: day("2026-09-01"),
        schedule: "abc".into(),
        due_on: overdue_on.map(day),
        overdue_on: overdue_on.map(day),
        groups: "MMR|c|\n".into(),
    }
}

#[tokio::test]
async fn a_transaction_that_would_leave_a_forecast_behind_is_refused() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        tx.add_doses(&[dose(300, 20, 1, 3, "2021-05-01")], at()).await.unwrap();
        assert!(matches!(tx.commit().await, Err(StoreError::Stale)));
        let mut tx = store.write().await.unwrap();
        assert!(tx.doses(PatientId::new(id(20))).await.unwrap().iter().all(|dose| dose.id != DoseId::new(id(300))));
        tx.add_doses(&[dose(300, 20, 1, 3, "2021-05-01")], at()).await.unwrap();
        assert_eq!(tx.drain_touched(), [PatientId::new(id(20))]);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_a_forecast_is_made_of_comes_whole_and_without_what_was_taken_back() {
    on_both(|store| async move {
        furnished(&store).await;
        let mia = PatientId::new(id(20));
        let mut tx = store.write().await.unwrap();
        let voided = Dose { state: DoseState::Voided, ..dose(301, 20, 1, 21, "2021-05-02") };
        tx.add_doses(&[dose(300, 20, 1, 3, "2021-05-01"), voided], at()).await.unwrap();
        let proof = Evidence { antigen: Antigen::Varicella, kind: EvidenceKind::Laboratory, on: day("2024-01-01") };
        tx.add_evidence(id(302), mia, &proof, None).await.unwrap();
        let histories = tx.histories(&[mia, PatientId::new(id(999))]).await.unwrap();
        let [history] = histories.as_slice() else { panic!("{histories:?}") };
        assert_eq!((history.patient, history.born.date()), (mia, day("2021-03-10")));
        assert!(history.doses.iter().any(|dose| dose.cvx == Cvx::stored(3) && dose.on == day("2021-05-01")));
        assert!(history.doses.iter().all(|dose| dose.cvx != Cvx::stored(21)));
        assert_eq!(history.evidence, [proof]);
    })
    .await;
}

#[tokio::test]
async fn a_forecast_somebody_wrote_meanwhile_is_not_overwritten() {
    on_both(|store| async move {
        furnished(&store).await;
        let mia = PatientId::new(id(20));
        let nobody = PatientId::new(Uuid::nil());
        let mut tx = store.write().await.unwrap();
        let missing = tx.unforecast(nobody, "abc", day("2026-09-01"), 10).await.unwrap();
        assert_eq!(missing.first().map(|one| (one.patient(), one.version)), Some((mia, 0)));
        // The list was read, and before it is written a dose comes in and brings a forecast of its own.
        tx.hold_forecasts(&[mia], day("2026-09-01")).await.unwrap();
        tx.save_forecasts(&[forecast(20, 0, Some("2026-05-01"))]).await.unwrap();
        tx.follow_forecasts(&[forecast(20, 0, None)]).await.unwrap();
        let kept = tx.forecast(mia).await.unwrap().unwrap();
        assert_eq!(kept.overdue_on, Some(day("2026-05-01")));
        assert!(
            tx.unforecast(nobody, "abc", day("2026-09-01"), 10).await.unwrap().iter().all(|one| one.patient() != mia)
        );
        // The next day it is of another day, and whoever follows the version it has now may write.
        let again = tx.unforecast(nobody, "abc", day("2026-09-02"), 10).await.unwrap();
        assert_eq!(again.first().map(|one| one.version), Some(kept.version));
        tx.follow_forecasts(&[forecast(20, kept.version, None)]).await.unwrap();
        assert_eq!(tx.forecast(mia).await.unwrap().unwrap().overdue_on, None);
        assert_eq!(tx.count_forecasts("abc", day("2026-09-01")).await.unwrap(), 1);
        keep(tx).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_offices_overdue_patients_are_listed_and_who_has_objected_is_not() {
    on_both(|store| async move {
        furnished(&store).await;
        let (mia, office) = (PatientId::new(id(20)), SiteId::new(id(1)));
        let mut tx = store.write().await.unwrap();
        tx.save_forecasts(&[forecast(20, 0, Some("2026-05-01"))]).await.unwrap();
        let listed = tx.overdue(office, Sharing::Shared, day("2026-09-01"), 10).await.unwrap();
        assert_eq!(listed.first().map(|row| (row.patient_id, row.overdue_on)), Some((id(20), day("2026-05-01"))));
        assert!(tx.overdue(SiteId::new(id(2)), Sharing::Shared, day("2026-09-01"), 10).await.unwrap().is_empty());
        assert!(tx.overdue(office, Sharing::Shared, day("2026-04-30"), 10).await.unwrap().is_empty());
        tx.set_sharing(mia, Sharing::Objected, at()).await.unwrap();
        assert!(tx.overdue(office, Sharing::Shared, day("2026-09-01"), 10).await.unwrap().is_empty());
        keep(tx).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_schedule_is_kept_under_its_name_and_the_newest_decision_holds() {
    on_both(|store| async move {
        let mut tx = store.write().await.unwrap();
        let text = ScheduleText {
            id: id(400),
            kind: "release".into(),
            name: "4.66".into(),
            files: serde_json::json!([{ "name": "schedule.txt", "text": "release 4.66" }]),
            digest: "abc".into(),
            imported_at: at(),
        };
        tx.add_schedule_text(&text).await.unwrap();
        assert_eq!(tx.schedule_text("release", "4.66").await.unwrap(), Some(text.clone()));
        assert_eq!(tx.schedule_text("overlay", "4.66").await.unwrap(), None);
        assert_eq!(tx.schedule_texts().await.unwrap(), [text]);
        assert_eq!(tx.schedule_choice().await.unwrap(), None);
        let choice = |number, release: &str, later| ScheduleChoice {
            id: id(number),
            release: release.into(),
            built_in: release.is_empty(),
            digest: "abc".into(),
            errata: true,
            overlays: serde_json::json!(["Massachusetts 1"]),
            chosen_at: at() + chrono::Duration::seconds(later),
        };
        tx.choose_schedule(&choice(401, "4.66", 1)).await.unwrap();
        tx.choose_schedule(&choice(402, "", 2)).await.unwrap();
        assert_eq!(tx.schedule_choice().await.unwrap(), Some(choice(402, "", 2)));
        keep(tx).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_two_who_write_about_one_person_at_once_the_second_sees_the_firsts_doses() {
    on_both(|store| async move {
        furnished(&store).await;
        let mia = PatientId::new(id(20));
        let mut first = store.write().await.unwrap();
        first.add_doses(&[dose(300, 20, 1, 3, "2025-05-01")], at()).await.unwrap();
        first.hold_forecasts(&[mia], day("2026-09-01")).await.unwrap();
        let second = {
            let store = store.clone();
            tokio::spawn(async move {
                let mut second = store.write().await.unwrap();
                second.add_doses(&[dose(301, 20, 1, 21, "2025-05-01")], at()).await.unwrap();
                // Waits here, at the latest, until the first has ended.
                second.hold_forecasts(&[mia], day("2026-09-01")).await.unwrap();
                let seen = second.histories(&[mia]).await.unwrap();
                keep(second).await.unwrap();
                seen
            })
        };
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        assert!(!second.is_finished(), "the second did not wait");
        keep(first).await.unwrap();
        let seen = second.await.unwrap();
        let codes = |cvx| seen.iter().flat_map(|history| &history.doses).any(|dose| dose.cvx == Cvx::stored(cvx));
        assert!(codes(3) && codes(21), "{seen:?}");
    })
    .await;
}
