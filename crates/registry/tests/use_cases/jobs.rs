//! Work the program does by itself: nothing is lost when a server stops in the middle of it, and nothing is done twice.

use std::{fmt::Write as _, time::Duration};

use domain::{BatchId, JobId};
use registry::{FileIn, FileState, JobKind};

use super::*;

const JOBS: Principal = Principal::Program(Program::Jobs);
const SOON: Duration = Duration::from_mins(1);

fn file(bytes: &[u8]) -> FileIn<'_> {
    FileIn { kind: ImportKind::of(bytes), name: "a.hl7", order: None, bytes }
}

/// A message each for so many people.
fn many(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        let letters: String = number.to_string().bytes().map(|digit| char::from(digit + 49)).collect();
        write!(
            text,
            "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|{number}|P|2.5.1\rPID|1||{number}^^^EHR^MR||Q{letters}^Ann||20200101|F\r\
             RXA|0|1|20210102||08^HepB^CVX|0.5|||00||||||||||||A\r"
        )
        .unwrap();
    }
    text
}

/// The first of [`many`] was put on file in the clinic's name.
async fn is_imported_by_the_clinic(house: &House) {
    let found = house.registry.search(&house.clinic(), "Qb", "Ann", day("2020-01-01")).await.unwrap();
    let lines = house.store.read().await.unwrap().audits_of(found[0].id, None, 10).await.unwrap();
    assert!(lines.iter().any(|line| line.action == "dose.import" && line.account_id == Some(id(11))));
}

#[tokio::test]
async fn a_file_handed_in_is_taken_and_the_same_file_meanwhile_is_the_same_job() {
    in_a_house(|house| async move {
        let (text, clinic) = (many(30), house.clinic());
        let (one, other) = tokio::join!(
            house.registry.hand_in(&clinic, file(text.as_bytes())),
            house.registry.hand_in(&clinic, file(text.as_bytes()))
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(house.registry.file_state(&house.clinic(), one, SOON).await.unwrap(), FileState::Done);
        assert_eq!(house.registry.file_state(&house.clinic(), other, SOON).await.unwrap(), FileState::Done);
        assert_eq!(house.people().await, 30);
        let batch = house.registry.batch(&house.clinic(), one).await.unwrap();
        assert_eq!((batch.accepted, batch.file_name.as_str()), (30, "a.hl7"));
        // Another office's it is not.
        for theirs in [house.other_clinic(), house.parent()] {
            assert!(is_not_found(house.registry.file_state(&theirs, one, Duration::ZERO).await));
            assert!(is_not_found(house.registry.try_file_again(&theirs, one).await));
            assert!(is_not_found(house.registry.forget_file(&theirs, one).await));
        }
        assert!(is_not_found(house.registry.hand_in(&house.nurse(), file(b"x")).await));
        // Whoever asks who put it there is told who handed it in.
        is_imported_by_the_clinic(&house).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_asks_is_answered_and_one_that_is_none_is_forgotten() {
    let house = house().await;
    let table = b"last_name,first_name,birth_date,gender,vaccine,given_on\nLee,Ann,3/4/2020,F,08,5/6/2021\n";
    let asks = house.registry.hand_in(&house.clinic(), file(table)).await.unwrap();
    assert_eq!(house.registry.file_state(&house.clinic(), asks, SOON).await.unwrap(), FileState::AsksForOrder);
    assert_eq!(house.people().await, 0, "nothing is taken before");
    house.registry.say_order(&house.clinic(), asks, DateOrder::DayFirst).await.unwrap();
    assert_eq!(house.registry.file_state(&house.clinic(), asks, SOON).await.unwrap(), FileState::Done);
    assert_eq!(house.registry.search(&house.clinic(), "Lee", "Ann", day("2020-04-03")).await.unwrap().len(), 1);
    assert!(matches!(
        house.registry.say_order(&house.clinic(), asks, DateOrder::DayFirst).await,
        Err(RegistryError::Conflict)
    ));
    assert!(matches!(house.registry.forget_file(&house.clinic(), asks).await, Err(RegistryError::Conflict)));
    let none = house.registry.hand_in(&house.clinic(), file(b"hello")).await.unwrap();
    let state = house.registry.file_state(&house.clinic(), none, SOON).await.unwrap();
    assert!(matches!(state, FileState::Refused(_)), "{state:?}");
    house.registry.forget_file(&house.clinic(), none).await.unwrap();
    assert!(is_not_found(house.registry.file_state(&house.clinic(), none, Duration::ZERO).await));
}

/// A server of its own that takes a file, and is gone as soon as it has written something of it.
fn server_that_stops(house: &House, address: String, text: String) -> std::thread::JoinHandle<BatchId> {
    let (clinic, clock) = (house.clinic(), Arc::clone(&house.clock));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let id = runtime.block_on(async {
            let store = Store::open(&address).await.unwrap();
            let chance = Arc::new(Counted(AtomicU64::new(1 << 40)));
            let registry = Registry::new(store, clock as Arc<dyn Clock>, chance, settings());
            let id = registry.hand_in(&clinic, file(text.as_bytes())).await.unwrap();
            loop {
                let taken = registry.batch(&clinic, id).await.unwrap().accepted;
                if taken > 0 {
                    return id;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        runtime.shutdown_background();
        id
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_in_the_middle_of_a_file_loses_nothing_and_nothing_is_taken_twice() {
    let path = std::env::temp_dir().join(format!("{}.db", fresh_name()));
    let _ = std::fs::remove_file(&path);
    let address = path.to_str().unwrap().to_owned();
    let house = house_at(&address).await;
    let text = many(1_500);
    let stopped = server_that_stops(&house, address, text);
    let id = tokio::task::spawn_blocking(move || stopped.join().unwrap()).await.unwrap();
    let before = house.registry.batch(&house.clinic(), id).await.unwrap().accepted;
    assert!((1..1_500).contains(&before), "in the middle: {before}");
    // As long as the other server could be at work, nobody takes it over.
    house.registry.work_through().await.unwrap();
    let state = house.registry.file_state(&house.clinic(), id, Duration::ZERO).await.unwrap();
    assert!(matches!(state, FileState::AtWork { done, .. } if done > 0), "{state:?}");
    house.later(2);
    house.registry.work_through().await.unwrap();
    assert_eq!(house.registry.file_state(&house.clinic(), id, SOON).await.unwrap(), FileState::Done);
    let (batch, messages) = house.registry.import_result(&house.clinic(), id, 1).await.unwrap();
    assert_eq!((batch.accepted, batch.repeated, messages.all, house.people().await), (1_500, 0, 0, 1_500));
}

#[tokio::test]
async fn whoever_holds_an_older_lease_writes_nothing_any_more() {
    in_a_house(|house| async move {
        house.registry.ask_for(JobKind::Sweep, "").await.unwrap();
        house.registry.ask_for(JobKind::Sweep, "").await.unwrap();
        let open = house.registry.open_jobs(&JOBS).await.unwrap();
        assert_eq!(open.len(), 1, "the same work twice is one job");
        let now = house.registry.now();
        let mut tx = house.store.write().await.unwrap();
        let held = tx.lease_job(&open[0], now + chrono::Duration::seconds(60)).await.unwrap().unwrap();
        assert!(tx.lease_job(&open[0], now).await.unwrap().is_none(), "somebody was faster");
        tx.commit().await.unwrap();
        house.later(2);
        house.registry.work_through().await.unwrap();
        assert!(house.registry.open_jobs(&JOBS).await.unwrap().is_empty(), "taken over and done");
        let mut tx = house.store.write().await.unwrap();
        assert!(matches!(tx.hold_job(&held, 1, 2, now).await, Err(store::StoreError::Conflict)));
        assert!(is_not_found(house.registry.open_jobs(&house.clinic().principal).await));
    })
    .await;
}

#[tokio::test]
async fn what_fails_is_tried_again_with_pauses_then_given_up_visibly_and_can_be_begun_again() {
    let house = house().await;
    let id = house.registry.hand_in(&house.clinic(), file(many(2).as_bytes())).await.unwrap();
    house.registry.file_state(&house.clinic(), id, SOON).await.unwrap();
    // The same work again, whose file is gone.
    let mut tx = house.store.write().await.unwrap();
    let done = tx.job(JobId::new(id.uuid())).await.unwrap().unwrap();
    tx.add_job(&registry::Job { id: made_up(900), ..done }).await.unwrap();
    tx.commit().await.unwrap();
    let mut tries = 0;
    loop {
        house.registry.work_through().await.unwrap();
        let open = house.registry.open_jobs(&JOBS).await.unwrap();
        assert_eq!(open[0].fault, "the store failed: unreadable value in job");
        if open[0].state == "dead" {
            break;
        }
        tries += 1;
        assert_eq!(open[0].tries, tries, "each pause is longer than the one before");
        house.later(5 * 4_i64.pow(u32::try_from(tries).unwrap()) / 60 + 1);
    }
    assert_eq!(tries, 5);
    let dead = house.registry.open_jobs(&JOBS).await.unwrap().remove(0);
    house.registry.retry_job(&JOBS, dead.job_id()).await.unwrap();
    assert_eq!(house.registry.open_jobs(&JOBS).await.unwrap()[0].state, "waiting");
    assert!(is_not_found(house.registry.retry_job(&JOBS, JobId::new(id.uuid())).await), "it was not given up");
}

#[tokio::test]
async fn a_job_that_ends_the_program_each_time_is_given_up_and_not_begun_for_ever() {
    in_a_house(|house| async move {
        house.registry.ask_for(JobKind::Sweep, "").await.unwrap();
        let mut begun = 0;
        loop {
            let job = house.registry.open_jobs(&JOBS).await.unwrap().remove(0);
            if job.state == "dead" {
                break;
            }
            if begun < job.last_try {
                // Taken, and then nobody was heard of any more.
                let mut tx = house.store.write().await.unwrap();
                tx.lease_job(&job, house.registry.now() + chrono::Duration::seconds(60)).await.unwrap().unwrap();
                tx.commit().await.unwrap();
                begun += 1;
            } else {
                house.registry.work_through().await.unwrap();
            }
            house.later(2);
            assert!(begun <= 6);
        }
        assert_eq!(begun, 6);
        let dead = house.registry.open_jobs(&JOBS).await.unwrap().remove(0);
        assert_eq!(dead.fault, "the program stopped");
        // It is left alone for a day.
        house.later(23 * 60);
        house.registry.ask_for(JobKind::Sweep, "").await.unwrap();
        let open = house.registry.open_jobs(&JOBS).await.unwrap();
        assert_eq!((open.len(), open[0].state.as_str()), (1, "dead"));
        // Whoever lets it begin again gives it as many tries as a new one has.
        house.registry.retry_job(&JOBS, dead.job_id()).await.unwrap();
        let again = house.registry.open_jobs(&JOBS).await.unwrap().remove(0);
        assert_eq!((again.state.as_str(), again.last_try - again.tries), ("waiting", 6));
        house.registry.work_through().await.unwrap();
        assert!(house.registry.open_jobs(&JOBS).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_file_of_somebody_who_may_not_report_any_more_waits_for_a_colleague() {
    in_a_house(|house| async move {
        // An account that has not, or no longer, the standing it handed the file in with.
        let gone = house.as_(10, Role::ProviderStaff, Some(house.office));
        let id = house.registry.hand_in(&gone, file(many(2).as_bytes())).await.unwrap();
        assert_eq!(house.registry.file_state(&house.clinic(), id, SOON).await.unwrap(), FileState::GivenUp);
        assert_eq!(house.people().await, 0, "nothing is done in their name");
        house.registry.try_file_again(&house.clinic(), id).await.unwrap();
        assert_eq!(house.registry.file_state(&house.clinic(), id, SOON).await.unwrap(), FileState::Done);
        is_imported_by_the_clinic(&house).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_nobody_says_a_word_about_is_thrown_away_and_its_office_can_see_that() {
    in_a_house(|house| async move {
        let table = b"last_name,first_name,birth_date,gender,vaccine,given_on\nLee,Ann,3/4/2020,F,08,5/6/2021\n";
        let id = house.registry.hand_in(&house.clinic(), file(table)).await.unwrap();
        assert_eq!(house.registry.file_state(&house.clinic(), id, SOON).await.unwrap(), FileState::AsksForOrder);
        for (days, state) in [(29, FileState::AsksForOrder), (2, FileState::Forgotten)] {
            house.later(days * 24 * 60);
            house.registry.ask_for(JobKind::Sweep, "").await.unwrap();
            house.registry.work_through().await.unwrap();
            assert_eq!(house.registry.file_state(&house.clinic(), id, Duration::ZERO).await.unwrap(), state);
        }
        let left = house.store.read().await.unwrap().job_file(JobId::new(id.uuid())).await.unwrap();
        assert!(left.is_none(), "the children in it are nowhere any more");
        // It can be handed in again.
        let again = house.registry.hand_in(&house.clinic(), file(table)).await.unwrap();
        assert_eq!(house.registry.file_state(&house.clinic(), again, SOON).await.unwrap(), FileState::AsksForOrder);
    })
    .await;
}

#[tokio::test]
async fn a_file_given_up_and_handed_in_anew_is_tried_again_once_only() {
    in_a_house(|house| async move {
        let gone = house.as_(10, Role::ProviderStaff, Some(house.office));
        let table = b"last_name,first_name,birth_date,gender,vaccine,given_on\nLee,Ann,3/4/2020,F,08,5/6/2021\n";
        let first = house.registry.hand_in(&gone, file(table)).await.unwrap();
        assert_eq!(house.registry.file_state(&house.clinic(), first, SOON).await.unwrap(), FileState::GivenUp);
        let anew = house.registry.hand_in(&house.clinic(), file(table)).await.unwrap();
        assert_eq!(house.registry.file_state(&house.clinic(), anew, SOON).await.unwrap(), FileState::AsksForOrder);
        let again = house.registry.try_file_again(&house.clinic(), first).await;
        assert!(matches!(again, Err(RegistryError::Conflict)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn the_days_forecasts_are_asked_for_anew_after_a_rest_when_they_were_given_up() {
    in_a_house(|house| async move {
        let (kind, key) = (JobKind::Forecasts, "4.66 2026-09-02");
        house.registry.ask_for(kind, key).await.unwrap();
        let mut tx = house.store.write().await.unwrap();
        let now = house.registry.now();
        let seen = tx.open_jobs(store::Part { most: 1, skip: 0 }).await.unwrap().remove(0);
        let job = tx.lease_job(&seen, now).await.unwrap().unwrap();
        let left = store::JobLeft { state: "dead", outcome: "", fault: "the database was away", run_at: now };
        tx.leave_job(&job, &left, now).await.unwrap();
        tx.commit().await.unwrap();
        assert!(house.registry.was_given_up(kind, key).await.unwrap());
        for (minutes, states) in [(0, &["dead"][..]), (61, &["waiting"])] {
            house.later(minutes);
            house.registry.ask_for(kind, key).await.unwrap();
            let open = house.registry.open_jobs(&JOBS).await.unwrap();
            assert_eq!(
                open.iter().map(|job| job.state.as_str()).collect::<Vec<_>>(),
                states,
                "what was given up is seen until it is asked for anew"
            );
        }
        house.registry.work_through().await.unwrap();
        assert!(!house.registry.was_given_up(kind, key).await.unwrap());
        // A schedule that is put in force once more is worked out once more.
        house.registry.ask_for(kind, key).await.unwrap();
        assert!(house.registry.open_jobs(&JOBS).await.unwrap().iter().any(|job| job.state == "waiting"));
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_work_the_program_knows_is_found_when_it_is_due() {
    in_a_house(|house| async move {
        house.registry.ask_for(JobKind::Sweep, "").await.unwrap();
        let one = house.registry.open_jobs(&JOBS).await.unwrap().remove(0);
        let mut tx = house.store.write().await.unwrap();
        for (number, kind) in (0..).zip(JobKind::ALL) {
            let (kind, once_key) = (kind.key().to_owned(), format!("known {number}"));
            tx.add_job(&registry::Job { id: made_up(950 + number), kind, once_key, ..one.clone() }).await.unwrap();
        }
        let due = tx.due_jobs(house.registry.now(), 100).await.unwrap();
        let kinds: std::collections::BTreeSet<&str> = due.iter().map(|job| job.kind.as_str()).collect();
        assert_eq!(kinds, JobKind::ALL.iter().map(|kind| kind.key()).collect());
    })
    .await;
}

#[tokio::test]
async fn work_of_a_newer_program_is_left_to_it() {
    in_a_house(|house| async move {
        house.registry.ask_for(JobKind::Sweep, "").await.unwrap();
        let known = house.registry.open_jobs(&JOBS).await.unwrap().remove(0);
        let mut tx = house.store.write().await.unwrap();
        for number in 0..30 {
            let run_at = known.run_at - chrono::Duration::minutes(5);
            let (kind, once_key) = ("letters".to_owned(), format!("letters {number}"));
            tx.add_job(&registry::Job { id: made_up(901 + number), kind, once_key, run_at, ..known.clone() })
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        house.registry.work_through().await.unwrap();
        // However many there are, what this program knows is done.
        let left = house.registry.open_jobs(&JOBS).await.unwrap();
        assert!(left.len() == 30 && left.iter().all(|job| job.kind == "letters" && job.tries == 0));
    })
    .await;
}

/// An id; `id` is a file's here.
fn made_up(number: u128) -> Uuid {
    id(number)
}
