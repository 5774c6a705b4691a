//! The Department decides forms. The table of states and moves is in docs/STATES.md.

use access::{Grant, Purpose, Relation, Scope, Task};
use domain::{ObjectionId, PatientId, UserId, objection::State, patient::Patient, text::Filled};
use matching::{Candidate, Likeness, Wanted, likeness};
use store::{Objection, Tx};

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    wanted::keys_of,
};

/// A form with the people it could be about.
#[derive(Debug, Clone)]
pub struct QueueEntry {
    /// The form.
    pub objection: Objection,
    /// People on file, the likeliest first, as many as can be compared.
    pub people: Vec<(Patient, Likeness)>,
    /// How many have exactly the name and date of birth.
    pub namesakes: usize,
    /// Earlier forms about the matched person.
    pub history: Vec<Objection>,
}

/// What the Department decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is about this person, who may be on file more than once: takes effect.
    Accept(Vec<PatientId>),
    /// It is valid, and nobody on file is meant: takes effect when the record appears.
    NoRecordYet {
        /// How many people of exactly this name and date of birth the reviewer was shown.
        namesakes: usize,
    },
    /// Something is missing.
    AskForMore(Filled<500>),
    /// Not accepted, with the reason.
    Reject(Filled<500>),
}

impl Registry {
    /// One form with the people it could be about.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not decide.
    pub async fn objection_entry(&self, caller: &Caller, id: ObjectionId) -> Result<QueueEntry> {
        Self::may(&caller.principal, Task::DecideForms)?;
        let entry = {
            let mut tx = self.store.read().await?;
            let objection = tx.objection(id).await?.ok_or(RegistryError::NotFound)?;
            let mut found = could_be_about(&mut tx, &objection).await?;
            found.truncate(10);
            let mut people = Vec::new();
            // Why the Department looks at these people: the form.
            let scope = Scope::new(caller.principal.standing(), Purpose::Match, &objection.receipt);
            for (patient, likeness) in found {
                let Some(person) = tx.patient(patient).await?.map(|row| row.patient()) else { continue };
                if scope.of(Relation::default(), person.sharing) == Grant::Whole {
                    people.push((person, likeness));
                }
            }
            let history = match objection.patient {
                Some(patient) => {
                    tx.objections_about(patient).await?.into_iter().filter(|other| other.id != id).collect()
                }
                None => Vec::new(),
            };
            let namesakes = namesakes(&mut tx, &objection).await?;
            QueueEntry { objection, people, namesakes, history }
        };
        let act = Act { patient: entry.objection.patient, ..Act::general(Action::ReadForm) };
        let mut lines = vec![self.audit_row(&caller.principal, act)];
        let reason = entry.objection.receipt.as_str();
        lines.extend(entry.people.iter().map(|(person, _)| {
            self.audit_row(&caller.principal, Act::on(Action::CompareWithForm, person.id).because(reason))
        }));
        self.store.audit_reads(lines).await?;
        Ok(entry)
    }

    /// Decides a form that waits; gives the number of its receipt.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when somebody decided it meanwhile, or the people it could be about are others now.
    pub async fn decide_objection(
        &self,
        caller: &Caller,
        id: ObjectionId,
        version: i64,
        decision: &Decision,
    ) -> Result<String> {
        Self::may(&caller.principal, Task::DecideForms)?;
        let mut tx = self.store.write().await?;
        let objection = tx.objection(id).await?.ok_or(RegistryError::NotFound)?;
        if objection.version != version || !objection.state.is_open() {
            return Err(RegistryError::Conflict);
        }
        let wanted = Wanted::named(&objection.form.name, objection.form.born);
        let keys = keys_of(&wanted);
        tx.hold_name(keys).await?;
        let same = namesakes(&mut tx, &objection).await?;
        let mut about: Vec<PatientId> = Vec::new();
        let (state, reason) = match decision {
            Decision::Accept(chosen) => {
                let state;
                (state, about) = self.accept(&mut tx, &objection, chosen).await?;
                (state, String::new())
            }
            // Somebody of this name appeared since the page was shown: the reviewer has to look again.
            Decision::NoRecordYet { namesakes } if *namesakes != same => return Err(RegistryError::Conflict),
            Decision::NoRecordYet { .. } => (State::NoRecordYet, String::new()),
            Decision::AskForMore(reason) => (State::NeedsInformation, reason.to_string()),
            Decision::Reject(reason) => (State::Rejected, reason.to_string()),
        };
        let patient = match decision {
            Decision::NoRecordYet { .. } => None,
            Decision::Accept(_) => about.first().copied(),
            Decision::AskForMore(_) | Decision::Reject(_) => objection.patient,
        };
        let by = caller.principal.user().map(UserId::uuid);
        tx.decide_objection(&objection, (state, &reason), patient, by, self.now()).await?;
        for also in about.iter().filter(|person| Some(**person) != patient) {
            tx.match_objection(self.fresh(), id, *also).await?;
        }
        let act = Act::general(Action::DecideForm).because(state.key());
        let mut lines: Vec<_> = about
            .iter()
            .map(|person| self.audit_row(&caller.principal, Act { patient: Some(*person), ..act }))
            .collect();
        if lines.is_empty() {
            lines.push(self.audit_row(&caller.principal, Act { patient: objection.patient, ..act }));
        }
        tx.audit_all(&lines).await?;
        // Everybody the form is about or could have been about is looked at again.
        about.extend(objection.patient);
        about.extend(tx.everybody_called(keys).await?);
        self.settle(&mut tx, &caller.principal, about).await?;
        self.commit(tx).await?;
        Ok(objection.receipt)
    }

    /// The form is about these people, who are one human: forms in effect before it give way, or it gives way to a later one.
    /// Gives its state and everybody it is about, the first chosen one first.
    async fn accept(
        &self,
        tx: &mut Tx,
        objection: &Objection,
        chosen: &[PatientId],
    ) -> Result<(State, Vec<PatientId>)> {
        let first = *chosen.first().ok_or(RegistryError::Invalid("person", domain::Invalid::Choice))?;
        let found = could_be_about(tx, objection).await?;
        if !chosen.iter().all(|person| found.iter().any(|(could_be, _)| could_be == person)) {
            return Err(RegistryError::NotFound);
        }
        let mut people = chosen.to_vec();
        for person in chosen {
            for form in tx.in_effect_of(*person).await? {
                people.extend(tx.people_of_objection(&form).await?);
            }
        }
        // All of them, in one order, whoever else decides about some of them.
        people.sort_unstable();
        people.dedup();
        for person in &people {
            tx.lock_patient(*person).await?;
        }
        let mut others: Vec<Objection> = Vec::new();
        for person in &people {
            others.extend(tx.in_effect_of(*person).await?);
        }
        others.sort_by_key(|other| other.id);
        others.dedup_by_key(|other| other.id);
        others.retain(|other| other.id != objection.id);
        for other in &others {
            // Whoever the other form is about is the same human.
            people.extend(tx.people_of_objection(other).await?);
        }
        people.sort_unstable();
        people.dedup();
        people.sort_by_key(|person| *person != first);
        // The family has changed its mind since: the later form stays the one that decides, for all of them.
        let later = others.iter().filter(|other| other.order() > objection.order()).max_by_key(|other| other.order());
        for other in others.iter().filter(|other| later.is_none_or(|later| later.id != other.id)) {
            tx.move_objection(other, State::Superseded, other.patient).await?;
        }
        if let Some(later) = later {
            let known = tx.people_of_objection(later).await?;
            for person in people.iter().filter(|person| !known.contains(person)) {
                tx.match_objection(self.fresh(), later.id, *person).await?;
            }
            return Ok((State::Superseded, people));
        }
        Ok((State::InEffect, people))
    }
}

/// How many people on file have exactly the name and date of birth a form names.
async fn namesakes(tx: &mut Tx, objection: &Objection) -> Result<usize> {
    let wanted = Wanted::named(&objection.form.name, objection.form.born);
    Ok(usize::try_from(tx.count_called(keys_of(&wanted)).await?).unwrap_or(usize::MAX))
}

/// The people a form could be about, the likeliest first.
async fn could_be_about(tx: &mut Tx, objection: &Objection) -> Result<Vec<(PatientId, Likeness)>> {
    let wanted = Wanted::named(&objection.form.name, objection.form.born);
    let rows = tx.search(keys_of(&wanted), None).await?;
    let found = rows.iter().filter_map(|row| {
        let candidate = Candidate { last: &row.last_key, first: &row.first_key, born: row.birth_date };
        Some((PatientId::new(row.id), likeness(&wanted, candidate)?))
    });
    let mut found: Vec<(PatientId, Likeness)> = found.collect();
    found.sort_by_key(|(_, likeness)| *likeness);
    Ok(found)
}
