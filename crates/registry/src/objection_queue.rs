//! The Department decides forms. The table of states and moves is in docs/STATES.md.

use access::Task;
use domain::{
    ObjectionId, PatientId,
    objection::{Choice, State},
    patient::{Patient, Sharing},
    text,
};
use matching::{Candidate, Likeness, Wanted, likeness, swapped};
use store::{Objection, SearchKeys, Tx};

use crate::{Caller, Registry, RegistryError, Result, audit::Act};

/// A form with the people it could be about.
#[derive(Debug, Clone)]
pub struct QueueEntry {
    /// The form.
    pub objection: Objection,
    /// People on file, the likeliest first.
    pub people: Vec<(Patient, Likeness)>,
    /// Earlier forms about the matched person.
    pub history: Vec<Objection>,
}

/// What the Department decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is about this person, who may be on file more than once: takes effect.
    Accept(Vec<PatientId>),
    /// It is valid, and nobody on file is meant: takes effect when the record appears.
    NoRecordYet,
    /// Something is missing.
    AskForMore(String),
    /// Not accepted, with the reason.
    Reject(String),
}

impl Registry {
    /// The forms that wait, the oldest first.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not decide.
    pub async fn objection_queue(&self, caller: &Caller) -> Result<Vec<Objection>> {
        Self::may(&caller.actor, Task::DecideForms)?;
        let forms = {
            let mut tx = self.store.read().await?;
            tx.open_objections(200).await?
        };
        let mut lines = vec![self.line(&caller.actor, Act::general("objection.queue"))];
        let named = forms.iter().filter_map(|form| form.patient);
        lines.extend(named.map(|patient| self.line(&caller.actor, Act::on("objection.listed", patient))));
        self.store.audit_reads(lines).await?;
        Ok(forms)
    }

    /// One form with the people it could be about.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not decide.
    pub async fn objection_entry(&self, caller: &Caller, id: ObjectionId) -> Result<QueueEntry> {
        Self::may(&caller.actor, Task::DecideForms)?;
        let entry = {
            let mut tx = self.store.read().await?;
            let objection = tx.objection(id).await?.ok_or(RegistryError::NotFound)?;
            let form = &objection.form;
            let wanted = Wanted::new(form.name.last(), form.name.first(), form.born);
            let keys = SearchKeys {
                last: wanted.last_key(),
                first: wanted.first_key(),
                born: form.born,
                swapped: swapped(form.born).unwrap_or(form.born),
            };
            let mut found: Vec<(PatientId, Likeness)> = tx
                .search(keys, None)
                .await?
                .iter()
                .filter_map(|row| {
                    let candidate = Candidate { last: &row.last_key, first: &row.first_key, born: row.birth_date };
                    Some((PatientId::new(row.id), likeness(&wanted, candidate)?))
                })
                .collect();
            found.sort_by_key(|(_, likeness)| *likeness);
            found.truncate(10);
            let mut people = Vec::new();
            for (patient, likeness) in found {
                if let Some(row) = tx.patient(patient).await? {
                    people.push((row.patient(), likeness));
                }
            }
            let history = match objection.patient {
                Some(patient) => tx.objections_of(patient).await?.into_iter().filter(|other| other.id != id).collect(),
                None => Vec::new(),
            };
            QueueEntry { objection, people, history }
        };
        let act = Act { patient: entry.objection.patient, ..Act::general("objection.read") };
        let mut lines = vec![self.line(&caller.actor, act)];
        lines.extend(
            entry.people.iter().map(|(person, _)| self.line(&caller.actor, Act::on("objection.candidate", person.id))),
        );
        self.store.audit_reads(lines).await?;
        Ok(entry)
    }

    /// Decides a form that waits.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when somebody decided it meanwhile.
    pub async fn decide_objection(
        &self,
        caller: &Caller,
        id: ObjectionId,
        version: i64,
        decision: &Decision,
    ) -> Result<()> {
        Self::may(&caller.actor, Task::DecideForms)?;
        let by = caller.actor.signed().map(|signed| signed.user.uuid());
        let now = self.now();
        let mut tx = self.store.write().await?;
        let objection = tx.objection(id).await?.ok_or(RegistryError::NotFound)?;
        if objection.version != version || !objection.state.is_open() {
            return Err(RegistryError::Conflict);
        }
        let reason = match decision {
            Decision::AskForMore(reason) | Decision::Reject(reason) => {
                text::required(reason, 500).map_err(|why| RegistryError::Invalid("reason", why))?
            }
            Decision::Accept(_) | Decision::NoRecordYet => String::new(),
        };
        let form = &objection.form;
        let (last, first) = (matching::name_key(form.name.last()), matching::name_key(form.name.first()));
        let same =
            tx.same_person(SearchKeys { last: &last, first: &first, born: form.born, swapped: form.born }).await?;
        // Everybody the form blocked while it waited is looked at again.
        let mut touched: Vec<PatientId> = objection.patient.into_iter().chain(same.iter().copied()).collect();
        let (state, patient) = match decision {
            Decision::Accept(chosen) => {
                let mut people = chosen.clone();
                for person in chosen {
                    tx.lock_patient(*person).await?;
                    tx.patient(*person).await?.ok_or(RegistryError::NotFound)?;
                }
                let order = |form: &Objection| (form.submitted_at, form.id);
                let mut state = State::InEffect;
                for person in chosen {
                    for other in tx.objections_of(*person).await? {
                        if other.id == id || other.state != State::InEffect {
                            continue;
                        }
                        if order(&other) > order(&objection) {
                            // The family has changed its mind since: the later form stays the one that decides.
                            state = State::Superseded;
                        } else {
                            // Whoever the earlier form is about is the same human: this one is about them too.
                            people.extend(tx.people_of_objection(&other).await?);
                            tx.move_objection(&other, State::Superseded, &other.reason, other.patient, by, now).await?;
                        }
                    }
                }
                people.sort_unstable();
                people.dedup();
                let first = *chosen.first().ok_or(RegistryError::Invalid("person", domain::Invalid::Choice))?;
                for person in people.iter().filter(|person| **person != first) {
                    tx.match_objection(self.fresh(), id, *person).await?;
                }
                touched.extend(people);
                (state, Some(first))
            }
            // Somebody of this name appeared meanwhile: the reviewer has to look again.
            Decision::NoRecordYet if !same.is_empty() && objection.patient.is_none() => {
                return Err(RegistryError::Conflict);
            }
            Decision::NoRecordYet => (State::NoRecordYet, None),
            Decision::AskForMore(_) => (State::NeedsInformation, objection.patient),
            Decision::Reject(_) => (State::Rejected, objection.patient),
        };
        tx.move_objection(&objection, state, &reason, patient, by, now).await?;
        touched.sort_unstable();
        touched.dedup();
        for person in touched {
            tx.lock_patient(person).await?;
            let sharing = self.sharing_by_forms(&mut tx, person).await?;
            tx.set_sharing(person, sharing, now).await?;
        }
        let about =
            if let Decision::Accept(people) = decision { people.clone() } else { patient.into_iter().collect() };
        let act = Act::general("objection.decide").because(state.key());
        let mut lines: Vec<_> =
            about.into_iter().map(|person| self.line(&caller.actor, Act { patient: Some(person), ..act })).collect();
        if lines.is_empty() {
            lines.push(self.line(&caller.actor, act));
        }
        tx.audit_all(&lines).await?;
        Ok(tx.commit().await?)
    }

    /// Data sharing as a person's forms decide it: the latest accepted one, and a provisional block while an objection
    /// submitted after it waits.
    async fn sharing_by_forms(&self, tx: &mut Tx, patient: PatientId) -> Result<Sharing> {
        // The newest first.
        for form in tx.objections_of(patient).await? {
            match (form.state, form.form.choice) {
                (State::InEffect, Choice::Object) => return Ok(Sharing::Objected),
                (State::InEffect, Choice::Withdraw) => return Ok(Sharing::Shared),
                (State::Submitted | State::NeedsInformation, Choice::Object) if self.settings.provisional_block => {
                    return Ok(Sharing::Provisional);
                }
                _ => {}
            }
        }
        Ok(Sharing::Shared)
    }
}
