//! What somebody is to a person.

use access::{Purpose, Relation, Scope};
use domain::{PatientId, Principal, Role};
use store::Tx;

use crate::{Caller, Registry, Result};

impl Caller {
    /// What the caller may see for a purpose.
    pub(crate) fn scope(&self, purpose: Purpose) -> Scope<'_> {
        Scope::new(self.principal.standing(), purpose, &self.reason)
    }

    /// What the caller reads a record for.
    pub(crate) fn reads_for(&self) -> Purpose {
        if self.principal.role().is_some_and(Role::is_department) { Purpose::PublicHealth } else { Purpose::Record }
    }
}

impl Registry {
    /// What somebody is to a person.
    pub(crate) async fn relation(&self, tx: &mut Tx, principal: &Principal, patient: PatientId) -> Result<Relation> {
        let mut relation = Relation::default();
        let Some(person) = principal.person() else { return Ok(relation) };
        let role = person.standing.role();
        if role == Role::Family {
            relation.family = match tx.family_relation(patient, person.user).await?.as_deref() {
                None => false,
                Some("self") => true,
                // At 18 the record is the person's own.
                Some(_) => tx.patient(patient).await?.is_some_and(|row| row.patient().born.is_minor_on(self.today())),
            };
        }
        if let Some(site) = person.standing.site() {
            if role.is_provider() {
                (relation.in_care, relation.reported) = tx.office_relation(patient, site).await?;
            } else if role.is_school() {
                relation.enrolled = !tx.classes_of(site, patient).await?.is_empty();
            }
        }
        Ok(relation)
    }
}
