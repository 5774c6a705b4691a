//! People.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BirthDate, PatientId, PersonName,
    patient::{Address, Gender, Mother, Patient, Sharing},
};
use uuid::Uuid;

use crate::{Result, StoreError, Tx};

/// A person as the table holds one.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PatientRow {
    id: Uuid,
    version: i64,
    last_name: String,
    first_name: String,
    middle_name: String,
    birth_date: NaiveDate,
    gender: String,
    mother_first: String,
    mother_maiden: String,
    street: String,
    city: String,
    state: String,
    zip: String,
    phone: String,
    language: String,
    address_restricted: bool,
    /// Homeless or in foster care: enrolled at once.
    pub provisional_enrolment: bool,
    sharing: String,
    multiple_birth: String,
    birth_order: i64,
    protected: bool,
    /// Since when the person is on file.
    pub created_at: DateTime<Utc>,
}

impl PatientRow {
    /// The person.
    pub fn patient(&self) -> Patient {
        Patient {
            id: PatientId::new(self.id),
            version: self.version,
            name: PersonName::stored(self.last_name.clone(), self.first_name.clone(), self.middle_name.clone()),
            born: BirthDate::stored(self.birth_date),
            gender: Gender::parse(&self.gender).unwrap_or_default(),
            mother: Mother { first: self.mother_first.clone(), maiden: self.mother_maiden.clone() },
            address: Address {
                street: self.street.clone(),
                city: self.city.clone(),
                state: self.state.clone(),
                zip: self.zip.clone(),
            },
            phone: self.phone.clone(),
            language: self.language.clone(),
            address_restricted: self.address_restricted,
            sharing: Sharing::from_key(&self.sharing),
            multiple_birth: multiple_birth(&self.multiple_birth),
            birth_order: birth_order(self.birth_order),
            protected: self.protected,
        }
    }
}

/// `Y`, `N`, or unknown.
pub(crate) fn multiple_birth(key: &str) -> Option<bool> {
    match key {
        "Y" => Some(true),
        "N" => Some(false),
        _ => None,
    }
}

pub(crate) fn birth_order(number: i64) -> Option<u8> {
    u8::try_from(number).ok().filter(|order| *order > 0)
}

const fn multiple_birth_key(is_multiple: Option<bool>) -> &'static str {
    match is_multiple {
        Some(true) => "Y",
        Some(false) => "N",
        None => "",
    }
}

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewPatient {
    /// The person.
    pub patient: Patient,
    /// Normalised last name.
    pub last_key: String,
    /// Normalised first name.
    pub first_key: String,
    /// Homeless or in foster care: enrolled at once.
    pub provisional_enrolment: bool,
}

/// The query of a [`PatientRow`].
macro_rules! patients {
    ($rest:literal) => {
        concat!(
            "select p.id, p.version, p.last_name, p.first_name, p.middle_name, p.birth_date, p.gender, p.mother_first, p.mother_maiden, p.street, ",
            "p.city, p.state, p.zip, p.phone, p.language, p.address_restricted, p.provisional_enrolment, p.sharing, p.multiple_birth, p.birth_order, p.protected, p.created_at from ",
            $rest
        )
    };
}

pub(crate) use patients;

impl Tx {
    /// Adds people.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_patients(&mut self, people: &[NewPatient], at: DateTime<Utc>) -> Result<()> {
        for new in people {
            self.touch(new.patient.id);
        }
        insert_all!(
            self,
            "insert into patient (id, version, last_name, first_name, middle_name, last_key, first_key, birth_date, gender, mother_first, \
             mother_maiden, street, city, state, zip, phone, language, address_restricted, provisional_enrolment, sharing, multiple_birth, birth_order, protected, created_at, updated_at)",
            people,
            |new| [
                new.patient.id.uuid(),
                1_i64,
                new.patient.name.last(),
                new.patient.name.first(),
                new.patient.name.middle(),
                &new.last_key,
                &new.first_key,
                new.patient.born.date(),
                new.patient.gender.key(),
                &new.patient.mother.first,
                &new.patient.mother.maiden,
                &new.patient.address.street,
                &new.patient.address.city,
                &new.patient.address.state,
                &new.patient.address.zip,
                &new.patient.phone,
                &new.patient.language,
                new.patient.address_restricted,
                new.provisional_enrolment,
                new.patient.sharing.key(),
                multiple_birth_key(new.patient.multiple_birth),
                i64::from(new.patient.birth_order.unwrap_or(0)),
                new.patient.protected,
                at,
                at,
            ],
            ""
        );
        Ok(())
    }

    /// One person.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn patient(&mut self, id: PatientId) -> Result<Option<PatientRow>> {
        Ok(row!(self, PatientRow, patients!("patient p where p.id = $1"), id.uuid()))
    }

    /// Writes what may change of a person: gender, mother's name, address, telephone, language, twins, protection.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the person was changed since `version`.
    pub async fn update_patient(&mut self, patient: &Patient, at: DateTime<Utc>) -> Result<()> {
        self.touch(patient.id);
        let touched = exec!(
            self,
            "update patient set version = version + 1, gender = $1, mother_first = $2, mother_maiden = $3, street = $4, city = $5, state = $6, \
             zip = $7, phone = $8, language = $9, updated_at = $10, multiple_birth = $11, birth_order = $12, protected = $13 \
             where id = $14 and version = $15",
            patient.gender.key(),
            &patient.mother.first,
            &patient.mother.maiden,
            &patient.address.street,
            &patient.address.city,
            &patient.address.state,
            &patient.address.zip,
            &patient.phone,
            &patient.language,
            at,
            multiple_birth_key(patient.multiple_birth),
            i64::from(patient.birth_order.unwrap_or(0)),
            patient.protected,
            patient.id.uuid(),
            patient.version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Keeps everybody else from changing a person until this transaction ends. Taken before forms are read, so that two
    /// decisions about one person follow each other and the second sees the first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn lock_patient(&mut self, id: PatientId) -> Result<()> {
        exec!(self, "update patient set version = version + 1 where id = $1", id.uuid());
        Ok(())
    }

    /// Sets data sharing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_sharing(&mut self, id: PatientId, sharing: Sharing, at: DateTime<Utc>) -> Result<()> {
        exec!(
            self,
            "update patient set sharing = $1, version = version + 1, updated_at = $2 where id = $3",
            sharing.key(),
            at,
            id.uuid()
        );
        Ok(())
    }

    /// How many people there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_patients(&mut self) -> Result<i64> {
        Ok(count!(self, "select count(*) as count from patient"))
    }
}
