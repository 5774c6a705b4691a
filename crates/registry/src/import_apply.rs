//! Putting a report on a person's record: what of it is new, what is a change, what has to wait.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    EvidenceId, PatientId,
    dose::{Dose, Source},
    patient::{Demographics, Patient},
};
use interop::{Issue, Report, ReportedDose, What};
use matching::{Wanted, first_key, is_no_name, last_key, name_keys};
use store::{AuditRow, Message, NewCare, NewNumber, NewPatient, OtherName, Site, Tx};

use crate::{
    Caller, Registry, Result,
    audit::{Act, Action},
    chart::{is_named_now, with_fuller_middle},
    dose::doses_office_may_see,
    reported::{Outcome, Target},
    whose::{KeptNumber, numbers_of},
};

/// An office that reports, with what its messages add. That is kept back until many rows can go in one statement, and
/// written at once when a later message may be about the same people.
pub(crate) struct Desk<'a> {
    pub caller: &'a Caller,
    pub office: &'a Site,
    offices: HashMap<String, Option<Site>>,
    kept: Kept,
    /// Whom the numbers of the messages to come name; as long as nothing was written since.
    ahead: Option<HashMap<(String, String), Vec<PatientId>>>,
}

/// What is kept back, and whom it is about.
#[derive(Default)]
struct Kept {
    messages: Vec<Message>,
    people: Vec<NewPatient>,
    numbers: Vec<NewNumber>,
    cares: Vec<NewCare>,
    doses: Vec<Dose>,
    names: Vec<OtherName>,
    audits: Vec<AuditRow>,
    touched: HashSet<PatientId>,
    named: HashSet<(NaiveDate, String)>,
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
    pub(crate) fn id(&self) -> PatientId {
        match self {
            Self::OnFile(patient) => patient.id,
            Self::New(new) => new.patient.id,
        }
    }
}

impl<'a> Desk<'a> {
    pub(crate) fn new(caller: &'a Caller, office: &'a Site) -> Self {
        Self { caller, office, offices: HashMap::new(), kept: Kept::default(), ahead: None }
    }

    /// Holds back the result of a message.
    pub(crate) fn add_message(&mut self, message: Message) {
        self.kept.messages.push(message);
    }

    /// Writes what was kept back, people first: the others point to them.
    pub(crate) async fn write(&mut self, tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
        let kept = std::mem::take(&mut self.kept);
        self.ahead = None;
        tx.add_patients(&kept.people, now).await?;
        tx.add_numbers(&kept.numbers).await?;
        tx.add_cares(&kept.cares, now).await?;
        tx.add_doses(&kept.doses, now).await?;
        tx.add_names(&kept.names, now).await?;
        tx.audit_all(&kept.audits).await?;
        tx.add_messages(&kept.messages).await?;
        Ok(())
    }

    /// Looks up the numbers of many reports at once: a statement each is most of an import's time.
    pub(crate) async fn look_ahead<'r>(
        &mut self,
        tx: &mut Tx,
        reports: impl Iterator<Item = &'r Report>,
    ) -> Result<()> {
        let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for number in reports.flat_map(|report| self.numbers_of(report)).filter(|number| number.personal) {
            wanted.entry(number.authority).or_default().insert(number.key);
        }
        let mut ahead: HashMap<_, Vec<PatientId>> = HashMap::new();
        for (authority, keys) in wanted {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let holders = tx.by_numbers(&authority, &keys).await?;
            let place = |key: &str| (authority.clone(), key.to_owned());
            ahead.extend(keys.iter().map(|key| (place(key), Vec::new())));
            for (key, holder) in holders {
                ahead.entry(place(&key)).or_default().push(holder);
            }
        }
        self.ahead = Some(ahead);
        Ok(())
    }

    /// Whoever had a number when it was looked up.
    pub(crate) fn holders(&self, number: &KeptNumber) -> Option<&[PatientId]> {
        let key = (number.authority.clone(), number.key.clone());
        self.ahead.as_ref()?.get(&key).map(Vec::as_slice)
    }

    /// Holds back a dose.
    pub(crate) fn add_dose(&mut self, dose: Dose) {
        self.kept.doses.push(dose);
    }

    /// Is somebody of this name, or one of these numbers, among those kept back? The last name alone counts: newborns have no other
    /// yet.
    pub(crate) fn meets(&self, wanted: &Wanted, numbers: &[KeptNumber]) -> bool {
        self.kept.named.contains(&(wanted.born(), wanted.last_key().to_owned()))
            || numbers
                .iter()
                .filter(|number| number.personal)
                .any(|number| self.kept.numbered.contains(&(number.authority.clone(), number.key.clone())))
    }

    /// From now on whoever has this name or number waits for what is kept back.
    pub(crate) fn expect(&mut self, wanted: &Wanted, numbers: &[KeptNumber]) {
        self.kept.named.insert((wanted.born(), wanted.last_key().to_owned()));
        let personal = numbers.iter().filter(|number| number.personal);
        self.kept.numbered.extend(personal.map(|number| (number.authority.clone(), number.key.clone())));
    }

    /// The report's numbers as they are kept.
    pub(crate) fn numbers_of(&self, report: &Report) -> Vec<KeptNumber> {
        numbers_of(&self.office.code, report)
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
        if desk.kept.touched.contains(&patient) {
            desk.write(tx, self.now()).await?;
        }
        desk.kept.touched.insert(patient);
        let office = desk.office.site_id();
        let born = match &known {
            Known::New(new) => new.patient.born,
            Known::OnFile(person) => person.born,
        };
        let said = said(report);
        let mut on_file = match known {
            Known::New(new) => {
                desk.kept.people.push(*new);
                let (id, site) = (self.fresh_chart(), office);
                desk.kept.cares.push(NewCare { id, patient, site, said: Some(said) });
                Vec::new()
            }
            Known::OnFile(person) => {
                // What is read from here on is what is written upon, whoever else reports at the same moment.
                tx.hold_patient(patient).await?;
                let person = tx.patient(patient).await?.map_or(*person, |row| row.patient());
                self.save_said(tx, office, &person, &said).await?;
                self.complete_person(tx, desk, &person, report).await?;
                doses_office_may_see(tx, &person, office).await?
            }
        };
        for number in desk.numbers_of(report) {
            let KeptNumber { authority, key: number_key, .. } = number;
            desk.kept.numbers.push(NewNumber { id: self.fresh(), patient, authority, number_key });
        }
        self.add_other_names(desk, patient, report);
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
        desk.kept.audits.push(self.line(&desk.caller.principal, Act::on(Action::ImportDoses, patient)));
        Ok(applied)
    }

    /// Names of the report besides the one on file: who looks for the person by them finds them.
    fn add_other_names(&self, desk: &mut Desk<'_>, patient: PatientId, report: &Report) {
        let person = &report.person;
        for name in person.other_names.iter().filter(|name| **name != person.name && !is_no_name(name.first())) {
            desk.kept.names.push(OtherName {
                id: self.fresh(),
                patient,
                kind: "other",
                name: name.clone(),
                last_key: last_key(name.last()),
                first_key: first_key(name.first()),
                born: person.born.date(),
            });
        }
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

    /// Fills in what the registry did not know; what it knows stays, a human corrects it. A name that stands for none gives way to
    /// the first one that does not.
    async fn complete_person(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        on_file: &Patient,
        report: &Report,
    ) -> Result<()> {
        let mut person: Patient = on_file.clone();
        person.complete(&said(report));
        person.protected |= report.protected;
        if person != *on_file {
            tx.update_patient(&person, self.now()).await?;
            person.version += 1;
        }
        let new = &report.person.name;
        let keys = name_keys(new);
        let old = name_keys(&on_file.name);
        let is_named_now = is_named_now(&on_file.name, new);
        if is_named_now {
            tx.rename_patient(on_file.id, person.version, new, (&keys.0, &keys.1), self.now()).await?;
        }
        if let Some(fuller) = with_fuller_middle(&on_file.name, new) {
            tx.rename_patient(on_file.id, person.version, &fuller, (&keys.0, &keys.1), self.now()).await?;
        }
        // The name that is not, or no longer, on file is searched too.
        let (kind, name, (last_key, first_key)) =
            if is_named_now { ("former", &on_file.name, old.clone()) } else { ("other", new, keys.clone()) };
        if keys != old && (is_named_now || !is_no_name(new.first())) {
            let (patient, born) = (on_file.id, on_file.born.date());
            desk.kept.names.push(OtherName {
                id: self.fresh(),
                patient,
                kind,
                name: name.clone(),
                last_key,
                first_key,
                born,
            });
        }
        // Protected since now, or called as somebody is who objected.
        if is_named_now || person.protected != on_file.protected {
            self.settle(tx, &desk.caller.principal, vec![on_file.id]).await?;
        }
        Ok(())
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
