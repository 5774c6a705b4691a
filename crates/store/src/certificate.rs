//! Issued certificates.

use chrono::{DateTime, Utc};
use domain::{CertificateId, ChartId, PatientId, SiteId, certificate::Statement};
use uuid::Uuid;

use crate::{Result, StoreError, Tx};

/// A certificate.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// Whose.
    pub patient: PatientId,
    /// Opaque.
    pub id: CertificateId,
    /// For optimistic locking.
    pub version: i64,
    /// The code anybody may check.
    pub code: String,
    /// The office that issued it.
    pub site: SiteId,
    /// Who certified.
    pub account: Uuid,
    /// How the family's identity was checked.
    pub identity_check: String,
    /// What it states.
    pub statement: Statement,
    /// Digest of the doses it states.
    pub doses_digest: String,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why.
    pub revoked_reason: String,
    /// Since when the record says something else than it about a dose it states.
    pub changed_at: Option<DateTime<Utc>>,
    /// When the office decided that it stands all the same.
    pub kept_at: Option<DateTime<Utc>>,
    /// Why.
    pub kept_reason: String,
    /// The certificate that was issued in its place.
    pub replaced_by: Option<Uuid>,
}

#[derive(sqlx::FromRow)]
struct Row {
    patient_id: Uuid,
    id: Uuid,
    version: i64,
    code: String,
    site_id: Uuid,
    account_id: Uuid,
    identity_check: String,
    statement: serde_json::Value,
    doses_digest: String,
    issued_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
    revoked_reason: String,
    changed_at: Option<DateTime<Utc>>,
    kept_at: Option<DateTime<Utc>>,
    kept_reason: String,
    replaced_by: Option<Uuid>,
}

/// A certificate with what its office calls the person.
#[derive(sqlx::FromRow)]
struct Listed {
    chart: Option<Uuid>,
    #[sqlx(flatten)]
    row: Row,
}

/// The query of a [`Certificate`].
macro_rules! certificates {
    ($rest:literal) => {
        certificates!("", $rest)
    };
    ($also:literal, $rest:literal) => {
        concat!(
            "select ",
            $also,
            "patient_id, id, version, code, site_id, account_id, identity_check, statement, doses_digest, issued_at, revoked_at, ",
            "revoked_reason, changed_at, kept_at, kept_reason, replaced_by from certificate ",
            $rest
        )
    };
}

impl TryFrom<Row> for Certificate {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            patient: PatientId::new(row.patient_id),
            id: CertificateId::new(row.id),
            version: row.version,
            code: row.code,
            site: SiteId::new(row.site_id),
            account: row.account_id,
            identity_check: row.identity_check,
            statement: serde_json::from_value(row.statement).map_err(|_| StoreError::Unreadable("certificate"))?,
            doses_digest: row.doses_digest,
            issued_at: row.issued_at,
            revoked_at: row.revoked_at,
            revoked_reason: row.revoked_reason,
            changed_at: row.changed_at,
            kept_at: row.kept_at,
            kept_reason: row.kept_reason,
            replaced_by: row.replaced_by,
        })
    }
}

impl Certificate {
    /// Takes away what it states of the record; what is left names it and can be revoked.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.statement.doses.clear();
        self.statement.evidence.clear();
        self.statement.requirements.clear();
        self.doses_digest.clear();
        self
    }

    /// Has the record changed since about a dose it states, and has the office not decided what becomes of it?
    pub const fn is_undecided(&self) -> bool {
        self.changed_at.is_some() && self.kept_at.is_none() && self.revoked_at.is_none()
    }

    /// Was [`Self::bare`] called?
    pub fn is_bare(&self) -> bool {
        self.doses_digest.is_empty()
    }
}

impl Tx {
    /// Keeps an issued certificate.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_certificate(&mut self, certificate: &Certificate) -> Result<()> {
        let statement =
            serde_json::to_value(&certificate.statement).map_err(|_| StoreError::Unreadable("certificate"))?;
        exec!(
            self,
            "insert into certificate (patient_id, id, version, code, site_id, account_id, identity_check, statement, doses_digest, issued_at, revoked_reason) \
             values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, '')",
            certificate.patient.uuid(),
            certificate.id.uuid(),
            &certificate.code,
            certificate.site.uuid(),
            certificate.account,
            &certificate.identity_check,
            &statement,
            &certificate.doses_digest,
            certificate.issued_at
        );
        Ok(())
    }

    /// One certificate of a person.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn certificate(&mut self, patient: PatientId, id: CertificateId) -> Result<Option<Certificate>> {
        let row = row!(self, Row, certificates!("where patient_id = $1 and id = $2"), patient.uuid(), id.uuid());
        row.map(Certificate::try_from).transpose()
    }

    /// A person's certificates, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn certificates_of(&mut self, patient: PatientId) -> Result<Vec<Certificate>> {
        let rows =
            rows!(self, Row, certificates!("where patient_id = $1 order by issued_at desc limit 100"), patient.uuid());
        rows.into_iter().map(Certificate::try_from).collect()
    }

    /// The certificate with a code.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn certificate_by_code(&mut self, code: &str) -> Result<Option<Certificate>> {
        let row = row!(self, Row, certificates!("where code = $1"), code);
        row.map(Certificate::try_from).transpose()
    }

    /// Revokes a certificate.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was revoked before.
    pub async fn revoke_certificate(
        &mut self,
        certificate: &Certificate,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let touched = exec!(
            self,
            "update certificate set version = version + 1, revoked_at = $1, revoked_reason = $2 \
             where patient_id = $3 and id = $4 and version = $5 and revoked_at is null",
            at,
            reason,
            certificate.patient.uuid(),
            certificate.id.uuid(),
            certificate.version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Notes that the record says something else now than a certificate does.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn mark_certificate(&mut self, patient: PatientId, id: CertificateId, at: DateTime<Utc>) -> Result<()> {
        exec!(
            self,
            "update certificate set version = version + 1, changed_at = $1, kept_at = null, kept_reason = '' \
             where patient_id = $2 and id = $3 and revoked_at is null",
            at,
            patient.uuid(),
            id.uuid()
        );
        Ok(())
    }

    /// The office's word that a certificate stands although the record has changed.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else decided first.
    pub async fn confirm_certificate(
        &mut self,
        certificate: &Certificate,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let touched = exec!(
            self,
            "update certificate set version = version + 1, kept_at = $1, kept_reason = $2 \
             where patient_id = $3 and id = $4 and version = $5 and revoked_at is null",
            at,
            reason,
            certificate.patient.uuid(),
            certificate.id.uuid(),
            certificate.version
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Names the certificate that was issued in the place of another, and gives it to whoever asked for that.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn replace_certificate(
        &mut self,
        patient: PatientId,
        id: CertificateId,
        by: CertificateId,
    ) -> Result<()> {
        exec!(
            self,
            "update certificate set replaced_by = $1 where patient_id = $2 and id = $3",
            by.uuid(),
            patient.uuid(),
            id.uuid()
        );
        exec!(
            self,
            "update record_request set certificate_id = $1 where patient_id = $2 and certificate_id = $3",
            by.uuid(),
            patient.uuid(),
            id.uuid()
        );
        Ok(())
    }

    /// An office's certificates that the record contradicts and nobody has decided about, the oldest change first, each with what the
    /// office calls the person.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn undecided_certificates(&mut self, site: SiteId) -> Result<Vec<(ChartId, Certificate)>> {
        let rows = rows!(
            self,
            Listed,
            certificates!(
                "(select care.id from care where care.patient_id = certificate.patient_id and care.site_id = certificate.site_id) as chart, ",
                "where site_id = $1 and changed_at is not null and kept_at is null and revoked_at is null order by changed_at, id limit 200"
            ),
            site.uuid()
        );
        let known = rows.into_iter().filter_map(|listed| Some((listed.chart?, listed.row)));
        known.map(|(chart, row)| Ok((ChartId::new(chart), row.try_into()?))).collect()
    }
}
