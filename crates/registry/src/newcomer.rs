//! Somebody new on file, or newly named there, and the forms that waited for them.

use chrono::{DateTime, Utc};
use domain::{
    PatientId, PersonName, Principal,
    actor::Program,
    objection::{Choice, State},
    patient::{Demographics, Patient, Sharing},
};
use matching::{Wanted, middles_deny};
use store::{AuditRow, NewPatient, Objection, Tx};

use crate::{
    Registry, Result,
    audit::{Act, Action},
    sharing::{Called, marks_of},
    wanted::keys_of,
};

/// Forms accepted for somebody of whom there was no record, the newest first, and the line that says that they have found one.
pub(crate) struct Waited {
    forms: Vec<Objection>,
    line: Option<AuditRow>,
}

impl Waited {
    /// The newest is about this person now, and takes effect. Those before it have had their day: of whom they were nobody has said.
    async fn take_effect(&self, tx: &mut Tx, person: PatientId) -> Result<()> {
        for (form, state) in self.with_states() {
            tx.move_objection(form, state, (state == State::InEffect).then_some(person)).await?;
        }
        tx.audit_all(self.line.as_slice()).await?;
        Ok(())
    }

    fn with_states(&self) -> impl Iterator<Item = (&Objection, State)> {
        self.forms.iter().zip(std::iter::once(State::InEffect).chain(std::iter::repeat(State::Superseded)))
    }
}

/// Somebody who is about to be put on file. The forms that waited for them take effect with that, not before: else one would be used up by
/// somebody who never came.
pub(crate) struct Newcomer {
    pub new: NewPatient,
    waited: Waited,
}

impl Newcomer {
    /// Puts people on file, with the forms that waited for them.
    pub(crate) async fn add(tx: &mut Tx, newcomers: Vec<Self>, now: DateTime<Utc>) -> Result<()> {
        let (people, waited): (Vec<NewPatient>, Vec<Waited>) =
            newcomers.into_iter().map(|one| (one.new, one.waited)).unzip();
        tx.add_patients(&people, now).await?;
        for (new, waited) in people.iter().zip(waited) {
            waited.take_effect(tx, new.patient.id).await?;
        }
        Ok(())
    }
}

impl Registry {
    /// The objections that wait for somebody of this name of whom there was no record, unless a middle name says that one is another's, or the
    /// same family has taken it back since. A withdrawal takes no effect by itself: it was accepted as about nobody on file.
    async fn waited(&self, tx: &mut Tx, wanted: &Wanted, name: &PersonName, person: PatientId) -> Result<Waited> {
        let mut forms = tx.without_record((wanted.born(), wanted.last_key(), wanted.first_key())).await?;
        forms.retain(|form| !middles_deny(form.form.name.middle(), name.middle()));
        let (mut forms, backs): (Vec<_>, Vec<_>) =
            forms.into_iter().partition(|form| form.form.choice == Choice::Object);
        forms.retain(|form| {
            let takes_back =
                |back: &Objection| back.order() > form.order() && marks_of(&back.form).agree(&marks_of(&form.form));
            !backs.iter().any(takes_back)
        });
        let act = Act::on(Action::FormInEffect, person);
        let line = (!forms.is_empty()).then(|| self.audit_row(&Principal::Program(Program::Forms), act));
        Ok(Waited { forms, line })
    }

    /// Somebody on file is called like this from now on: an objection that waited for somebody of that name has found them, unless one is in
    /// effect already. That one stays: it may be about others of theirs too.
    pub(crate) async fn is_called(
        &self,
        tx: &mut Tx,
        person: PatientId,
        wanted: &Wanted,
        name: &PersonName,
    ) -> Result<()> {
        let met = self.waited(tx, wanted, name, person).await?;
        let Some(newest) = met.forms.first() else { return Ok(()) };
        let before = tx.in_effect_of(person).await?;
        if before.first().is_some_and(|form| form.form.choice == Choice::Object || form.order() > newest.order()) {
            return Ok(());
        }
        for form in &before {
            tx.move_objection(form, State::Superseded, form.patient).await?;
        }
        met.take_effect(tx, person).await
    }

    /// Somebody new, to be added by the caller in this transaction, who holds the name. They take on a form that waited for
    /// them, and are protected like others of their name.
    pub(crate) async fn newcomer(&self, tx: &mut Tx, said: &Demographics, protected: bool) -> Result<Newcomer> {
        let wanted = Wanted::named(&said.name, said.born.date());
        let keys = keys_of(&wanted);
        let id = PatientId::new(self.fresh_address());
        let met = self.waited(tx, &wanted, &said.name, id).await?;
        let latest = met.with_states().map(|(form, state)| Objection { state, ..form.clone() }).next();
        let mut patient = Patient {
            id,
            version: 1,
            name: said.name.clone(),
            born: said.born,
            gender: said.gender,
            mother: said.mother.clone(),
            address: said.address.clone(),
            phone: said.phone.clone(),
            language: "en".to_owned(),
            address_restricted: false,
            sharing: Sharing::Shared,
            multiple_birth: said.multiple_birth,
            birth_order: said.birth_order,
            protected,
        };
        let called = Called { last: keys.last.to_owned(), first: keys.first.to_owned(), since: self.now() };
        patient.sharing = self.sharing_by_forms(tx, &patient, latest.as_ref(), &[called]).await?;
        Ok(Newcomer {
            new: NewPatient {
                patient,
                last_key: keys.last.to_owned(),
                first_key: keys.first.to_owned(),
                provisional_enrolment: false,
            },
            waited: met,
        })
    }
}
