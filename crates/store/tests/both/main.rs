//! Every store function on both engines: SQLite in a file, PostgreSQL where MIIS_TEST_POSTGRES names one (cargo xtask test
//! starts it; without it the tests say so).

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests stop where they cannot go on"
)]

mod forecasts;
mod identity;
mod papers;
mod people;
mod school;

use std::{
    future::Future,
    sync::atomic::{AtomicU32, Ordering},
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Antigen, BatchId, BirthDate, CertificateId, ChartId, Cvx, DoseId, EnrolmentId, MessageId, Mvx, ObjectionId,
    PatientId, PersonName, RequestId, RosterId, SiteId, StandingId, UserId,
    certificate::{RequestState, Statement},
    dose::{Dose, DoseState, Lot, Product, Source},
    evidence::{Evidence, EvidenceKind, Exemption, ExemptionKind},
    objection::{Choice, Form, Signer, State},
    patient::{Address, Gender, Mother, Patient, Sharing},
};
use sqlx::Executor;
use store::{
    Account, AuditRow, Batch, Certificate, Feedback, ForecastRow, Marks, Message, NewCare, NewNumber, NewPatient,
    ObjectedTo, Objection, Part, ScheduleChoice, ScheduleText, SearchKeys, Site, Sought, Store, StoreError, Tx,
};
use uuid::Uuid;

static COUNT: AtomicU32 = AtomicU32::new(0);

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at() -> DateTime<Utc> {
    "2026-09-01T14:00:00Z".parse().unwrap()
}

/// The whole of a short list.
fn all() -> Part {
    Part { most: 100, skip: 0 }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Runs a test on a fresh database of each engine.
async fn on_both<F: Future<Output = ()>>(test: impl Fn(Store) -> F) {
    let name = format!("miis_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(format!("{name}.db"));
    let store = Store::open(path.to_str().unwrap()).await.unwrap();
    store.migrate().await.unwrap();
    assert!(store.is_current().await.unwrap());
    test(store.clone()).await;
    store.close().await;
    let _ = std::fs::remove_file(&path);
    match std::env::var("MIIS_TEST_POSTGRES") {
        Err(_) => eprintln!("SKIPPED on PostgreSQL: MIIS_TEST_POSTGRES is not set (cargo xtask test sets it)"),
        Ok(address) => {
            let admin = sqlx::PgPool::connect(&address).await.unwrap();
            admin.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await.unwrap();
            let own = format!("{}/{name}", address.rsplit_once('/').unwrap().0);
            let store = Store::open(&own).await.unwrap();
            assert!(!store.is_current().await.unwrap());
            store.migrate().await.unwrap();
            assert!(store.is_current().await.unwrap());
            test(store.clone()).await;
            store.close().await;
            admin.execute(sqlx::AssertSqlSafe(format!("drop database {name} with (force)"))).await.unwrap();
        }
    }
}

fn site(number: u128, kind: &str) -> Site {
    Site {
        id: id(number),
        name: format!("Place {number}"),
        kind: kind.into(),
        street: "1 Elm St".into(),
        city: "Boston".into(),
        state: "MA".into(),
        zip: "02118".into(),
        phone: String::new(),
        code: format!("P{number}"),
    }
}

fn account(number: u128, login: &str) -> Account {
    Account {
        id: id(number),
        login_key: login.into(),
        name: "Somebody".into(),
        password_hash: "x".into(),
        role: "family".into(),
        site_id: None,
        licence: String::new(),
        language: "en".into(),
        active: true,
    }
}

fn patient(number: u128, last: &str, first: &str, born: &str) -> Patient {
    Patient {
        id: PatientId::new(id(number)),
        version: 1,
        name: PersonName::stored(last.into(), first.into(), String::new()),
        born: BirthDate::stored(day(born)),
        gender: Gender::Female,
        mother: Mother { first: "Grace".into(), maiden: "Bello".into() },
        address: Address::default(),
        phone: String::new(),
        language: "en".into(),
        address_restricted: false,
        multiple_birth: None,
        birth_order: None,
        protected: false,
        sharing: Sharing::Shared,
    }
}

fn dose(number: u128, patient: u128, site: u128, cvx: u16, on: &str) -> Dose {
    Dose {
        id: DoseId::new(id(number)),
        patient: PatientId::new(id(patient)),
        version: 1,
        given_on: day(on),
        cvx: Cvx::stored(cvx),
        mvx: Mvx::stored("MSD".into()),
        product: Product::stored("M-M-R II".into()),
        lot: Lot::stored("A1".into()),
        site: Some(SiteId::new(id(site))),
        office: "Place".into(),
        source: Source::Administered,
        state: DoseState::Active,
        filler: String::new(),
        placer: String::new(),
    }
}

/// Commits; of the people it wrote about no forecast is kept here, as the registry does in between.
async fn keep(mut tx: Tx) -> Result<(), StoreError> {
    tx.drain_touched();
    tx.commit().await
}

/// The patient (20) in the first office's care.
fn care(number: u128) -> NewCare {
    NewCare { id: ChartId::new(id(number)), patient: PatientId::new(id(20)), site: SiteId::new(id(1)), said: None }
}

/// An office (1), another (2), a school (3), an account (10), a patient (20) in the first office's care.
async fn furnished(store: &Store) {
    let mut tx = store.write().await.unwrap();
    for place in [site(1, "provider"), site(2, "provider"), site(3, "school")] {
        tx.add_site(&place, at()).await.unwrap();
    }
    tx.add_account(&account(10, "parent"), at()).await.unwrap();
    tx.add_patients(
        &[NewPatient {
            patient: patient(20, "Okafor", "Mia", "2021-03-10"),
            last_key: "okafor".into(),
            first_key: "mia".into(),
            provisional_enrolment: false,
        }],
        at(),
    )
    .await
    .unwrap();
    tx.add_cares(&[care(100)], at()).await.unwrap();
    tx.add_guardian(id(101), PatientId::new(id(20)), UserId::new(id(10)), "parent").await.unwrap();
    keep(tx).await.unwrap();
}

#[tokio::test]
async fn places_and_accounts_are_found_again_and_their_names_are_unique() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.read().await.unwrap();
        assert_eq!(tx.sites("provider").await.unwrap().len(), 2);
        assert_eq!(tx.site(SiteId::new(id(3))).await.unwrap().unwrap().kind, "school");
        assert_eq!(tx.site_by_code("P1").await.unwrap().unwrap().id, id(1));
        assert!(tx.site_by_code("P9").await.unwrap().is_none());
        assert_eq!(tx.account_by_login("parent").await.unwrap().unwrap().id, id(10));
        assert!(tx.account(UserId::new(id(11))).await.unwrap().is_none());
        drop(tx);
        let mut tx = store.write().await.unwrap();
        assert!(matches!(tx.add_account(&account(11, "parent"), at()).await, Err(StoreError::Duplicate)));
    })
    .await;
}

#[tokio::test]
async fn a_session_lives_until_it_is_closed_or_swept() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        let whose = (UserId::new(id(10)), StandingId::new(id(10)));
        tx.open_session(b"one", whose, 1, at(), at()).await.unwrap();
        tx.open_session(b"two", whose, 2, at(), at() + chrono::Duration::hours(1)).await.unwrap();
        tx.touch_session(b"two", at() + chrono::Duration::minutes(5)).await.unwrap();
        tx.set_session_reason(b"two", "outbreak").await.unwrap();
        let session = tx.session(b"two").await.unwrap().unwrap();
        assert_eq!((session.reason.as_str(), session.seen_at), ("outbreak", at() + chrono::Duration::minutes(5)));
        assert_eq!((session.role.as_str(), session.standings, session.assurance), ("family", 1, 2));
        // Another standing of the same account, and somebody else's.
        let (mine, theirs) = (StandingId::new(id(60)), StandingId::new(id(61)));
        tx.add_account(&account(11, "other"), at()).await.unwrap();
        tx.add_standing(mine.uuid(), UserId::new(id(10)), "school_nurse", Some(SiteId::new(id(3))), at())
            .await
            .unwrap();
        tx.add_standing(theirs.uuid(), UserId::new(id(11)), "school_nurse", Some(SiteId::new(id(3))), at())
            .await
            .unwrap();
        tx.set_session_search(b"two", "{}").await.unwrap();
        assert_eq!(tx.session_search(b"two").await.unwrap(), "{}");
        assert!(tx.choose_standing(b"two", mine).await.unwrap());
        assert_eq!(tx.session_search(b"two").await.unwrap(), "", "another standing begins anew");
        assert!(!tx.choose_standing(b"two", theirs).await.unwrap(), "somebody else's");
        let session = tx.session(b"two").await.unwrap().unwrap();
        assert_eq!(
            (session.role.as_str(), session.standing_id, session.reason.as_str()),
            ("school_nurse", mine.uuid(), "")
        );
        assert_eq!(session.site_id, Some(id(3)));
        let names: Vec<_> =
            tx.standings(UserId::new(id(10))).await.unwrap().into_iter().map(|one| one.site_name).collect();
        assert_eq!(names, ["", "Place 3"]);
        assert_eq!(tx.sweep_sessions(at() + chrono::Duration::seconds(1)).await.unwrap(), 1);
        assert!(tx.session(b"one").await.unwrap().is_none());
        tx.close_session(b"two").await.unwrap();
        assert!(tx.session(b"two").await.unwrap().is_none());
        keep(tx).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn every_read_is_written_down_before_its_answer_leaves() {
    on_both(|store| async move {
        let line = |number: u128| AuditRow {
            id: id(number),
            at: at(),
            account_id: None,
            actor: "Nadia".into(),
            role: "school_nurse".into(),
            site_id: None,
            patient_id: Some(id(20)),
            action: "record.read".into(),
            outcome: "done".into(),
            purpose: "record".into(),
            reason: String::new(),
        };
        let all: Vec<_> = (1..=40).map(|number| store.audit_read(line(number))).collect();
        for read in all {
            read.await.unwrap();
        }
        store.audit_reads(vec![line(41), line(42)]).await.unwrap();
        let mut tx = store.read().await.unwrap();
        assert_eq!(tx.audits_of(PatientId::new(id(20)), None, 100).await.unwrap().len(), 42);
        drop(tx);
        // A line that could not be written stops its own answer, and nobody else's.
        let (again, other) = tokio::join!(store.audit_read(line(1)), store.audit_read(line(43)));
        assert!(again.is_err() && other.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_never_happened() {
    on_both(|store| async move {
        let mut tx = store.write().await.unwrap();
        tx.add_feedback(&Feedback {
            id: id(1),
            at: at(),
            topic: String::new(),
            message: "x".into(),
            language: "en".into(),
            sought_key: " x".into(),
        })
        .await
        .unwrap();
        drop(tx);
        let mut tx = store.write().await.unwrap();
        assert!(tx.feedback(&Sought::all(), all()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_two_who_add_the_same_new_person_at_once_the_second_sees_the_first() {
    on_both(|store| async move {
        let keys = SearchKeys { last: "lee", first: "ann", born: day("2019-01-01"), swapped: day("2019-01-01") };
        let add = |number: u128| {
            let store = store.clone();
            async move {
                let mut tx = store.write().await.unwrap();
                tx.hold_name(keys).await.unwrap();
                if tx.same_person(keys).await.unwrap().is_empty() {
                    // Long enough for the other to look, if nothing held it back.
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    let new = NewPatient {
                        patient: patient(number, "Lee", "Ann", "2019-01-01"),
                        last_key: "lee".into(),
                        first_key: "ann".into(),
                        provisional_enrolment: false,
                    };
                    tx.add_patients(&[new], at()).await.unwrap();
                }
                keep(tx).await.unwrap();
            }
        };
        tokio::join!(add(60), add(61));
        let mut tx = store.read().await.unwrap();
        assert_eq!(tx.same_person(keys).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn many_rows_go_in_as_one_and_none_is_lost() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        let doses: Vec<Dose> = (0..100)
            .map(|number| {
                dose(1000 + number, 20, 1, 3, &format!("20{:02}-03-{:02}", 10 + number / 20, 1 + number % 20))
            })
            .collect();
        tx.add_doses(&doses, at()).await.unwrap();
        tx.add_doses(&[], at()).await.unwrap();
        assert_eq!(tx.doses(PatientId::new(id(20))).await.unwrap(), doses);
    })
    .await;
}

#[tokio::test]
async fn an_office_keeps_its_own_word_of_a_person_under_its_own_address() {
    on_both(|store| async move {
        furnished(&store).await;
        let (mia, first) = (PatientId::new(id(20)), SiteId::new(id(1)));
        let mut tx = store.write().await.unwrap();
        assert_eq!(tx.by_chart(first, ChartId::new(id(100))).await.unwrap(), Some(mia));
        assert_eq!(tx.by_chart(SiteId::new(id(2)), ChartId::new(id(100))).await.unwrap(), None, "another office's");
        assert_eq!(tx.office_relation(mia, first).await.unwrap(), (true, false));
        let said = patient(20, "Okafor", "Mya", "2021-03-10").demographics();
        tx.set_said(mia, first, &said).await.unwrap();
        assert_eq!(tx.office_relation(mia, first).await.unwrap(), (true, true));
        assert_eq!(tx.chart(mia, first).await.unwrap().unwrap().said, Some(said.clone()));
        tx.set_sharing(mia, Sharing::Objected, at()).await.unwrap();
        assert_eq!(tx.own_people(first, Sharing::Objected, 10).await.unwrap(), [mia]);
        assert!(tx.own_people(first, Sharing::Provisional, 10).await.unwrap().is_empty());
        tx.renew_chart(mia, first, ChartId::new(id(105)), &said).await.unwrap();
        assert_eq!(tx.by_chart(first, ChartId::new(id(100))).await.unwrap(), None);
        assert_eq!(tx.by_chart(first, ChartId::new(id(105))).await.unwrap(), Some(mia));
        let found = tx.search(
            SearchKeys { last: "okafor", first: "mia", born: day("2021-03-10"), swapped: day("2021-03-10") },
            Some(first),
        );
        assert_eq!(found.await.unwrap()[0].said().unwrap(), Some(said));
        let evidence =
            Evidence { antigen: Antigen::Varicella, kind: EvidenceKind::ClinicianHistory, on: day("2022-03-10") };
        tx.add_evidence(id(106), mia, &evidence, Some(first)).await.unwrap();
        assert_eq!(tx.evidence_from(mia, first).await.unwrap(), [evidence]);
        assert!(tx.evidence_from(mia, SiteId::new(id(2))).await.unwrap().is_empty());
        keep(tx).await.unwrap();
    })
    .await;
}
