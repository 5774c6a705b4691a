//! What a family sees of its own people besides their records.

use access::{Grant, Purpose, Task};
use domain::{BirthDate, PatientId, PersonName, patient::Demographics};
use store::Tx;

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    look::Seen,
};

/// Somebody of a family: oneself or a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPerson {
    /// On file.
    pub id: PatientId,
    /// Name.
    pub name: PersonName,
    /// Date of birth.
    pub born: BirthDate,
}

impl Registry {
    /// The people a family member may see: themself and their children.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is no family.
    pub async fn my_people(&self, caller: &Caller) -> Result<Vec<OwnPerson>> {
        let people = {
            let mut tx = self.store.read().await?;
            self.own_people(&mut tx, caller).await?
        };
        let act = |person: &OwnPerson| Act::on(Action::ListFamily, person.id);
        self.store
            .audit_reads(people.iter().map(|person| self.audit_row(&caller.principal, act(person))).collect())
            .await?;
        Ok(people)
    }

    pub(crate) async fn own_people(&self, tx: &mut Tx, caller: &Caller) -> Result<Vec<OwnPerson>> {
        Self::may(&caller.principal, Task::OwnRecords)?;
        let user = caller.principal.user().ok_or(RegistryError::NotFound)?;
        let mut people = Vec::new();
        for row in tx.family_of(user).await? {
            let Seen { person, grant, .. } = self.see_person(tx, caller, row.patient(), Purpose::Record).await?;
            if grant == Grant::Whole {
                people.push(OwnPerson { id: person.id, name: person.name, born: person.born });
            }
        }
        Ok(people)
    }

    /// Who somebody of the family is, to fill a form in with.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not the person's family.
    pub async fn own_details(&self, caller: &Caller, patient: PatientId) -> Result<Demographics> {
        let person = {
            let mut tx = self.store.read().await?;
            self.see(&mut tx, caller, patient, Purpose::OnBehalf).await?.whole()?
        };
        self.store.audit_read(self.audit_row(&caller.principal, Act::on(Action::PreviewForm, patient))).await?;
        Ok(person.demographics())
    }

    /// The name of a person and the offices that have them in their care, for the family to ask one. Where somebody is cared for is no part
    /// of the record.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not the person's family.
    pub async fn my_offices(&self, caller: &Caller, patient: PatientId) -> Result<(PersonName, Vec<store::Site>)> {
        let (name, offices) = {
            let mut tx = self.store.read().await?;
            let person = self.see(&mut tx, caller, patient, Purpose::OnBehalf).await?.whole()?;
            (person.name, tx.caring_sites(patient).await?)
        };
        let act = Act::on(Action::ListFamily, patient).for_purpose(Purpose::OnBehalf);
        self.store.audit_read(self.audit_row(&caller.principal, act)).await?;
        Ok((name, offices))
    }
}
