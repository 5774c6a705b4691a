//! Data sharing of a person, as the forms decide it.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use domain::{
    PatientId, Principal,
    objection::{self, Choice, Form, FormWord, State},
    patient::{Patient, Sharing},
};
use matching::{Wanted, name_key};
use store::{Objection, Tx};

use crate::{
    Registry, RegistryError, Result, Settings,
    audit::{Act, Action},
    wanted::keys_of,
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
        let matched = tx.objections_of(person).await?;
        let wanted = Wanted::named(&patient.name, patient.born.date());
        let keys = keys_of(&wanted);
        let named = tx.objections_named(keys.born, keys.last, keys.first).await?;
        let sharing = sharing_by_forms(&patient, &matched, named, row.created_at, self.settings);
        if sharing == patient.sharing {
            return Ok(());
        }
        tx.set_sharing(person, sharing, self.now()).await?;
        let act = Act::on(Action::ChangeSharing, person).because(sharing.key());
        tx.audit(&self.audit_row(principal, act)).await?;
        if sharing == Sharing::Shared {
            // Seldom, and large: it need not make every act larger that could lead here.
            Box::pin(self.take_over_said(tx, person)).await?;
        }
        Ok(())
    }

    /// Fills the file in with what offices have said while the record was kept from them.
    async fn take_over_said(&self, tx: &mut Tx, person: PatientId) -> Result<()> {
        for said in tx.said_of(person).await? {
            let on_file = tx.patient(person).await?.ok_or(RegistryError::NotFound)?.patient();
            let completed = self.complete_on_file(tx, &on_file, &said, false).await?;
            tx.add_names(&completed.names, self.now()).await?;
        }
        Ok(())
    }
}

/// Does a form name this person and know nothing else of them? Then whoever sent it may mean somebody else, or no good. One of
/// telephone, ZIP code and mother's first name has to agree, as far as both sides have them.
fn contradicts(form: &Form, patient: &Patient) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let zip = |text: &str| digits(text).chars().take(5).collect::<String>();
    // An office that hands the form in has seen who signs.
    if !form.office.is_empty() {
        return false;
    }
    let phone = |text: &str| digits(text).chars().rev().take(10).collect::<String>();
    let known = [
        (phone(&form.phone), phone(&patient.phone)),
        (zip(&form.address.zip), zip(&patient.address.zip)),
        (name_key(&form.mother.first), name_key(&patient.mother.first)),
    ];
    let mut compared = known.iter().filter(|(typed, on_file)| !typed.is_empty() && !on_file.is_empty()).peekable();
    compared.peek().is_some() && compared.all(|(typed, on_file)| typed != on_file)
}

/// Data sharing of somebody on file since an instant: by the forms said to be about them, and by those that name somebody of
/// their name and date of birth.
///
/// What knows nothing of somebody but their name does not take their record away: the Department looks first. A form that
/// waits is linked to the one it names, but nobody has said yet that it is about them.
pub(crate) fn sharing_by_forms(
    patient: &Patient,
    matched: &[Objection],
    named: Vec<Objection>,
    since: DateTime<Utc>,
    settings: Settings,
) -> Sharing {
    let is_matched = |form: &Objection| matched.iter().any(|other| other.id == form.id);
    let mut forms: Vec<Objection> = named.into_iter().filter(|form| !is_matched(form)).collect();
    forms.extend(matched.iter().cloned());
    let is_theirs = |form: &Objection| is_matched(form) && !form.state.is_open();
    forms.retain(|form| is_theirs(form) || !contradicts(&form.form, patient));
    forms.sort_by_key(|form| Reverse((form.submitted_at, form.id)));
    let said = forms.iter().map(|form| FormWord {
        choice: form.form.choice,
        state: form.state,
        matched: is_matched(form),
        passed_over: form.decided_at.is_some_and(|decided| decided >= since),
    });
    let sharing = objection::sharing(said, settings.provisional_block);
    // An office has said that the record is protected: kept back until the family has said otherwise on the form.
    let is_withdrawn = || {
        forms
            .iter()
            .any(|form| is_theirs(form) && form.state == State::InEffect && form.form.choice == Choice::Withdraw)
    };
    if sharing == Sharing::Shared && patient.protected && settings.protected_blocks && !is_withdrawn() {
        Sharing::Provisional
    } else {
        sharing
    }
}
