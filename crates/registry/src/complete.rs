//! Filling in what is on file by what an office says. What is known stays: a human corrects it.

use domain::{
    PersonName, Principal,
    patient::{Demographics, Patient},
};
use matching::{Wanted, is_no_name, name_keys};
use store::{OtherName, Tx};

use crate::{
    Registry, Result,
    chart::{is_named_now, with_fuller_middle},
    sharing::{keep_words, marks_on_file},
    wanted::keys_of,
};

impl Registry {
    /// Holds the name an office gives somebody whose own stands for none, as long as nothing else is held of them: nobody sends a form for
    /// that name meanwhile.
    pub(crate) async fn hold_new_name(&self, tx: &mut Tx, on_file: &Patient, said: &Demographics) -> Result<()> {
        if is_named_now(&on_file.name, &said.name) {
            tx.hold_name(keys_of(&Wanted::named(&said.name, on_file.born.date()))).await?;
        }
        Ok(())
    }

    /// Fills in what the registry did not know, of whom the caller holds; gives names to be kept besides. Of whoever is kept from this office
    /// it may mean somebody else: what it says of them is kept with its own word. But for two things: that the record is protected, which
    /// errs on the side of whoever is meant, and a first name where what stands on file is none, else the child that leaves the hospital under
    /// its name would be a second one to everybody.
    pub(crate) async fn complete(
        &self,
        tx: &mut Tx,
        principal: &Principal,
        on_file: &Patient,
        said: &Demographics,
        protected: bool,
    ) -> Result<Vec<OtherName>> {
        let is_compared = access::papers::is_compared_by_file(on_file.sharing);
        let person = self.fill_in(tx, on_file, is_compared.then_some(said), protected).await?;
        let is_named = is_named_now(&on_file.name, &said.name);
        if is_named {
            self.rename_on_file(tx, &person, &said.name).await?;
        } else if let Some(fuller) = with_fuller_middle(&on_file.name, &said.name).filter(|_| is_compared) {
            self.rename_on_file(tx, &person, &fuller).await?;
        }
        // Protected since now, called as somebody is who objected, or known by what a form that waits says too.
        if is_named || person.protected != on_file.protected || marks_on_file(&person) != marks_on_file(on_file) {
            self.settle(tx, principal, vec![on_file.id]).await?;
        }
        Ok(if is_compared { self.also_called(on_file, said) } else { Vec::new() })
    }

    /// Writes what was not known, but no name; gives the person as they are on file then.
    pub(crate) async fn fill_in(
        &self,
        tx: &mut Tx,
        on_file: &Patient,
        said: Option<&Demographics>,
        protected: bool,
    ) -> Result<Patient> {
        let mut person = on_file.clone();
        if let Some(said) = said {
            person.complete(said);
        }
        person.protected |= protected;
        if person != *on_file {
            tx.update_patient(&person, self.now()).await?;
            person.version += 1;
        }
        Ok(person)
    }

    /// Gives somebody another name on file, of whom and of whose new name the caller holds. A name of other keys takes the place of one that
    /// stood for none, which is kept; forms that waited for somebody of that name have found them.
    async fn rename_on_file(&self, tx: &mut Tx, person: &Patient, name: &PersonName) -> Result<()> {
        let wanted = Wanted::named(name, person.born.date());
        let keys = (wanted.last_key(), wanted.first_key());
        tx.rename_patient(person.id, person.version, name, keys, self.now()).await?;
        let before = name_keys(&person.name);
        if (before.0.as_str(), before.1.as_str()) != keys {
            keep_words(tx, person).await?;
            tx.add_names(&[self.other_name(person, "former", &person.name)], self.now()).await?;
            self.is_called(tx, person.id, &wanted, name).await?;
        }
        Ok(())
    }

    /// The names an office gives somebody besides the one on file.
    pub(crate) fn also_called(&self, on_file: &Patient, said: &Demographics) -> Vec<OtherName> {
        let is_another = name_keys(&said.name) != name_keys(&on_file.name) && !is_named_now(&on_file.name, &said.name);
        let main = is_another.then_some(&said.name).into_iter();
        let also = said.other_names.iter().filter(|name| **name != said.name);
        let named = main.chain(also).filter(|name| !is_no_name(name.first()));
        named.map(|name| self.other_name(on_file, "other", name)).collect()
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
