//! The use cases on a fixed day, each in a house of its own: on SQLite, and once more on PostgreSQL (`cargo xtask test`).

#![expect(
    clippy::unwrap_used,
    clippy::unused_self,
    clippy::disallowed_methods,
    reason = "tests stop where they cannot go on; the house is the one who speaks; the environment names the PostgreSQL to use"
)]

mod at_once;
mod at_once_more;
mod certificates;
mod certified;
mod field;
mod field_doses;
mod field_house;
mod field_lists;
mod field_more;
mod field_rules;
mod forecasts;
mod hidden_lists;
mod imports;
mod jobs;
mod named_later;
mod objections;
mod receipts;
mod records;
mod school;
mod scopes;
mod statements;
mod strangers_forms;
mod twins;
mod warnings;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use chrono::{DateTime, NaiveDate, Utc};
use credentials::VerifyCode;
use domain::{
    BirthDate, Chance, Clock, Cvx, PatientId, PersonName, Principal, Role, SiteId, Standing, UserId,
    actor::{Assurance, Person, Program},
    certificate::{IdentityCheck, RecordUse, RequestState},
    date::{DateOrder, PastDay},
    dose::{Lot, Product, Source},
    objection::{Choice, Form, Signer},
    patient::{Address, Demographics, Gender, Mother, Sharing},
    school::Grade,
    text::{Filled, Line},
};
use registry::{
    Account, Ask, Caller, Decision, DoseEntry, ImportKind, Match, Registry, RegistryError, RosterAnswer, SaveAs,
    Settings, Site, Verification,
};
use requirements::Status;
use store::Store;
use uuid::Uuid;

/// A clock the test turns.
struct Turned(Mutex<DateTime<Utc>>);

impl Clock for Turned {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        // Winter in Massachusetts.
        (at - chrono::Duration::hours(5)).date_naive()
    }
}

/// Bytes that never repeat.
struct Counted(AtomicU64);

impl Chance for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let seed = self.0.fetch_add(1, Ordering::Relaxed);
        for (at, chunk) in bytes.chunks_mut(32).enumerate() {
            let block = credentials::sha256(format!("{seed} {at}").as_bytes());
            let length = chunk.len();
            chunk.copy_from_slice(&block[..length]);
        }
    }
}

struct House {
    store: Store,
    registry: Registry,
    clock: Arc<Turned>,
    office: SiteId,
    other: SiteId,
    school: SiteId,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// As they are set, but that nobody waits for an answer.
fn settings() -> Settings {
    Settings { form_takes: std::time::Duration::ZERO, ..Settings::default() }
}

/// A house on SQLite, or on PostgreSQL where `MIIS_TEST_HOUSES` names one: `cargo xtask test` runs these tests once on each.
async fn house() -> House {
    statements::record();
    if let Ok(address) = std::env::var("MIIS_TEST_HOUSES") {
        return house_at(&store::fresh_database(&address, &fresh_name()).await.unwrap()).await;
    }
    let path = std::env::temp_dir().join(format!("{}.db", fresh_name()));
    let _ = std::fs::remove_file(&path);
    house_at(path.to_str().unwrap()).await
}

fn fresh_name() -> String {
    format!("miis_registry_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Runs a test in a house of its own.
async fn in_a_house<F: Future<Output = ()>>(test: impl FnOnce(Arc<House>) -> F) {
    let house = Arc::new(house().await);
    test(Arc::clone(&house)).await;
    house.store.close().await;
}

async fn house_at(address: &str) -> House {
    let store = Store::open(address).await.unwrap();
    store.migrate().await.unwrap();
    let clock = Arc::new(Turned(Mutex::new("2026-09-02T14:00:00Z".parse().unwrap())));
    let registry = Registry::new(
        store.clone(),
        Arc::clone(&clock) as Arc<dyn Clock>,
        Arc::new(Counted(AtomicU64::new(1))),
        settings(),
    );
    let mut seeder = registry.seed().await.unwrap();
    for (number, kind) in [(1, "provider"), (2, "provider"), (3, "school")] {
        let site = Site {
            id: id(number),
            name: format!("Place {number}"),
            kind: kind.into(),
            street: String::new(),
            city: String::new(),
            state: "MA".into(),
            zip: String::new(),
            phone: String::new(),
            code: format!("P{number}"),
        };
        seeder.site(&site).await.unwrap();
    }
    let hash = Registry::hash_password("correct horse").unwrap();
    for (number, login, role, site) in [
        (10, "parent", Role::Family, None),
        (11, "clinic", Role::ProviderStaff, Some(1)),
        (12, "other", Role::ProviderStaff, Some(2)),
        (13, "nurse", Role::SchoolNurse, Some(3)),
        (14, "registrar", Role::SchoolRegistrar, Some(3)),
        (15, "reviewer", Role::DphReviewer, None),
        (16, "stranger", Role::Family, None),
    ] {
        let account = Account {
            id: id(number),
            login_key: login.into(),
            name: login.into(),
            password_hash: hash.clone(),
            role: role.key().into(),
            site_id: site.map(id),
            licence: String::new(),
            language: "en".into(),
            active: true,
        };
        seeder.account(&account).await.unwrap();
    }
    seeder.commit().await.unwrap();
    House { store, registry, clock, office: SiteId::new(id(1)), other: SiteId::new(id(2)), school: SiteId::new(id(3)) }
}

impl House {
    fn as_(&self, number: u128, role: Role, site: Option<SiteId>) -> Caller {
        let standing = Standing::new(role, site).unwrap();
        let (user, name) = (UserId::new(id(number)), "somebody".into());
        Caller::new(Principal::Person(Person { user, name, standing, assurance: Assurance::One }))
    }
    fn parent(&self) -> Caller {
        self.as_(10, Role::Family, None)
    }
    fn stranger(&self) -> Caller {
        self.as_(16, Role::Family, None)
    }
    /// What waits for somebody at an office.
    async fn open(&self, caller: &Caller) -> Vec<registry::Message> {
        self.registry.open_messages(caller, 1, "").await.unwrap().lines
    }
    fn clinic(&self) -> Caller {
        self.as_(11, Role::ProviderStaff, Some(self.office))
    }
    fn other_clinic(&self) -> Caller {
        self.as_(12, Role::ProviderStaff, Some(self.other))
    }
    fn nurse(&self) -> Caller {
        self.as_(13, Role::SchoolNurse, Some(self.school))
    }
    fn reviewer(&self) -> Caller {
        self.as_(15, Role::DphReviewer, None)
    }

    /// Mia, with one MMR given by the clinic, her parent's child.
    async fn mia(&self) -> PatientId {
        let person = person("Okafor", "Mia", "2021-03-10");
        let patient = self.registry.add_person(&self.clinic(), &person, &dose("2022-03-10", 3)).await.unwrap();
        let mut seeder = self.registry.seed().await.unwrap();
        seeder.guardian(id(900), patient, UserId::new(id(10)), "parent").await.unwrap();
        seeder.commit().await.unwrap();
        patient
    }

    /// Somebody as the registry has them.
    async fn patient(&self, patient: PatientId) -> domain::patient::Patient {
        self.store.read().await.unwrap().patient(patient).await.unwrap().unwrap().patient()
    }

    fn later(&self, minutes: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now += chrono::Duration::minutes(minutes);
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A girl of whom nothing else is said.
fn person(last: &str, first: &str, born: &str) -> Demographics {
    Demographics::new(PersonName::new(last, first, "").unwrap(), BirthDate::stored(day(born)), Gender::Female)
}

/// Instead of the lists as they are shown now.
async fn replacing(house: &House, caller: &Caller, list: domain::RosterId) -> SaveAs {
    SaveAs::Replace(house.registry.review_roster(caller, list).await.unwrap().shown)
}

/// A line as somebody types it.
fn typed<const MOST: usize>(text: &str) -> Line<MOST> {
    Line::new(text).unwrap()
}

/// As [`typed`], where something has to be said.
fn says<const MOST: usize>(text: &str) -> Filled<MOST> {
    Filled::new(text).unwrap()
}

/// A day that has been.
fn past(text: &str) -> PastDay {
    PastDay::new(day(text), NaiveDate::MAX).unwrap()
}

fn dose(on: &str, cvx: u16) -> DoseEntry {
    DoseEntry {
        given_on: past(on),
        cvx: Cvx::stored(cvx),
        mvx: None,
        product: Product::default(),
        lot: Lot::stored("A1".into()),
        source: Source::Administered,
        office: typed(""),
        despite: typed(""),
        warned: String::new(),
    }
}

fn objection(choice: Choice) -> Form {
    Form {
        choice,
        name: PersonName::new("Okafor", "Mia", "").unwrap(),
        born: day("2021-03-10"),
        gender: Gender::Female,
        address: Address::default(),
        phone: String::new(),
        email: String::new(),
        mother: Mother::default(),
        signer: Signer::Parent,
        signature: "Grace Okafor".into(),
        signed_on: day("2026-09-02"),
        office: String::new(),
        office_staff: String::new(),
        language: "en".into(),
    }
}

fn is_not_found<T>(result: registry::Result<T>) -> bool {
    matches!(result, Err(RegistryError::NotFound))
}
