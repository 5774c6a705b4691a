//! Certifying, releasing and revoking.

use access::{Relation, Task, papers::Paper};
use credentials::VerifyCode;
use domain::{
    CertificateId, PatientId, RequestId,
    certificate::{IdentityCheck, RequestState, StatedDose, Statement},
    patient::Sharing,
    text::Reason,
};
use store::{Certificate, Site, Tx};

use crate::{
    Caller, Record, Registry, RegistryError, Result,
    audit::{Act, Action},
    request::{digest, own_request},
};

impl Registry {
    /// Certifies the record as it was reviewed and releases it to the family. `shown`: the digest of what the review showed.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when the request was decided or the record changed meanwhile; [`RegistryError::NotFound`] for another
    /// office's, or when this office may not read the whole record.
    pub async fn certify(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: RequestId,
        check: IdentityCheck,
        shown: &str,
        language: &str,
    ) -> Result<CertificateId> {
        let site = Self::site_for(caller, Task::Certify)?;
        let user = caller.principal.user().ok_or(RegistryError::NotFound)?;
        let mut tx = self.store.write().await?;
        let request = own_request(&mut tx, caller, patient, id).await?;
        // Two who certify at the same moment follow each other, and so does a dose that is changed.
        tx.hold_patient(patient).await?;
        let record = self.to_certify(&mut tx, caller, patient, request.state() == RequestState::Asked).await?;
        if digest(&record) != shown {
            return Err(RegistryError::Conflict);
        }
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?;
        let account = tx.account(user).await?.ok_or(RegistryError::NotFound)?;
        let certificate_id = CertificateId::new(self.fresh_address());
        let statement = self.statement(
            &record,
            &office,
            certificate_id,
            &account.name,
            &account.licence,
            &request.recipient,
            language,
        );
        let certificate = Certificate {
            patient,
            id: certificate_id,
            version: 1,
            code: VerifyCode::fresh(&*self.chance).key(),
            site,
            account: account.id,
            identity_check: check.key().to_owned(),
            doses_digest: credentials::doses_digest(&statement.doses),
            issued_at: statement.issued_at,
            statement,
            revoked_at: None,
            revoked_reason: String::new(),
            changed_at: None,
            kept_at: None,
            kept_reason: String::new(),
            replaced_by: None,
        };
        tx.add_certificate(&certificate).await?;
        tx.decide_request(&request, RequestState::Released, "", Some(certificate_id), self.now()).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::on(Action::Certify, patient).because(check.key()))).await?;
        self.commit(tx).await?;
        Ok(certificate_id)
    }

    #[expect(clippy::too_many_arguments, reason = "everything that is printed")]
    pub(crate) fn statement(
        &self,
        record: &Record,
        office: &Site,
        id: CertificateId,
        certifier: &str,
        licence: &str,
        recipient: &str,
        language: &str,
    ) -> Statement {
        let compliance = self.compliance_of(record);
        let words = |at: usize| -> String {
            // Of requirements that are open: where others have met it, a dose too many is no fault. A combined vaccine can
            // count for one disease and not for another, so each sentence says for which.
            let open = compliance.iter().flat_map(|(_, compliance)| compliance.results.iter());
            let faults = open.filter(|result| !result.outcome.is_met()).filter_map(|result| {
                let (_, fault) = result.faults.iter().find(|(dose, _)| *dose == at)?;
                Some(requirements::fault_in(language, &result.id, *fault))
            });
            faults.collect::<Vec<_>>().join(" ")
        };
        let stated = |(at, dose): (usize, &domain::dose::Dose)| StatedDose {
            cvx: dose.cvx,
            given_on: dose.given_on,
            product: dose.product.to_string(),
            office: dose.office.clone(),
            fault: words(at),
        };
        // By vaccine, and by date within it: how a school reads it.
        let group =
            |cvx: domain::Cvx| domain::catalogue::vaccine(cvx).and_then(|vaccine| vaccine.groups().first().copied());
        let mut doses: Vec<StatedDose> = record.doses.iter().enumerate().map(stated).collect();
        doses.sort_by_key(|dose| (group(dose.cvx), dose.given_on));
        let number = id.to_string().to_uppercase();
        let tail = number.get(number.len().saturating_sub(10)..).unwrap_or(&number);
        Statement {
            number: format!("MA-{}-{}", self.today().format("%Y"), tail),
            name: record.person.name.to_string(),
            born: record.person.born.date(),
            gender: record.person.gender.key().to_owned(),
            doses,
            evidence: record.evidence.clone(),
            requirements: compliance
                .as_ref()
                .map_or_else(Vec::new, |(facts, compliance)| requirements::stated(language, facts, compliance)),
            rule_set: compliance.map_or_else(String::new, |(_, compliance)| compliance.rule_set),
            as_of: self.today(),
            issued_at: self.now(),
            certifier: certifier.to_owned(),
            licence: licence.to_owned(),
            office: office.name.clone(),
            office_address: office.address(),
            recipient: recipient.to_owned(),
            language: language.to_owned(),
        }
    }

    /// A certificate, for the family it was released to or the office that issued it.
    ///
    /// Under an objection the office gets what it needs to revoke it, and nothing of what it states: that holds other
    /// offices' doses. It is then [`Certificate::bare`].
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn certificate(&self, caller: &Caller, patient: PatientId, id: CertificateId) -> Result<Certificate> {
        let certificate = {
            let mut tx = self.store.read().await?;
            let certificate = tx.certificate(patient, id).await?.ok_or(RegistryError::NotFound)?;
            let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
            let relation = self.relation(&mut tx, &caller.principal, &person).await?;
            let standing = caller.principal.standing();
            match access::papers::certificate(standing, relation, person.sharing, certificate.site) {
                Paper::Nothing => return Err(RegistryError::NotFound),
                Paper::Bare => certificate.bare(),
                Paper::Whole => certificate,
            }
        };
        // That there is one is no reading of what it states.
        let what = if certificate.is_bare() { Action::ListCertificate } else { Action::ReadCertificate };
        self.store.audit_read(self.audit_row(&caller.principal, Act::on(what, patient))).await?;
        Ok(certificate)
    }

    /// As [`Self::certificate`], to print: only whole.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not have it whole.
    pub async fn certificate_to_print(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: CertificateId,
    ) -> Result<Certificate> {
        let certificate = self.certificate(caller, patient, id).await?;
        if certificate.is_bare() { Err(RegistryError::NotFound) } else { Ok(certificate) }
    }

    /// Revokes a certificate of this office; everybody who checks it is told from now on.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when it was revoked before.
    pub async fn revoke(&self, caller: &Caller, patient: PatientId, id: CertificateId, reason: &Reason) -> Result<()> {
        Self::may(&caller.principal, Task::Certify)?;
        let mut tx = self.store.write().await?;
        let certificate = own_certificate(&mut tx, caller, patient, id).await?;
        if certificate.revoked_at.is_some() {
            return Err(RegistryError::Conflict);
        }
        tx.revoke_certificate(&certificate, reason, self.now()).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::on(Action::RevokeCertificate, patient))).await?;
        self.commit(tx).await
    }
}

/// A certificate the caller's office has issued.
pub(crate) async fn own_certificate(
    tx: &mut Tx,
    caller: &Caller,
    patient: PatientId,
    id: CertificateId,
) -> Result<Certificate> {
    let certificate = tx.certificate(patient, id).await?;
    certificate.filter(|certificate| caller.acts_for(Some(certificate.site))).ok_or(RegistryError::NotFound)
}

/// A person's certificates, the newest first, as far as the caller may have them.
pub(crate) async fn certificates_for(
    tx: &mut Tx,
    caller: &Caller,
    relation: Relation,
    sharing: Sharing,
    patient: PatientId,
) -> Result<Vec<Certificate>> {
    let standing = caller.principal.standing();
    let shown =
        |certificate: Certificate| match access::papers::certificate(standing, relation, sharing, certificate.site) {
            Paper::Nothing => None,
            Paper::Bare => Some(certificate.bare()),
            Paper::Whole => Some(certificate),
        };
    Ok(tx.certificates_of(patient).await?.into_iter().filter_map(shown).collect())
}
