//! Importing files: each message gets a result, nothing is lost, and the same text twice changes nothing.

use access::Task;
use domain::{
    DoseId, EvidenceId, PatientId, SiteId,
    dose::{Dose, DoseState, Source},
    patient::Patient,
};
use interop::{Action, Issue, Report, Severity, What, doses, hl7, table};
use matching::{name_key, number_key};
use store::{Batch, Message, SearchKeys, Site, Tx};

use crate::{Caller, PersonEntry, Registry, RegistryError, Result, audit::Act};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// HL7 v2.5.1 VXU messages, one or many.
    Hl7,
    /// A table of doses.
    Csv,
}

/// What became of a file.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its counts.
    pub batch: Batch,
}

/// Messages committed together: each is acknowledged only after its commit is durable, and one commit serves many.
const CHUNK: usize = 250;

/// Longest message kept: real ones with hundreds of segments have some 24 kB.
const LONGEST: usize = 1 << 20;

struct Incoming {
    text: String,
    control_id: String,
    report: std::result::Result<Report, Vec<Issue>>,
}

impl Registry {
    /// Imports a file for the caller's office. `progress` is told how many messages are durable.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not report, [`RegistryError::Invalid`] for what is no file of this kind.
    pub async fn import(
        &self,
        caller: &Caller,
        site: SiteId,
        kind: ImportKind,
        bytes: &[u8],
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Import> {
        Self::may(&caller.actor, Task::ReportDoses)?;
        if caller.actor.signed().is_some_and(|signed| signed.site != Some(site)) {
            return Err(RegistryError::NotFound);
        }
        let text = table::decode(bytes);
        let incoming: Box<dyn Iterator<Item = Incoming> + Send> = match kind {
            ImportKind::Hl7 => Box::new(hl7::messages(&text).map(|message| self.read_message(&message))),
            ImportKind::Csv => Box::new(self.read_table(bytes)?.into_iter()),
        };
        let mut batch = Batch {
            id: self.fresh(),
            site_id: site.uuid(),
            kind: if kind == ImportKind::Hl7 { "hl7" } else { "csv" }.to_owned(),
            received_at: self.now(),
            accepted: 0,
            warned: 0,
            refused: 0,
            waiting: 0,
            repeated: 0,
        };
        let by = caller.actor.signed().map(|signed| signed.user.uuid());
        let mut tx = self.store.write().await?;
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?;
        tx.add_batch(&batch, by).await?;
        tx.commit().await?;
        let mut incoming = incoming.peekable();
        let mut position = 0;
        while incoming.peek().is_some() {
            // Read first, then write: the one writer is not kept waiting while texts are parsed.
            let chunk: Vec<Incoming> = incoming.by_ref().take(CHUNK).collect();
            match self.take_all(caller, &office, &batch, position, &chunk).await {
                Ok(counted) => batch = counted,
                // Two files at once can touch one person: then message by message, each again if it must.
                Err(RegistryError::Conflict | RegistryError::Store(_)) => {
                    for (at, message) in (position..).zip(&chunk) {
                        let one = std::slice::from_ref(message);
                        let mut tries = 0;
                        batch = loop {
                            match self.take_all(caller, &office, &batch, at, one).await {
                                Err(RegistryError::Conflict | RegistryError::Store(_)) if tries < 5 => tries += 1,
                                other => break other?,
                            }
                        };
                    }
                }
                Err(other) => return Err(other),
            }
            position += i64::try_from(chunk.len()).unwrap_or(0);
            progress(u64::try_from(position).unwrap_or(0));
        }
        Ok(Import { batch })
    }

    /// Takes some messages in one transaction; gives the file's counts with them added.
    async fn take_all(
        &self,
        caller: &Caller,
        office: &Site,
        batch: &Batch,
        before: i64,
        messages: &[Incoming],
    ) -> Result<Batch> {
        let mut batch = batch.clone();
        let mut tx = self.store.write().await?;
        for (position, message) in (before + 1..).zip(messages) {
            match self.take(&mut tx, caller, office, &batch, position, message).await? {
                "accepted" => batch.accepted += 1,
                "warned" => batch.warned += 1,
                "waiting" => batch.waiting += 1,
                "repeated" => batch.repeated += 1,
                _ => batch.refused += 1,
            }
        }
        tx.count_batch(&batch).await?;
        tx.commit().await?;
        Ok(batch)
    }

    fn read_message(&self, message: &str) -> Incoming {
        let control_id = message.split('|').nth(9).unwrap_or("").chars().take(60).collect();
        let report = if message.len() > LONGEST {
            Err(vec![Issue::error("MSH", 1, 0, What::TooLong)])
        } else {
            hl7::read_vxu(message, self.today())
        };
        Incoming { text: message.chars().take(LONGEST).collect(), control_id, report }
    }

    fn read_table(&self, bytes: &[u8]) -> Result<Vec<Incoming>> {
        let invalid = |why| RegistryError::Invalid("file", why);
        let table = table::read(bytes, 50_000).map_err(|error| {
            invalid(if error == table::TableError::Empty {
                domain::Invalid::Missing
            } else {
                domain::Invalid::Character
            })
        })?;
        if !doses::missing_columns(&table).is_empty() {
            return Err(invalid(domain::Invalid::Choice));
        }
        let head = table.columns.join(",");
        let row = |row: &table::Row| {
            let quoted: Vec<String> =
                row.cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            Incoming {
                text: format!("{head}\n{}", quoted.join(",")),
                control_id: row.line.to_string(),
                report: doses::read_row(&table, row, self.today()),
            }
        };
        Ok(table.rows.iter().map(row).collect())
    }

    /// Takes one message; gives its state.
    async fn take(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        office: &Site,
        batch: &Batch,
        position: i64,
        incoming: &Incoming,
    ) -> Result<&'static str> {
        let digest = credentials::sha256(incoming.text.as_bytes());
        let before = tx.message_by_digest(office.site_id(), &digest).await?;
        // A refused text may be right by now: what was the future yesterday, or a code learned since.
        let again = before.as_ref().is_some_and(|before| before.state == "refused") && incoming.report.is_ok();
        if before.is_some() && !again {
            return Ok("repeated");
        }
        let (state, issues, patient) = match &incoming.report {
            Err(issues) => ("refused", issues.clone(), None),
            Ok(report) => match self.whose(tx, office, report).await? {
                None => ("waiting", vec![Issue::error("PID", 1, 0, What::SeveralPeople)], None),
                Some(patient) => {
                    let (state, issues) = self.apply(tx, caller, office, patient, report).await?;
                    (state, issues, Some(patient))
                }
            },
        };
        if let (Some(before), true) = (&before, patient.is_some()) {
            tx.resolve_message(before.id, patient).await?;
            return Ok(state);
        }
        if before.is_some() {
            return Ok("repeated");
        }
        let keep = matches!(state, "refused" | "waiting");
        tx.add_message(&Message {
            id: self.fresh(),
            batch_id: batch.id,
            site_id: office.id,
            position,
            control_id: incoming.control_id.clone(),
            digest: digest.to_vec(),
            state: state.to_owned(),
            issues: serde_json::to_value(&issues).unwrap_or_default(),
            content: if keep { incoming.text.clone() } else { String::new() },
            patient_id: patient.map(PatientId::uuid),
        })
        .await?;
        Ok(state)
    }

    /// The person a report is about: by the office's number, else by exactly the same name and date of birth, else a
    /// new one. `None` when a human has to choose.
    async fn whose(&self, tx: &mut Tx, office: &Site, report: &Report) -> Result<Option<PatientId>> {
        let person = &report.person;
        let (last, first, born) = (name_key(person.name.last()), name_key(person.name.first()), person.born.date());
        let same = tx.same_person(SearchKeys { last: &last, first: &first, born, swapped: born }).await?;
        for (authority, number) in &person.numbers {
            if number_key(number).is_empty() {
                continue;
            }
            let Some(known) = tx.by_number(&authority_key(office, authority), &number_key(number)).await? else {
                continue;
            };
            let on_file = tx.patient(known).await?.ok_or(RegistryError::NotFound)?.patient();
            // The number alone names nobody: two of date of birth, last and first name must agree, else a human looks.
            let agree = [
                on_file.born == person.born,
                name_key(on_file.name.last()) == last,
                name_key(on_file.name.first()) == first,
            ];
            let plausible = agree.into_iter().filter(|same| *same).count() >= 2;
            let contradicted = same.iter().any(|other| *other != known);
            return Ok((plausible && !contradicted).then_some(known));
        }
        match same.as_slice() {
            [known] => Ok(Some(*known)),
            [] => Ok(Some(self.add_apart(tx, &entry(report)).await?)),
            _ => Ok(None),
        }
    }

    /// Puts a report on a person's record.
    pub(crate) async fn apply(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        office: &Site,
        patient: PatientId,
        report: &Report,
    ) -> Result<(&'static str, Vec<Issue>)> {
        let now = self.now();
        let mut issues = report.warnings.clone();
        for (authority, number) in report.person.numbers.iter().filter(|(_, number)| !number_key(number).is_empty()) {
            tx.add_number(self.fresh(), patient, &authority_key(office, authority), &number_key(number)).await?;
        }
        tx.add_care(self.fresh(), patient, office.site_id(), now).await?;
        let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
        self.complete_person(tx, &person, report).await?;
        let mut on_file: Vec<Dose> = tx.doses(patient).await?;
        // Under an objection an office is told nothing of others' doses, not even that one was there already.
        if person.sharing.is_blocked() {
            on_file.retain(|dose| dose.site == Some(office.site_id()));
        }
        for reported in &report.doses {
            let place = |what| Issue::warning("RXA", reported.occurrence, 0, what);
            let same = on_file.iter().position(|dose| {
                let mine = dose.site == Some(office.site_id()) || reported.source == Source::Historical;
                dose.state == DoseState::Active
                    && dose.given_on == reported.given_on
                    && dose.cvx == reported.cvx
                    && mine
            });
            match (reported.action, same) {
                (Action::Add, Some(_)) => issues.push(place(What::AlreadyOnRecord)),
                (Action::Add | Action::Update, None) => {
                    if reported.action == Action::Update {
                        issues.push(place(What::NothingToChange));
                    }
                    let administered = reported.source == Source::Administered;
                    let dose = Dose {
                        id: DoseId::new(self.fresh()),
                        patient,
                        version: 1,
                        given_on: reported.given_on,
                        cvx: reported.cvx,
                        mvx: reported.mvx.clone(),
                        product: reported.product.clone(),
                        lot: reported.lot.clone(),
                        site: Some(office.site_id()),
                        office: if administered { office.name.clone() } else { reported.office.clone() },
                        source: reported.source,
                        state: DoseState::Active,
                    };
                    tx.add_dose(&dose, now).await?;
                    on_file.push(dose);
                }
                (Action::Delete, None) => issues.push(place(What::NothingToChange)),
                (action, Some(at)) => {
                    let before = on_file[at].clone();
                    if before.site != Some(office.site_id()) {
                        issues.push(place(What::NothingToChange));
                        continue;
                    }
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
        }
        if !report.evidence.is_empty() {
            let known = tx.evidence(patient).await?;
            for evidence in report.evidence.iter().filter(|evidence| !known.contains(evidence)) {
                tx.add_evidence(EvidenceId::new(self.fresh()).uuid(), patient, evidence, Some(office.site_id()))
                    .await?;
            }
        }
        tx.audit(&self.line(&caller.actor, Act::on("dose.import", patient))).await?;
        let looked_at = issues.iter().any(|issue| issue.severity == Severity::Warning);
        Ok((if looked_at { "warned" } else { "accepted" }, issues))
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

/// Record numbers are the office's own: another office's 1234 is somebody else.
pub(crate) fn authority_key(office: &Site, authority: &str) -> String {
    format!("{} {}", office.code, authority.trim().to_uppercase())
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
