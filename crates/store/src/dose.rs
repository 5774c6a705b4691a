//! Doses and the history of their changes.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Cvx, DoseId, Mvx, PatientId, SiteId,
    dose::{Dose, DoseState, Given, Lot, Product, Source},
};
use uuid::Uuid;

use crate::{Result, StoreError, Tx};

#[derive(sqlx::FromRow)]
struct DoseRow {
    patient_id: Uuid,
    id: Uuid,
    version: i64,
    given_on: NaiveDate,
    #[sqlx(try_from = "i64")]
    cvx: u16,
    mvx: String,
    product: String,
    lot: String,
    site_id: Option<Uuid>,
    office: String,
    source: String,
    state: String,
    filler_key: String,
    placer_key: String,
}

impl DoseRow {
    fn dose(self) -> Dose {
        Dose {
            id: DoseId::new(self.id),
            patient: PatientId::new(self.patient_id),
            version: self.version,
            given_on: self.given_on,
            cvx: Cvx::stored(self.cvx),
            mvx: Mvx::stored(self.mvx),
            product: Product::stored(self.product),
            lot: Lot::stored(self.lot),
            site: self.site_id.map(SiteId::new),
            office: self.office,
            source: Source::from_key(&self.source),
            state: DoseState::from_key(&self.state),
            filler: self.filler_key,
            placer: self.placer_key,
        }
    }
}

/// What was given to somebody.
#[derive(sqlx::FromRow)]
pub(crate) struct GivenRow {
    pub patient_id: Uuid,
    given_on: NaiveDate,
    #[sqlx(try_from = "i64")]
    cvx: u16,
    mvx: String,
    product: String,
}

impl GivenRow {
    pub(crate) fn given(&self) -> Given {
        Given::of(
            self.given_on,
            Cvx::stored(self.cvx),
            Mvx::stored(self.mvx.clone()),
            Product::stored(self.product.clone()),
        )
    }
}

/// Names the dose among those of its person and office: one vaccine a day. Empty for one that does not count.
fn day_key(dose: &Dose) -> String {
    match dose.state {
        DoseState::Active => format!("{} {}", dose.given_on, dose.cvx),
        DoseState::Voided => String::new(),
    }
}

/// A dose as it was before somebody changed it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DoseChange {
    /// Which dose.
    pub dose_id: Uuid,
    /// When.
    pub changed_at: DateTime<Utc>,
    /// By whom; nobody for an import.
    pub changed_by: Option<Uuid>,
    /// `corrected`, `voided`, or `warned`: saved although the schedule spoke against it.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// The dose before, as JSON.
    pub before: serde_json::Value,
}

impl Tx {
    /// Adds doses.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when an office has the same vaccine of the same day on record already.
    pub async fn add_doses(&mut self, doses: &[Dose], at: DateTime<Utc>) -> Result<()> {
        for dose in doses {
            self.touch(dose.patient);
        }
        insert_all!(
            self,
            "insert into dose (patient_id, id, version, given_on, cvx, mvx, product, lot, site_id, office, source, state, filler_key, placer_key, day_key, reported_at)",
            doses,
            |dose| [
                dose.patient.uuid(),
                dose.id.uuid(),
                1_i64,
                dose.given_on,
                i64::from(dose.cvx.number()),
                Mvx::or_empty(dose.mvx.as_ref()),
                &*dose.product,
                &*dose.lot,
                dose.site.map(SiteId::uuid),
                &dose.office,
                dose.source.key(),
                dose.state.key(),
                &dose.filler,
                &dose.placer,
                day_key(dose),
                at,
            ],
            ""
        );
        Ok(())
    }

    /// A person's doses, voided ones too, the oldest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn doses(&mut self, patient: PatientId) -> Result<Vec<Dose>> {
        let rows = rows!(
            self,
            DoseRow,
            "select patient_id, id, version, given_on, cvx, mvx, product, lot, site_id, office, source, state, filler_key, placer_key from dose \
             where patient_id = $1 order by given_on, cvx, id",
            patient.uuid()
        );
        Ok(rows.into_iter().map(DoseRow::dose).collect())
    }

    /// The active doses of every student of a class, or of the whole school for an empty name, the oldest first: only what
    /// the rules need of them, a class has hundreds.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn class_doses(&mut self, school: SiteId, class_name: &str) -> Result<Vec<(PatientId, Given)>> {
        let rows = class_rows!(
            self,
            GivenRow,
            school,
            class_name,
            "select d.patient_id, d.given_on, d.cvx, d.mvx, d.product from enrolment e join dose d on d.patient_id = e.patient_id and d.state = 'active'",
            "order by d.given_on, d.cvx, d.id"
        );
        Ok(rows.iter().map(|row| (PatientId::new(row.patient_id), row.given())).collect())
    }

    /// One dose of a person.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn dose(&mut self, patient: PatientId, id: DoseId) -> Result<Option<Dose>> {
        let row = row!(
            self,
            DoseRow,
            "select patient_id, id, version, given_on, cvx, mvx, product, lot, site_id, office, source, state, filler_key, placer_key from dose \
             where patient_id = $1 and id = $2",
            patient.uuid(),
            id.uuid()
        );
        Ok(row.map(DoseRow::dose))
    }

    /// Puts a corrected or voided dose in the place of the one it was.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was changed since, [`StoreError::Duplicate`] when it would be one the office has on record
    /// already.
    pub async fn change_dose(&mut self, dose: &Dose) -> Result<()> {
        self.touch(dose.patient);
        let touched = exec!(
            self,
            "update dose set version = version + 1, given_on = $1, cvx = $2, mvx = $3, product = $4, lot = $5, state = $6, office = $7, source = $8, \
             filler_key = $9, placer_key = $10, day_key = $11 where patient_id = $12 and id = $13 and version = $14",
            dose.given_on,
            i64::from(dose.cvx.number()),
            Mvx::or_empty(dose.mvx.as_ref()),
            &*dose.product,
            &*dose.lot,
            dose.state.key(),
            &dose.office,
            dose.source.key(),
            &dose.filler,
            &dose.placer,
            day_key(dose),
            dose.patient.uuid(),
            dose.id.uuid(),
            dose.version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Keeps what a dose was before a change.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_dose_change(
        &mut self,
        id: Uuid,
        before: &Dose,
        kind: &str,
        reason: &str,
        by: Option<Uuid>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let json = serde_json::to_value(before).map_err(|_| StoreError::Unreadable("dose"))?;
        exec!(
            self,
            "insert into dose_change (patient_id, id, dose_id, changed_at, changed_by, kind, reason, before) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            before.patient.uuid(),
            id,
            before.id.uuid(),
            at,
            by,
            kind,
            reason,
            &json
        );
        Ok(())
    }

    /// The changes of a person's doses, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn dose_changes(&mut self, patient: PatientId) -> Result<Vec<DoseChange>> {
        Ok(rows!(
            self,
            DoseChange,
            "select dose_id, changed_at, changed_by, kind, reason, before from dose_change where patient_id = $1 order by changed_at desc, id desc limit 200",
            patient.uuid()
        ))
    }
}
