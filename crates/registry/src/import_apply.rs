//! Putting a report on a person's record: whose it is, and what of it is new.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    DoseId, EvidenceId, PatientId,
    dose::{Dose, DoseState, Source},
    patient::Patient,
};
use interop::{Action, Issue, Report, ReportedDose, Severity, What};
use matching::{Wanted, name_key, number_key};
use store::{AuditRow, Message, NewCare, NewNumber, NewPatient, Site, Tx};

use crate::{
    Caller, PersonEntry, Registry, RegistryError, Result,
    audit::Act,
    dose::told_of,
    people::{Meant, keys_of},
};

/// An office that reports, with what its messages add. That is kept back until many rows can go in one statement, and
/// written at once when a later message may be about the same people.
pub(crate) struct Desk<'a> {
    pub caller: &'a Caller,
    pub office: &'a Site,
    offices: HashMap<String, Option<Site>>,
    kept: Kept,
}

/// What is kept back, and whom it is about.
#[derive(Default)]
struct Kept {
    messages: Vec<Message>,
    people: Vec<NewPatient>,
    numbers: Vec<NewNumber>,
    cares: Vec<NewCare>,
    doses: Vec<Dose>,
    audits: Vec<AuditRow>,
    touched: HashSet<PatientId>,
    named: HashSet<(NaiveDate, String, String)>,
    numbered: HashSet<(String, String)>,
}

/// Whose a report is.
pub(crate) enum Known {
    /// Somebody on file.
    OnFile(Box<Patient>),
    /// Somebody this report makes known.
    New(Box<NewPatient>),
}

impl Known {
    pub fn id(&self) -> PatientId {
        match self {
            Self::OnFile(patient) => patient.id,
            Self::New(new) => new.patient.id,
        }
    }
}

impl<'a> Desk<'a> {
    pub fn new(caller: &'a Caller, office: &'a Site) -> Self {
        Self { caller, office, offices: HashMap::new(), kept: Kept::default() }
    }

    /// Keeps the result of a message.
    pub fn keep(&mut self, message: Message) {
        self.kept.messages.push(message);
    }

    /// Writes what was kept back, people first: the others point to them.
    pub async fn write(&mut self, tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
        let kept = std::mem::take(&mut self.kept);
        tx.add_patients(&kept.people, now).await?;
        tx.add_numbers(&kept.numbers).await?;
        tx.add_cares(&kept.cares, now).await?;
        tx.add_doses(&kept.doses, now).await?;
        tx.audit_all(&kept.audits).await?;
        tx.add_messages(&kept.messages).await?;
        Ok(())
    }

    /// Is somebody of this name or one of these numbers among those kept back?
    fn meets(&self, name: &(NaiveDate, String, String), numbers: &[(String, String)]) -> bool {
        self.kept.named.contains(name) || numbers.iter().any(|number| self.kept.numbered.contains(number))
    }

    /// From now on whoever has this name or number waits for what is kept back.
    fn expect(&mut self, name: (NaiveDate, String, String), numbers: &[(String, String)]) {
        self.kept.named.insert(name);
        self.kept.numbered.extend(numbers.iter().cloned());
    }

    /// The report's numbers as they are kept.
    pub fn numbers_of(&self, report: &Report) -> Vec<(String, String)> {
        let keys = report.person.numbers.iter().map(|(authority, number)| {
            // Record numbers are the office's own: another office's 1234 is somebody else.
            (format!("{} {}", self.office.code, authority.trim().to_uppercase()), number_key(number))
        });
        keys.filter(|(_, number)| !number.is_empty()).collect()
    }

    /// The place a message names by its code, if it is not this office.
    async fn other_office(&mut self, tx: &mut Tx, code: &str) -> Result<Option<&Site>> {
        if code.is_empty() || code == self.office.code || code == self.office.name {
            return Ok(None);
        }
        if !self.offices.contains_key(code) {
            let site = tx.site_by_code(code).await?.filter(|site| site.kind == "provider");
            self.offices.insert(code.to_owned(), site);
        }
        Ok(self.offices.get(code).and_then(Option::as_ref))
    }
}

impl Registry {
    /// The person a report is about: by the office's number, else by exactly the same name and date of birth, else a
    /// new one. `None` when a human has to choose.
    pub(crate) async fn whose(&self, tx: &mut Tx, desk: &mut Desk<'_>, report: &Report) -> Result<Option<Known>> {
        let person = &report.person;
        let wanted = Wanted::named(&person.name, person.born.date());
        let keys = keys_of(&wanted);
        let numbers = desk.numbers_of(report);
        let name = (keys.born, keys.last.to_owned(), keys.first.to_owned());
        if desk.meets(&name, &numbers) {
            desk.write(tx, self.now()).await?;
        }
        desk.expect(name, &numbers);
        let mut same = tx.same_person(keys).await?;
        let mut holders = Vec::new();
        for (authority, number) in &numbers {
            holders.extend(tx.by_number(authority, number).await?);
        }
        holders.sort_unstable();
        holders.dedup();
        if !holders.is_empty() {
            // The number alone names nobody: two of date of birth, last and first name must agree, else a human looks.
            let mut plausible = Vec::new();
            for holder in holders {
                let on_file = tx.patient(holder).await?.ok_or(RegistryError::NotFound)?.patient();
                let agree = [
                    on_file.born == person.born,
                    name_key(on_file.name.last()) == keys.last,
                    name_key(on_file.name.first()) == keys.first,
                ];
                if agree.into_iter().filter(|same| *same).count() >= 2 {
                    plausible.push(on_file);
                }
            }
            let [_] = plausible.as_slice() else { return Ok(None) };
            let Some(known) = plausible.pop() else { return Ok(None) };
            // Somebody else has exactly this name and date of birth, and this office may know of them.
            for other in same.iter().filter(|other| **other != known.id) {
                if self.office_may_know(tx, desk.office.site_id(), *other).await?.is_some() {
                    return Ok(None);
                }
            }
            return Ok(Some(Known::OnFile(Box::new(known))));
        }
        if same.is_empty() && tx.hold_name(keys).await? {
            same = tx.same_person(keys).await?;
        }
        match self.meant(tx, desk.office.site_id(), &same).await? {
            Meant::One(known) => {
                let row = tx.patient(known).await?.ok_or(RegistryError::NotFound)?;
                Ok(Some(Known::OnFile(Box::new(row.patient()))))
            }
            Meant::Nobody => {
                if !same.is_empty() {
                    tx.hold_name(keys).await?;
                }
                Ok(Some(Known::New(Box::new(self.newcomer(tx, &entry(report)).await?))))
            }
            Meant::Several => Ok(None),
        }
    }

    /// Puts a report on a person's record; what it adds is written with the desk.
    pub(crate) async fn apply(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        known: Known,
        report: &Report,
    ) -> Result<(&'static str, Vec<Issue>)> {
        let mut issues = report.warnings.clone();
        let patient = known.id();
        if desk.kept.touched.contains(&patient) {
            desk.write(tx, self.now()).await?;
        }
        desk.kept.touched.insert(patient);
        let office = desk.office.site_id();
        let mut on_file = match known {
            Known::New(new) => {
                desk.kept.people.push(*new);
                Vec::new()
            }
            Known::OnFile(person) => {
                self.complete_person(tx, &person, report).await?;
                told_of(tx, &person, office).await?
            }
        };
        for (authority, number_key) in desk.numbers_of(report) {
            desk.kept.numbers.push(NewNumber { id: self.fresh(), patient, authority, number_key });
        }
        desk.kept.cares.push(NewCare { id: self.fresh(), patient, site: office });
        for reported in &report.doses {
            let reported = self.place(tx, desk, reported, &mut issues).await?;
            self.put(tx, desk, patient, &reported, &mut on_file, &mut issues).await?;
        }
        if !report.evidence.is_empty() {
            desk.write(tx, self.now()).await?;
            let known = tx.evidence(patient).await?;
            for evidence in report.evidence.iter().filter(|evidence| !known.contains(evidence)) {
                tx.add_evidence(EvidenceId::new(self.fresh()).uuid(), patient, evidence, Some(office)).await?;
            }
        }
        desk.kept.audits.push(self.line(&desk.caller.actor, Act::on("dose.import", patient)));
        let looked_at = issues.iter().any(|issue| issue.severity == Severity::Warning);
        Ok((if looked_at { "warned" } else { "accepted" }, issues))
    }

    /// A dose with the office that gave it. What another office gave (RXA-11) is history for the one that reports it.
    async fn place(
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

    /// Adds, changes or takes back one dose.
    async fn put(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        patient: PatientId,
        reported: &ReportedDose,
        on_file: &mut Vec<Dose>,
        issues: &mut Vec<Issue>,
    ) -> Result<()> {
        let now = self.now();
        let office = desk.office.site_id();
        let mut note = |what| issues.push(Issue::warning("RXA", reported.occurrence, 0, what));
        let same = on_file.iter().position(|dose| {
            let mine = dose.site == Some(office) || reported.source == Source::Historical;
            dose.state == DoseState::Active && dose.given_on == reported.given_on && dose.cvx == reported.cvx && mine
        });
        match (reported.action, same) {
            (Action::Add, Some(_)) => note(What::AlreadyOnRecord),
            (Action::Add | Action::Update, None) => {
                if reported.action == Action::Update {
                    note(What::NothingToChange);
                }
                let dose = Dose {
                    id: DoseId::new(self.fresh()),
                    patient,
                    version: 1,
                    given_on: reported.given_on,
                    cvx: reported.cvx,
                    mvx: reported.mvx.clone(),
                    product: reported.product.clone(),
                    lot: reported.lot.clone(),
                    site: Some(office),
                    office: reported.office.clone(),
                    source: reported.source,
                    state: DoseState::Active,
                };
                on_file.push(dose.clone());
                desk.kept.doses.push(dose);
            }
            (Action::Delete, None) => note(What::NothingToChange),
            (action, Some(at)) => {
                let before = on_file[at].clone();
                if before.site != Some(office) {
                    note(What::NothingToChange);
                    return Ok(());
                }
                // It may be one this very message adds.
                desk.write(tx, now).await?;
                let mut dose = before.clone();
                if action == Action::Delete {
                    dose.state = DoseState::Voided;
                } else {
                    dose.mvx.clone_from(&reported.mvx);
                    dose.product.clone_from(&reported.product);
                    dose.lot.clone_from(&reported.lot);
                }
                tx.change_dose(&dose).await?;
                let kind = if action == Action::Delete { "voided" } else { "corrected" };
                tx.keep_dose_change(self.fresh(), &before, kind, "HL7", None, now).await?;
                dose.version += 1;
                on_file[at] = dose;
            }
        }
        Ok(())
    }

    /// Fills in what the registry did not know; what it knows stays, a human corrects it.
    async fn complete_person(&self, tx: &mut Tx, on_file: &Patient, report: &Report) -> Result<()> {
        let mut person: Patient = on_file.clone();
        let fill = |known: &mut String, new: &str| {
            if known.is_empty() {
                new.clone_into(known);
            }
        };
        if person.address == domain::patient::Address::default() {
            person.address = report.person.address.clone();
        }
        if person.gender == domain::patient::Gender::Unknown {
            person.gender = report.person.gender;
        }
        fill(&mut person.phone, &report.person.phone);
        fill(&mut person.mother.first, &report.person.mother.first);
        fill(&mut person.mother.maiden, &report.person.mother.maiden);
        if person != *on_file {
            tx.update_patient(&person, self.now()).await?;
        }
        Ok(())
    }
}

/// The person of a report, as a desk would enter them.
pub(crate) fn entry(report: &Report) -> PersonEntry {
    let person = &report.person;
    PersonEntry {
        name: person.name.clone(),
        born: person.born,
        gender: person.gender,
        mother: person.mother.clone(),
        address: person.address.clone(),
        phone: person.phone.clone(),
    }
}
