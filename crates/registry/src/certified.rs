//! Certificates whose record has changed since. Whoever changes a dose that one of the office's own certificates states decides in
//! the same act what becomes of it; one of another office is marked, and the check says so until that office has decided.

use access::Task;
use credentials::VerifyCode;
use domain::{CertificateId, ChartId, PatientId, dose::Dose, text::Reason};
use store::{Certificate, Tx};
use uuid::Uuid;

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    certificate::own_certificate,
};

/// What becomes of a certificate whose record has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum CertificateFate {
    /// It is revoked, and another one states the record as it is now.
    Replace,
    /// It is revoked.
    Revoke,
    /// It stands all the same, for a reason.
    Keep,
}

impl CertificateFate {
    /// All of them, in the order forms offer them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word forms write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Revoke => "revoke",
            Self::Replace => "replace",
            Self::Keep => "keep",
        }
    }

    /// Reads the word forms write.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fate| fate.key() == key)
    }
}

/// What an office decides about its certificates that state a dose it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certified {
    /// They are revoked, and others state the record as it is now.
    Replace,
    /// They are revoked.
    Revoke,
    /// They stand all the same: why.
    Keep(Reason),
}

impl Registry {
    /// Changes a dose on record: what it was is kept, and certificates that state it otherwise are marked.
    pub(crate) async fn change_on_record(
        &self,
        tx: &mut Tx,
        before: &Dose,
        after: &Dose,
        kind: &str,
        reason: &str,
        by: Option<Uuid>,
    ) -> Result<()> {
        let contradicted = contradicted(tx, before, after).await?;
        tx.change_dose(after).await?;
        tx.add_dose_change(self.fresh(), before, kind, reason, by, self.now()).await?;
        for certificate in contradicted {
            tx.mark_certificate(certificate.patient, certificate.id, self.now()).await?;
        }
        Ok(())
    }

    /// Carries out what an office has decided about its own certificates. Comes after the change.
    pub(crate) async fn carry_out(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        patient: PatientId,
        certificates: &[CertificateId],
        decided: &Certified,
        change_reason: &str,
    ) -> Result<()> {
        for id in certificates {
            // As the change has left it.
            let certificate = tx.certificate(patient, *id).await?.ok_or(RegistryError::Conflict)?;
            let act = match decided {
                Certified::Keep(reason) => {
                    tx.confirm_certificate(&certificate, reason, self.now()).await?;
                    Action::KeepCertificate
                }
                Certified::Revoke => {
                    tx.revoke_certificate(&certificate, change_reason, self.now()).await?;
                    Action::RevokeCertificate
                }
                Certified::Replace => {
                    let new = self.certify_again(tx, caller, &certificate).await?;
                    tx.revoke_certificate(&certificate, change_reason, self.now()).await?;
                    tx.replace_certificate(patient, *id, new).await?;
                    Action::ReplaceCertificate
                }
            };
            tx.audit(&self.audit_row(&caller.principal, Act::on(act, patient))).await?;
        }
        Ok(())
    }

    /// The same certificate of the record as it is now.
    async fn certify_again(&self, tx: &mut Tx, caller: &Caller, old: &Certificate) -> Result<CertificateId> {
        Self::may(&caller.principal, Task::Certify)?;
        let user = caller.principal.user().ok_or(RegistryError::NotFound)?;
        let record = self.to_certify(tx, caller, old.patient, false).await?;
        let office = tx.site(old.site).await?.ok_or(RegistryError::NotFound)?;
        let account = tx.account(user).await?.ok_or(RegistryError::NotFound)?;
        let id = CertificateId::new(self.fresh_address());
        let (recipient, language) = (&old.statement.recipient, &old.statement.language);
        let statement = self.statement(&record, &office, id, &account.name, &account.licence, recipient, language);
        let certificate = Certificate {
            id,
            version: 1,
            code: VerifyCode::fresh(&*self.chance).key(),
            account: account.id,
            doses_digest: credentials::doses_digest(&statement.doses),
            issued_at: statement.issued_at,
            statement,
            revoked_at: None,
            revoked_reason: String::new(),
            changed_at: None,
            kept_at: None,
            kept_reason: String::new(),
            replaced_by: None,
            ..old.clone()
        };
        tx.add_certificate(&certificate).await?;
        Ok(id)
    }

    /// Decides about a certificate of this office that the record contradicts since somebody else changed it. `reason`: why one is
    /// revoked or replaced; one that stands has its own.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, [`RegistryError::Conflict`] for one that nothing is to be decided about.
    pub async fn decide_certificate(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: CertificateId,
        decided: &Certified,
        reason: &Reason,
    ) -> Result<()> {
        Self::may(&caller.principal, Task::Certify)?;
        let mut tx = self.store.write().await?;
        tx.hold_patient(patient).await?;
        let certificate = own_certificate(&mut tx, caller, patient, id).await?;
        if !certificate.is_undecided() {
            return Err(RegistryError::Conflict);
        }
        self.carry_out(&mut tx, caller, patient, &[id], decided, reason).await?;
        self.commit(tx).await
    }

    /// The office's certificates that the record contradicts and nobody has decided about.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not certify.
    pub async fn contradicted_certificates(&self, caller: &Caller) -> Result<Vec<(ChartId, Certificate)>> {
        let site = Self::site_for(caller, Task::Certify)?;
        let all = {
            let mut tx = self.store.read().await?;
            tx.undecided_certificates(site).await?
        };
        let all: Vec<_> = all.into_iter().map(|(chart, certificate)| (chart, certificate.bare())).collect();
        let lines = all.iter().map(|(_, certificate)| {
            self.audit_row(&caller.principal, Act::on(Action::ListCertificate, certificate.patient))
        });
        self.store.audit_reads(lines.collect()).await?;
        Ok(all)
    }
}

/// A person's certificates in force that state a dose otherwise than it will be.
pub(crate) async fn contradicted(tx: &mut Tx, before: &Dose, after: &Dose) -> Result<Vec<Certificate>> {
    let stated = |dose: &Dose| (dose.cvx, dose.given_on, dose.product.clone(), dose.office.clone(), dose.state);
    if stated(before) == stated(after) {
        return Ok(Vec::new());
    }
    let mut all = tx.certificates_of(before.patient).await?;
    all.retain(|certificate| {
        let mut doses = certificate.statement.doses.iter();
        certificate.revoked_at.is_none() && doses.any(|dose| dose.cvx == before.cvx && dose.given_on == before.given_on)
    });
    Ok(all)
}
