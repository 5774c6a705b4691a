//! Who has to do with a person: offices in whose care they are, family whose accounts are linked.

use chrono::{DateTime, Utc};
use domain::{
    ChartId, PatientId, SiteId, UserId,
    patient::{Demographics, Sharing},
};
use uuid::Uuid;

use crate::{
    Result, StoreError, Tx,
    patient::{PatientRow, patients},
};

/// An office that takes somebody into its care.
#[derive(Debug, Clone)]
pub struct NewCare {
    /// What the office's addresses call them.
    pub id: ChartId,
    /// Who.
    pub patient: PatientId,
    /// The office.
    pub site: SiteId,
    /// What the office has said of them.
    pub said: Option<Demographics>,
}

/// A person at one office.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What the office's addresses call them.
    pub id: ChartId,
    /// What the office has said of them, if that is kept.
    pub said: Option<Demographics>,
}

/// What was said, as it is kept.
pub(crate) fn said(json: Option<serde_json::Value>) -> Result<Option<Demographics>> {
    json.map(serde_json::from_value).transpose().map_err(|_| StoreError::Unreadable("care"))
}

fn json(said: &Demographics) -> Result<serde_json::Value> {
    serde_json::to_value(said).map_err(|_| StoreError::Unreadable("care"))
}

impl Tx {
    /// Takes people into offices' care; doing it again changes nothing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_cares(&mut self, cares: &[NewCare], at: DateTime<Utc>) -> Result<()> {
        let mut rows = Vec::with_capacity(cares.len());
        for new in cares {
            rows.push((new, new.said.as_ref().map(json).transpose()?));
        }
        insert_all!(
            self,
            "insert into care (patient_id, id, site_id, since, said)",
            rows,
            |row| [row.0.patient.uuid(), row.0.id.uuid(), row.0.site.uuid(), at, &row.1],
            " on conflict do nothing"
        );
        Ok(())
    }

    /// Whom an office's address names.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn by_chart(&mut self, site: SiteId, chart: ChartId) -> Result<Option<PatientId>> {
        #[derive(sqlx::FromRow)]
        struct Whose {
            patient_id: Uuid,
        }
        let row =
            row!(self, Whose, "select patient_id from care where site_id = $1 and id = $2", site.uuid(), chart.uuid());
        Ok(row.map(|row| PatientId::new(row.patient_id)))
    }

    /// A person at an office that has them in its care.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn chart(&mut self, patient: PatientId, site: SiteId) -> Result<Option<Chart>> {
        #[derive(sqlx::FromRow)]
        struct Row {
            id: Uuid,
            said: Option<serde_json::Value>,
        }
        let row = row!(
            self,
            Row,
            "select id, said from care where patient_id = $1 and site_id = $2",
            patient.uuid(),
            site.uuid()
        );
        row.map(|row| Ok(Chart { id: ChartId::new(row.id), said: said(row.said)? })).transpose()
    }

    /// Gives an office another address of a person, with what it says of them now: the one before leads nowhere any more.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn renew_chart(
        &mut self,
        patient: PatientId,
        site: SiteId,
        id: ChartId,
        said: &Demographics,
    ) -> Result<()> {
        exec!(
            self,
            "update care set id = $1, said = $2 where patient_id = $3 and site_id = $4",
            id.uuid(),
            json(said)?,
            patient.uuid(),
            site.uuid()
        );
        Ok(())
    }

    /// What all offices have said of a person, those that have known them longest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn said_of(&mut self, patient: PatientId) -> Result<Vec<Demographics>> {
        #[derive(sqlx::FromRow)]
        struct Word {
            said: Option<serde_json::Value>,
        }
        let all = rows!(
            self,
            Word,
            "select said from care where patient_id = $1 and said is not null order by since, id",
            patient.uuid()
        );
        all.into_iter().filter_map(|row| said(row.said).transpose()).collect()
    }

    /// The offices that have reported of a person and whose own word of them was never kept.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn offices_without_word(&mut self, patient: PatientId) -> Result<Vec<SiteId>> {
        #[derive(sqlx::FromRow)]
        struct Office {
            site_id: Uuid,
        }
        let offices = rows!(
            self,
            Office,
            "select c.site_id from care c where c.patient_id = $1 and c.said is null and exists \
             (select 1 from dose d where d.patient_id = c.patient_id and d.site_id = c.site_id and d.state = 'active')",
            patient.uuid()
        );
        Ok(offices.into_iter().map(|office| SiteId::new(office.site_id)).collect())
    }

    /// Keeps what an office says of a person by now.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_said(&mut self, patient: PatientId, site: SiteId, said: &Demographics) -> Result<()> {
        exec!(
            self,
            "update care set said = $1 where patient_id = $2 and site_id = $3",
            json(said)?,
            patient.uuid(),
            site.uuid()
        );
        Ok(())
    }

    /// The people in an office's care whose record is kept back in this way, and of whom the office itself has reported, at most so
    /// many, the youngest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn own_people(&mut self, site: SiteId, sharing: Sharing, most: i64) -> Result<Vec<PatientId>> {
        #[derive(sqlx::FromRow)]
        struct Who {
            patient_id: Uuid,
        }
        let rows = rows!(
            self,
            Who,
            "select c.patient_id from care c join patient p on p.id = c.patient_id where c.site_id = $1 and p.sharing <> 'shared' and p.sharing = $2 \
             and (c.said is not null or exists (select 1 from dose d where d.patient_id = c.patient_id and d.site_id = $1 and d.state = 'active')) \
             order by p.birth_date desc, c.patient_id limit $3",
            site.uuid(),
            sharing.key(),
            most
        );
        Ok(rows.into_iter().map(|row| PatientId::new(row.patient_id)).collect())
    }

    /// Is the person in an office's care, and has the office reported of them itself?
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn office_relation(&mut self, patient: PatientId, site: SiteId) -> Result<(bool, bool)> {
        #[derive(sqlx::FromRow)]
        struct Relation {
            in_care: bool,
            reported: bool,
        }
        let row = row!(
            self,
            Relation,
            "select exists (select 1 from care where patient_id = $1 and site_id = $2) as in_care, \
             exists (select 1 from care where patient_id = $1 and site_id = $2 and said is not null) \
             or exists (select 1 from dose where patient_id = $1 and site_id = $2 and state = 'active') as reported",
            patient.uuid(),
            site.uuid()
        );
        Ok(row.map_or((false, false), |row| (row.in_care, row.reported)))
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
