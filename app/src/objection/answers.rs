//! The answers so far, kept on the server under the secret of a cookie.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{UserId, objection::Form as Objection, patient::Demographics};
use serde::{Deserialize, Serialize};
use words::Words;

use super::{Step, step::FormSoFar};
use crate::{answer::Failure, call::Call, form::Form};

/// Every answer by the name of its field.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Answers {
    /// Field and value.
    pub fields: BTreeMap<String, String>,
    /// Handed in at a provider's desk.
    pub desk: bool,
    /// The account that began it, if somebody was signed in: nobody else goes on with it.
    #[serde(default)]
    pub by: Option<UserId>,
}

impl Answers {
    /// The answers of this browser; none yet when it has no draft.
    pub(crate) async fn load(call: &Call) -> Result<Option<Self>, Failure> {
        let Some(secret) = &call.draft else { return Ok(None) };
        let draft = call.registry.draft(secret).await?;
        let answers: Option<Self> = draft.and_then(|json| serde_json::from_value(json).ok());
        Ok(answers.filter(|answers| answers.by.is_none() || answers.by == call.caller.principal.user()))
    }

    /// Keeps them.
    pub(crate) async fn save(&self, call: &Call, secret: &str) -> Result<(), Failure> {
        let by = self.by.or(call.caller.principal.user());
        let json = serde_json::to_value(Self { by, ..self.clone() }).map_err(|_| Failure::Unavailable)?;
        Ok(call.registry.save_draft(secret, &json).await?)
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    /// What a signed-in family need not type.
    pub(crate) fn of_person(person: &Demographics) -> Self {
        let mut answers = Self::default();
        answers.set("last", person.name.last());
        answers.set("first", person.name.first());
        answers.set("middle", person.name.middle());
        let born = person.born.date();
        answers.set("born-month", born.format("%m").to_string());
        answers.set("born-day", born.format("%d").to_string());
        answers.set("born-year", born.format("%Y").to_string());
        answers.set("gender", person.gender.key());
        answers.set("street", person.address.street.clone());
        answers.set("city", person.address.city.clone());
        answers.set("state", person.address.state.clone());
        answers.set("zip", person.address.zip.clone());
        answers.set("phone", person.phone.clone());
        answers.set("mother-first", person.mother.first.clone());
        answers.set("mother-maiden", person.mother.maiden.clone());
        answers
    }

    /// Puts what was answered before into the form of a step.
    pub(crate) fn fill(&self, form: &mut Form) {
        for (name, value) in &self.fields {
            form.prefill(name, value.clone());
        }
    }

    /// Adds a step's fields. Boxes that are not ticked are not sent: they are cleared.
    pub(crate) fn add(&mut self, step: Step, form: &Form) {
        for name in step.fields() {
            self.set(&name, form.value(&name).trim().to_owned());
        }
    }

    /// What was answered so far, as the steps read it.
    pub(crate) fn said(&self, today: NaiveDate, words: Words) -> FormSoFar {
        let (mut form, mut said) = (self.form(), FormSoFar::default());
        for step in Step::ALL {
            step.read(&mut form, words, today, &mut said);
        }
        said
    }

    /// The completed form without its signature, or the first step that is not answered.
    pub(crate) fn complete(&self, today: NaiveDate, words: Words) -> Result<Objection, Step> {
        let mut said = FormSoFar::default();
        for step in Step::ALL.iter().copied() {
            if step.is_asked(said.is_minor(today)) {
                let mut form = self.form();
                step.read(&mut form, words, today, &mut said);
                if !form.is_fine() {
                    return Err(step);
                }
            }
        }
        said.form(today, words).ok_or(Step::Choice)
    }

    fn form(&self) -> Form {
        Form::new(self.fields.clone().into_iter().collect(), Vec::new())
    }
}
