//! Students whom another school has put on its list: their school is told.

use access::{Purpose, Relation};
use chrono::{DateTime, Utc};
use domain::{NoticeId, PatientId, PersonName, patient::Sharing};

use crate::{
    Caller, Registry, Result,
    audit::{Act, Action},
};

/// Most a page shows; the others follow when these are seen.
const MOST: i64 = 100;

/// A student whom another school has put on its list.
#[derive(Debug, Clone)]
pub struct ListedElsewhere {
    /// Opaque.
    pub id: NoticeId,
    /// Name.
    pub name: PersonName,
    /// The class at this school.
    pub class_name: String,
    /// The other school.
    pub by: String,
    /// Why, as it says.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Registry {
    /// The students of the caller's school whom another one has put on its list, as far as nobody has said that it was seen.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for who is not of a school.
    pub async fn listed_elsewhere(&self, caller: &Caller) -> Result<Vec<ListedElsewhere>> {
        let (school, _) = Self::school(caller)?;
        let enrolled = Relation { enrolled: true, ..Relation::default() };
        let mut rows = Vec::new();
        {
            let mut tx = self.store.read().await?;
            // A notice of somebody whose record is kept back would say that they are on file: there is none, as of somebody who is not.
            let scope = caller.scope(Purpose::SchoolEntry);
            for sharing in Sharing::ALL.iter().filter(|sharing| scope.of(enrolled, **sharing).is_something()) {
                rows.extend(tx.listed_elsewhere(school, *sharing, MOST).await?);
            }
        }
        let read = |row: &store::ListedElsewhere| {
            let act = Act::on(Action::ReadName, PatientId::new(row.patient_id)).for_purpose(Purpose::SchoolEntry);
            self.audit_row(&caller.principal, act)
        };
        self.store.audit_reads(rows.iter().map(read).collect()).await?;
        let line = |row: store::ListedElsewhere| ListedElsewhere {
            id: NoticeId::new(row.id),
            name: PersonName::stored(row.last_name, row.first_name, String::new()),
            class_name: row.class_name,
            by: row.by_school,
            reason: row.reason,
            at: row.at,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// The caller's school has seen them.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for who is not of a school.
    pub async fn see_listed_elsewhere(&self, caller: &Caller, ids: &[NoticeId]) -> Result<()> {
        let (school, _) = Self::school(caller)?;
        let mut tx = self.store.write().await?;
        for id in ids.iter().take(usize::try_from(MOST).unwrap_or(0)) {
            tx.see_listed_elsewhere(school, id.uuid(), self.now()).await?;
        }
        self.commit(tx).await
    }
}
