//! Opening a record. What is opened is a value that holds no more than it shows.

use access::{Grant, Purpose};
use chrono::{Datelike, NaiveDate};
use domain::{EnrolmentId, PatientId, PersonName, patient::Sharing};
use store::{Certificate, Tx};

use crate::{
    Caller, Registry, RegistryError, Result, StatusLine, StudentSheet,
    audit::{Act, Action},
    certificate::certificates_for,
    chart::as_said,
    look::Seen,
    record::{Loaded, Record},
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
    Status(StatusLine),
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

impl Registry {
    /// Opens what the caller may see of somebody for a purpose; recorded, also when it is refused.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is nobody, or nothing for this caller.
    pub async fn open(&self, caller: &Caller, whom: Subject, wanted: Purpose) -> Result<Shown> {
        match whom {
            Subject::Patient(patient) => self.open_record(caller, patient, wanted).await,
            Subject::Student(student, as_of) => {
                let (grant, sheet) = self.student_sheet(caller, student, wanted, as_of).await?;
                Ok(if grant == Grant::School {
                    Shown::School(Box::new(sheet))
                } else {
                    Shown::Status(sheet.line.into())
                })
            }
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
                self.store.audit_read(self.audit_row(&caller.principal, act)).await?;
                Ok(shown)
            }
            Err(error) => Err(self.refused(caller, patient, act, error).await?),
        }
    }

    async fn shown(&self, tx: &mut Tx, caller: &Caller, patient: PatientId, wanted: Purpose) -> Result<Shown> {
        let seen = self.see(tx, caller, patient, wanted).await?;
        if seen.grant == Grant::Masked {
            let Seen { person, .. } = seen;
            return Ok(Shown::Masked(Masked {
                initials: person.name.initials(),
                birth_year: person.born.date().year(),
            }));
        }
        let Loaded { grant, sharing, record, .. } = self.load_seen(tx, caller, seen).await?;
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
    pub(crate) async fn refused(
        &self,
        caller: &Caller,
        patient: PatientId,
        act: Act<'_>,
        error: RegistryError,
    ) -> Result<RegistryError> {
        if matches!(error, RegistryError::NotFound) && caller.principal.person().is_some() {
            let exists = { self.store.read().await?.patient(patient).await?.is_some() };
            let act = Act { patient: exists.then_some(patient), ..act };
            self.store.audit_read(self.audit_row(&caller.principal, act.refused())).await?;
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
                self.store.audit_read(self.audit_row(&caller.principal, act)).await?;
                Ok(name)
            }
            Err(error) => Err(self.refused(caller, patient, act, error).await?),
        }
    }

    pub(crate) async fn name_shown(&self, caller: &Caller, patient: PatientId) -> Result<PersonName> {
        let mut tx = self.store.read().await?;
        let Seen { person, grant, .. } = self.see(&mut tx, caller, patient, caller.reads_for()).await?;
        match grant {
            Grant::Whole => Ok(person.name),
            Grant::Own(site) => Ok(as_said(&mut tx, &person, site).await?.name),
            _ => Err(RegistryError::NotFound),
        }
    }

    /// One student with every requirement, for the nurse.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a student of another school, and for the registrar.
    pub async fn student(&self, caller: &Caller, id: EnrolmentId, as_of: NaiveDate) -> Result<StudentSheet> {
        match self.open(caller, Subject::Student(id, as_of), Purpose::SchoolEntry).await? {
            Shown::School(sheet) => Ok(*sheet),
            _ => Err(RegistryError::NotFound),
        }
    }
}
