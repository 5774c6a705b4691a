//! Filling in what is on file by what an office says. What is known stays: a human corrects it.

use domain::{
    PersonName,
    patient::{Demographics, Patient},
};
use matching::{is_no_name, name_keys};
use store::{OtherName, Tx};

use crate::{
    Registry, Result,
    chart::{is_named_now, with_fuller_middle},
};

/// What filling in has brought besides.
pub(crate) struct Completed {
    /// Names they go or went by, to be kept by the caller.
    pub names: Vec<OtherName>,
    /// A name that stood for none gave way to one that does not.
    pub is_named_now: bool,
}

impl Registry {
    /// Fills in somebody whose record is shared.
    pub(crate) async fn complete_on_file(
        &self,
        tx: &mut Tx,
        on_file: &Patient,
        said: &Demographics,
        protected: bool,
    ) -> Result<Completed> {
        let mut person = on_file.clone();
        person.complete(said);
        person.protected |= protected;
        if person != *on_file {
            tx.update_patient(&person, self.now()).await?;
            person.version += 1;
        }
        if let Some(fuller) = with_fuller_middle(&on_file.name, &said.name) {
            self.rename_on_file(tx, &person, &fuller).await?;
        }
        let mut completed = self.name_on_file(tx, &person, said).await?;
        if !completed.is_named_now
            && !is_no_name(said.name.first())
            && name_keys(&said.name) != name_keys(&on_file.name)
        {
            completed.names.push(self.other_name(on_file, "other", &said.name));
        }
        let also = said.other_names.iter().filter(|name| **name != said.name && !is_no_name(name.first()));
        completed.names.extend(also.map(|name| self.other_name(on_file, "other", name)));
        Ok(completed)
    }

    /// Another name on file, with the keys it is found by.
    pub(crate) async fn rename_on_file(&self, tx: &mut Tx, person: &Patient, name: &PersonName) -> Result<()> {
        let (last, first) = name_keys(name);
        Ok(tx.rename_patient(person.id, person.version, name, (&last, &first), self.now()).await?)
    }

    /// Gives somebody their first name where what stands on file is none. Also of whoever is kept from others: else the child that leaves the
    /// hospital under its name would be a second one to everybody.
    pub(crate) async fn name_on_file(&self, tx: &mut Tx, on_file: &Patient, said: &Demographics) -> Result<Completed> {
        let is_named_now = is_named_now(&on_file.name, &said.name);
        let mut names = Vec::new();
        if is_named_now {
            self.rename_on_file(tx, on_file, &said.name).await?;
            if name_keys(&said.name) != name_keys(&on_file.name) {
                names.push(self.other_name(on_file, "former", &on_file.name));
            }
        }
        Ok(Completed { names, is_named_now })
    }

    /// A name besides the one on file: who looks for the person by it finds them.
    pub(crate) fn other_name(&self, person: &Patient, kind: &'static str, name: &PersonName) -> OtherName {
        let (last_key, first_key) = name_keys(name);
        OtherName {
            id: self.fresh(),
            patient: person.id,
            kind,
            name: name.clone(),
            last_key,
            first_key,
            born: person.born.date(),
        }
    }
}
