//! A family asks for the certified record; the office reviews the request.

use access::{Grant, Purpose, Relation, Task};
use domain::{
    PatientId, RequestId, SiteId,
    certificate::{RecordUse, RequestState},
    dose::Dose,
    patient::Sharing,
    school::Grade,
    text::{Filled, Line},
};
use matching::{is_sought, sought_key};
use requirements::{Compliance, Facts};
use store::{Part, Request, Tx};

use crate::{
    Caller, Record, Registry, RegistryError, Result,
    audit::{Act, Action},
    paged::{Paged, Place},
};

/// A request that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The request.
    pub id: RequestId,
    /// It was open before.
    pub already: bool,
}

/// A request with everything the office needs to decide it.
#[derive(Debug, Clone)]
pub struct RequestReview {
    /// The request.
    pub request: Request,
    /// The record it would certify.
    pub record: Record,
    /// The school requirements for the likely grade, for children of school age.
    pub compliance: Option<(Facts, Compliance)>,
    /// The digest of what was shown: only that may be certified.
    pub shown: String,
}

/// Requests an office has waiting at most when one is sought among them: what waits longest comes first.
const MOST_SOUGHT: i64 = 5_000;

impl Registry {
    /// Asks an office that has the person in its care for the certified record. An open request for the same person at
    /// the same office is the same request.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not the person's family, or an office that does not care for them.
    pub async fn ask_for_record(
        &self,
        caller: &Caller,
        patient: PatientId,
        site: SiteId,
        purpose: RecordUse,
        recipient: &Line<120>,
    ) -> Result<Asked> {
        Self::may(&caller.principal, Task::OwnRecords)?;
        let user = caller.principal.user().ok_or(RegistryError::NotFound)?;
        let mut tx = self.store.write().await?;
        self.see(&mut tx, caller, patient, Purpose::OnBehalf).await?.whole()?;
        if !tx.caring_sites(patient).await?.iter().any(|office| office.site_id() == site) {
            return Err(RegistryError::NotFound);
        }
        if let Some(open) = open_request(&mut tx, patient, site).await? {
            return Ok(Asked { id: open, already: true });
        }
        let id = RequestId::new(self.fresh_address());
        match tx.add_request(id, patient, user, site, purpose.key(), recipient, self.now()).await {
            // The other parent asked, or the button was pressed twice, at the same moment: the open request is the one.
            Err(store::StoreError::Duplicate) => {
                drop(tx);
                let mut tx = self.store.read().await?;
                let open = open_request(&mut tx, patient, site).await?.ok_or(RegistryError::Conflict)?;
                return Ok(Asked { id: open, already: true });
            }
            other => other?,
        }
        tx.audit(&self.audit_row(&caller.principal, Act::on(Action::AskForCertificate, patient))).await?;
        self.commit(tx).await?;
        Ok(Asked { id, already: false })
    }

    /// The requests about a family's people, whoever of the family asked, the newest first.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is no family.
    pub async fn my_requests(&self, caller: &Caller) -> Result<Vec<Request>> {
        let mut requests = Vec::new();
        let mut lines = Vec::new();
        {
            let mut tx = self.store.read().await?;
            for person in self.own_people(&mut tx, caller).await? {
                let of_them = tx.requests_of(person.id).await?;
                if !of_them.is_empty() {
                    let act = Act::on(Action::ListFamily, person.id).for_purpose(Purpose::OnBehalf);
                    lines.push(self.audit_row(&caller.principal, act));
                }
                requests.extend(of_them);
            }
        }
        self.store.audit_reads(lines).await?;
        requests.sort_by_key(|request| std::cmp::Reverse((request.asked_at, request.id)));
        Ok(requests)
    }

    /// How many requests wait at the office. A number is no reading: nobody is named.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not certify.
    pub async fn requests_waiting(&self, caller: &Caller) -> Result<i64> {
        let site = Self::site_for(caller, Task::Certify)?;
        let shared = may_be_certified(caller);
        Ok(self.store.read().await?.count_requests(site, &shared).await?)
    }

    /// A page of what waits at the office, the oldest first: of people with words in their names that begin as what is sought.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not certify.
    pub async fn requests(&self, caller: &Caller, page: i64, sought: &str) -> Result<Paged<Request>> {
        let site = Self::site_for(caller, Task::Certify)?;
        let shared = may_be_certified(caller);
        let requests = {
            let mut tx = self.store.read().await?;
            if sought.trim().is_empty() {
                let place = Place::new(page, tx.count_requests(site, &shared).await?);
                place.of(tx.requests_at(site, &shared, place.part()).await?)
            } else {
                let mut waiting = tx.requests_at(site, &shared, Part { most: MOST_SOUGHT, skip: 0 }).await?;
                waiting.retain(|request| {
                    is_sought(&sought_key([request.last_name.as_str(), &request.first_name]), sought)
                });
                Place::new(page, i64::try_from(waiting.len()).unwrap_or(0)).cut(waiting)
            }
        };
        let mut lines = vec![self.audit_row(&caller.principal, Act::general(Action::ListRequests))];
        lines.extend(requests.lines.iter().map(|request| {
            self.audit_row(&caller.principal, Act::on(Action::ListCertificate, PatientId::new(request.patient_id)))
        }));
        self.store.audit_reads(lines).await?;
        Ok(requests)
    }

    /// One request with the record it would certify.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, or when the record may not be read whole; [`RegistryError::Conflict`] for one that
    /// is decided: nothing is read for it any more.
    pub async fn review(&self, caller: &Caller, patient: PatientId, id: RequestId) -> Result<RequestReview> {
        Self::may(&caller.principal, Task::Certify)?;
        let (request, record) = {
            let mut tx = self.store.read().await?;
            let request = own_request(&mut tx, caller, patient, id).await?;
            if request.state() != RequestState::Asked {
                return Err(RegistryError::Conflict);
            }
            let record = self.to_certify(&mut tx, caller, patient, true).await?;
            (request, self.advise(&mut tx, record).await?)
        };
        let act = Act::on(Action::ReadRecord, patient).for_purpose(Purpose::Certify).because("certificate");
        self.store.audit_read(self.audit_row(&caller.principal, act)).await?;
        let compliance = self.compliance_of(&record);
        let shown = digest(&record);
        Ok(RequestReview { request, record, compliance, shown })
    }

    /// The whole record, to certify it. `asked`: because the family has asked.
    pub(crate) async fn to_certify(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        patient: PatientId,
        asked: bool,
    ) -> Result<Record> {
        let loaded = self.load_for(tx, caller, patient, Purpose::Certify, asked).await?;
        if loaded.grant == Grant::Whole { Ok(loaded.record) } else { Err(RegistryError::NotFound) }
    }

    /// The school requirements of somebody of school age, for the grade their age suggests.
    pub fn compliance_of(&self, record: &Record) -> Option<(Facts, Compliance)> {
        let today = self.today();
        let years = record.person.born.years_on(today);
        let grade = match years {
            4..=5 => Grade::Kindergarten,
            6..=18 => Grade::Year(u8::try_from((years - 5).clamp(1, 12)).unwrap_or(12)),
            _ => return None,
        };
        let facts = facts(record, grade);
        let compliance = requirements::evaluate(requirements::rule_set(today), &facts, today);
        Some((facts, compliance))
    }

    /// Returns a request to the family with a reason it can act on.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when it was decided meanwhile.
    pub async fn return_request(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: RequestId,
        reason: &Filled<500>,
    ) -> Result<()> {
        Self::may(&caller.principal, Task::Certify)?;
        let mut tx = self.store.write().await?;
        let request = own_request(&mut tx, caller, patient, id).await?;
        tx.decide_request(&request, RequestState::Returned, reason, None, self.now()).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::on(Action::ReturnRequest, patient))).await?;
        self.commit(tx).await
    }
}

/// How data sharing may stand of those whose record an office may certify because the family has asked.
fn may_be_certified(caller: &Caller) -> Vec<Sharing> {
    let asked = Relation { in_care: true, asked: true, ..Relation::default() };
    caller.scope(Purpose::Certify).sharings(asked, Grant::Whole)
}

/// A request made to the caller's office.
pub(crate) async fn own_request(tx: &mut Tx, caller: &Caller, patient: PatientId, id: RequestId) -> Result<Request> {
    let request = tx.request(patient, id).await?;
    request.filter(|request| caller.acts_for(Some(request.site()))).ok_or(RegistryError::NotFound)
}

async fn open_request(tx: &mut Tx, patient: PatientId, site: SiteId) -> Result<Option<RequestId>> {
    let requests = tx.requests_of(patient).await?;
    let open = requests.iter().find(|request| request.site() == site && request.state() == RequestState::Asked);
    Ok(open.map(|open| RequestId::new(open.id)))
}

/// The digest of everything a certificate states: two records with the same one read the same.
pub(crate) fn digest(record: &Record) -> String {
    let person = &record.person;
    let stated = serde_json::json!([
        person.name.to_string(),
        person.born.date(),
        person.gender.key(),
        record.doses,
        record.evidence,
        record.exemptions,
    ]);
    credentials::hex(&credentials::sha256(stated.to_string().as_bytes()))
}

/// A record as the school rules see it.
pub(crate) fn facts(record: &Record, grade: Grade) -> Facts {
    Facts {
        born: record.person.born,
        grade,
        doses: record.doses.iter().map(Dose::given).collect(),
        evidence: record.evidence.clone(),
        exemptions: record.exemptions.clone(),
        provisional: false,
    }
}
