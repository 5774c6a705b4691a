//! People: found again, and not overwritten by whoever did not see the last change.

use super::*;

#[tokio::test]
async fn a_person_is_found_by_birth_date_by_swapped_date_and_by_name() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        let keys =
            |last, first, born: &str, swapped: &str| SearchKeys { last, first, born: day(born), swapped: day(swapped) };
        for keys in [
            keys("x", "y", "2021-03-10", "2021-10-03"),
            keys("x", "y", "2021-10-03", "2021-03-10"),
            keys("okafor", "mia", "1999-01-01", "1999-01-01"),
        ] {
            let found = tx.search(keys, Some(SiteId::new(id(1)))).await.unwrap();
            assert_eq!(found.len(), 1);
            assert!(found[0].in_care && !found[0].reported);
            assert_eq!((found[0].chart(), found[0].said().unwrap()), (Some(ChartId::new(id(100))), None));
        }
        assert_eq!(tx.same_person(keys("okafor", "mia", "2021-03-10", "2021-03-10")).await.unwrap().len(), 1);
        let mia = PatientId::new(id(20));
        let number = |of| NewNumber { id: id(of), patient: mia, authority: "P1 MR".into(), number_key: "123".into() };
        tx.add_numbers(&[number(102)]).await.unwrap();
        tx.add_numbers(&[number(103)]).await.unwrap();
        assert_eq!(tx.by_number("P1 MR", "123").await.unwrap(), [mia]);
        assert_eq!(tx.by_number("P2 MR", "123").await.unwrap(), []);
        tx.add_cares(&[care(104)], at()).await.unwrap();
        assert_eq!(tx.caring_sites(mia).await.unwrap().len(), 1);
        assert_eq!(tx.family_relation(mia, UserId::new(id(10))).await.unwrap().as_deref(), Some("parent"));
        assert_eq!(tx.family_of(UserId::new(id(10))).await.unwrap().len(), 1);
        assert_eq!(tx.count_patients().await.unwrap(), 1);
        tx.lock_patient(mia).await.unwrap();
        tx.set_sharing(mia, Sharing::Objected, at()).await.unwrap();
        let row = tx.patient(mia).await.unwrap().unwrap();
        assert_eq!(row.created_at, at());
        let row = row.patient();
        assert_eq!((row.sharing, row.version, row.born.date()), (Sharing::Objected, 3, day("2021-03-10")));
    })
    .await;
}

#[tokio::test]
async fn two_people_cannot_overwrite_each_others_changes() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        let mut mia = patient(20, "Okafor", "Mia", "2021-03-10");
        mia.phone = "617-555-0100".into();
        tx.update_patient(&mia, at()).await.unwrap();
        assert!(matches!(tx.update_patient(&mia, at()).await, Err(StoreError::Conflict)));
        let first = dose(30, 20, 1, 3, "2022-03-10");
        tx.add_doses(std::slice::from_ref(&first), at()).await.unwrap();
        tx.change_dose(&Dose { lot: Lot::stored("B2".into()), ..first.clone() }).await.unwrap();
        assert!(matches!(tx.change_dose(&first).await, Err(StoreError::Conflict)));
        tx.add_dose_change(id(31), &first, "corrected", "wrong lot", None, at()).await.unwrap();
        let kept = tx.dose_changes(mia.id).await.unwrap().remove(0);
        assert_eq!(serde_json::from_value::<Dose>(kept.before).unwrap(), first);
        assert_eq!(tx.dose(mia.id, first.id).await.unwrap().unwrap().lot.to_string(), "B2");
    })
    .await;
}
