//! Who has to do with a person: offices in whose care they are, family whose accounts are linked.

use chrono::{DateTime, Utc};
use domain::{PatientId, SiteId, UserId};
use uuid::Uuid;

use crate::{
    Result, Tx,
    patient::{PatientRow, patients},
};

/// An office that takes somebody into its care.
#[derive(Debug, Clone, Copy)]
pub struct NewCare {
    /// Opaque.
    pub id: Uuid,
    /// Who.
    pub patient: PatientId,
    /// The office.
    pub site: SiteId,
}

impl Tx {
    /// Takes people into offices' care; doing it again changes nothing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_cares(&mut self, cares: &[NewCare], at: DateTime<Utc>) -> Result<()> {
        insert_all!(
            self,
            "insert into care (patient_id, id, site_id, since)",
            cares,
            |new| [new.patient.uuid(), new.id, new.site.uuid(), at],
            " on conflict do nothing"
        );
        Ok(())
    }

    /// Is the person in an office's care, and did the office give or report a dose?
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn office_relation(&mut self, patient: PatientId, site: SiteId) -> Result<(bool, bool)> {
        #[derive(sqlx::FromRow)]
        struct Relation {
            in_care: bool,
            gave_dose: bool,
        }
        let row = row!(
            self,
            Relation,
            "select exists (select 1 from care where patient_id = $1 and site_id = $2) as in_care, \
             exists (select 1 from dose where patient_id = $1 and site_id = $2 and state = 'active') as gave_dose",
            patient.uuid(),
            site.uuid()
        );
        Ok(row.map_or((false, false), |row| (row.in_care, row.gave_dose)))
    }

    /// What an account is to a person: `self`, `parent`, `guardian`; `None` for no family.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn family_relation(&mut self, patient: PatientId, account: UserId) -> Result<Option<String>> {
        #[derive(sqlx::FromRow)]
        struct Relation {
            relation: String,
        }
        let row = row!(
            self,
            Relation,
            "select relation from guardian where patient_id = $1 and account_id = $2",
            patient.uuid(),
            account.uuid()
        );
        Ok(row.map(|row| row.relation))
    }

    /// The people an account is family of, the oldest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn family_of(&mut self, account: UserId) -> Result<Vec<PatientRow>> {
        Ok(rows!(
            self,
            PatientRow,
            patients!(
                "guardian g join patient p on p.id = g.patient_id where g.account_id = $1 order by p.birth_date, p.first_name"
            ),
            account.uuid()
        ))
    }

    /// Who has the person in care: an office each.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn caring_sites(&mut self, patient: PatientId) -> Result<Vec<crate::Site>> {
        Ok(rows!(
            self,
            crate::Site,
            "select s.id, s.name, s.kind, s.street, s.city, s.state, s.zip, s.phone, s.code from care c join site s on s.id = c.site_id \
             where c.patient_id = $1 order by c.since desc, s.name",
            patient.uuid()
        ))
    }
}
