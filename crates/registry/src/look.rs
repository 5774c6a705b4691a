//! What somebody is to a person, and what of them is seen.

use access::{Grant, Purpose, Relation, Scope};
use domain::{PatientId, Principal, Role, SiteId, patient::Patient};
use store::Tx;

use crate::{Caller, Registry, RegistryError, Result};

/// Somebody on file, with what the caller is to them and how much of them is seen. What is shown is made of it.
pub(crate) struct Seen {
    pub person: Patient,
    pub relation: Relation,
    pub grant: Grant,
}

impl Seen {
    /// As the family has asked the caller's office to certify the record.
    pub(crate) fn when_asked(self, caller: &Caller, purpose: Purpose) -> Self {
        let relation = Relation { asked: true, ..self.relation };
        Self { grant: caller.scope(purpose).of(relation, self.person.sharing), relation, ..self }
    }

    /// The person, if everything may be shown.
    pub(crate) fn whole(self) -> Result<Patient> {
        if self.grant == Grant::Whole { Ok(self.person) } else { Err(RegistryError::NotFound) }
    }
}

impl Caller {
    /// What the caller may see for a purpose.
    pub(crate) fn scope(&self, purpose: Purpose) -> Scope<'_> {
        Scope::new(self.principal.standing(), purpose, &self.reason)
    }

    /// Is it of the caller's own office?
    pub(crate) fn acts_for(&self, office: Option<SiteId>) -> bool {
        access::papers::is_of_own_office(self.principal.standing(), office)
    }

    /// What the caller reads a record for.
    pub(crate) fn reads_for(&self) -> Purpose {
        Purpose::of_reading(self.principal.standing())
    }
}

impl Registry {
    /// Somebody on file, as the caller sees them for a purpose.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for nobody; who is seen not at all is there, with [`Grant::Nothing`].
    pub(crate) async fn see(&self, tx: &mut Tx, caller: &Caller, patient: PatientId, purpose: Purpose) -> Result<Seen> {
        let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
        self.see_person(tx, caller, person, purpose).await
    }

    /// As [`Self::see`], of somebody who was just looked up.
    pub(crate) async fn see_person(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        person: Patient,
        purpose: Purpose,
    ) -> Result<Seen> {
        let relation = self.relation(tx, &caller.principal, &person).await?;
        let grant = caller.scope(purpose).of(relation, person.sharing);
        Ok(Seen { person, relation, grant })
    }

    /// What somebody is to a person.
    pub(crate) async fn relation(&self, tx: &mut Tx, principal: &Principal, patient: &Patient) -> Result<Relation> {
        let mut relation = Relation::default();
        let Some(person) = principal.person() else { return Ok(relation) };
        let role = person.standing.role();
        if role == Role::Family {
            relation.family = match tx.family_relation(patient.id, person.user).await?.as_deref() {
                None => false,
                Some("self") => true,
                // At 18 the record is the person's own.
                Some(_) => patient.born.is_minor_on(self.today()),
            };
        }
        if let Some(site) = person.standing.site() {
            if role.is_provider() {
                (relation.in_care, relation.reported) = tx.office_relation(patient.id, site).await?;
            } else if role.is_school() {
                relation.enrolled = !tx.classes_of(site, patient.id).await?.is_empty();
            }
        }
        Ok(relation)
    }
}
