//! People and how they are found.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BirthDate, ChartId, PatientId, PersonName, SiteId,
    patient::{Address, Demographics, Gender, Mother, Patient, Sharing},
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

/// What a search looks by.
#[derive(Debug, Clone, Copy)]
pub struct SearchKeys<'a> {
    /// Normalised last name.
    pub last: &'a str,
    /// Normalised first name.
    pub first: &'a str,
    /// Date of birth.
    pub born: NaiveDate,
    /// The same with day and month swapped; equal to `born` where that is no date.
    pub swapped: NaiveDate,
}

/// A candidate of a search, with what the asking office is to the person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Found {
    /// Opaque.
    pub id: Uuid,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Middle name.
    pub middle_name: String,
    /// Normalised last name.
    pub last_key: String,
    /// Normalised first name.
    pub first_key: String,
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// Gender, one letter.
    pub gender: String,
    /// City or town.
    pub city: String,
    /// The address must not be shown.
    pub address_restricted: bool,
    /// Data sharing.
    pub sharing: String,
    /// The asking office has the person in its care.
    pub in_care: bool,
    /// The asking office has reported of the person itself.
    pub reported: bool,
    chart: Option<Uuid>,
    said: Option<serde_json::Value>,
}

impl Found {
    /// What the asking office calls them, if they are in its care.
    pub fn chart(&self) -> Option<ChartId> {
        self.chart.map(ChartId::new)
    }

    /// What the asking office has said of them, if that is kept.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] for what the program cannot have written.
    pub fn said(&self) -> Result<Option<Demographics>> {
        crate::care::said(self.said.clone())
    }
}

/// What a [`Found`] holds of a person `p`, but the keys.
macro_rules! found_columns {
    () => {
        concat!(
            "p.id, p.last_name, p.first_name, p.middle_name, p.birth_date, p.gender, p.city, p.address_restricted, ",
            "p.sharing, c.id is not null as in_care, c.id as chart, c.said, ",
            "c.said is not null or exists (select 1 from dose d where d.patient_id = p.id and d.site_id = $1 and d.state = 'active') as reported "
        )
    };
}

/// The query of a [`Found`], for the office `$1`.
macro_rules! found {
    ($rest:literal) => {
        concat!(
            "select p.last_key, p.first_key, ",
            found_columns!(),
            "from patient p left join care c on c.patient_id = p.id and c.site_id = $1 ",
            $rest
        )
    };
}

/// The same by another name `n` of theirs, whose keys it gives: by them it was found.
macro_rules! formerly_found {
    ($rest:literal) => {
        concat!(
            "select n.last_key, n.first_key, ",
            found_columns!(),
            "from other_name n join patient p on p.id = n.patient_id left join care c on c.patient_id = p.id and c.site_id = $1 ",
            $rest
        )
    };
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

    /// Candidates: everybody born that day (or with day and month swapped), and everybody of exactly that name.
    /// At seven million people a day of birth holds a few hundred; both ways in are bounded.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn search(&mut self, keys: SearchKeys<'_>, site: Option<SiteId>) -> Result<Vec<Found>> {
        let site = site.map_or(Uuid::nil(), SiteId::uuid);
        let by_date = rows!(
            self,
            Found,
            found!("where p.birth_date in ($2, $3) order by p.last_key, p.first_key, p.id limit 2000"),
            site,
            keys.born,
            keys.swapped
        );
        let by_name = rows!(
            self,
            Found,
            found!("where p.last_key = $2 and p.first_key = $3 order by p.birth_date, p.id limit 500"),
            site,
            keys.last,
            keys.first
        );
        // Who went by the name before, or goes by it besides, is found by the keys of that name.
        let by_other = rows!(
            self,
            Found,
            formerly_found!(
                "where n.last_key = $2 and n.first_key = $3 and n.birth_date in ($4, $5) order by p.id limit 50"
            ),
            site,
            keys.last,
            keys.first,
            keys.born,
            keys.swapped
        );
        // Placeholder dates hold more than the limit: the exact name is found all the same, once.
        let mut seen = std::collections::HashSet::new();
        Ok(by_name.into_iter().chain(by_other).chain(by_date).filter(|row| seen.insert(row.id)).collect())
    }

    /// Everybody with exactly these keys and this date of birth, as a search gives them.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn search_exact(&mut self, keys: SearchKeys<'_>, site: Option<SiteId>) -> Result<Vec<Found>> {
        let site = site.map_or(Uuid::nil(), SiteId::uuid);
        let mut found = rows!(
            self,
            Found,
            found!("where p.birth_date = $2 and p.last_key = $3 and p.first_key = $4 order by p.id limit 10"),
            site,
            keys.born,
            keys.last,
            keys.first
        );
        if found.is_empty() {
            found = rows!(
                self,
                Found,
                formerly_found!(
                    "where n.birth_date = $2 and n.last_key = $3 and n.first_key = $4 order by p.id limit 10"
                ),
                site,
                keys.born,
                keys.last,
                keys.first
            );
        }
        Ok(found)
    }

    /// How many people there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_patients(&mut self) -> Result<i64> {
        #[derive(sqlx::FromRow)]
        struct Count {
            people: i64,
        }
        Ok(row!(self, Count, "select cast(count(id) as bigint) as people from patient").map_or(0, |row| row.people))
    }
}
