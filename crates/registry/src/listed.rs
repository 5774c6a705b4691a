//! Students whom another school has put on its list: their school is told.

use access::{Purpose, Relation};
use chrono::{DateTime, Utc};
use domain::{NoticeId, PersonName, patient::Sharing};

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
    /// Name; `None` when no record can be shared.
    pub name: Option<PersonName>,
    /// The class at this school.
    pub class_name: String,
    /// This school's number.
    pub number: String,
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
        let rows = { self.store.read().await?.listed_elsewhere(school, MOST).await? };
        let scope = caller.scope(Purpose::SchoolEntry);
        let enrolled = Relation { enrolled: true, ..Relation::default() };
        let mut named = Vec::new();
        let line = |row: store::ListedElsewhere| {
            let is_shown = scope.of(enrolled, Sharing::from_key(&row.sharing)).is_something();
            if is_shown {
                named.push(domain::PatientId::new(row.patient_id));
            }
            ListedElsewhere {
                id: NoticeId::new(row.id),
                name: is_shown.then(|| PersonName::stored(row.last_name, row.first_name, String::new())),
                class_name: row.class_name,
                number: row.student_number,
                by: row.by_school,
                reason: row.reason,
                at: row.at,
            }
        };
        let listed = rows.into_iter().map(line).collect();
        let acts =
            named.into_iter().map(|patient| self.audit_row(&caller.principal, Act::on(Action::ReadName, patient)));
        self.store.audit_reads(acts.collect()).await?;
        Ok(listed)
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
