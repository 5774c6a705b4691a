//! Filling a database with made-up people: straight to the store, as the program itself, in large transactions.

use chrono::{DateTime, Duration, Utc};
use domain::{
    ChartId, EnrolmentId, ObjectionId, PatientId, SiteId, Standing, StandingId, UserId,
    dose::Dose,
    evidence::{Evidence, Exemption},
    objection::{Form, State},
    patient::Patient,
};
use matching::{first_key, last_key, name_keys};
use store::{Account, NewCare, NewPatient, Objection, Site, Tx};
use uuid::Uuid;

use crate::error::to_json;
use crate::{Registry, Result, login::login_key, sharing::marks_of};

/// One large transaction of made-up data. People and doses are kept back until many go in one statement.
pub struct Seeder {
    registry: Registry,
    tx: Tx,
    at: DateTime<Utc>,
    people: Vec<NewPatient>,
    cares: Vec<NewCare>,
    doses: Vec<Dose>,
}

impl Registry {
    /// Begins.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn seed(&self) -> Result<Seeder> {
        Ok(Seeder {
            registry: self.clone(),
            tx: self.store.write().await?,
            at: self.now(),
            people: Vec::new(),
            cares: Vec::new(),
            doses: Vec::new(),
        })
    }

    /// How many people the registry knows.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn count_people(&self) -> Result<i64> {
        let mut tx = self.store.read().await?;
        Ok(tx.count_patients().await?)
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

    /// Gives an account another standing.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn standing(&mut self, id: StandingId, account: UserId, standing: Standing) -> Result<()> {
        let (role, site) = (standing.role().key(), standing.site());
        Ok(self.tx.add_standing(id.uuid(), account, role, site, self.at + Duration::seconds(1)).await?)
    }

    /// Adds a person with their doses.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn person(&mut self, patient: &Patient, provisional: bool, doses: &[Dose]) -> Result<()> {
        self.people.push(NewPatient {
            patient: patient.clone(),
            last_key: last_key(patient.name.last()),
            first_key: first_key(patient.name.first()),
            provisional_enrolment: provisional,
        });
        self.doses.extend_from_slice(doses);
        if self.people.len() >= 256 { self.write().await } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<()> {
        self.tx.add_patients(&self.people, self.at).await?;
        self.tx.add_cares(&self.cares, self.at).await?;
        self.tx.add_doses(&self.doses, self.at).await?;
        self.people.clear();
        self.cares.clear();
        self.doses.clear();
        Ok(())
    }

    /// Takes a person into care.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn care(&mut self, id: Uuid, patient: PatientId, site: SiteId) -> Result<()> {
        self.cares.push(NewCare { id: ChartId::new(id), patient, site, said: None });
        Ok(())
    }

    /// An objection in force for a person added with [`Sharing::Objected`].
    ///
    /// # Errors
    /// When the store fails.
    pub async fn objection(&mut self, id: ObjectionId, form: Form, patient: PatientId) -> Result<()> {
        let digest = credentials::sha256(to_json(&form, "form")?.to_string().as_bytes());
        let (last, first) = name_keys(&form.name);
        let objection = Objection {
            id,
            version: 1,
            receipt: self.registry.receipt(),
            form,
            state: State::Submitted,
            reason: String::new(),
            patient: Some(patient),
            account: None,
            site: None,
            submitted_at: self.at,
            decided_at: None,
            decided_by: String::new(),
        };
        let marks = marks_of(&objection.form);
        self.tx.add_objection(&objection, &digest, (&last, &first), &marks).await?;
        self.tx.decide_objection(&objection, (State::InEffect, ""), Some(patient), None, self.at).await?;
        Ok(())
    }

    /// Adds evidence.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn evidence(&mut self, id: Uuid, patient: PatientId, evidence: &Evidence) -> Result<()> {
        self.write().await?;
        Ok(self.tx.add_evidence(id, patient, evidence, None).await?)
    }

    /// Adds a letter.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn exemption(&mut self, id: Uuid, patient: PatientId, exemption: &Exemption) -> Result<()> {
        self.write().await?;
        Ok(self.tx.add_exemption(id, patient, exemption).await?)
    }

    /// Makes an account family of a person.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn guardian(&mut self, id: Uuid, patient: PatientId, account: UserId, relation: &str) -> Result<()> {
        self.write().await?;
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
    pub async fn commit(mut self) -> Result<()> {
        self.write().await?;
        // Their forecasts come afterwards, for all of them at once: none is there yet that could be stale.
        self.tx.drain_touched();
        Ok(self.tx.commit().await?)
    }
}
