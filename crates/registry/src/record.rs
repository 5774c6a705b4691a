//! Reading one record.

use access::{Purpose, View};
use advice::Advice;
use domain::{
    PatientId, PersonName, Role,
    dose::{Dose, DoseState},
    evidence::{Evidence, Exemption},
    patient::Patient,
};
use store::{DoseChange, Tx};

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    dose::given,
};

/// A record, as far as the caller may see it.
#[derive(Debug, Clone)]
pub struct Record {
    /// The person; the address is empty where it may not be shown.
    pub patient: Patient,
    /// Doses that count, the oldest first.
    pub doses: Vec<Dose>,
    /// Doses taken back.
    pub voided: Vec<Dose>,
    /// Laboratory results and histories of disease.
    pub evidence: Vec<Evidence>,
    /// Letters of exemption.
    pub exemptions: Vec<Exemption>,
    /// What doses were before they were changed, the newest first.
    pub changes: Vec<DoseChange>,
    /// How much of the record this is.
    pub view: View,
    /// What the schedule says: which doses count, what is due. Only of a whole record, for a part of one would mislead.
    pub advice: Option<Advice>,
}

impl Record {
    /// The person as the schedule asks for one; the doses in the record's order.
    pub fn asked(&self) -> schedule::Person {
        advice::person(self.patient.born, self.patient.gender, self.doses.iter().map(given), &self.evidence)
    }
}

impl Registry {
    /// The record of a person, recorded before it is returned.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is none, or none for this caller.
    pub async fn record(&self, caller: &Caller, patient: PatientId) -> Result<Record> {
        let record = {
            let mut tx = self.store.read().await?;
            let record = self.load(&mut tx, caller, patient).await;
            match record {
                Ok(record) => self.advise(&mut tx, record).await,
                refused => refused,
            }
        };
        let act = Act::on(Action::ReadRecord, patient).because(&caller.reason);
        match record {
            Ok(record) => {
                self.store.audit_read(self.line(&caller.actor, act)).await?;
                Ok(record)
            }
            Err(error) => Err(self.refused(caller, patient, act, error).await?),
        }
    }

    /// A refused look is recorded too; with an id that is nobody's, the line has no person.
    async fn refused(
        &self,
        caller: &Caller,
        patient: PatientId,
        act: Act<'_>,
        error: RegistryError,
    ) -> Result<RegistryError> {
        if matches!(error, RegistryError::NotFound) && caller.actor.signed().is_some() {
            let exists = { self.store.read().await?.patient(patient).await?.is_some() };
            let act = Act { patient: exists.then_some(patient), ..act };
            self.store.audit_read(self.line(&caller.actor, act.refused())).await?;
        }
        Ok(error)
    }

    /// The name of a person whose record this caller may open, and nothing else of it: for a form about them.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub async fn name(&self, caller: &Caller, patient: PatientId) -> Result<PersonName> {
        let act = Act::on(Action::ReadName, patient);
        match self.name_shown(caller, patient).await {
            Ok(name) => {
                self.store.audit_read(self.line(&caller.actor, act)).await?;
                Ok(name)
            }
            Err(error) => Err(self.refused(caller, patient, act, error).await?),
        }
    }

    async fn name_shown(&self, caller: &Caller, patient: PatientId) -> Result<PersonName> {
        let mut tx = self.store.read().await?;
        let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
        let relation = self.relation(&mut tx, &caller.actor, patient).await?;
        match access::decide(&caller.actor, relation, person.sharing, Purpose::Record, &caller.reason) {
            View::Whole | View::OwnDoses(_) => Ok(person.name),
            _ => Err(RegistryError::NotFound),
        }
    }

    /// Adds what the schedule says to a record that is shown whole.
    pub(crate) async fn advise(&self, tx: &mut Tx, record: Record) -> Result<Record> {
        if record.view != View::Whole {
            return Ok(record);
        }
        let (engine, asked, today) = (self.engine(tx).await?, record.asked(), self.today());
        let assessment = engine.assessor().assess(&asked, today);
        Ok(Record { advice: Some(Advice::new(engine.schedule(), &asked, &assessment, today)), ..record })
    }

    pub(crate) async fn load(&self, tx: &mut Tx, caller: &Caller, patient: PatientId) -> Result<Record> {
        self.load_with(tx, caller, patient, false).await
    }

    /// As [`Self::load`]. `consent`: the family itself asked this office to certify the whole record, which an objection to
    /// sharing with others does not forbid [M].
    pub(crate) async fn load_with(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        patient: PatientId,
        consent: bool,
    ) -> Result<Record> {
        let row = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?;
        let relation = self.relation(tx, &caller.actor, patient).await?;
        let purpose =
            if caller.actor.role().is_some_and(Role::is_department) { Purpose::PublicHealth } else { Purpose::Record };
        let view = access::decide(&caller.actor, relation, row.patient().sharing, purpose, &caller.reason);
        let view = if consent && relation.in_care { View::Whole } else { view };
        if !matches!(view, View::Whole | View::OwnDoses(_)) {
            return Err(RegistryError::NotFound);
        }
        let whole = view == View::Whole;
        let person = access::papers::person(view, &caller.actor, relation, row.patient());
        let (doses, voided) = tx
            .doses(patient)
            .await?
            .into_iter()
            .filter(|dose| access::shown(view, dose))
            .partition::<Vec<_>, _>(|dose| dose.state == DoseState::Active);
        let evidence = if whole { tx.evidence(patient).await? } else { Vec::new() };
        let exemptions = if whole { tx.exemptions(patient).await? } else { Vec::new() };
        let shown: Vec<_> = doses.iter().chain(&voided).map(|dose: &Dose| dose.id.uuid()).collect();
        let changes =
            tx.dose_changes(patient).await?.into_iter().filter(|change| shown.contains(&change.dose_id)).collect();
        Ok(Record { patient: person, doses, voided, evidence, exemptions, changes, view, advice: None })
    }

    /// The people a family member may see: themself and their children. Knowing one's own children's names is no read of a
    /// record and is not recorded as one.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is no family.
    pub async fn my_people(&self, caller: &Caller) -> Result<Vec<Patient>> {
        let signed =
            caller.actor.signed().filter(|signed| signed.role == Role::Family).ok_or(RegistryError::NotFound)?;
        let mut tx = self.store.read().await?;
        let mut people = Vec::new();
        for row in tx.family_of(signed.user).await? {
            let person = row.patient();
            if self.relation(&mut tx, &caller.actor, person.id).await?.family {
                people.push(person);
            }
        }
        Ok(people)
    }

    /// The offices that have a person in their care, for the family to ask.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not the person's family.
    pub async fn my_offices(&self, caller: &Caller, patient: PatientId) -> Result<Vec<store::Site>> {
        let mut tx = self.store.read().await?;
        if !self.relation(&mut tx, &caller.actor, patient).await?.family {
            return Err(RegistryError::NotFound);
        }
        Ok(tx.caring_sites(patient).await?)
    }
}
