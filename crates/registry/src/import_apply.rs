//! Putting a report on a person's record: what of it is new, what is a change, what has to wait.

use domain::{EvidenceId, dose::Source, patient::Demographics};
use interop::{Issue, Report, ReportedDose, What};
use matching::is_no_name;
use store::{NewCare, NewNumber, Tx};

use crate::{
    Registry, Result,
    audit::{Act, Action},
    desk::{Desk, KeptNumber, Known},
    dose::doses_office_may_see,
    reported::{Outcome, Target},
};

/// What became of a report whose person is known.
pub(crate) struct Applied {
    /// What the sender should know of what was taken.
    pub issues: Vec<Issue>,
    /// Doses that were not: which RXA, and why. They wait.
    pub aside: Vec<(usize, What)>,
}

impl Registry {
    /// Puts a report on a person's record; what it adds is written with the desk. `target`: which dose it is about, where a human
    /// has said so.
    pub(crate) async fn apply(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        known: Known,
        report: &Report,
        target: Target,
    ) -> Result<Applied> {
        let mut applied = Applied { issues: report.warnings.clone(), aside: Vec::new() };
        let patient = known.id();
        if desk.held.touched.contains(&patient) {
            desk.write(tx, self.now()).await?;
        }
        desk.held.touched.insert(patient);
        let office = desk.office.site_id();
        let born = match &known {
            Known::New(newcomer) => newcomer.new.patient.born,
            Known::OnFile(person) => person.born,
        };
        let said = said(report);
        let mut on_file = match known {
            Known::New(newcomer) => {
                desk.held.names.extend(self.also_called(&newcomer.new.patient, &said));
                desk.held.people.push(*newcomer);
                let (id, site) = (self.fresh_chart(), office);
                desk.held.cares.push(NewCare { id, patient, site, said: Some(said) });
                Vec::new()
            }
            Known::OnFile(person) => {
                self.hold_new_name(tx, &person, &said).await?;
                // What is read from here on is what is written upon, whoever else reports at the same moment.
                tx.hold_patient(patient).await?;
                let person = tx.patient(patient).await?.map_or(*person, |row| row.patient());
                self.save_said(tx, office, &person, &said).await?;
                let by = &desk.caller.principal;
                desk.held.names.extend(self.complete(tx, by, &person, &said, report.protected).await?);
                doses_office_may_see(tx, &person, office).await?
            }
        };
        for number in desk.numbers_of(report) {
            let KeptNumber { authority, key: number_key, .. } = number;
            desk.held.numbers.push(NewNumber { id: self.fresh(), patient, authority, number_key });
        }
        for reported in &report.doses {
            // Checked against the record, not only against what the message says of itself.
            if reported.given_on < born.date() {
                applied.aside.push((reported.occurrence, What::BeforeBirth));
                continue;
            }
            let reported = self.with_its_office(tx, desk, reported, &mut applied.issues).await?;
            match self.report_dose(tx, desk, patient, &reported, &mut on_file, target).await? {
                Outcome::Done => {}
                Outcome::Noted(what) => applied.issues.push(Issue::warning("RXA", reported.occurrence, 0, what)),
                Outcome::Aside(what) => applied.aside.push((reported.occurrence, what)),
            }
        }
        if !report.evidence.is_empty() {
            desk.write(tx, self.now()).await?;
            // Against what this office has said itself: what another one knows must not decide what becomes of its word.
            let mut known = tx.evidence_from(patient, office).await?;
            for evidence in &report.evidence {
                if !known.contains(evidence) {
                    tx.add_evidence(EvidenceId::new(self.fresh()).uuid(), patient, evidence, Some(office)).await?;
                    known.push(evidence.clone());
                }
            }
        }
        desk.held.audits.push(self.audit_row(&desk.caller.principal, Act::on(Action::ImportDoses, patient)));
        Ok(applied)
    }

    /// A dose with the office that gave it. What another office gave (RXA-11) is history for the one that reports it.
    async fn with_its_office(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        reported: &ReportedDose,
        issues: &mut Vec<Issue>,
    ) -> Result<ReportedDose> {
        let mut reported = reported.clone();
        if let Some(other) = desk.other_office(tx, &reported.office).await? {
            reported.office.clone_from(&other.name);
            if reported.source == Source::Administered {
                reported.source = Source::Historical;
                issues.push(Issue::warning("RXA", reported.occurrence, 11, What::OtherOffice));
            }
        }
        if reported.source == Source::Administered {
            reported.office.clone_from(&desk.office.name);
        }
        Ok(reported)
    }
}

/// The person of a report, as its sender says; what stands for no name is none.
pub(crate) fn said(report: &Report) -> Demographics {
    let mut said = Demographics { other_names: Vec::new(), ..report.person.clone() };
    for name in report.person.other_names.iter().filter(|name| !is_no_name(name.first())) {
        said.also_called(name);
    }
    said
}
