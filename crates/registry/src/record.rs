//! A record as somebody may read it: whole, or as far as an office knows it by itself.

use access::{Grant, Purpose, Relation};
use advice::Advice;
use domain::{
    PatientId,
    dose::{Dose, DoseState},
    evidence::{Evidence, Exemption},
    patient::{Demographics, Patient, Sharing},
};
use store::{DoseChange, Tx};

use crate::{Caller, Registry, RegistryError, Result, chart::as_said, look::Seen};

/// A record, or the part of one an office knows by itself: both look alike, so that a part does not tell that there is more.
#[derive(Debug, Clone)]
pub struct Record {
    /// Who it is: as on file, or as the office has said.
    pub person: Demographics,
    /// The address is kept from the reader.
    pub address_masked: bool,
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
    /// What the schedule says of it: which doses count, what is due.
    pub advice: Option<Advice>,
}

impl Record {
    /// The person as the schedule asks for one; the doses in the record's order.
    pub fn asked(&self) -> schedule::Person {
        advice::person(self.person.born, self.person.gender, self.doses.iter().map(Dose::given), &self.evidence)
    }
}

/// A record with how much of it this is.
pub(crate) struct Loaded {
    pub grant: Grant,
    pub relation: Relation,
    pub sharing: Sharing,
    pub record: Record,
}

impl Registry {
    /// Adds what the schedule says.
    pub(crate) async fn advise(&self, tx: &mut Tx, record: Record) -> Result<Record> {
        let (engine, asked, today) = (self.engine(tx).await?, record.asked(), self.today());
        let assessment = engine.assessor().assess(&asked, today);
        Ok(Record { advice: Some(Advice::new(engine.schedule(), &asked, &assessment, today)), ..record })
    }

    pub(crate) async fn load(&self, tx: &mut Tx, caller: &Caller, patient: PatientId) -> Result<Loaded> {
        self.load_for(tx, caller, patient, caller.reads_for(), false).await
    }

    /// What the caller may read for a purpose. `asked`: the family has asked this office to certify the record.
    pub(crate) async fn load_for(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        patient: PatientId,
        wanted: Purpose,
        asked: bool,
    ) -> Result<Loaded> {
        let mut seen = self.see(tx, caller, patient, wanted).await?;
        if asked {
            seen = seen.when_asked(caller, wanted);
        }
        self.load_seen(tx, caller, seen).await
    }

    /// The record of somebody as far as it is seen.
    pub(crate) async fn load_seen(&self, tx: &mut Tx, caller: &Caller, seen: Seen) -> Result<Loaded> {
        let Seen { person, relation, grant } = seen;
        let sharing = person.sharing;
        let record = match (grant, caller.principal.standing()) {
            (Grant::Whole, Some(standing)) => {
                let is_masked = person.address_restricted;
                let person = access::papers::person(grant, standing, relation, person);
                whole(tx, person, is_masked).await?
            }
            (Grant::Own(site), _) => own(tx, &person, site).await?,
            _ => return Err(RegistryError::NotFound),
        };
        Ok(Loaded { grant, relation, sharing, record })
    }
}

/// Everything on file of a person.
async fn whole(tx: &mut Tx, person: Patient, is_masked: bool) -> Result<Record> {
    let doses = tx.doses(person.id).await?;
    let evidence = tx.evidence(person.id).await?;
    let exemptions = tx.exemptions(person.id).await?;
    let changes = tx.dose_changes(person.id).await?;
    let address_masked = is_masked && person.address == domain::patient::Address::default();
    Ok(record(person.demographics(), address_masked, doses, changes, (evidence, exemptions)))
}

/// What an office knows of a person by itself: whom it said, which doses and evidence it reported.
async fn own(tx: &mut Tx, person: &Patient, site: domain::SiteId) -> Result<Record> {
    let said = as_said(tx, person, site).await?;
    let mut doses = tx.doses(person.id).await?;
    doses.retain(|dose| access::is_granted(Grant::Own(site), dose));
    let evidence = tx.evidence_from(person.id, site).await?;
    let mut changes = tx.dose_changes(person.id).await?;
    changes.retain(|change| doses.iter().any(|dose| dose.id.uuid() == change.dose_id));
    Ok(record(said, false, doses, changes, (evidence, Vec::new())))
}

fn record(
    person: Demographics,
    address_masked: bool,
    doses: Vec<Dose>,
    changes: Vec<DoseChange>,
    (evidence, exemptions): (Vec<Evidence>, Vec<Exemption>),
) -> Record {
    let (doses, voided) = doses.into_iter().partition(|dose| dose.state == DoseState::Active);
    Record { person, address_masked, doses, voided, evidence, exemptions, changes, advice: None }
}
