//! A list shows exactly those whom a page would open: two thousand small registries made by chance, each with an office, a school,
//! a family and some people, and everybody who asks.

use domain::{
    dose::{Dose, DoseState, Lot, Product},
    patient::{Patient, Sharing},
};

use super::*;

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
            let mut seen = [0_usize; 5];
            for small in part {
                looked_at(&house, &small, &mut seen).await;
            }
            seen
        });
    }
    let mut seen = [0_usize; 5];
    while let Some(part) = parts.join_next().await {
        for (sum, count) in seen.iter_mut().zip(part.unwrap()) {
            *sum += count;
        }
    }
    assert!(seen.iter().all(|count| *count > 200), "of each list some hundred people were looked at: {seen:?}");
}

async fn looked_at(house: &House, small: &Small, seen: &mut [usize; 5]) {
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
    let listed = house.registry.overdue(caller, 100, 0).await.unwrap();
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
        assert_eq!(house.registry.who_looked(caller, person.id).await.is_ok(), opens);
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
        assert_eq!(board.status_only, caller.principal.role() == Some(Role::SchoolRegistrar));
    }
    board.lines.iter().filter(|line| line.name.is_some()).count()
}
