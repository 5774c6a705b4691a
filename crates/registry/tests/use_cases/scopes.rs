//! A list shows exactly those whom a page would open: two thousand small registries made by chance, each with an office, a school,
//! a family and some people, and everybody who asks.

use std::collections::BTreeSet;

use domain::{
    dose::{Dose, DoseState, Lot, Product},
    patient::{Patient, Sharing},
};

use super::*;

/// Kinds of lists: search, overdue, a family's people, the boards of nurse and registrar, requests, certificates, candidates for a line
/// of a class list and for a message.
const KINDS: usize = 9;

/// Numbers by chance, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        let block = credentials::sha256(&self.0.to_be_bytes());
        self.0 = u64::from_be_bytes(block[..8].try_into().unwrap());
        self.0 % most
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    fn id(&mut self) -> Uuid {
        id((u128::from(self.below(u64::MAX)) << 64) | u128::from(self.below(u64::MAX)))
    }
}

/// One small registry: who asks in it, and who is on file.
struct Small {
    office: SiteId,
    school: SiteId,
    family: UserId,
    people: Vec<Patient>,
}

/// Somebody with one dose, of one of two names: what is shown of one must not bring the other along.
fn somebody(house: &House, dice: &mut Dice, last: &str, born: chrono::NaiveDate, office: SiteId) -> (Patient, Dose) {
    let person = Patient {
        id: PatientId::new(dice.id()),
        version: 1,
        name: PersonName::new(last, if dice.yes() { "Ann" } else { "Ben" }, "").unwrap(),
        born: BirthDate::stored(born),
        gender: Gender::Female,
        mother: Mother::default(),
        address: Address::default(),
        phone: String::new(),
        language: "en".into(),
        address_restricted: false,
        sharing: Sharing::ALL[usize::try_from(dice.below(3)).unwrap()],
        multiple_birth: None,
        birth_order: None,
        protected: false,
    };
    let given = Dose {
        id: domain::DoseId::new(dice.id()),
        patient: person.id,
        version: 1,
        given_on: day("2022-03-10"),
        cvx: Cvx::stored(3),
        mvx: None,
        product: Product::default(),
        lot: Lot::default(),
        site: Some(if dice.yes() { office } else { house.other }),
        office: String::new(),
        source: Source::Administered,
        state: if dice.below(4) == 0 { DoseState::Voided } else { DoseState::Active },
        filler: String::new(),
        placer: String::new(),
    };
    (person, given)
}

async fn small(house: &House, dice: &mut Dice, number: u64) -> Small {
    let mut seeder = house.registry.seed().await.unwrap();
    let mut place = |kind: &str| Site {
        id: dice.id(),
        name: format!("{kind} {number}"),
        kind: kind.into(),
        street: String::new(),
        city: String::new(),
        state: "MA".into(),
        zip: String::new(),
        phone: String::new(),
        code: format!("{kind} {number}"),
    };
    let (office, school) = (place("provider"), place("school"));
    seeder.site(&office).await.unwrap();
    seeder.site(&school).await.unwrap();
    let family = Account {
        id: dice.id(),
        login_key: format!("family {number}"),
        name: "Family".into(),
        password_hash: String::new(),
        role: Role::Family.key().into(),
        site_id: None,
        licence: String::new(),
        language: "en".into(),
        active: true,
    };
    seeder.account(&family).await.unwrap();
    // Their last name is nobody else's.
    let letters = number.to_string().bytes().map(|digit| char::from(digit + 49)).collect::<String>();
    let last = format!("Q{letters}");
    let born = day("2021-03-10") - chrono::Days::new(number);
    let mut people = Vec::new();
    for _ in 0..=dice.below(3) {
        let (person, given) = somebody(house, dice, &last, born, office.site_id());
        let is_cared_for = dice.yes() || given.site == Some(office.site_id());
        seeder.person(&person, false, &[given]).await.unwrap();
        if is_cared_for {
            seeder.care(dice.id(), person.id, office.site_id()).await.unwrap();
        }
        if dice.yes() {
            let relation = ["self", "parent"][usize::try_from(dice.below(2)).unwrap()];
            seeder.guardian(dice.id(), person.id, UserId::new(family.id), relation).await.unwrap();
        }
        let student = dice.yes().then_some(person.id);
        let (seat, number) = (domain::EnrolmentId::new(dice.id()), person.id.to_string());
        seeder.student(seat, school.site_id(), student, "K", "K-1", &number).await.unwrap();
        people.push(person);
    }
    let small = Small { office: office.site_id(), school: school.site_id(), family: UserId::new(family.id), people };
    seeder.commit().await.unwrap();
    small
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_shows_exactly_those_a_page_would_open() {
    let house = Arc::new(house().await);
    let mut dice = Dice(7);
    let mut all = Vec::new();
    for number in 0..2_000 {
        all.push(small(&house, &mut dice, number).await);
    }
    let forecasts = Principal::Program(Program::Forecasts);
    house.registry.forecast_all(&forecasts, std::time::Duration::ZERO, &|_, _| {}).await.unwrap();
    // Many at once: their lines in the audit share a commit.
    let mut parts = tokio::task::JoinSet::new();
    let mut all = all.into_iter().peekable();
    while all.peek().is_some() {
        let (house, part): (_, Vec<Small>) = (Arc::clone(&house), all.by_ref().take(50).collect());
        parts.spawn(async move {
            let mut seen = [0_usize; KINDS];
            for small in part {
                looked_at(&house, &small, &mut seen).await;
            }
            seen
        });
    }
    let mut seen = [0_usize; KINDS];
    while let Some(part) = parts.join_next().await {
        for (sum, count) in seen.iter_mut().zip(part.unwrap()) {
            *sum += count;
        }
    }
    assert!(seen.iter().all(|count| *count > 200), "of each list some hundred people were looked at: {seen:?}");
}

async fn looked_at(house: &House, small: &Small, seen: &mut [usize; KINDS]) {
    let as_at = |role: Role, site: Option<SiteId>| {
        let standing = Standing::new(role, site).unwrap();
        let (user, name) = (small.family, "somebody".into());
        Caller::new(Principal::Person(Person { user, name, standing, assurance: Assurance::One }))
    };
    let with_reason = |role| Caller { reason: "outbreak".into(), ..as_at(role, None) };
    let office = as_at(Role::ProviderStaff, Some(small.office));
    seen[0] += searched(house, &office, small).await;
    seen[0] += searched(house, &with_reason(Role::DphEpidemiologist), small).await;
    assert_eq!(searched(house, &as_at(Role::DphReviewer, None), small).await, 0, "no reason was given");
    assert_eq!(searched(house, &as_at(Role::HelpDesk, None), small).await, 0);
    seen[1] += overdue(house, &office, small).await;
    seen[2] += family(house, &as_at(Role::Family, None), small).await;
    for (at, role) in [(3, Role::SchoolNurse), (4, Role::SchoolRegistrar)] {
        seen[at] += board(house, &as_at(role, Some(small.school))).await;
    }
    seen[5] += requested(house, &as_at(Role::Family, None), &office, small).await;
    seen[6] += certified(house, &as_at(Role::Family, None), &office, small).await;
    seen[7] += listed(house, &as_at(Role::SchoolNurse, Some(small.school)), small).await;
    assert_eq!(
        listed(house, &as_at(Role::SchoolRegistrar, Some(small.school)), small).await,
        0,
        "nobody to choose from"
    );
    // Last, for it can put somebody on file.
    seen[8] += beside(house, &office, small).await;
}

/// The requests an office has are of exactly those whose family could ask it, and each of them opens.
async fn requested(house: &House, parent: &Caller, office: &Caller, small: &Small) -> usize {
    let mut all_asked = BTreeSet::new();
    for person in &small.people {
        let mine = house.registry.own_details(parent, person.id).await.is_ok();
        let offices =
            house.registry.my_offices(parent, person.id).await.map(|(_, offices)| offices).unwrap_or_default();
        let is_cared_for = offices.iter().any(|office| office.site_id() == small.office);
        let asked = house.registry.ask_for_record(parent, person.id, small.office, RecordUse::School, &typed("")).await;
        assert_eq!(asked.is_ok(), mine && is_cared_for, "{person:?}");
        all_asked.extend(asked.is_ok().then_some(person.id));
    }
    let waiting = house.registry.requests(office, 1, "").await.unwrap().lines;
    let listed: BTreeSet<PatientId> = waiting.iter().map(|request| PatientId::new(request.patient_id)).collect();
    assert_eq!(listed, all_asked);
    assert_eq!(house.registry.requests_waiting(office).await.unwrap(), i64::try_from(listed.len()).unwrap());
    for request in &waiting {
        let (patient, id) = (PatientId::new(request.patient_id), domain::RequestId::new(request.id));
        assert_eq!(
            house.registry.review(office, patient, id).await.unwrap().record.person.name.last(),
            request.last_name
        );
    }
    waiting.len()
}

/// The certificates listed with a record that opens are exactly those there are. Each opens by itself, to the family whole, and to the
/// office that issued it; under an objection that gets no more than that there is one, and where its own page is gone no list has it.
async fn certified(house: &House, parent: &Caller, office: &Caller, small: &Small) -> usize {
    let mut issued = Vec::new();
    for request in house.registry.requests(office, 1, "").await.unwrap().lines {
        let (patient, id) = (PatientId::new(request.patient_id), domain::RequestId::new(request.id));
        let shown = house.registry.review(office, patient, id).await.unwrap().shown;
        let known = IdentityCheck::Known;
        issued.push((patient, house.registry.certify(office, patient, id, known, &shown, "en").await.unwrap()));
    }
    for (patient, id) in &issued {
        let sharing = small.people.iter().find(|person| person.id == *patient).unwrap().sharing;
        assert!(!house.registry.certificate(parent, *patient, *id).await.unwrap().is_bare());
        let paper = house.registry.certificate(office, *patient, *id).await.unwrap();
        assert_eq!(paper.is_bare(), sharing.is_blocked());
    }
    for person in &small.people {
        let of_them = issued.iter().filter(|(patient, _)| *patient == person.id).map(|(_, id)| *id);
        match house.registry.record_and_certificates(office, person.id).await {
            Ok((_, listed)) => {
                assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), of_them.collect::<Vec<_>>());
                assert!(listed.iter().all(|one| one.is_bare() == person.sharing.is_blocked()), "{person:?}");
            }
            Err(_) => assert!(house.registry.record(office, person.id).await.is_err(), "{person:?}"),
        }
    }
    issued.len()
}

/// Whom a class list finds, or offers for a line: everybody of the name whose record is not kept back, and nobody else.
async fn listed(house: &House, caller: &Caller, small: &Small) -> usize {
    let (family, born) = (small.people[0].name.last(), small.people[0].born.date());
    let list = format!("Number,Last,First,DOB,Grade,Class\n1,{family},Ann,{born},K,K-9\n2,{family},Ben,{born},K,K-9\n");
    let id = house.registry.upload_roster(caller, list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(caller, id).await.unwrap();
    let mut offered = 0;
    for line in &review.lines {
        let named =
            |person: &&Patient| person.name.first() == line.student.name.first() && !person.sharing.is_blocked();
        let known: BTreeSet<PatientId> = small.people.iter().filter(named).map(|person| person.id).collect();
        let shown: BTreeSet<PatientId> = line.found.people().into_iter().collect();
        if let registry::Match::Doubtful(candidates) = &line.found {
            offered += candidates.len();
        }
        let chooses = caller.principal.role() == Some(Role::SchoolNurse);
        assert!(shown == known || !chooses && shown.is_empty() && known.len() > 1, "{line:?} {known:?}");
    }
    house.registry.drop_roster(caller, id).await.unwrap();
    offered
}

/// Whoever stands beside a message that waits is somebody a search shows too.
async fn beside(house: &House, office: &Caller, small: &Small) -> usize {
    let (last, born) = (small.people[0].name.last(), small.people[0].born.date());
    let mut offered = 0;
    for first in ["Ann", "Ben"] {
        let hits = house.registry.search(office, last, first, born).await.unwrap();
        let text = format!(
            "MSH|^~\\&|E||||20260901||VXU^V04^VXU_V04|{last}{first}|P|2.5.1\rPID|1||9^^^E^XX||{last}^{first}||{}|F\r\
             RXA|0|1|20220401||03^MMR^CVX|0.5|mL||00\r",
            born.format("%Y%m%d")
        );
        let file = registry::FileIn { kind: ImportKind::Hl7, name: "", order: None, bytes: text.as_bytes() };
        house.registry.import_file(office, small.office, file, &|_| {}).await.unwrap();
        for open in house.open(office).await {
            let waiting = house.registry.waiting_message(office, domain::MessageId::new(open.id)).await.unwrap();
            for person in &waiting.people {
                assert!(hits.iter().any(|hit| hit.id == person.id), "{person:?}");
                offered += 1;
            }
            house.registry.dismiss_message(office, domain::MessageId::new(open.id)).await.unwrap();
        }
    }
    offered
}

/// Whoever a search calls the asker's own opens, and nobody else does; whoever it only names does not.
async fn searched(house: &House, caller: &Caller, small: &Small) -> usize {
    let mut shown = 0;
    for first in ["Ann", "Ben"] {
        let last = small.people[0].name.last();
        let hits = house.registry.search(caller, last, first, small.people[0].born.date()).await.unwrap();
        for person in small.people.iter().filter(|person| person.name.first() == first) {
            let hit = hits.iter().find(|hit| hit.id == person.id);
            let opens = house.registry.record(caller, person.id).await.is_ok();
            let is_own = hit.is_some_and(|hit| hit.chart.is_some() || caller.principal.site().is_none());
            assert_eq!(is_own, opens, "{person:?}");
            if let Some(chart) = hit.and_then(|hit| hit.chart) {
                assert_eq!(house.registry.of_chart(caller, chart).await.unwrap(), person.id);
            }
            assert!(!(person.sharing.is_blocked() && hit.is_some()) || opens, "a name alone: {person:?}");
            shown += usize::from(hit.is_some());
        }
    }
    shown
}

/// Everybody here is overdue for something, so the list is of everybody whose record opens.
async fn overdue(house: &House, caller: &Caller, small: &Small) -> usize {
    let listed = house.registry.overdue(caller, 100, 0).await.unwrap().lines;
    for person in &small.people {
        let is_listed = listed.iter().any(|line| line.patient == person.id);
        assert_eq!(is_listed, house.registry.record(caller, person.id).await.is_ok(), "{person:?}");
    }
    listed.len()
}

async fn family(house: &House, caller: &Caller, small: &Small) -> usize {
    let mine = house.registry.my_people(caller).await.unwrap();
    for person in &small.people {
        let opens = house.registry.whole_record(caller, person.id).await.is_ok();
        assert_eq!(mine.iter().any(|mine| mine.id == person.id), opens, "{person:?}");
        assert_eq!(house.registry.export(caller, person.id).await.is_ok(), opens);
        assert_eq!(house.registry.who_looked(caller, person.id, 1).await.is_ok(), opens);
    }
    mine.len()
}

/// Whoever has a name on the board has a sheet with requirements, for whoever may open one.
async fn board(house: &House, caller: &Caller) -> usize {
    let on = day("2026-09-02");
    let board = house.registry.board(caller, "", on).await.unwrap();
    for line in &board.lines {
        let subject = registry::Subject::Student(line.id, on);
        let (name, has_facts) = match house.registry.open(caller, subject, access::Purpose::SchoolEntry).await.unwrap()
        {
            registry::Shown::School(sheet) => (sheet.line.name.clone(), sheet.facts.is_some()),
            registry::Shown::Status(line) => (line.name.clone(), line.name.is_some()),
            other => panic!("{other:?}"),
        };
        assert_eq!((&name, has_facts), (&line.name, line.name.is_some()));
        for other in access::Purpose::ALL.iter().filter(|purpose| **purpose != access::Purpose::SchoolEntry) {
            assert!(is_not_found(house.registry.open(caller, subject, *other).await), "{other:?}");
        }
        assert_eq!(board.status_only, caller.principal.role() == Some(Role::SchoolRegistrar));
    }
    board.lines.iter().filter(|line| line.name.is_some()).count()
}
