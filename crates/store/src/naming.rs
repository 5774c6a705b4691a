//! Whom objection forms are about, and whom they only name.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{ObjectionId, PatientId, UserId};
use uuid::Uuid;

use crate::{
    Objection, Result, Tx,
    objection::{Row, objections},
};

/// What a form, or the registry, knows of somebody besides the name: empty where nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The last ten digits of the telephone number.
    pub phone: String,
    /// The first five of the ZIP code.
    pub zip: String,
    /// The mother's first name, normalised.
    pub mother: String,
}

impl Marks {
    /// Both know something, and it is the same.
    pub fn agree(&self, other: &Self) -> bool {
        let known = [(&self.phone, &other.phone), (&self.zip, &other.zip), (&self.mother, &other.mother)];
        known.iter().any(|(one, two)| !one.is_empty() && one == two)
    }

    /// Both know something, and nothing of it agrees.
    pub fn contradict(&self, other: &Self) -> bool {
        let known = [(&self.phone, &other.phone), (&self.zip, &other.zip), (&self.mother, &other.mother)];
        let mut compared = known.iter().filter(|(one, two)| !one.is_empty() && !two.is_empty()).peekable();
        compared.peek().is_some() && compared.all(|(one, two)| one != two)
    }
}

/// Whether objections name somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ObjectedTo {
    /// One waits for the Department.
    pub waits: bool,
    /// One is in effect for somebody of the name, and was decided before this person was there to be looked at.
    pub unlooked: bool,
}

/// Of the forms that name the person `$1`, or were said to be about them.
macro_rules! linked {
    () => {
        "where o.id in (select one.id from objection one where one.patient_id = $1 \
         union select m.objection_id from objection_match m where m.patient_id = $1) "
    };
}

/// The objections that name somebody, later than a form, and do not contradict what is known of them. One that an office has handed in is
/// not held against it: the office has seen who signs. Of telephone, ZIP code and mother's first name one has to agree, as far as both
/// sides have them.
macro_rules! fitting {
    ($state:literal) => {
        concat!(
            "select 1 from objection o where o.birth_date = $1 and o.last_key = $2 and o.first_key = $3 and o.choice = 'object' and ",
            $state,
            " and (o.submitted_at, o.id) > ($4, $5) and (o.site_id is not null ",
            "or (o.phone_key <> '' and o.phone_key = $6) or (o.zip_key <> '' and o.zip_key = $7) or (o.mother_key <> '' and o.mother_key = $8) ",
            "or not ((o.phone_key <> '' and $6 <> '') or (o.zip_key <> '' and $7 <> '') or (o.mother_key <> '' and $8 <> '')))"
        )
    };
}

impl Tx {
    /// The forms that were said to be about a person, and those about them an account has sent; the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn objections_of(&mut self, patient: PatientId, sent_by: UserId) -> Result<Vec<Objection>> {
        let rows = rows!(
            self,
            Row,
            objections!(
                linked!(),
                "and (o.state in ('in_effect', 'superseded') or o.account_id = $2) \
                 order by o.submitted_at desc, o.id desc limit 100"
            ),
            patient.uuid(),
            sent_by.uuid()
        );
        rows.into_iter().map(Objection::try_from).collect()
    }

    /// Every form that names a person or was said to be about them, whatever became of it, the newest first: for whoever decides.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn objections_about(&mut self, patient: PatientId) -> Result<Vec<Objection>> {
        let rows = rows!(
            self,
            Row,
            objections!(linked!(), "order by o.submitted_at desc, o.id desc limit 100"),
            patient.uuid()
        );
        rows.into_iter().map(Objection::try_from).collect()
    }

    /// The forms in effect about a person, the latest first: all of them, for they decide.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn in_effect_of(&mut self, patient: PatientId) -> Result<Vec<Objection>> {
        let rows = rows!(
            self,
            Row,
            objections!(
                "where o.id in (select one.id from objection one where one.patient_id = $1 and one.state = 'in_effect' \
                 union select m.objection_id from objection_match m cross join objection other \
                 where m.patient_id = $1 and other.id = m.objection_id and other.state = 'in_effect') order by o.submitted_at desc, o.id desc"
            ),
            patient.uuid()
        );
        rows.into_iter().map(Objection::try_from).collect()
    }

    /// The forms accepted for somebody of this name and date of birth of whom there is no record, the latest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn without_record(
        &mut self,
        (born, last_key, first_key): (NaiveDate, &str, &str),
    ) -> Result<Vec<Objection>> {
        let rows = rows!(
            self,
            Row,
            objections!(
                "where o.birth_date = $1 and o.last_key = $2 and o.first_key = $3 and o.state = 'no_record_yet' \
                 order by o.submitted_at desc, o.id desc"
            ),
            born,
            last_key,
            first_key
        );
        rows.into_iter().map(Objection::try_from).collect()
    }

    /// Do objections name somebody of this name and date of birth, later than a form, and know nothing else of the person? However many
    /// there are: the engine looks for one in an index. `since`: since when somebody of the name is on file.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn objected_to(
        &mut self,
        (born, last_key, first_key): (NaiveDate, &str, &str),
        since: DateTime<Utc>,
        marks: &Marks,
        later_than: Option<&Objection>,
    ) -> Result<ObjectedTo> {
        let (at, id) =
            later_than.map_or((DateTime::UNIX_EPOCH, Uuid::nil()), |form| (form.submitted_at, form.id.uuid()));
        let row = row!(
            self,
            ObjectedTo,
            concat!(
                "select exists (",
                fitting!("o.state in ('submitted', 'needs_information')"),
                ") as waits, exists (",
                fitting!("o.state = 'in_effect' and o.decided_at < $9"),
                ") as unlooked"
            ),
            born,
            last_key,
            first_key,
            at,
            id,
            &marks.phone,
            &marks.zip,
            &marks.mother,
            since
        );
        Ok(row.unwrap_or_default())
    }

    /// Says that a form is about this person too.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn match_objection(&mut self, id: Uuid, objection: ObjectionId, patient: PatientId) -> Result<()> {
        exec!(
            self,
            "insert into objection_match (patient_id, id, objection_id) values ($1, $2, $3) on conflict do nothing",
            patient.uuid(),
            id,
            objection.uuid()
        );
        Ok(())
    }

    /// Everybody a form is about, as far as the Department said.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn people_of_objection(&mut self, objection: &Objection) -> Result<Vec<PatientId>> {
        #[derive(sqlx::FromRow)]
        struct Id {
            patient_id: Uuid,
        }
        let also =
            rows!(self, Id, "select patient_id from objection_match where objection_id = $1", objection.id.uuid());
        Ok(objection.patient.into_iter().chain(also.into_iter().map(|row| PatientId::new(row.patient_id))).collect())
    }
}
