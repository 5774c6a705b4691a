//! The answers so far, kept on the server under the secret of a cookie, and the steps that ask for them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    BirthDate, PersonName,
    date::parse_date,
    objection::{Choice, Form as Objection, STATEMENTS, Signer},
    patient::{Address, Gender, Mother, Patient},
};
use serde::{Deserialize, Serialize};

use crate::{answer::Failure, call::Call, form::Form};

/// The steps in their order.
pub const STEPS: [&str; 9] =
    ["choice", "name", "birth", "gender", "address", "contact", "mother", "statements", "signer"];

/// Every answer by the name of its field.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Answers {
    /// Field and value.
    pub fields: BTreeMap<String, String>,
    /// Handed in at a provider's desk.
    pub desk: bool,
}

impl Answers {
    /// The answers of this browser; none yet when it has no draft.
    pub async fn load(call: &Call) -> Result<Option<Self>, Failure> {
        let Some(secret) = &call.draft else { return Ok(None) };
        let draft = call.registry.draft(secret).await?;
        Ok(draft.and_then(|json| serde_json::from_value(json).ok()))
    }

    /// Keeps them.
    pub async fn save(&self, call: &Call, secret: &str) -> Result<(), Failure> {
        let json = serde_json::to_value(self).map_err(|_| Failure::Unavailable)?;
        Ok(call.registry.save_draft(secret, &json).await?)
    }

    /// One answer; empty if not given.
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    /// What a signed-in family need not type.
    pub fn of_patient(patient: &Patient) -> Self {
        let mut answers = Self::default();
        answers.set("last", patient.name.last());
        answers.set("first", patient.name.first());
        answers.set("middle", patient.name.middle());
        let born = patient.born.date();
        answers.set("born-month", born.format("%m").to_string());
        answers.set("born-day", born.format("%d").to_string());
        answers.set("born-year", born.format("%Y").to_string());
        answers.set("gender", patient.gender.key());
        answers.set("street", patient.address.street.clone());
        answers.set("city", patient.address.city.clone());
        answers.set("state", patient.address.state.clone());
        answers.set("zip", patient.address.zip.clone());
        answers.set("phone", patient.phone.clone());
        answers.set("mother-first", patient.mother.first.clone());
        answers.set("mother-maiden", patient.mother.maiden.clone());
        answers
    }

    /// Puts what was answered before into the form of a step.
    pub fn fill(&self, form: &mut Form) {
        for (name, value) in &self.fields {
            form.prefill(name, value.clone());
        }
    }

    /// Takes a step's fields over. Boxes that are not ticked are not sent: they are cleared.
    pub fn take(&mut self, step: &str, form: &Form) {
        for name in fields_of(step) {
            self.set(&name, form.value(&name).trim().to_owned());
        }
    }

    /// The date of birth, if there is one.
    pub fn born(&self, today: NaiveDate) -> Option<BirthDate> {
        let text = format!("{}/{}/{}", self.get("born-month"), self.get("born-day"), self.get("born-year"));
        BirthDate::new(parse_date(&text, today).ok()?, today).ok()
    }

    /// Is the step asked of this person? The mother's name is, under 18.
    pub fn asks(&self, step: &str, today: NaiveDate) -> bool {
        step != "mother" || self.born(today).is_some_and(|born| born.is_minor_on(today))
    }

    /// The step after this one.
    pub fn next(&self, step: &str, today: NaiveDate) -> Option<&'static str> {
        let at = STEPS.iter().position(|known| *known == step)?;
        STEPS[at + 1..].iter().copied().find(|next| self.asks(next, today))
    }

    /// The step before this one.
    pub fn previous(&self, step: &str, today: NaiveDate) -> Option<&'static str> {
        let at = STEPS.iter().position(|known| *known == step)?;
        STEPS[..at].iter().rev().copied().find(|before| self.asks(before, today))
    }

    /// The choice.
    pub fn choice(&self) -> Option<Choice> {
        Choice::from_key(self.get("choice"))
    }

    /// The completed form without its signature, or the first step that is not answered.
    pub fn complete(&self, today: NaiveDate, language: &str) -> Result<Objection, &'static str> {
        let choice = self.choice().ok_or("choice")?;
        let name = PersonName::new(self.get("last"), self.get("first"), self.get("middle")).map_err(|_| "name")?;
        let born = self.born(today).ok_or("birth")?;
        let gender = Gender::parse(self.get("gender")).map_err(|_| "gender")?;
        let address = Address::new(self.get("street"), self.get("city"), self.get("state"), self.get("zip"))
            .map_err(|_| "address")?;
        if address.street.is_empty() || address.city.is_empty() {
            return Err("address");
        }
        let minor = born.is_minor_on(today);
        if minor && self.get("mother-first").is_empty() && self.get("mother-maiden").is_empty() {
            return Err("mother");
        }
        if (1..=STATEMENTS).any(|number| self.get(&format!("statement-{number}")).is_empty()) {
            return Err("statements");
        }
        let signer = Signer::from_key(self.get("signer")).ok_or("signer")?;
        if minor == (signer == Signer::Patient) && signer == Signer::Patient {
            return Err("signer");
        }
        let mother = if minor {
            Mother { first: self.get("mother-first").to_owned(), maiden: self.get("mother-maiden").to_owned() }
        } else {
            Mother::default()
        };
        Ok(Objection {
            choice,
            name,
            born: born.date(),
            gender,
            address,
            phone: self.get("phone").to_owned(),
            email: self.get("email").to_owned(),
            mother,
            signer,
            signature: String::new(),
            signed_on: today,
            office: String::new(),
            office_staff: String::new(),
            language: language.to_owned(),
        })
    }
}

/// The fields a step asks for.
pub fn fields_of(step: &str) -> Vec<String> {
    let names: &[&str] = match step {
        "choice" => &["choice"],
        "name" => &["last", "first", "middle"],
        "birth" => &["born-month", "born-day", "born-year"],
        "gender" => &["gender"],
        "address" => &["street", "city", "state", "zip"],
        "contact" => &["phone", "email"],
        "mother" => &["mother-first", "mother-maiden"],
        "signer" => &["signer"],
        "statements" => return (1..=STATEMENTS).map(|number| format!("statement-{number}")).collect(),
        _ => &[],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}
