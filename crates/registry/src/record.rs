//! Opening a record. What is opened is a value that holds no more than it shows.

use access::{Grant, Purpose, Relation};
use advice::Advice;
use chrono::{Datelike, NaiveDate};
use domain::{
    EnrolmentId, PatientId, PersonName, Role,
    dose::{Dose, DoseState},
    evidence::{Evidence, Exemption},
    patient::{Demographics, Patient, Sharing},
};
use store::{Certificate, DoseChange, Tx};

use crate::{
    BoardLine, Caller, Registry, RegistryError, Result, StudentSheet,
    audit::{Act, Action},
    certificate::certificates_for,
    chart::as_said,
};

/// Whom somebody wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A person on file.
    Patient(PatientId),
    /// A student of the caller's school, as of a day.
    Student(EnrolmentId, NaiveDate),
}

/// What of somebody is shown.
#[derive(Debug, Clone)]
pub enum Shown {
    /// That there is a record.
    Masked(Masked),
    /// Whether a student is complete.
    Status(BoardLine),
    /// What a school asks about.
    School(Box<StudentSheet>),
    /// What an office knows by itself.
    Own(Box<Record>),
    /// Everything, and whether it is shared with schools and other offices.
    Whole(Box<Record>, Sharing),
}

/// A record nobody may read here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// `M. O.`
    pub initials: String,
    /// The year of birth.
    pub birth_year: i32,
}

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
    /// Opens what the caller may see of somebody for a purpose; recorded, also when it is refused.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is nobody, or nothing for this caller.
    pub async fn open(&self, caller: &Caller, whom: Subject, wanted: Purpose) -> Result<Shown> {
        match whom {
            Subject::Patient(patient) => self.open_record(caller, patient, wanted).await,
            Subject::Student(student, as_of) => self.open_student(caller, student, wanted, as_of).await,
        }
    }

    async fn open_record(&self, caller: &Caller, patient: PatientId, wanted: Purpose) -> Result<Shown> {
        let shown = {
            let mut tx = self.store.read().await?;
            self.shown(&mut tx, caller, patient, wanted).await
        };
        self.recorded(caller, patient, wanted, shown).await
    }

    /// Writes down that a record was read, or that it was refused.
    async fn recorded<T>(&self, caller: &Caller, patient: PatientId, wanted: Purpose, shown: Result<T>) -> Result<T> {
        let act = Act::on(Action::ReadRecord, patient).for_purpose(wanted).because(&caller.reason);
        match shown {
            Ok(shown) => {
                self.store.audit_read(self.line(&caller.principal, act)).await?;
                Ok(shown)
            }
            Err(error) => Err(self.refused(caller, patient, act, error).await?),
        }
    }

    async fn shown(&self, tx: &mut Tx, caller: &Caller, patient: PatientId, wanted: Purpose) -> Result<Shown> {
        if caller.principal.role() == Some(Role::HelpDesk) {
            let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
            return match caller.scope(wanted).of(Relation::default(), person.sharing) {
                Grant::Masked => Ok(Shown::Masked(Masked {
                    initials: person.name.initials(),
                    birth_year: person.born.date().year(),
                })),
                _ => Err(RegistryError::NotFound),
            };
        }
        let Loaded { grant, sharing, record, .. } = self.load_for(tx, caller, patient, wanted, false).await?;
        let record = Box::new(self.advise(tx, record).await?);
        Ok(if grant == Grant::Whole { Shown::Whole(record, sharing) } else { Shown::Own(record) })
    }

    /// The record of a person as the caller may read it: whole, or as far as the caller's office knows it by itself.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn record(&self, caller: &Caller, patient: PatientId) -> Result<Record> {
        match self.open(caller, Subject::Patient(patient), caller.reads_for()).await? {
            Shown::Own(record) | Shown::Whole(record, _) => Ok(*record),
            _ => Err(RegistryError::NotFound),
        }
    }

    /// As [`Self::record`], with the person's certificates as far as the caller may have them: what an office's page shows, read at one
    /// moment.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn record_and_certificates(
        &self,
        caller: &Caller,
        patient: PatientId,
    ) -> Result<(Record, Vec<Certificate>)> {
        let wanted = caller.reads_for();
        let shown = {
            let mut tx = self.store.read().await?;
            self.with_certificates(&mut tx, caller, patient, wanted).await
        };
        self.recorded(caller, patient, wanted, shown).await
    }

    async fn with_certificates(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        patient: PatientId,
        wanted: Purpose,
    ) -> Result<(Record, Vec<Certificate>)> {
        let Loaded { relation, sharing, record, .. } = self.load_for(tx, caller, patient, wanted, false).await?;
        let certificates = certificates_for(tx, caller, relation, sharing, patient).await?;
        Ok((self.advise(tx, record).await?, certificates))
    }

    /// As [`Self::record`], only whole, with whether it is shared: for its family and the Department.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn whole_record(&self, caller: &Caller, patient: PatientId) -> Result<(Record, Sharing)> {
        match self.open(caller, Subject::Patient(patient), caller.reads_for()).await? {
            Shown::Whole(record, sharing) => Ok((*record, sharing)),
            _ => Err(RegistryError::NotFound),
        }
    }

    /// The record as data, to take along: for its family.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn export(&self, caller: &Caller, patient: PatientId) -> Result<Record> {
        match self.open(caller, Subject::Patient(patient), Purpose::Export).await? {
            Shown::Whole(record, _) => Ok(*record),
            _ => Err(RegistryError::NotFound),
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
        if matches!(error, RegistryError::NotFound) && caller.principal.person().is_some() {
            let exists = { self.store.read().await?.patient(patient).await?.is_some() };
            let act = Act { patient: exists.then_some(patient), ..act };
            self.store.audit_read(self.line(&caller.principal, act.refused())).await?;
        }
        Ok(error)
    }

    /// The name of a person whose record this caller may open, and nothing else of it: for a form about them.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn name(&self, caller: &Caller, patient: PatientId) -> Result<PersonName> {
        let act = Act::on(Action::ReadName, patient).for_purpose(caller.reads_for());
        match self.name_shown(caller, patient).await {
            Ok(name) => {
                self.store.audit_read(self.line(&caller.principal, act)).await?;
                Ok(name)
            }
            Err(error) => Err(self.refused(caller, patient, act, error).await?),
        }
    }

    async fn name_shown(&self, caller: &Caller, patient: PatientId) -> Result<PersonName> {
        let mut tx = self.store.read().await?;
        let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
        let relation = self.relation(&mut tx, &caller.principal, patient).await?;
        match caller.scope(caller.reads_for()).of(relation, person.sharing) {
            Grant::Whole => Ok(person.name),
            Grant::Own(site) => Ok(as_said(&mut tx, &person, site).await?.name),
            _ => Err(RegistryError::NotFound),
        }
    }

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
        let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
        let relation = Relation { asked, ..self.relation(tx, &caller.principal, patient).await? };
        let sharing = person.sharing;
        let grant = caller.scope(wanted).of(relation, sharing);
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

    /// The people a family member may see: themself and their children. Knowing one's own children's names is no read of a
    /// record and is not recorded as one.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is no family.
    pub async fn my_people(&self, caller: &Caller) -> Result<Vec<Patient>> {
        let (Some(user), Some(Role::Family)) = (caller.principal.user(), caller.principal.role()) else {
            return Err(RegistryError::NotFound);
        };
        let mut tx = self.store.read().await?;
        let mut people = Vec::new();
        for row in tx.family_of(user).await? {
            let person = row.patient();
            let relation = self.relation(&mut tx, &caller.principal, person.id).await?;
            if caller.scope(Purpose::Record).of(relation, person.sharing) == Grant::Whole {
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
        if !self.relation(&mut tx, &caller.principal, patient).await?.family {
            return Err(RegistryError::NotFound);
        }
        Ok(tx.caring_sites(patient).await?)
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
