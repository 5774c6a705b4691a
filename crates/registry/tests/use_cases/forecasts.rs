//! What is kept of what is due: never older than the doses beside it.

use registry::{ForecastGroup, ScheduleError, ScheduleKind};
use schedule::{SeriesStatus, data, notation};
use store::ForecastRow;

use super::*;

const FORECASTS: Principal = Principal::Program(Program::Forecasts);
const SCHEDULES: Principal = Principal::Program(Program::Schedules);

/// What is kept of somebody says what the record's page works out afresh.
async fn agrees(house: &House, patient: PatientId) {
    let (as_of, kept) = house.registry.kept_forecast(&FORECASTS, patient).await.unwrap().unwrap();
    assert_eq!(as_of, house.registry.today());
    let record = house.registry.record(&house.clinic(), patient).await.unwrap();
    let advice = record.advice.unwrap();
    let mut shown: Vec<ForecastGroup> = advice
        .lines
        .iter()
        .map(|line| ForecastGroup {
            name: line.name.clone(),
            status: line.due.status,
            optional: line.optional,
            number: line.due.number,
            earliest: line.due.earliest,
            recommended: line.due.recommended,
            past_due: line.due.past_due,
            latest: line.due.latest,
        })
        .collect();
    let mut kept = kept;
    let by_name = |group: &ForecastGroup| (group.name.clone(), group.recommended);
    kept.sort_by_key(by_name);
    shown.sort_by_key(by_name);
    assert_eq!(kept, shown);
}

async fn kept(house: &House, patient: PatientId, group: &str) -> ForecastGroup {
    let (_, groups) = house.registry.kept_forecast(&FORECASTS, patient).await.unwrap().unwrap();
    groups.into_iter().find(|kept| kept.name == group).unwrap()
}

#[tokio::test]
async fn every_way_a_record_changes_brings_its_forecast_along() {
    let house = house().await;
    let mia = house.mia().await;
    agrees(&house, mia).await;
    assert_eq!(kept(&house, mia, "MMR").await.number, Some(2));
    house.registry.add_dose(&house.clinic(), mia, &dose("2025-03-12", 3)).await.unwrap();
    agrees(&house, mia).await;
    assert_eq!(kept(&house, mia, "MMR").await.status, SeriesStatus::Complete);
    let given = house.registry.record(&house.clinic(), mia).await.unwrap().doses;
    let entry = dose("2021-06-01", 3);
    let Err(RegistryError::Warned(warnings)) =
        house.registry.correct_dose(&house.clinic(), mia, given[0].id, 1, &entry, &says("wrong day"), None).await
    else {
        panic!("no warning")
    };
    let entry = DoseEntry { despite: typed("as on the card"), warned: warnings.key(), ..entry };
    house.registry.correct_dose(&house.clinic(), mia, given[0].id, 1, &entry, &says("wrong day"), None).await.unwrap();
    agrees(&house, mia).await;
    assert_eq!(kept(&house, mia, "MMR").await.status, SeriesStatus::NotComplete);
    house.registry.void_dose(&house.clinic(), mia, given[0].id, 2, &says("wrong child"), None).await.unwrap();
    agrees(&house, mia).await;
    // A message adds a dose, another one proof of immunity.
    let text = "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|77|P|2.5.1\rPID|1||77^^^EHR^MR||Okafor^Mia||20210310|F\r\
        RXA|0|1|20250310||21^Varicella^CVX|0.5|||00||||||A1||MSD^Merck^MVX|||CP|A\r";
    let import =
        house.registry.import(&house.clinic(), house.office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap();
    assert_eq!(import.batch.accepted, 1, "{import:?}");
    agrees(&house, mia).await;
    assert_eq!(kept(&house, mia, "Varicella").await.number, Some(2));
    let text = "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|78|P|2.5.1\rPID|1||77^^^EHR^MR||Okafor^Mia||20210310|F\r\
        RXA|0|1|20220310||998^No vaccine^CVX|999||||||||||||||NA\r\
        OBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella^SCT||||||F|||20220301\r";
    let import =
        house.registry.import(&house.clinic(), house.office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap();
    assert_eq!(import.batch.refused + import.batch.waiting, 0, "{import:?}");
    agrees(&house, mia).await;
    assert_eq!(kept(&house, mia, "Varicella").await.status, SeriesStatus::Immune);
}

#[tokio::test]
async fn a_new_day_and_a_new_schedule_renew_everybody_and_a_second_run_finds_nothing_to_do() {
    let house = house().await;
    let mia = house.mia().await;
    let all = || house.registry.forecast_all(&FORECASTS, std::time::Duration::ZERO, &|_, _| {});
    assert_eq!(all().await.unwrap(), 0, "written with the dose");
    house.later(60 * 24);
    assert_eq!(all().await.unwrap(), 1);
    assert_eq!(all().await.unwrap(), 0);
    agrees(&house, mia).await;
    assert_eq!(kept(&house, mia, "Influenza").await.status, SeriesStatus::NotRecommended);
    let season = "overlay Massachusetts 2026-27\nantigen Influenza\nchange series Influenza standard series\nchange dose 1\n\
        without season\nseason 2026-07-01 2027-06-30\nchange dose 2\nwithout season\nseason 2026-07-01 2027-06-30\n";
    let overlay = [notation::Text { name: "season.txt".into(), text: season.into() }];
    let (name, new) = house.registry.store_schedule(&SCHEDULES, ScheduleKind::Overlay, &overlay).await.unwrap();
    assert_eq!((name.as_str(), new), ("Massachusetts 2026-27", true));
    assert!(!house.registry.store_schedule(&SCHEDULES, ScheduleKind::Overlay, &overlay).await.unwrap().1);
    house.registry.choose_schedule(&SCHEDULES, None, true, &[name]).await.unwrap();
    assert_eq!(all().await.unwrap(), 1);
    agrees(&house, mia).await;
    assert_eq!(kept(&house, mia, "Influenza").await.status, SeriesStatus::NotComplete);
    assert!(is_not_found(
        house.registry.forecast_all(&house.clinic().principal, std::time::Duration::ZERO, &|_, _| {}).await
    ));
}

#[tokio::test]
async fn several_releases_live_side_by_side_and_what_does_not_fit_is_refused() {
    let house = house().await;
    let mut release = data::release().unwrap();
    release.release = "4.99".into();
    let texts = notation::write(&release);
    let keep = |kind, texts: Vec<notation::Text>| {
        let registry = house.registry.clone();
        async move { registry.store_schedule(&SCHEDULES, kind, &texts).await }
    };
    assert_eq!(keep(ScheduleKind::Release, texts.clone()).await.unwrap(), ("4.99".to_owned(), true));
    assert_eq!(keep(ScheduleKind::Release, texts).await.unwrap(), ("4.99".to_owned(), false));
    release.groups[0].full = Some(true);
    assert!(matches!(
        keep(ScheduleKind::Release, notation::write(&release)).await,
        Err(ScheduleError::Taken(name)) if name == "4.99"
    ));
    let broken =
        vec![notation::Text { name: "x.txt".into(), text: "overlay x\nantigen Polio\nchange series Nothing\n".into() }];
    assert!(matches!(keep(ScheduleKind::Overlay, broken).await, Err(ScheduleError::Notation(_))));
    let choose = |name: &'static str, overlays: Vec<String>| {
        let registry = house.registry.clone();
        async move { registry.choose_schedule(&SCHEDULES, Some(name), true, &overlays).await }
    };
    assert!(matches!(choose("5.00", Vec::new()).await, Err(ScheduleError::Unknown(_))));
    assert!(matches!(choose("4.99", vec!["nothing".into()]).await, Err(ScheduleError::Unknown(_))));
    assert!(matches!(choose("4.99", vec!["x".into(), "x".into()]).await, Err(ScheduleError::Twice(_))));
    assert_eq!(house.registry.schedule().await.unwrap().schedule().release, "4.65", "nothing was put in force");
    choose("4.99", Vec::new()).await.unwrap();
    assert_eq!(house.registry.schedule().await.unwrap().schedule().release, "4.99");
    let kept = house.registry.schedules(&SCHEDULES).await.unwrap();
    let names: Vec<(&str, bool)> = kept.iter().map(|kept| (kept.name.as_str(), kept.in_force)).collect();
    assert_eq!(names, [("4.65", false), ("4.99", true)]);
    house.registry.choose_schedule(&SCHEDULES, None, true, &[]).await.unwrap();
    assert_eq!(house.registry.schedule().await.unwrap().schedule().release, "4.65");
    assert!(house.registry.schedules(&house.clinic().principal).await.is_err());
}

#[tokio::test]
async fn an_office_sees_whom_to_call_in_and_of_who_has_objected_what_it_knows_itself() {
    let house = house().await;
    let mia = house.mia().await;
    let listed = house.registry.overdue(&house.clinic(), 10, 0).await.unwrap().lines;
    assert_eq!(listed.iter().map(|line| line.patient).collect::<Vec<_>>(), [mia]);
    assert!(listed[0].groups.contains(&"Polio".to_owned()), "{listed:?}");
    assert!(house.registry.overdue(&house.other_clinic(), 10, 0).await.unwrap().lines.is_empty());
    assert!(is_not_found(house.registry.overdue(&house.nurse(), 10, 0).await));
    // What another version of the program has kept is not read, and not missed.
    let mut tx = house.store.write().await.unwrap();
    let kept = tx.forecast(mia).await.unwrap().unwrap();
    tx.save_forecasts(&[ForecastRow { groups: "[[\"Polio\",\"NotComplete\",false]]".into(), ..kept }]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(house.registry.kept_forecast(&FORECASTS, mia).await.unwrap().is_none());
    let same = house.registry.overdue(&house.clinic(), 10, 0).await.unwrap().lines;
    assert_eq!((&same[0].groups, same[0].since), (&listed[0].groups, listed[0].since));
    house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    // Its own dose is all it goes by from now on: the same list as long as it has given all of them.
    let now = house.registry.overdue(&house.clinic(), 10, 0).await.unwrap().lines;
    assert_eq!((now.len(), &now[0].groups, now[0].since), (1, &listed[0].groups, listed[0].since));
    assert!(house.registry.overdue(&house.other_clinic(), 10, 0).await.unwrap().lines.is_empty());
}
