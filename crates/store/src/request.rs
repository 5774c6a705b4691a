//! Families' requests for a certified record.

use chrono::{DateTime, Utc};
use domain::{
    CertificateId, ChartId, PatientId, RequestId, SiteId, UserId, certificate::RequestState, patient::Sharing,
};
use uuid::Uuid;

use crate::{Part, Result, StoreError, Tx};

/// A request, with the name of the person and of the office.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Request {
    /// Whose record.
    pub patient_id: Uuid,
    /// Opaque.
    pub id: Uuid,
    /// For optimistic locking.
    pub version: i64,
    /// The office asked.
    pub site_id: Uuid,
    /// The office's name.
    pub site_name: String,
    /// What for: a key of [`domain::certificate::RecordUse`].
    pub purpose: String,
    /// School or camp.
    pub recipient: String,
    state: String,
    /// Why it came back.
    pub reason: String,
    /// The certificate it led to.
    pub certificate_id: Option<Uuid>,
    /// Who asked.
    pub asked_by: String,
    /// The certificate it led to was revoked.
    pub revoked: bool,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Last name of the person.
    pub last_name: String,
    /// First name of the person.
    pub first_name: String,
    /// Date of birth of the person.
    pub birth_date: chrono::NaiveDate,
    chart: Option<Uuid>,
}

impl Request {
    /// The office asked.
    pub fn site(&self) -> SiteId {
        SiteId::new(self.site_id)
    }

    /// What the office asked calls the person.
    pub fn chart(&self) -> Option<ChartId> {
        self.chart.map(ChartId::new)
    }

    /// Where it stands.
    pub fn state(&self) -> RequestState {
        RequestState::from_key(&self.state)
    }
}

/// The query of a [`Request`].
macro_rules! requests {
    ($($rest:tt)+) => {
        concat!(
            "select r.patient_id, r.id, r.version, r.site_id, s.name as site_name, r.purpose, r.recipient, r.state, r.reason, ",
            "r.certificate_id, r.asked_at, p.last_name, p.first_name, p.birth_date, ",
            "(select c.id from care c where c.patient_id = r.patient_id and c.site_id = r.site_id) as chart, ",
            "coalesce((select a.name from account a where a.id = r.account_id), '') as asked_by, ",
            "exists (select 1 from certificate c where c.patient_id = r.patient_id and c.id = r.certificate_id and c.revoked_at is not null) as revoked ",
            "from record_request r join patient p on p.id = r.patient_id join site s on s.id = r.site_id ",
            $($rest)+
        )
    };
}

/// The requests that wait at the office `$1`, of people in its care whose record is shared in one of three ways.
macro_rules! waiting {
    () => {
        "where r.site_id = $1 and r.state = 'asked' and p.sharing in ($2, $3, $4) \
         and exists (select 1 from care c where c.patient_id = r.patient_id and c.site_id = r.site_id)"
    };
}

/// The words of some ways of sharing, as three: there are no more.
fn three(sharings: &[Sharing]) -> [&'static str; 3] {
    std::array::from_fn(|at| sharings.get(at).map_or("", |sharing| sharing.key()))
}

impl Tx {
    /// Adds a request.
    ///
    /// # Errors
    /// When the engine fails.
    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    pub async fn add_request(
        &mut self,
        id: RequestId,
        patient: PatientId,
        account: UserId,
        site: SiteId,
        purpose: &str,
        recipient: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into record_request (patient_id, id, version, account_id, site_id, purpose, recipient, state, reason, asked_at) \
             values ($1, $2, 1, $3, $4, $5, $6, 'asked', '', $7)",
            patient.uuid(),
            id.uuid(),
            account.uuid(),
            site.uuid(),
            purpose,
            recipient,
            at
        );
        Ok(())
    }

    /// One request of a person.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn request(&mut self, patient: PatientId, id: RequestId) -> Result<Option<Request>> {
        Ok(row!(self, Request, requests!("where r.patient_id = $1 and r.id = $2"), patient.uuid(), id.uuid()))
    }

    /// The requests that wait at an office, of people whose record is shared in one of these ways, the oldest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn requests_at(&mut self, site: SiteId, sharings: &[Sharing], part: Part) -> Result<Vec<Request>> {
        let [one, other, third] = three(sharings);
        Ok(rows!(
            self,
            Request,
            requests!(waiting!(), " order by r.asked_at, r.id limit $5 offset $6"),
            site.uuid(),
            one,
            other,
            third,
            part.most,
            part.skip
        ))
    }

    /// How many of them there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_requests(&mut self, site: SiteId, sharings: &[Sharing]) -> Result<i64> {
        let [one, other, third] = three(sharings);
        Ok(count!(
            self,
            concat!(
                "select count(*) as count from record_request r join patient p on p.id = r.patient_id ",
                waiting!()
            ),
            site.uuid(),
            one,
            other,
            third
        ))
    }

    /// The requests about a person, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn requests_of(&mut self, patient: PatientId) -> Result<Vec<Request>> {
        Ok(rows!(
            self,
            Request,
            requests!("where r.patient_id = $1 order by r.asked_at desc limit 100"),
            patient.uuid()
        ))
    }

    /// Decides a request that still waits.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was decided meanwhile.
    pub async fn decide_request(
        &mut self,
        request: &Request,
        state: RequestState,
        reason: &str,
        certificate: Option<CertificateId>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let touched = exec!(
            self,
            "update record_request set version = version + 1, state = $1, reason = $2, certificate_id = $3, decided_at = $4 \
             where patient_id = $5 and id = $6 and version = $7 and state = 'asked'",
            state.key(),
            reason,
            certificate.map(CertificateId::uuid),
            at,
            request.patient_id,
            request.id,
            request.version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }
}
