//! What tells people apart: the names they are known by, and the keys those are found by.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PatientId, PersonName, SiteId,
    patient::{Demographics, Gender, Sharing},
};
use uuid::Uuid;

use crate::{
    Result, SearchKeys, StoreError, Tx,
    patient::{birth_order, multiple_birth},
    tx::On,
};

/// A name somebody goes or went by besides the one on file.
#[derive(Debug, Clone)]
pub struct OtherName {
    /// Opaque.
    pub id: Uuid,
    /// Whose.
    pub patient: PatientId,
    /// `former` or `other`.
    pub kind: &'static str,
    /// The name.
    pub name: PersonName,
    /// Normalised last name.
    pub last_key: String,
    /// Normalised first name.
    pub first_key: String,
    /// Date of birth.
    pub born: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct Id {
    id: Uuid,
}

/// A name on file that gave way to another.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FormerKeys {
    /// Normalised last name.
    pub last_key: String,
    /// Normalised first name.
    pub first_key: String,
    /// When it gave way.
    pub since: DateTime<Utc>,
}

/// Somebody born on a day with a last name, or who went by it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Namesake {
    id: Uuid,
    /// First name, as written.
    pub first_name: String,
    /// Normalised first name.
    pub first_key: String,
    /// Middle name, as written.
    pub middle_name: String,
    gender: String,
    multiple_birth: String,
    birth_order: i64,
    sharing: String,
    said: Option<serde_json::Value>,
}

impl Namesake {
    /// What the asking office has said of somebody who is kept from others: then the row is of that and not of what is on file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn said(&self) -> Result<Option<Demographics>> {
        crate::care::said(self.said.clone())
    }

    /// Is the row of the asking office's own word?
    pub const fn is_own(&self) -> bool {
        self.said.is_some()
    }

    /// Data sharing.
    pub fn sharing(&self) -> Sharing {
        Sharing::from_key(&self.sharing)
    }

    /// Who.
    pub fn patient(&self) -> PatientId {
        PatientId::new(self.id)
    }

    /// Gender.
    pub fn gender(&self) -> Gender {
        Gender::parse(&self.gender).unwrap_or_default()
    }

    /// One of twins or more.
    pub fn multiple_birth(&self) -> Option<bool> {
        multiple_birth(&self.multiple_birth)
    }

    /// The how-manieth of them.
    pub fn birth_order(&self) -> Option<u8> {
        birth_order(self.birth_order)
    }
}

impl Tx {
    /// Until this transaction ends, nobody else adds somebody of this name and date of birth, or a form naming them. True
    /// when somebody else might have while this waited: then look again. SQLite has one writer, so nobody can.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn hold_name(&mut self, keys: SearchKeys<'_>) -> Result<bool> {
        match &mut self.on {
            On::Sqlite(_) => Ok(false),
            On::Postgres(tx) => {
                sqlx::query(
                    "insert into name_hold (birth_date, last_key, first_key, held) values ($1, $2, $3, 1) \
                     on conflict (birth_date, last_key, first_key) do update set held = name_hold.held + 1",
                )
                .bind(keys.born)
                .bind(keys.last)
                .bind(keys.first)
                .execute(&mut **tx)
                .await?;
                // The row itself says something about somebody: what holds is the transaction, so it is taken away at once.
                sqlx::query("delete from name_hold where birth_date = $1 and last_key = $2 and first_key = $3")
                    .bind(keys.born)
                    .bind(keys.last)
                    .bind(keys.first)
                    .execute(&mut **tx)
                    .await?;
                Ok(true)
            }
        }
    }

    /// Everybody with exactly these keys and this date of birth: what an import may match by itself.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn same_person(&mut self, keys: SearchKeys<'_>) -> Result<Vec<PatientId>> {
        let rows = rows!(
            self,
            Id,
            "select id from patient where birth_date = $1 and last_key = $2 and first_key = $3 order by id limit 50",
            keys.born,
            keys.last,
            keys.first
        );
        Ok(rows.into_iter().map(|row| PatientId::new(row.id)).collect())
    }

    /// Everybody of a last name born on a day, and everybody who went by it or goes by it besides: among them are those of exactly
    /// the same name, and newborns that had none yet. Before them everybody born that day who is kept from others and of whom the office has
    /// said something, whatever the name: no number of others cuts them off.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn namesakes(&mut self, keys: SearchKeys<'_>, office: SiteId) -> Result<Vec<Namesake>> {
        Ok(rows!(
            self,
            Namesake,
            "select p.id, p.first_name, p.first_key, p.middle_name, p.gender, p.multiple_birth, p.birth_order, p.sharing, c.said \
             from patient p cross join care c \
             where p.birth_date = $1 and p.sharing <> 'shared' and c.patient_id = p.id and c.site_id = $3 and c.said is not null \
             union all \
             select p.id, p.first_name, p.first_key, p.middle_name, p.gender, p.multiple_birth, p.birth_order, p.sharing, cast(null as jsonb) \
             from patient p where p.birth_date = $1 and p.last_key = $2 \
             union all \
             select p.id, n.first_name, n.first_key, n.middle_name, p.gender, p.multiple_birth, p.birth_order, p.sharing, cast(null as jsonb) \
             from other_name n join patient p on p.id = n.patient_id where n.birth_date = $1 and n.last_key = $2 limit 500",
            keys.born,
            keys.last,
            office.uuid()
        ))
    }

    /// Keeps other names; one that is kept already stays as it is.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_names(&mut self, names: &[OtherName], at: DateTime<Utc>) -> Result<()> {
        insert_all!(
            self,
            "insert into other_name (patient_id, id, kind, last_name, first_name, middle_name, last_key, first_key, birth_date, since)",
            names,
            |other| [
                other.patient.uuid(),
                other.id,
                other.kind,
                other.name.last(),
                other.name.first(),
                other.name.middle(),
                &other.last_key,
                &other.first_key,
                other.born,
                at,
            ],
            " on conflict do nothing"
        );
        Ok(())
    }

    /// Names somebody goes or went by besides the one on file, the latest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn other_names(&mut self, patient: PatientId) -> Result<Vec<PersonName>> {
        #[derive(sqlx::FromRow)]
        struct Called {
            last: String,
            first: String,
            middle: String,
        }
        let rows = rows!(
            self,
            Called,
            "select last_name as last, first_name as first, middle_name as middle from other_name where patient_id = $1 order by since desc, id limit 50",
            patient.uuid()
        );
        Ok(rows.into_iter().map(|row| PersonName::stored(row.last, row.first, row.middle)).collect())
    }

    /// Names on file that gave way, each with the instant it did; the latest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn former_keys(&mut self, patient: PatientId) -> Result<Vec<FormerKeys>> {
        Ok(rows!(
            self,
            FormerKeys,
            "select last_key, first_key, since from other_name where patient_id = $1 and kind = 'former' order by since desc limit 50",
            patient.uuid()
        ))
    }

    /// Everybody whose name on file is exactly this one, or was before it gave way: all of them.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn everybody_called(&mut self, keys: SearchKeys<'_>) -> Result<Vec<PatientId>> {
        let rows = rows!(
            self,
            Id,
            "select id from patient where birth_date = $1 and last_key = $2 and first_key = $3 \
             union select patient_id from other_name where birth_date = $1 and last_key = $2 and first_key = $3 and kind = 'former'",
            keys.born,
            keys.last,
            keys.first
        );
        Ok(rows.into_iter().map(|row| PatientId::new(row.id)).collect())
    }

    /// How many people have exactly this name on file.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_called(&mut self, keys: SearchKeys<'_>) -> Result<i64> {
        Ok(count!(
            self,
            "select count(*) as count from patient where birth_date = $1 and last_key = $2 and first_key = $3",
            keys.born,
            keys.last,
            keys.first
        ))
    }

    /// Gives somebody another name on file.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the person was changed since `version`.
    pub async fn rename_patient(
        &mut self,
        patient: PatientId,
        version: i64,
        name: &PersonName,
        (last_key, first_key): (&str, &str),
        at: DateTime<Utc>,
    ) -> Result<()> {
        let touched = exec!(
            self,
            "update patient set version = version + 1, last_name = $1, first_name = $2, middle_name = $3, last_key = $4, first_key = $5, \
             updated_at = $6 where id = $7 and version = $8",
            name.last(),
            name.first(),
            name.middle(),
            last_key,
            first_key,
            at,
            patient.uuid(),
            version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// The same for many, in the order of their ids, so that no two wait for each other.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn hold_patients(&mut self, patients: &[PatientId]) -> Result<()> {
        if let On::Postgres(tx) = &mut self.on {
            let mut ids: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
            ids.sort_unstable();
            for some in ids.chunks(crate::tx::ROWS) {
                let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new("select id from patient where id in (");
                let mut list = query.separated(", ");
                for id in some {
                    list.push_bind(*id);
                }
                query.push(") order by id for update");
                query.build().execute(&mut **tx).await?;
            }
        }
        Ok(())
    }

    /// Until this transaction ends, nobody else writes about the person who holds them too: what is read now is what is written
    /// upon. SQLite has one writer, so nobody can.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn hold_patient(&mut self, patient: PatientId) -> Result<()> {
        if let On::Postgres(tx) = &mut self.on {
            sqlx::query("select id from patient where id = $1 for update")
                .bind(patient.uuid())
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}
