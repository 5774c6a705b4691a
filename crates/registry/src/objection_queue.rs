//! The Department decides forms. The table of states and moves is in docs/STATES.md.

use std::cmp::Reverse;

use access::{Grant, Purpose, Relation, Scope, Task};
use chrono::{DateTime, Utc};
use domain::{
    ObjectionId, PatientId, Principal, UserId,
    objection::{self, Choice, Form, Said, State},
    patient::{Patient, Sharing},
    text,
};
use matching::{Candidate, Likeness, Wanted, likeness, name_key};
use store::{Objection, Tx};

use crate::{
    Caller, Registry, RegistryError, Result, Settings,
    audit::{Act, Action},
    people::keys_of,
};

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
    NoRecordYet {
        /// How many people of exactly this name and date of birth the reviewer was shown.
        namesakes: usize,
    },
    /// Something is missing.
    AskForMore(String),
    /// Not accepted, with the reason.
    Reject(String),
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
            let form = &objection.form;
            let wanted = Wanted::named(&form.name, form.born);
            let keys = keys_of(&wanted);
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
            // Why the Department looks at these people: the form.
            let scope = Scope::new(caller.principal.standing(), Purpose::Match, &objection.receipt);
            for (patient, likeness) in found {
                let Some(person) = tx.patient(patient).await?.map(|row| row.patient()) else { continue };
                if scope.of(Relation::default(), person.sharing) == Grant::Whole {
                    people.push((person, likeness));
                }
            }
            let history = match objection.patient {
                Some(patient) => tx.objections_of(patient).await?.into_iter().filter(|other| other.id != id).collect(),
                None => Vec::new(),
            };
            QueueEntry { objection, people, history }
        };
        let act = Act { patient: entry.objection.patient, ..Act::general(Action::ReadForm) };
        let mut lines = vec![self.line(&caller.principal, act)];
        let reason = entry.objection.receipt.as_str();
        lines.extend(entry.people.iter().map(|(person, _)| {
            self.line(&caller.principal, Act::on(Action::CompareWithForm, person.id).because(reason))
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
        let same = tx.same_person(keys).await?;
        let reason = |text: &str| text::required(text, 500).map_err(|why| RegistryError::Invalid("reason", why));
        let mut about: Vec<PatientId> = Vec::new();
        let (state, reason) = match decision {
            Decision::Accept(chosen) => {
                let state;
                (state, about) = self.accept(&mut tx, caller, &objection, chosen).await?;
                (state, String::new())
            }
            // Somebody of this name appeared since the page was shown: the reviewer has to look again.
            Decision::NoRecordYet { namesakes } if *namesakes != same.len() => return Err(RegistryError::Conflict),
            Decision::NoRecordYet { .. } => (State::NoRecordYet, String::new()),
            Decision::AskForMore(text) => (State::NeedsInformation, reason(text)?),
            Decision::Reject(text) => (State::Rejected, reason(text)?),
        };
        let patient = match decision {
            Decision::NoRecordYet { .. } => None,
            Decision::Accept(_) => about.first().copied(),
            Decision::AskForMore(_) | Decision::Reject(_) => objection.patient,
        };
        let by = caller.principal.user().map(UserId::uuid);
        tx.move_objection(&objection, state, &reason, patient, by, self.now()).await?;
        for also in about.iter().filter(|person| Some(**person) != patient) {
            tx.match_objection(self.fresh(), id, *also).await?;
        }
        let act = Act::general(Action::DecideForm).because(state.key());
        let mut lines: Vec<_> =
            about.iter().map(|person| self.line(&caller.principal, Act { patient: Some(*person), ..act })).collect();
        if lines.is_empty() {
            lines.push(self.line(&caller.principal, Act { patient: objection.patient, ..act }));
        }
        tx.audit_all(&lines).await?;
        // Everybody the form is about or could have been about is looked at again.
        about.extend(objection.patient.into_iter().chain(same));
        self.settle(&mut tx, &caller.principal, about).await?;
        self.commit(tx).await?;
        Ok(objection.receipt)
    }

    /// The form is about these people, who are one human: forms in effect before it give way, or it gives way to a later one.
    /// Gives its state and everybody it is about, the first chosen one first.
    async fn accept(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        objection: &Objection,
        chosen: &[PatientId],
    ) -> Result<(State, Vec<PatientId>)> {
        let first = *chosen.first().ok_or(RegistryError::Invalid("person", domain::Invalid::Choice))?;
        let mut people = chosen.to_vec();
        let mut others: Vec<Objection> = Vec::new();
        for person in chosen {
            tx.lock_patient(*person).await?;
            tx.patient(*person).await?.ok_or(RegistryError::NotFound)?;
            others.extend(tx.objections_of(*person).await?.into_iter().filter(|other| other.state == State::InEffect));
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
        let order = |form: &Objection| (form.submitted_at, form.id);
        let by = caller.principal.user().map(UserId::uuid);
        // The family has changed its mind since: the later form stays the one that decides, for all of them.
        let later = others.iter().filter(|other| order(other) > order(objection)).max_by_key(|other| order(other));
        for other in others.iter().filter(|other| later.is_none_or(|later| later.id != other.id)) {
            tx.move_objection(other, State::Superseded, &other.reason, other.patient, by, self.now()).await?;
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

    /// Sets data sharing of these people as their forms decide it; each change is recorded.
    pub(crate) async fn settle(&self, tx: &mut Tx, principal: &Principal, mut people: Vec<PatientId>) -> Result<()> {
        people.sort_unstable();
        people.dedup();
        for person in people {
            tx.lock_patient(person).await?;
            let row = tx.patient(person).await?.ok_or(RegistryError::NotFound)?;
            let patient = row.patient();
            let matched = tx.objections_of(person).await?;
            let wanted = Wanted::named(&patient.name, patient.born.date());
            let keys = keys_of(&wanted);
            let named = tx.objections_named(keys.born, keys.last, keys.first).await?;
            let sharing = sharing_by_forms(&patient, &matched, named, row.created_at, self.settings);
            if sharing != patient.sharing {
                tx.set_sharing(person, sharing, self.now()).await?;
                let act = Act::on(Action::ChangeSharing, person).because(sharing.key());
                tx.audit(&self.line(principal, act)).await?;
            }
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
    let said = forms.iter().map(|form| Said {
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
