//! The people one meets when trying the demo: they stand in the README and in the end-to-end journeys.

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    BirthDate, Cvx, DoseId, EnrolmentId, Mvx, ObjectionId, PatientId, PersonName, Role, Standing, StandingId, UserId,
    dose::{Dose, DoseState, Lot, Product, Source},
    patient::{Address, Gender, Mother, Patient, Sharing},
};
use registry::{Account, RegistryError, Seeder, Site};

use super::{
    Dice,
    history::{self, Habit},
    people::objection,
    places::Places,
};

/// The accounts of the sign-in page.
pub(super) fn accounts(dice: &mut Dice, places: &Places, password_hash: &str) -> Vec<Account> {
    app::DEMO
        .iter()
        .map(|(login, role)| {
            let (name, site): (&str, Option<&Site>) = match *login {
                "parent" => ("Grace Okafor", None),
                "nurse" => ("Nadia Silva, RN", Some(places.school(0))),
                "registrar" => ("Robert Chen", Some(places.school(0))),
                "clinic" => ("Paul Whitaker, NP", Some(places.office(0))),
                "clinic-admin" => ("Alice Moreau", Some(places.office(0))),
                "other-clinic" => ("Teresa Gagnon, MD", Some(places.office(1))),
                "reviewer" => ("Daniela Ortiz", None),
                "epidemiologist" => ("Dr. Kofi Mensah", None),
                "dph-admin" => ("Ines Duarte", None),
                "child-care" => ("Lena Fisher", Some(places.child_care(0))),
                "college" => ("Omar Haddad", Some(places.college())),
                "parent-nurse" => ("Maria Brandt, RN", None),
                _ => ("Help desk", None),
            };
            Account {
                id: dice.id(),
                login_key: (*login).to_owned(),
                name: name.to_owned(),
                password_hash: password_hash.to_owned(),
                role: role.key().to_owned(),
                site_id: site.map(|site| site.id),
                licence: if *role == Role::ProviderStaff { "MA-RN 204417".to_owned() } else { String::new() },
                language: "en".to_owned(),
                active: true,
            }
        })
        .collect()
}

/// Puts them on the stage.
pub(super) async fn perform(
    seeder: &mut Seeder,
    dice: &mut Dice,
    places: &Places,
    accounts: &[Account],
    today: NaiveDate,
) -> Result<(), RegistryError> {
    let year = today.year();
    let born = |years: i32, month: u32, day: u32| {
        BirthDate::stored(NaiveDate::from_ymd_opt(year - years, month, day).unwrap_or(today))
    };
    let clinic = places.office(0);
    let school = places.school(0).site_id();
    let parent =
        accounts.iter().find(|account| account.login_key == "parent").map_or_else(|| dice.id(), |account| account.id);

    let mother = accounts.iter().find(|account| account.login_key == "parent-nurse");
    let mother = mother.map(|account| UserId::new(account.id));

    // The parent's two children: one in kindergarten with everything, one in grade 5 with a measles dose given too early.
    let mia = person(dice, "Okafor", "Mia", born(5, 3, 10), Gender::Female);
    let doses = history::write(dice, mia.id, mia.born, today, Habit::OnTime, &[clinic]);
    seeder.person(&mia, false, &doses).await?;
    let daniel = person(dice, "Okafor", "Daniel", born(10, 5, 2), Gender::Male);
    let mut doses = history::write(dice, daniel.id, daniel.born, today, Habit::OnTime, &[clinic]);
    if let Some(first) = doses.iter_mut().find(|dose| dose.cvx == Cvx::stored(3)) {
        first.given_on = daniel.born.at(domain::Period::years(1)) - Days::new(6);
    }
    seeder.person(&daniel, false, &doses).await?;
    for (child, grade, class) in [(&mia, "K", "K-1"), (&daniel, "5", "5-1")] {
        seeder.care(dice.id(), child.id, clinic.site_id()).await?;
        seeder.guardian(dice.id(), child.id, UserId::new(parent), "parent").await?;
        let number = if grade == "K" { "1001" } else { "1002" };
        seeder.student(EnrolmentId::new(dice.id()), school, Some(child.id), grade, class, number).await?;
    }

    // Twins, a one-name person, a child born on 29 February: in the clinic's care and in kindergarten.
    let mut class = vec![
        person(dice, "Brandt", "Leo", born(5, 7, 14), Gender::Male),
        person(dice, "Brandt", "Max", born(5, 7, 14), Gender::Male),
        person(dice, "Suharto", "", born(5, 1, 20), Gender::Male),
    ];
    let leap = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap_or(today);
    class.push(person(dice, "O’Brien-Núñez", "Nora", BirthDate::stored(leap), Gender::Female));
    // A child whose family objects: the school must see nobody.
    let ruth = Patient { sharing: Sharing::Objected, ..person(dice, "Adler", "Ruth", born(5, 11, 2), Gender::Female) };
    class.push(ruth.clone());
    for (at, child) in class.iter().enumerate() {
        let habit = if at == 1 { Habit::Gaps } else { Habit::OnTime };
        let mut doses = history::write(dice, child.id, child.born, today, habit, &[clinic]);
        if doses.is_empty() {
            doses.push(birth_dose(dice, child, clinic));
        }
        seeder.person(child, false, &doses).await?;
        seeder.care(dice.id(), child.id, clinic.site_id()).await?;
        // A mother who is the nurse of another school as well: two standings of one person.
        if let ("Leo", Some(mother)) = (child.name.first(), mother) {
            seeder.guardian(dice.id(), child.id, mother, "parent").await?;
            let nurse = Standing::new(Role::SchoolNurse, Some(places.school(1).site_id()));
            if let Some(nurse) = nurse {
                seeder.standing(StandingId::new(dice.id()), mother, nurse).await?;
            }
        }
        seeder
            .student(EnrolmentId::new(dice.id()), school, Some(child.id), "K", "K-1", &format!("{}", 1003 + at))
            .await?;
    }
    seeder.objection(ObjectionId::new(dice.id()), objection(&ruth, today), ruth.id).await
}

fn person(dice: &mut Dice, last: &str, first: &str, born: BirthDate, gender: Gender) -> Patient {
    Patient {
        id: PatientId::new(dice.id()),
        version: 1,
        name: PersonName::stored(last.into(), first.into(), String::new()),
        born,
        gender,
        mother: Mother { first: "Grace".into(), maiden: "Bello".into() },
        address: Address { street: "12 Elm St".into(), city: "Boston".into(), state: "MA".into(), zip: "02118".into() },
        phone: "617-555-0142".into(),
        language: "en".into(),
        address_restricted: false,
        multiple_birth: None,
        birth_order: None,
        protected: false,
        sharing: Sharing::Shared,
    }
}

fn birth_dose(dice: &mut Dice, child: &Patient, office: &Site) -> Dose {
    Dose {
        id: DoseId::new(dice.id()),
        patient: child.id,
        version: 1,
        given_on: child.born.date(),
        cvx: Cvx::stored(8),
        mvx: Mvx::stored("SKB".into()),
        product: Product::stored("Engerix-B Peds".into()),
        lot: Lot::stored("A1001".into()),
        site: Some(office.site_id()),
        office: office.name.clone(),
        source: Source::Administered,
        state: DoseState::Active,
        filler: String::new(),
        placer: String::new(),
    }
}
