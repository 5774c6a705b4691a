//! Laboratory results, histories of disease, letters of exemption.

use chrono::NaiveDate;
use domain::{
    PatientId, SiteId,
    evidence::{Evidence, EvidenceKind, Exemption, ExemptionKind},
};
use uuid::Uuid;

use crate::{Result, StoreError, Tx};

#[derive(sqlx::FromRow)]
pub(crate) struct EvidenceRow {
    patient_id: Uuid,
    antigen: String,
    kind: String,
    found_on: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct ExemptionRow {
    patient_id: Uuid,
    kind: String,
    antigens: String,
    signed_on: NaiveDate,
}

pub(crate) fn evidence(row: &EvidenceRow) -> Result<(PatientId, Evidence)> {
    let broken = |_| StoreError::Unreadable("evidence");
    let evidence = Evidence {
        antigen: row.antigen.parse().map_err(broken)?,
        kind: EvidenceKind::from_key(&row.kind).map_err(broken)?,
        on: row.found_on,
    };
    Ok((PatientId::new(row.patient_id), evidence))
}

fn exemption(row: &ExemptionRow) -> Result<(PatientId, Exemption)> {
    let broken = |_| StoreError::Unreadable("exemption");
    let antigens =
        row.antigens.split_whitespace().map(str::parse).collect::<std::result::Result<_, _>>().map_err(broken)?;
    let exemption =
        Exemption { kind: ExemptionKind::from_key(&row.kind).map_err(broken)?, antigens, signed_on: row.signed_on };
    Ok((PatientId::new(row.patient_id), exemption))
}

impl Tx {
    /// Adds evidence.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_evidence(
        &mut self,
        id: Uuid,
        patient: PatientId,
        evidence: &Evidence,
        site: Option<SiteId>,
    ) -> Result<()> {
        self.touch(patient);
        exec!(
            self,
            "insert into evidence (patient_id, id, antigen, kind, found_on, site_id) values ($1, $2, $3, $4, $5, $6)",
            patient.uuid(),
            id,
            evidence.antigen.key(),
            evidence.kind.key(),
            evidence.on,
            site.map(SiteId::uuid)
        );
        Ok(())
    }

    /// Adds a letter of exemption.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_exemption(&mut self, id: Uuid, patient: PatientId, exemption: &Exemption) -> Result<()> {
        let antigens = exemption.antigens.iter().map(|antigen| antigen.key()).collect::<Vec<_>>().join(" ");
        exec!(
            self,
            "insert into exemption (patient_id, id, kind, antigens, signed_on) values ($1, $2, $3, $4, $5)",
            patient.uuid(),
            id,
            exemption.kind.key(),
            antigens,
            exemption.signed_on
        );
        Ok(())
    }

    /// A person's evidence, the oldest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn evidence(&mut self, patient: PatientId) -> Result<Vec<Evidence>> {
        let rows = rows!(
            self,
            EvidenceRow,
            "select patient_id, antigen, kind, found_on from evidence where patient_id = $1 order by found_on, id",
            patient.uuid()
        );
        // Two offices may say the same: it is known once.
        let mut all: Vec<Evidence> = Vec::with_capacity(rows.len());
        for row in &rows {
            let found = evidence(row)?.1;
            if !all.contains(&found) {
                all.push(found);
            }
        }
        Ok(all)
    }

    /// The evidence of a person that one office has reported, the oldest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn evidence_from(&mut self, patient: PatientId, site: SiteId) -> Result<Vec<Evidence>> {
        let rows = rows!(
            self,
            EvidenceRow,
            "select patient_id, antigen, kind, found_on from evidence where patient_id = $1 and site_id = $2 order by found_on, id",
            patient.uuid(),
            site.uuid()
        );
        rows.iter().map(|row| Ok(evidence(row)?.1)).collect()
    }

    /// A person's letters, the oldest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn exemptions(&mut self, patient: PatientId) -> Result<Vec<Exemption>> {
        let rows = rows!(
            self,
            ExemptionRow,
            "select patient_id, kind, antigens, signed_on from exemption where patient_id = $1 order by signed_on, id",
            patient.uuid()
        );
        rows.iter().map(|row| Ok(exemption(row)?.1)).collect()
    }

    /// The evidence of every student of a class, or of the whole school for an empty name.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn class_evidence(&mut self, school: SiteId, class_name: &str) -> Result<Vec<(PatientId, Evidence)>> {
        let rows = class_rows!(
            self,
            EvidenceRow,
            school,
            class_name,
            "select v.patient_id, v.antigen, v.kind, v.found_on from enrolment e join evidence v on v.patient_id = e.patient_id",
            "order by v.found_on, v.id"
        );
        rows.iter().map(evidence).collect()
    }

    /// The letters of every student of a class, or of the whole school for an empty name.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn class_exemptions(&mut self, school: SiteId, class_name: &str) -> Result<Vec<(PatientId, Exemption)>> {
        let rows = class_rows!(
            self,
            ExemptionRow,
            school,
            class_name,
            "select x.patient_id, x.kind, x.antigens, x.signed_on from enrolment e join exemption x on x.patient_id = e.patient_id",
            "order by x.signed_on, x.id"
        );
        rows.iter().map(exemption).collect()
    }
}
