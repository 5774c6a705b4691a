//! The use cases on a fixed day, against a SQLite file each.

#![expect(
    clippy::unwrap_used,
    clippy::unused_self,
    reason = "tests stop where they cannot go on; the house is the one who speaks"
)]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use access::View;
use chrono::{DateTime, NaiveDate, Utc};
use credentials::VerifyCode;
use domain::{
    Actor, BirthDate, Chance, Clock, Cvx, PatientId, PersonName, Role, SiteId, UserId,
    actor::Signed,
    certificate::{IdentityCheck, Purpose, RequestState},
    dose::Source,
    objection::{Choice, Form, Signer},
    patient::{Address, Gender, Mother},
};
use registry::{
    Account, Caller, Decision, DoseEntry, ImportKind, Match, PersonEntry, Registry, RegistryError, Settings, Site,
    Verification,
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
    fn today(&self) -> NaiveDate {
        self.now().date_naive()
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

async fn house() -> House {
    let path = std::env::temp_dir().join(format!(
        "miis_registry_{}_{}.db",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    ));
    let _ = std::fs::remove_file(&path);
    let store = Store::open(path.to_str().unwrap()).await.unwrap();
    store.migrate().await.unwrap();
    let clock = Arc::new(Turned(Mutex::new("2026-09-02T14:00:00Z".parse().unwrap())));
    let registry = Registry::new(
        store,
        Arc::clone(&clock) as Arc<dyn Clock>,
        Arc::new(Counted(AtomicU64::new(1))),
        Settings::default(),
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
    House { registry, clock, office: SiteId::new(id(1)), other: SiteId::new(id(2)), school: SiteId::new(id(3)) }
}

impl House {
    fn as_(&self, number: u128, role: Role, site: Option<SiteId>) -> Caller {
        Caller {
            actor: Actor::User(Signed { user: UserId::new(id(number)), role, site, name: "somebody".into() }),
            reason: String::new(),
        }
    }
    fn parent(&self) -> Caller {
        self.as_(10, Role::Family, None)
    }
    fn stranger(&self) -> Caller {
        self.as_(16, Role::Family, None)
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
        let person = PersonEntry {
            name: PersonName::new("Okafor", "Mia", "").unwrap(),
            born: BirthDate::stored(day("2021-03-10")),
            gender: Gender::Female,
            mother: Mother::default(),
            address: Address::default(),
            phone: String::new(),
        };
        let patient = self.registry.add_person(&self.clinic(), &person, &dose("2022-03-10", 3)).await.unwrap();
        let mut seeder = self.registry.seed().await.unwrap();
        seeder.guardian(id(900), patient, UserId::new(id(10)), "parent").await.unwrap();
        seeder.commit().await.unwrap();
        patient
    }

    fn later(&self, minutes: i64) {
        let mut now = self.clock.0.lock().unwrap();
        *now += chrono::Duration::minutes(minutes);
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dose(on: &str, cvx: u16) -> DoseEntry {
    DoseEntry {
        given_on: day(on),
        cvx: Cvx::known(cvx),
        mvx: String::new(),
        product: String::new(),
        lot: "A1".into(),
        source: Source::Administered,
        office: String::new(),
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

#[tokio::test]
async fn a_session_opens_with_the_right_password_and_ends_when_it_is_not_used() {
    let house = house().await;
    assert!(house.registry.sign_in("clinic", "wrong").await.unwrap().is_none());
    assert!(house.registry.sign_in("nobody", "correct horse").await.unwrap().is_none());
    let signed = house.registry.sign_in(" Clinic ", "correct horse").await.unwrap().unwrap();
    assert_eq!(house.registry.caller(Some(&signed.token)).await.unwrap().actor.role(), Some(Role::ProviderStaff));
    assert_eq!(house.registry.caller(Some("0000")).await.unwrap().actor, Actor::Public);
    house.later(29);
    assert!(house.registry.caller(Some(&signed.token)).await.unwrap().actor.role().is_some());
    house.later(29);
    assert!(house.registry.caller(Some(&signed.token)).await.unwrap().actor.role().is_some(), "use keeps it alive");
    house.later(31);
    assert_eq!(house.registry.caller(Some(&signed.token)).await.unwrap().actor, Actor::Public);
}

#[tokio::test]
async fn a_record_opens_for_its_family_and_its_office_and_for_nobody_else() {
    let house = house().await;
    let mia = house.mia().await;
    assert_eq!(house.registry.record(&house.parent(), mia).await.unwrap().doses.len(), 1);
    assert_eq!(house.registry.record(&house.clinic(), mia).await.unwrap().view, View::Whole);
    for caller in [house.stranger(), house.other_clinic(), house.nurse(), house.reviewer(), Caller::public()] {
        assert!(is_not_found(house.registry.record(&caller, mia).await));
        assert!(is_not_found(house.registry.record(&caller, PatientId::new(id(4242))).await), "nobody looks the same");
    }
    let reviewer = Caller { reason: "outbreak".into(), ..house.reviewer() };
    assert_eq!(house.registry.record(&reviewer, mia).await.unwrap().view, View::Whole);
    let looked = house.registry.who_looked(&house.parent(), mia).await.unwrap();
    assert!(looked.iter().any(|line| line.role == "dph_reviewer" && line.reason == "outbreak"));
    assert!(is_not_found(house.registry.who_looked(&house.clinic(), mia).await));
}

#[tokio::test]
async fn another_office_takes_a_patient_into_care_before_it_reads_the_record() {
    let house = house().await;
    let mia = house.mia().await;
    let found = house.registry.search(&house.other_clinic(), "Okafro", "mia", day("2021-03-10")).await.unwrap();
    assert_eq!((found.len(), found[0].in_care), (1, false));
    assert!(is_not_found(house.registry.record(&house.other_clinic(), mia).await));
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    assert!(house.registry.record(&house.other_clinic(), mia).await.is_ok());
}

#[tokio::test]
async fn a_dose_is_corrected_only_by_its_office_once_and_its_past_is_kept() {
    let house = house().await;
    let mia = house.mia().await;
    let given = house.registry.record(&house.clinic(), mia).await.unwrap().doses.remove(0);
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    let entry = DoseEntry { lot: "B2".into(), ..dose("2022-03-12", 3) };
    assert!(is_not_found(house.registry.correct_dose(&house.other_clinic(), mia, given.id, 1, &entry, "theirs").await));
    house.registry.correct_dose(&house.clinic(), mia, given.id, 1, &entry, "wrong day").await.unwrap();
    assert!(matches!(
        house.registry.correct_dose(&house.clinic(), mia, given.id, 1, &entry, "again").await,
        Err(RegistryError::Conflict)
    ));
    house.registry.void_dose(&house.clinic(), mia, given.id, 2, "wrong child").await.unwrap();
    let record = house.registry.record(&house.clinic(), mia).await.unwrap();
    assert_eq!((record.doses.len(), record.voided.len(), record.changes.len()), (0, 1, 2));
    for wrong in ["2021-03-09", "2026-09-03"] {
        assert!(
            matches!(
                house.registry.add_dose(&house.clinic(), mia, &dose(wrong, 3)).await,
                Err(RegistryError::Invalid(..))
            ),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_certificate_goes_from_the_family_to_the_office_and_back_and_can_be_revoked() {
    let house = house().await;
    let mia = house.mia().await;
    assert!(is_not_found(
        house.registry.ask_for_record(&house.stranger(), mia, house.office, Purpose::School, "").await
    ));
    assert!(is_not_found(house.registry.ask_for_record(&house.parent(), mia, house.other, Purpose::School, "").await));
    let request =
        house.registry.ask_for_record(&house.parent(), mia, house.office, Purpose::School, "Adams").await.unwrap();
    assert_eq!(
        house.registry.ask_for_record(&house.parent(), mia, house.office, Purpose::Camp, "").await.unwrap(),
        request,
        "asked twice is asked once"
    );
    assert!(is_not_found(house.registry.review(&house.other_clinic(), mia, request).await));
    assert!(is_not_found(
        house.registry.certify(&house.other_clinic(), mia, request, IdentityCheck::Known, "en").await
    ));
    let certificate =
        house.registry.certify(&house.clinic(), mia, request, IdentityCheck::PhotoId, "en").await.unwrap();
    assert!(matches!(
        house.registry.return_request(&house.clinic(), mia, request, "late").await,
        Err(RegistryError::Conflict)
    ));
    assert_eq!(house.registry.my_requests(&house.parent()).await.unwrap()[0].state(), RequestState::Released);
    assert!(is_not_found(house.registry.certificate(&house.stranger(), mia, certificate).await));
    let paper = house.registry.certificate(&house.parent(), mia, certificate).await.unwrap();
    assert_eq!((paper.statement.doses.len(), paper.statement.requirements.len()), (1, 5));
    let code: VerifyCode = paper.code.parse().unwrap();
    assert!(
        matches!(house.registry.verify(&code).await.unwrap(), Verification::Valid { initials, birth_year: 2021, doses: 1, .. } if initials == "M. O.")
    );
    assert_eq!(house.registry.verify(&"0000-0000-0000-0000".parse().unwrap()).await.unwrap(), Verification::Unknown);
    assert!(is_not_found(house.registry.revoke(&house.other_clinic(), mia, certificate, "no").await));
    house.registry.revoke(&house.clinic(), mia, certificate, "wrong date").await.unwrap();
    assert!(matches!(house.registry.verify(&code).await.unwrap(), Verification::Revoked { .. }));
}

#[tokio::test]
async fn an_objection_blocks_at_once_stays_when_accepted_and_ends_with_its_withdrawal() {
    let house = house().await;
    let mia = house.mia().await;
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap();
    let first = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    let again = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    assert_eq!((again.id, again.repeated), (first.id, true), "sent twice is one form");
    let hidden = |caller: Caller| {
        let registry = house.registry.clone();
        async move {
            is_not_found(registry.record(&caller, mia).await)
                && registry.search(&caller, "Okafor", "Mia", day("2021-03-10")).await.unwrap().is_empty()
        }
    };
    assert!(hidden(house.other_clinic()).await, "the provisional block");
    let own = house.registry.record(&house.clinic(), mia).await.unwrap();
    assert_eq!((own.view, own.doses.len()), (View::OwnDoses(house.office), 1));
    house.registry.decide_objection(&house.reviewer(), first.id, 1, &Decision::Accept(mia)).await.unwrap();
    assert!(matches!(
        house.registry.decide_objection(&house.reviewer(), first.id, 1, &Decision::Accept(mia)).await,
        Err(RegistryError::Conflict)
    ));
    assert!(hidden(house.other_clinic()).await);
    assert_eq!(house.registry.record(&house.parent(), mia).await.unwrap().view, View::Whole);
    house.later(1);
    let withdrawal =
        house.registry.submit_objection(&house.parent(), objection(Choice::Withdraw), false).await.unwrap();
    assert!(hidden(house.other_clinic()).await, "a withdrawal waits for the Department");
    house.registry.decide_objection(&house.reviewer(), withdrawal.id, 1, &Decision::Accept(mia)).await.unwrap();
    assert!(!hidden(house.other_clinic()).await);
    // Changing one's mind again is a new form, on the same day too.
    house.later(1);
    let third = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    assert!(third.id != first.id && !third.repeated);
    house
        .registry
        .decide_objection(&house.reviewer(), third.id, 1, &Decision::Reject("not the parent".into()))
        .await
        .unwrap();
    assert!(!hidden(house.other_clinic()).await, "a rejected form blocks nothing");
}

#[tokio::test]
async fn a_form_for_somebody_not_on_file_takes_effect_when_the_record_appears() {
    let house = house().await;
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::NoRecordYet).await.unwrap();
    let mia = house.mia().await;
    house.registry.take_into_care(&house.other_clinic(), mia).await.unwrap_err();
    assert!(is_not_found(house.registry.record(&house.other_clinic(), mia).await));
}

fn message(number: &str, last: &str, born: &str) -> String {
    format!(
        "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|{number}|P|2.5.1\rPID|1||{number}^^^EHR^MR||{last}^Ann||{born}|F\rRXA|0|1|20220310||03^MMR^CVX|0.5|||00||||||A1||MSD^Merck^MVX|||CP|A\r"
    )
}

#[tokio::test]
async fn a_file_sent_twice_changes_nothing_and_a_refused_message_waits_to_be_corrected() {
    let house = house().await;
    let text = [message("1", "Lee", "20190101"), message("2", "Silva", "2019")].concat();
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    let first = import(text.clone()).await;
    assert_eq!((first.accepted, first.refused), (1, 1));
    let second = import(text).await;
    assert_eq!((second.accepted, second.refused, second.repeated), (0, 0, 2));
    assert_eq!(house.registry.count_people().await.unwrap(), 1);
    let (_, open) = house.registry.imports(&house.clinic()).await.unwrap();
    assert_eq!(open.len(), 1);
    assert!(house.registry.imports(&house.other_clinic()).await.unwrap().1.is_empty());
    let corrected = house
        .registry
        .resubmit(&house.clinic(), domain::MessageId::new(open[0].id), &message("2", "Silva", "20190301"))
        .await
        .unwrap();
    assert_eq!(corrected.batch.accepted, 1);
    assert!(house.registry.imports(&house.clinic()).await.unwrap().1.is_empty());
    assert_eq!(house.registry.count_people().await.unwrap(), 2);
}

#[tokio::test]
async fn a_message_that_could_mean_two_people_waits_for_a_human() {
    let house = house().await;
    let import = |text: String| {
        let (registry, caller, office) = (house.registry.clone(), house.clinic(), house.office);
        async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
    };
    import(message("1", "Lee", "20190101")).await;
    // The office's number 1 now comes with another name and another birth date.
    let doubtful = import(message("1", "Khan", "20200202")).await;
    assert_eq!(doubtful.waiting, 1);
    let open = house.registry.imports(&house.clinic()).await.unwrap().1.remove(0);
    let (_, people) = house.registry.waiting_message(&house.clinic(), domain::MessageId::new(open.id)).await.unwrap();
    assert_eq!(people.len(), 1);
    assert!(is_not_found(
        house
            .registry
            .choose_person(&house.clinic(), domain::MessageId::new(open.id), Some(PatientId::new(id(5))))
            .await
    ));
    house.registry.choose_person(&house.clinic(), domain::MessageId::new(open.id), None).await.unwrap();
    assert_eq!(house.registry.count_people().await.unwrap(), 2);
}

#[tokio::test]
async fn a_class_list_matches_saves_and_shows_an_objection_like_a_stranger() {
    let house = house().await;
    let mia = house.mia().await;
    let list = "Number,Last Name,First Name,DOB,Grade,Homeroom\n7,Okafor,Mia,3/10/2021,K,K-1\n8,Nobody,Here,1/1/2021,K,K-1\n9,Okafro,Mia,3/10/2021,K,K-2\n";
    let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
    assert!(matches!(review.lines[0].found, Match::Found { known: false, .. }));
    assert_eq!(review.lines[1].found, Match::NotFound);
    assert!(matches!(review.lines[2].found, Match::Doubtful(_)));
    assert!(
        is_not_found(house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await),
        "nothing is saved before"
    );
    house.registry.choose_in_roster(&house.nurse(), roster, vec![(4, None)]).await.unwrap();
    assert_eq!(house.registry.save_roster(&house.nurse(), roster).await.unwrap(), 3);
    assert!(is_not_found(house.registry.review_roster(&house.nurse(), roster).await), "the file is forgotten");
    let board = house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await.unwrap();
    assert_eq!(board.lines.iter().map(|line| line.status).collect::<Vec<_>>(), [Status::Incomplete, Status::NoRecord]);
    let student = house.registry.student(&house.nurse(), board.lines[0].id, day("2026-09-02")).await.unwrap();
    assert_eq!(student.facts.unwrap().1.results.len(), 5);
    let registrar = house.as_(14, Role::SchoolRegistrar, Some(house.school));
    let short = house.registry.board(&registrar, "K-1", day("2026-09-02")).await.unwrap();
    assert!(short.status_only && short.lines.iter().all(|line| line.open.is_empty() && line.changes_on.is_none()));
    assert!(is_not_found(house.registry.student(&registrar, board.lines[0].id, day("2026-09-02")).await));
    // The family objects: the school sees what it sees of a child that is not on file.
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::Accept(mia)).await.unwrap();
    let board = house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await.unwrap();
    assert!(board.lines.iter().all(|line| line.name.is_none()
        && line.born.is_none()
        && line.status == Status::NoRecord
        && line.open.is_empty()));
    assert_eq!(
        board.lines.iter().map(|line| line.number.as_str()).collect::<Vec<_>>(),
        ["7", "8"],
        "the place in the list gives nothing away"
    );
    let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
    assert!(review.lines.iter().all(|line| line.found == Match::NotFound));
}

#[tokio::test]
async fn nobody_learns_of_an_earlier_form_by_sending_a_similar_one() {
    let house = house().await;
    let mia = house.mia().await;
    let mut theirs = objection(Choice::Object);
    theirs.phone = "617-555-0142".into();
    let first = house.registry.submit_objection(&Caller::public(), theirs.clone(), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), first.id, 1, &Decision::Accept(mia)).await.unwrap();
    // A stranger knows the name, the date of birth and the parent's name, and guesses.
    let guess = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    assert!(guess.id != first.id && guess.receipt != first.receipt && !guess.repeated);
}

#[tokio::test]
async fn an_office_that_reports_a_dose_learns_no_address_of_somebody_who_objected() {
    let house = house().await;
    let person = |street: &str| PersonEntry {
        name: PersonName::new("Adler", "Ruth", "").unwrap(),
        born: BirthDate::stored(day("2020-11-02")),
        gender: Gender::Female,
        mother: Mother { first: "Lea".into(), maiden: "Stern".into() },
        address: Address { street: street.into(), ..Address::default() },
        phone: "617-555-0199".into(),
    };
    let ruth =
        house.registry.add_person(&house.clinic(), &person("1 Hidden Ln"), &dose("2021-01-02", 8)).await.unwrap();
    let mut form = objection(Choice::Object);
    form.name = PersonName::new("Adler", "Ruth", "").unwrap();
    form.born = day("2020-11-02");
    let sent = house.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), sent.id, 1, &Decision::Accept(ruth)).await.unwrap();
    let history = DoseEntry { source: Source::Historical, office: "Abroad".into(), ..dose("2022-01-02", 3) };
    let same = house.registry.add_person(&house.other_clinic(), &person("Theirs"), &history).await.unwrap();
    assert_eq!(same, ruth);
    let seen = house.registry.record(&house.other_clinic(), ruth).await.unwrap();
    assert_eq!((seen.view, seen.doses.len()), (View::OwnDoses(house.other), 1));
    assert_eq!(
        (seen.patient.address, seen.patient.phone.as_str(), seen.patient.mother),
        (Address::default(), "", Mother::default())
    );
    // Taken back, the made-up dose opens nothing any more.
    house.registry.void_dose(&house.other_clinic(), ruth, seen.doses[0].id, 1, "made up").await.unwrap();
    assert!(is_not_found(house.registry.record(&house.other_clinic(), ruth).await));
    // A file of guessed doses is told nothing of the clinic's.
    let guess = "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|9|P|2.5.1\rPID|1||9^^^EHR^MR||Adler^Ruth||20201102|F\rRXA|0|1|20210102||08^HepB^CVX|0.5|||01||||||||||||A\r";
    let batch = house
        .registry
        .import(&house.other_clinic(), house.other, ImportKind::Hl7, guess.as_bytes(), &|_| {})
        .await
        .unwrap()
        .batch;
    assert_eq!((batch.accepted, batch.warned), (1, 0));
}

#[tokio::test]
async fn the_familys_latest_form_decides_whatever_order_the_department_works_in() {
    let house = house().await;
    let mia = house.mia().await;
    let withdrawal =
        house.registry.submit_objection(&Caller::public(), objection(Choice::Withdraw), false).await.unwrap();
    house.later(1);
    let object = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), object.id, 1, &Decision::Accept(mia)).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), withdrawal.id, 1, &Decision::Accept(mia)).await.unwrap();
    assert!(
        is_not_found(house.registry.take_into_care(&house.other_clinic(), mia).await),
        "the later objection still holds"
    );
}

#[tokio::test]
async fn a_record_that_appears_while_a_form_waits_is_blocked_from_its_first_day() {
    let house = house().await;
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    let mia = house.mia().await;
    assert!(is_not_found(house.registry.take_into_care(&house.other_clinic(), mia).await));
    let late = house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::NoRecordYet).await;
    assert!(matches!(late, Err(RegistryError::Conflict)), "somebody of that name is on file by now");
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::Accept(mia)).await.unwrap();
    assert!(is_not_found(house.registry.take_into_care(&house.other_clinic(), mia).await));
}

#[tokio::test]
async fn a_family_that_objects_still_gets_its_certificate_from_the_office_it_asks() {
    let house = house().await;
    let mia = house.mia().await;
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::Accept(mia)).await.unwrap();
    let request = house.registry.ask_for_record(&house.parent(), mia, house.office, Purpose::School, "").await.unwrap();
    assert_eq!(house.registry.review(&house.clinic(), mia, request).await.unwrap().record.view, View::Whole);
    let certificate = house.registry.certify(&house.clinic(), mia, request, IdentityCheck::Known, "en").await.unwrap();
    assert!(house.registry.certificate(&house.parent(), mia, certificate).await.is_ok());
    assert!(
        is_not_found(house.registry.certificate(&house.clinic(), mia, certificate).await),
        "released, it is the family's"
    );
}

#[tokio::test]
async fn at_eighteen_a_record_is_the_persons_own() {
    let house = house().await;
    let mia = house.mia().await;
    assert_eq!(house.registry.my_people(&house.parent()).await.unwrap().len(), 1);
    house.later(60 * 24 * 366 * 13);
    assert!(house.registry.my_people(&house.parent()).await.unwrap().is_empty());
    assert!(is_not_found(house.registry.record(&house.parent(), mia).await));
}
