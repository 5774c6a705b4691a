//! Filling a database with made-up people: straight to the store, as the program itself, in large transactions.

use chrono::{DateTime, Utc};
use domain::{
    EnrolmentId, PatientId, SiteId, UserId,
    dose::Dose,
    evidence::{Evidence, Exemption},
    objection::Form,
    patient::Patient,
};
use matching::name_key;
use store::{Account, Site, Tx};
use uuid::Uuid;

use crate::{Actor, Caller, Decision, Received, Registry, Result, login::login_key};

/// One large transaction of made-up data.
pub struct Seeder {
    tx: Tx,
    at: DateTime<Utc>,
}

impl Registry {
    /// Begins.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn seed(&self) -> Result<Seeder> {
        Ok(Seeder { tx: self.store.write().await?, at: self.now() })
    }

    /// How many people the registry knows.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn count_people(&self) -> Result<i64> {
        let mut tx = self.store.read().await?;
        Ok(tx.count_patients().await?)
    }

    /// Submits and accepts an objection for a made-up person.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn seed_objection(&self, form: Form, patient: PatientId) -> Result<()> {
        let system = Caller { actor: Actor::System, reason: String::new() };
        let Received { id, .. } = self.submit_objection(&system, form, false).await?;
        self.decide_objection(&system, id, 1, &Decision::Accept(patient)).await
    }
}

impl Seeder {
    /// Adds a place.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn site(&mut self, site: &Site) -> Result<()> {
        Ok(self.tx.add_site(site, self.at).await?)
    }

    /// Adds an account.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn account(&mut self, account: &Account) -> Result<()> {
        let account = Account { login_key: login_key(&account.login_key), ..account.clone() };
        Ok(self.tx.add_account(&account, self.at).await?)
    }

    /// Adds a person with everything known of them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn person(&mut self, patient: &Patient, provisional: bool, doses: &[Dose]) -> Result<()> {
        let (last, first) = (name_key(patient.name.last()), name_key(patient.name.first()));
        self.tx.add_patient(patient, &last, &first, provisional, self.at).await?;
        for dose in doses {
            self.tx.add_dose(dose, self.at).await?;
        }
        Ok(())
    }

    /// Takes a person into care.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn care(&mut self, id: Uuid, patient: PatientId, site: SiteId) -> Result<()> {
        Ok(self.tx.add_care(id, patient, site, self.at).await?)
    }

    /// Adds evidence.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn evidence(&mut self, id: Uuid, patient: PatientId, evidence: &Evidence) -> Result<()> {
        Ok(self.tx.add_evidence(id, patient, evidence, None).await?)
    }

    /// Adds a letter.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn exemption(&mut self, id: Uuid, patient: PatientId, exemption: &Exemption) -> Result<()> {
        Ok(self.tx.add_exemption(id, patient, exemption).await?)
    }

    /// Makes an account family of a person.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn guardian(&mut self, id: Uuid, patient: PatientId, account: UserId, relation: &str) -> Result<()> {
        Ok(self.tx.add_guardian(id, patient, account, relation).await?)
    }

    /// Enrols a student.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn student(
        &mut self,
        id: EnrolmentId,
        school: SiteId,
        patient: Option<PatientId>,
        grade: &str,
        class_name: &str,
        number: &str,
    ) -> Result<()> {
        Ok(self.tx.add_enrolment(id, school, patient, grade, class_name, number, self.at).await?)
    }

    /// Makes it durable.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
