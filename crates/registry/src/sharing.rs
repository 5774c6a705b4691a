//! Data sharing of a person, as the forms decide it.

use std::iter;

use chrono::{DateTime, Utc};
use domain::{
    PatientId, Principal,
    actor::Program,
    objection::{self, Choice, Form, FormWord, State},
    patient::{Address, Demographics, Mother, Patient, Sharing},
};
use matching::{name_key, name_keys};
use store::{Marks, Objection, OtherName, Tx};

use crate::{
    Registry, RegistryError, Result,
    audit::{Act, Action},
};

impl Registry {
    /// Sets data sharing of these people as their forms decide it; each change is recorded.
    pub(crate) async fn settle(&self, tx: &mut Tx, principal: &Principal, mut people: Vec<PatientId>) -> Result<()> {
        people.sort_unstable();
        people.dedup();
        for person in people {
            tx.lock_patient(person).await?;
            self.settle_one(tx, principal, person).await?;
        }
        Ok(())
    }

    async fn settle_one(&self, tx: &mut Tx, principal: &Principal, person: PatientId) -> Result<()> {
        let row = tx.patient(person).await?.ok_or(RegistryError::NotFound)?;
        let patient = row.patient();
        let latest = tx.in_effect_of(person).await?.into_iter().next();
        let names = names_of(tx, &patient, row.created_at).await?;
        let sharing = self.sharing_by_forms(tx, &patient, latest.as_ref(), &names).await?;
        if sharing == patient.sharing {
            return Ok(());
        }
        tx.set_sharing(person, sharing, self.now()).await?;
        let act = Act::on(Action::ChangeSharing, person).because(sharing.key());
        tx.audit(&self.audit_row(principal, act)).await?;
        if patient.sharing == Sharing::Shared {
            keep_words(tx, &patient).await?;
        }
        if sharing == Sharing::Shared {
            // Seldom, and large: it need not make every act larger that could lead here.
            Box::pin(self.take_over_said(tx, person)).await?;
            // What is known of them besides the name is more now: a form that waits may fit.
            Box::pin(self.settle_one(tx, principal, person)).await?;
        }
        Ok(())
    }

    /// Fills what is not on file in with what offices have said, as far as they agree; names only to be found by. What one of them has said
    /// while the record was kept from it may mean somebody else: it gives nobody a name.
    async fn take_over_said(&self, tx: &mut Tx, person: PatientId) -> Result<()> {
        let words = tx.said_of(person).await?;
        let Some(agreed) = Demographics::agreed(&words) else { return Ok(()) };
        let on_file = tx.patient(person).await?.ok_or(RegistryError::NotFound)?.patient();
        let filled = self.fill_in(tx, &on_file, Some(&agreed), false).await?;
        let names: Vec<OtherName> = words.iter().flat_map(|said| self.also_called(&on_file, said)).collect();
        tx.add_names(&names, self.now()).await?;
        if filled != on_file || !names.is_empty() {
            let forms = Principal::Program(Program::Forms);
            tx.audit(&self.audit_row(&forms, Act::on(Action::CompletePerson, person))).await?;
        }
        Ok(())
    }
}

/// From now on an office that has never said a name knows somebody by what it saw: what others call them later is not its to see.
pub(crate) async fn keep_words(tx: &mut Tx, patient: &Patient) -> Result<()> {
    let word = access::papers::as_found(patient);
    for office in tx.offices_without_word(patient.id).await? {
        tx.set_said(patient.id, office, &word).await?;
    }
    Ok(())
}

/// A name somebody on file is called, or was called, by its keys.
pub(crate) struct Called {
    pub last: String,
    pub first: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// What somebody is called, and what they were called before: whoever sent a form for a newborn has sent it for the child that is named since,
/// and to be named lifts no block.
async fn names_of(tx: &mut Tx, patient: &Patient, created_at: DateTime<Utc>) -> Result<Vec<Called>> {
    let former = tx.former_keys(patient.id).await?;
    let (last, first) = name_keys(&patient.name);
    let since = former.first().map_or(created_at, |former| former.since);
    let now = Called { last, first, since };
    let before =
        former.into_iter().map(|former| Called { last: former.last_key, first: former.first_key, since: created_at });
    Ok(iter::once(now).chain(before).collect())
}

/// What is known besides a name, to be compared.
fn marks(phone: &str, address: &Address, mother: &Mother) -> Marks {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let phone: Vec<char> = digits(phone).chars().collect();
    Marks {
        phone: phone[phone.len().saturating_sub(10)..].iter().collect(),
        zip: digits(&address.zip).chars().take(5).collect(),
        mother: name_key(&mother.first),
    }
}

/// What the registry knows of somebody besides the name.
pub(crate) fn marks_on_file(patient: &Patient) -> Marks {
    marks(&patient.phone, &patient.address, &patient.mother)
}

/// What a form knows besides the name.
pub(crate) fn marks_of(form: &Form) -> Marks {
    marks(&form.phone, &form.address, &form.mother)
}

impl Registry {
    /// Data sharing of somebody on file: by the latest form in effect that was said to be about them, and by objections after it that name
    /// somebody of their name and date of birth.
    ///
    /// What knows nothing of somebody but their name does not take their record away: the Department looks first. A form that
    /// waits is linked to the one it names, but nobody has said yet that it is about them.
    pub(crate) async fn sharing_by_forms(
        &self,
        tx: &mut Tx,
        patient: &Patient,
        latest: Option<&Objection>,
        names: &[Called],
    ) -> Result<Sharing> {
        let known = marks_on_file(patient);
        let unmatched = |state| FormWord { choice: Choice::Object, state, matched: false, passed_over: false };
        let mut said = Vec::new();
        for called in names {
            let name = (patient.born.date(), called.last.as_str(), called.first.as_str());
            let to = tx.objected_to(name, called.since, &known, latest).await?;
            said.extend(to.waits.then(|| unmatched(State::Submitted)));
            said.extend(to.unlooked.then(|| unmatched(State::InEffect)));
        }
        said.extend(latest.map(|form| FormWord { choice: form.form.choice, matched: true, ..unmatched(form.state) }));
        let sharing = objection::sharing(said, self.settings.provisional_block);
        // An office has said that the record is protected: kept back until the family has said otherwise on the form.
        let is_withdrawn = latest.is_some_and(|form| form.form.choice == Choice::Withdraw);
        Ok(if sharing == Sharing::Shared && patient.protected && self.settings.protected_blocks && !is_withdrawn {
            Sharing::Provisional
        } else {
            sharing
        })
    }
}
