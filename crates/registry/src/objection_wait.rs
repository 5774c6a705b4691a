//! The forms that wait for the Department: in pages, counted, and searched. Forms of one name stand together, so that many of one
//! hide nobody else's.

use access::Task;
use domain::objection::State;
use matching::last_key;
use store::Objection;

use crate::{
    Caller, Registry, Result,
    audit::{Act, Action},
    paged::{Paged, Place},
};

/// What was typed, as receipt numbers are written: somebody reads one out, and whoever types it leaves the dashes away, or puts blanks.
fn as_receipt(typed: &str) -> String {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let code: Vec<char> = letters.strip_prefix("OB").unwrap_or(&letters).chars().collect();
    let groups: Vec<String> = code.chunks(4).map(|group| group.iter().collect()).collect();
    format!("OB-{}", groups.join("-"))
}

/// Forms a search gives.
const MOST_FOUND: i64 = 100;

/// A page of the queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// A line each name.
    pub names: Paged<WaitingForms>,
    /// How many forms wait.
    pub forms: i64,
}

/// The forms that wait of one name and date of birth.
#[derive(Debug, Clone)]
pub struct WaitingForms {
    /// The newest of them.
    pub newest: Objection,
    /// How many there are besides.
    pub more: i64,
}

impl Registry {
    /// The forms that wait: new ones before those the Department waits for itself, then the name that has waited longest.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for who may not decide.
    pub async fn objection_queue(&self, caller: &Caller, page: i64) -> Result<Queue> {
        Self::may(&caller.principal, Task::DecideForms)?;
        let queue = {
            let mut tx = self.store.read().await?;
            let (names, forms) = tx.count_open_names().await?;
            let place = Place::new(page, names);
            let part = place.part();
            let mut waiting = Vec::new();
            for name in tx.open_names(part.most, part.skip).await? {
                let newest = tx.open_objections(name.birth_date, &name.last_key, &name.first_key, 1).await?;
                waiting.extend(newest.into_iter().map(|newest| WaitingForms { newest, more: name.forms - 1 }));
            }
            Queue { names: place.of(waiting), forms }
        };
        self.listed(caller, queue.names.lines.iter().map(|one| &one.newest)).await?;
        Ok(queue)
    }

    /// Forms by a receipt number or a last name, those that wait first; also those that are decided.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for who may not decide.
    pub async fn find_objections(&self, caller: &Caller, sought: &str) -> Result<Vec<Objection>> {
        Self::may(&caller.principal, Task::DecideForms)?;
        let found = {
            let mut tx = self.store.read().await?;
            match tx.objection_by_receipt(&as_receipt(sought)).await? {
                Some(form) => vec![form],
                None => tx.objections_of_name(&last_key(sought), MOST_FOUND).await?,
            }
        };
        self.listed(caller, found.iter()).await?;
        Ok(found)
    }

    /// What became of a form, by its receipt number: nothing of whom it is about.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for who may not decide.
    pub async fn form_state(&self, caller: &Caller, receipt: &str) -> Result<Option<(String, State)>> {
        Self::may(&caller.principal, Task::DecideForms)?;
        let form = self.store.read().await?.objection_by_receipt(&as_receipt(receipt)).await?;
        Ok(form.map(|form| (form.receipt, form.state)))
    }

    /// The other forms that wait of the name and date of birth of one.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for who may not decide.
    pub async fn waiting_of_name(&self, caller: &Caller, form: &Objection) -> Result<Vec<Objection>> {
        Self::may(&caller.principal, Task::DecideForms)?;
        let wanted = matching::Wanted::named(&form.form.name, form.form.born);
        let mut waiting = {
            let mut tx = self.store.read().await?;
            tx.open_objections(form.form.born, wanted.last_key(), wanted.first_key(), MOST_FOUND).await?
        };
        waiting.retain(|other| other.id != form.id);
        self.listed(caller, waiting.iter()).await?;
        Ok(waiting)
    }

    async fn listed<'a>(&self, caller: &Caller, forms: impl Iterator<Item = &'a Objection> + Send) -> Result<()> {
        let mut lines = vec![self.audit_row(&caller.principal, Act::general(Action::ListForms))];
        let named = forms.filter_map(|form| form.patient);
        lines.extend(named.map(|patient| self.audit_row(&caller.principal, Act::on(Action::ListForm, patient))));
        Ok(self.store.audit_reads(lines).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_found_however_it_was_read_out() {
        for typed in ["OB-HWFA-XVJ0", "ob hwfa xvj0", "OBHWFAXVJ0", " HWFA-XVJ0 "] {
            assert_eq!(as_receipt(typed), "OB-HWFA-XVJ0", "{typed}");
        }
        assert_eq!(as_receipt("OB-OBFA-XVJ0"), "OB-OBFA-XVJ0");
    }
}
