//! Everybody else: people of all ages, students in their schools.

use chrono::{Days, NaiveDate};
use domain::{
    Antigen, BirthDate, EnrolmentId, ObjectionId, PatientId, PersonName,
    evidence::{Evidence, EvidenceKind, Exemption, ExemptionKind},
    objection::{Choice, Form, Signer},
    patient::{Address, Gender, Mother, Patient, Sharing},
};
use registry::{RegistryError, Seeder};

use super::{
    Dice,
    history::{self, Habit},
    names,
    places::Places,
};

/// Adds one person.
pub(super) async fn add(
    seeder: &mut Seeder,
    dice: &mut Dice,
    places: &Places,
    number: u32,
    today: NaiveDate,
) -> Result<(), RegistryError> {
    let mut person = invent(dice, number, today);
    let objects = dice.percent(1);
    if objects {
        person.sharing = Sharing::Objected;
    }
    let home = places.any_office(dice);
    // One in eight has moved and changed offices.
    let other = places.any_office(dice);
    let has_moved = dice.percent(12) && other.id != home.id;
    let offices = if has_moved { vec![home, other] } else { vec![home] };
    let habit = match dice.between(1, 100) {
        1..=72 => Habit::OnTime,
        73..=85 => Habit::Late,
        86..=97 => Habit::Gaps,
        _ => Habit::None,
    };
    let doses = history::write(dice, person.id, person.born, today, habit, &offices);
    let provisional = dice.percent(1);
    seeder.person(&person, provisional, &doses).await?;
    for office in &offices {
        seeder.care(dice.id(), person.id, office.site_id()).await?;
    }
    papers(seeder, dice, &person, habit, today).await?;
    enrol(seeder, dice, places, &person, number, today).await?;
    if objects {
        seeder.objection(ObjectionId::new(dice.id()), objection(&person, today), person.id).await?;
    }
    Ok(())
}

fn invent(dice: &mut Dice, number: u32, today: NaiveDate) -> Patient {
    // A quarter children: the portal is mostly about them.
    let days = if dice.percent(30) { dice.between(0, 18 * 365) } else { dice.between(18 * 365, 95 * 365) };
    let mut born = today - Days::new(u64::try_from(days).unwrap_or(0));
    // Some are born on 29 February.
    if number.is_multiple_of(400) {
        born = NaiveDate::from_ymd_opt(2020, 2, 29).unwrap_or(born);
    }
    let girl = dice.percent(50);
    let (last, first) = (names::last(dice), names::first(dice, girl));
    // Some people have one name.
    let name = if number % 211 == 5 {
        PersonName::stored(format!("{first}{}", last.to_lowercase()), String::new(), String::new())
    } else {
        PersonName::stored(
            last.into(),
            first.into(),
            if dice.percent(30) { names::first(dice, girl).into() } else { String::new() },
        )
    };
    let gender = if dice.percent(1) {
        Gender::X
    } else if girl {
        Gender::Female
    } else {
        Gender::Male
    };
    let (street, city, zip) = names::address(dice);
    let born = BirthDate::stored(born);
    let mother = if born.is_minor_on(today) {
        Mother { first: names::first(dice, true).into(), maiden: names::last(dice).into() }
    } else {
        Mother::default()
    };
    Patient {
        id: PatientId::new(dice.id()),
        version: 1,
        name,
        born,
        gender,
        mother,
        address: Address { street, city: city.into(), state: "MA".into(), zip: zip.into() },
        phone: if dice.percent(90) { names::phone(dice) } else { String::new() },
        language: if dice.percent(15) { "es".into() } else { "en".into() },
        address_restricted: dice.percent(1),
        multiple_birth: None,
        birth_order: None,
        protected: false,
        sharing: Sharing::Shared,
    }
}

/// Laboratory results, histories of chickenpox, letters.
async fn papers(
    seeder: &mut Seeder,
    dice: &mut Dice,
    person: &Patient,
    habit: Habit,
    today: NaiveDate,
) -> Result<(), RegistryError> {
    let years = person.born.years_on(today);
    if years >= 4 && dice.percent(3) {
        let (antigen, kind) = *dice.pick(&[
            (Antigen::Varicella, EvidenceKind::ClinicianHistory),
            (Antigen::Varicella, EvidenceKind::ParentStatement),
            (Antigen::HepB, EvidenceKind::Laboratory),
        ]);
        let on = person.born.at(domain::Period::years(3));
        seeder.evidence(dice.id(), person.id, &Evidence { antigen, kind, on }).await?;
    }
    if (5..=17).contains(&years) && (habit == Habit::None || habit == Habit::Gaps && dice.percent(15)) {
        let kind = if dice.percent(30) { ExemptionKind::Medical } else { ExemptionKind::Religious };
        // Some letters are of the year before.
        let back = if dice.percent(35) { 400 } else { 10 };
        let signed_on = today - Days::new(back);
        seeder.exemption(dice.id(), person.id, &Exemption { kind, antigens: Vec::new(), signed_on }).await?;
    }
    Ok(())
}

async fn enrol(
    seeder: &mut Seeder,
    dice: &mut Dice,
    places: &Places,
    person: &Patient,
    number: u32,
    today: NaiveDate,
) -> Result<(), RegistryError> {
    let years = person.born.years_on(today);
    if !(5..=17).contains(&years) || !dice.percent(92) {
        return Ok(());
    }
    let grade = years - 5;
    let school = places.school_for(dice, grade);
    let name = if grade == 0 { "K".to_owned() } else { grade.to_string() };
    let class = format!("{name}-{}", dice.between(1, 3));
    let student = EnrolmentId::new(dice.id());
    // A few students come from elsewhere: the registry knows nothing of them.
    let patient = (!dice.percent(4)).then_some(person.id);
    seeder.student(student, school, patient, &name, &class, &format!("{}", 100_000 + number)).await
}

/// A completed form for a made-up person.
pub(super) fn objection(person: &Patient, today: NaiveDate) -> Form {
    let minor = person.born.is_minor_on(today);
    Form {
        choice: Choice::Object,
        name: person.name.clone(),
        born: person.born.date(),
        gender: person.gender,
        address: person.address.clone(),
        phone: person.phone.clone(),
        email: String::new(),
        mother: person.mother.clone(),
        signer: if minor { Signer::Parent } else { Signer::Patient },
        signature: if minor {
            format!("{} {}", person.mother.first, person.mother.maiden)
        } else {
            person.name.to_string()
        },
        signed_on: today,
        office: String::new(),
        office_staff: String::new(),
        language: person.language.clone(),
    }
}
