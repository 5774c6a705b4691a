//! Objection forms.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ObjectionId, PatientId, UserId,
    objection::{Form, State},
};
use uuid::Uuid;

use crate::{Marks, Result, StoreError, Tx};

/// A submitted form.
#[derive(Debug, Clone)]
pub struct Objection {
    /// Opaque.
    pub id: ObjectionId,
    /// For optimistic locking.
    pub version: i64,
    /// The receipt number.
    pub receipt: String,
    /// The completed form.
    pub form: Form,
    /// Where it stands.
    pub state: State,
    /// Why it was rejected, or what is missing.
    pub reason: String,
    /// Whom it is about, once matched.
    pub patient: Option<PatientId>,
    /// Who submitted it, if signed in.
    pub account: Option<Uuid>,
    /// The office that handed it in.
    pub site: Option<Uuid>,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom; empty while nobody did.
    pub decided_by: String,
}

impl Objection {
    /// Which form is the later one.
    pub const fn order(&self) -> (DateTime<Utc>, ObjectionId) {
        (self.submitted_at, self.id)
    }
}

/// A name and date of birth for which forms wait.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OpenName {
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// Normalised last name.
    pub last_key: String,
    /// Normalised first name.
    pub first_key: String,
    /// How many.
    pub forms: i64,
}

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: Uuid,
    version: i64,
    receipt: String,
    form: serde_json::Value,
    state: String,
    reason: String,
    patient_id: Option<Uuid>,
    account_id: Option<Uuid>,
    site_id: Option<Uuid>,
    submitted_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    decided_by: String,
}

impl TryFrom<Row> for Objection {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: ObjectionId::new(row.id),
            version: row.version,
            receipt: row.receipt,
            form: serde_json::from_value(row.form).map_err(|_| StoreError::Unreadable("objection"))?,
            state: State::from_key(&row.state).ok_or(StoreError::Unreadable("objection"))?,
            reason: row.reason,
            patient: row.patient_id.map(PatientId::new),
            account: row.account_id,
            site: row.site_id,
            submitted_at: row.submitted_at,
            decided_at: row.decided_at,
            decided_by: row.decided_by,
        })
    }
}

/// The query of an [`Objection`].
macro_rules! objections {
    ($($rest:expr),+ $(,)?) => {
        concat!(
            "select o.id, o.version, o.receipt, o.form, o.state, o.reason, o.patient_id, o.account_id, o.site_id, o.submitted_at, o.decided_at, ",
            "coalesce((select a.name from account a where a.id = o.decided_by), '') as decided_by ",
            "from objection o ",
            $($rest),+
        )
    };
}

pub(crate) use objections;

impl Tx {
    /// Keeps a submitted form.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_objection(
        &mut self,
        objection: &Objection,
        digest: &[u8],
        (last_key, first_key): (&str, &str),
        marks: &Marks,
    ) -> Result<()> {
        let form = serde_json::to_value(&objection.form).map_err(|_| StoreError::Unreadable("objection"))?;
        exec!(
            self,
            "insert into objection (id, version, receipt, form, form_digest, choice, last_key, first_key, birth_date, state, reason, patient_id, account_id, site_id, \
             submitted_at, phone_key, zip_key, mother_key) \
             values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $11, $12, $13, $14, $15, $16)",
            objection.id.uuid(),
            &objection.receipt,
            &form,
            digest,
            objection.form.choice.key(),
            last_key,
            first_key,
            objection.form.born,
            objection.state.key(),
            objection.patient.map(PatientId::uuid),
            objection.account,
            objection.site,
            objection.submitted_at,
            &marks.phone,
            &marks.zip,
            &marks.mother
        );
        Ok(())
    }

    /// One form.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn objection(&mut self, id: ObjectionId) -> Result<Option<Objection>> {
        let row = row!(self, Row, objections!("where id = $1"), id.uuid());
        row.map(Objection::try_from).transpose()
    }

    /// The latest form an account has sent that names this person.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn latest_objection(
        &mut self,
        (born, last_key, first_key): (NaiveDate, &str, &str),
        account: UserId,
    ) -> Result<Option<Objection>> {
        let row = row!(
            self,
            Row,
            objections!(
                "where o.birth_date = $1 and o.last_key = $2 and o.first_key = $3 and o.account_id = $4 order by o.submitted_at desc, o.id desc limit 1"
            ),
            born,
            last_key,
            first_key,
            account.uuid()
        );
        row.map(Objection::try_from).transpose()
    }

    /// The names and dates of birth for which forms wait, each with how many: new ones before those the Department waits for itself,
    /// then the one that has waited longest.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn open_names(&mut self, limit: i64, skip: i64) -> Result<Vec<OpenName>> {
        Ok(rows!(
            self,
            OpenName,
            "select o.birth_date, o.last_key, o.first_key, cast(count(*) as bigint) as forms from objection o \
             where o.state in ('submitted', 'needs_information') group by o.birth_date, o.last_key, o.first_key \
             order by min(case when o.state = 'submitted' then 0 else 1 end), min(o.submitted_at), o.last_key, o.first_key, o.birth_date \
             limit $1 offset $2",
            limit,
            skip
        ))
    }

    /// For how many names and dates of birth forms wait, and how many forms.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_open_names(&mut self) -> Result<(i64, i64)> {
        #[derive(sqlx::FromRow)]
        struct Counts {
            names: i64,
            forms: i64,
        }
        let counts = row!(
            self,
            Counts,
            "select cast(count(*) as bigint) as names, cast(coalesce(sum(forms), 0) as bigint) as forms from \
             (select count(*) as forms from objection o where o.state in ('submitted', 'needs_information') \
              group by o.birth_date, o.last_key, o.first_key) named"
        );
        Ok(counts.map_or((0, 0), |counts| (counts.names, counts.forms)))
    }

    /// The forms that wait of one name and date of birth, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn open_objections(
        &mut self,
        born: NaiveDate,
        last_key: &str,
        first_key: &str,
        limit: i64,
    ) -> Result<Vec<Objection>> {
        let rows = rows!(
            self,
            Row,
            objections!(
                "where o.birth_date = $1 and o.last_key = $2 and o.first_key = $3 and o.state in ('submitted', 'needs_information') \
                 order by o.submitted_at desc, o.id desc limit $4"
            ),
            born,
            last_key,
            first_key,
            limit
        );
        rows.into_iter().map(Objection::try_from).collect()
    }

    /// The form of a receipt number.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn objection_by_receipt(&mut self, receipt: &str) -> Result<Option<Objection>> {
        let row = row!(self, Row, objections!("where o.receipt = $1"), receipt);
        row.map(Objection::try_from).transpose()
    }

    /// The forms of a last name, those that wait first, then the newest.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn objections_of_name(&mut self, last_key: &str, limit: i64) -> Result<Vec<Objection>> {
        let rows = rows!(
            self,
            Row,
            objections!(
                "where o.last_key = $1 order by case when o.state in ('submitted', 'needs_information') then 0 else 1 end, \
                 o.submitted_at desc, o.id desc limit $2"
            ),
            last_key,
            limit
        );
        rows.into_iter().map(Objection::try_from).collect()
    }

    /// Decides a form: what becomes of it, why, whom it is about, by whom.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody decided it meanwhile.
    pub async fn decide_objection(
        &mut self,
        objection: &Objection,
        (state, reason): (State, &str),
        patient: Option<PatientId>,
        by: Option<Uuid>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let touched = exec!(
            self,
            "update objection set version = version + 1, state = $1, reason = $2, patient_id = $3, decided_by = $4, decided_at = $5 \
             where id = $6 and version = $7",
            state.key(),
            reason,
            patient.map(PatientId::uuid),
            by,
            at,
            objection.id.uuid(),
            objection.version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Moves a form that was decided: it takes effect, or gives way to another. Who decided it, and when, stays.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was moved meanwhile.
    pub async fn move_objection(
        &mut self,
        objection: &Objection,
        state: State,
        patient: Option<PatientId>,
    ) -> Result<()> {
        let touched = exec!(
            self,
            "update objection set version = version + 1, state = $1, patient_id = $2 where id = $3 and version = $4",
            state.key(),
            patient.map(PatientId::uuid),
            objection.id.uuid(),
            objection.version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }
}
