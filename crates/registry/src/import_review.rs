//! What became of imported files: results, messages that wait, correcting and choosing.

use std::collections::{BTreeMap, btree_map::Entry};

use access::{Grant, Purpose, Relation, Scope, Task};
use domain::{
    BatchId, DoseId, MessageId, PatientId, SiteId,
    dose::{Dose, DoseState},
    patient::Demographics,
};
use interop::{
    Action, Issue, Report, What, doses,
    hl7::{self, Acknowledged},
    table,
};
use matching::Wanted;
use store::{Batch, Message, Site, Tx};

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{self, Act},
    chart::{as_said, with_names_in_order},
    desk::{Desk, Known, numbers_of},
    dose::doses_office_may_see,
    error::{from_json, to_json},
    import::MessagePart,
    paged::{Paged, Place},
    reported::Target,
    wanted::keys_of,
};

impl Registry {
    /// A page of the office's files, the newest first.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not report.
    pub async fn imports(&self, caller: &Caller, page: i64) -> Result<Paged<Batch>> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        let place = Place::new(page, tx.count_batches(site).await?);
        Ok(place.of(tx.batches(site, place.part()).await?))
    }

    /// How many messages wait for somebody at the office. A number is no reading: nobody is named.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is of no office.
    pub async fn count_open(&self, caller: &Caller) -> Result<i64> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        Ok(self.store.read().await?.count_open_messages(site, &store::Sought::all()).await?)
    }

    /// A page of what waits for somebody at the office, the newest first: all of it, or what has the sought name or number in it.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not report.
    pub async fn open_messages(&self, caller: &Caller, page: i64, sought: &str) -> Result<Paged<Message>> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        let sought = crate::paged::sought(sought);
        let place = Place::new(page, tx.count_open_messages(site, &sought).await?);
        Ok(place.of(tx.open_messages(site, &sought, place.part()).await?))
    }

    /// One file of the office.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's.
    pub async fn batch(&self, caller: &Caller, id: BatchId) -> Result<Batch> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        self.store.read().await?.batch(site, id).await?.ok_or(RegistryError::NotFound)
    }

    /// One file with a page of its messages that are not simply accepted.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's.
    pub async fn import_result(&self, caller: &Caller, id: BatchId, page: i64) -> Result<(Batch, Paged<Message>)> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        let batch = tx.batch(site, id).await?.ok_or(RegistryError::NotFound)?;
        let place = Place::new(page, tx.count_batch_messages(id).await?);
        Ok((batch, place.of(tx.batch_messages(id, place.part()).await?)))
    }

    /// What became of each message of a file, in its order, for the answers its sender reads: what the sender calls it, what of it was
    /// taken, what is wrong.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, or a file without messages.
    pub async fn acknowledgments(
        &self,
        caller: &Caller,
        id: BatchId,
    ) -> Result<Vec<(String, Acknowledged, Vec<Issue>)>> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        tx.batch(site, id).await?.filter(|batch| batch.kind == "hl7").ok_or(RegistryError::NotFound)?;
        let mut answers: BTreeMap<i64, (String, Acknowledged, Vec<Issue>)> = BTreeMap::new();
        for message in tx.batch_outcomes(id).await? {
            let issues: Vec<Issue> = from_json(message.issues, "issues")?;
            let outcome = match message.state.as_str() {
                "accepted" => Acknowledged::Taken,
                "refused" => Acknowledged::Refused,
                _ => Acknowledged::InPart,
            };
            match answers.entry(message.position) {
                Entry::Vacant(place) => drop(place.insert((message.control_id, outcome, issues))),
                // A dose of it that waits by itself.
                Entry::Occupied(mut place) => {
                    let answer = place.get_mut();
                    answer.1 = Acknowledged::InPart;
                    answer.2.extend(issues);
                }
            }
        }
        Ok(answers.into_values().collect())
    }

    /// One message that waits, beside what is on file of whom it could be about.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, or one that does not wait any more.
    pub async fn waiting_message(&self, caller: &Caller, id: MessageId) -> Result<WaitingMessage> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.read().await?;
        let message =
            tx.message(site, id).await?.filter(|message| !message.content.is_empty()).ok_or(RegistryError::NotFound)?;
        let report = self.reread(&message).ok();
        let mut waiting = WaitingMessage { message, report, people: Vec::new(), about_dose: false };
        if let (true, Some(report)) = (waiting.message.state == "waiting", &waiting.report) {
            waiting.about_dose = is_about_dose(&waiting.message)?;
            waiting.people = self.candidates(&mut tx, caller, &waiting.message, report).await?;
        }
        drop(tx);
        let mut lines = vec![self.audit_row(&caller.principal, Act::general(audit::Action::ReadMessage))];
        lines.extend(
            waiting
                .people
                .iter()
                .map(|person| self.audit_row(&caller.principal, Act::on(audit::Action::CompareWithMessage, person.id))),
        );
        self.store.audit_reads(lines).await?;
        Ok(waiting)
    }

    /// Says whom a doubtful message is about: one of the candidates, or somebody new.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a person who is not one of them, [`RegistryError::Invalid`] of `before_birth` for one who was born
    /// after the doses were given.
    pub async fn choose_person(&self, caller: &Caller, id: MessageId, chosen: Option<PatientId>) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let (message, report) = self.open_message(&mut tx, site, id).await?;
        if is_about_dose(&message)? {
            return Err(RegistryError::NotFound);
        }
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?;
        let known = match chosen {
            Some(chosen) => {
                let candidates = self.candidates(&mut tx, caller, &message, &report).await?;
                if !candidates.iter().any(|person| person.id == chosen) {
                    return Err(RegistryError::NotFound);
                }
                // As it is on file: what the office was shown of it may be masked.
                let person = tx.patient(chosen).await?.ok_or(RegistryError::NotFound)?.patient();
                if report.doses.iter().all(|dose| dose.given_on < person.born.date()) && !report.doses.is_empty() {
                    return Err(RegistryError::Invalid("before_birth", domain::Invalid::TooEarly));
                }
                Known::OnFile(Box::new(person))
            }
            None => {
                tx.hold_name(keys_of(&Wanted::named(&report.person.name, report.person.born.date()))).await?;
                Known::New(Box::new(self.newcomer(&mut tx, &report.person, report.protected).await?))
            }
        };
        self.settle_message(tx, caller, &office, &message, known, &report, Target::Sought).await
    }

    /// Says which dose a correction that names none is about: one of the person's own of this office, or none of them, and then the
    /// dose is recorded as a new one.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a dose that is not one of them, or to take back none of them.
    pub async fn choose_dose(&self, caller: &Caller, id: MessageId, chosen: Option<DoseId>) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let (message, report) = self.open_message(&mut tx, site, id).await?;
        if !is_about_dose(&message)? || report.doses.len() != 1 {
            return Err(RegistryError::NotFound);
        }
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?;
        let mut report = report;
        if chosen.is_none() {
            match report.doses[0].action {
                Action::Delete => return Err(RegistryError::NotFound),
                action => report.doses[0].action = if action == Action::Add { action } else { Action::Put },
            }
        } else if report.doses[0].action == Action::Add {
            report.doses[0].action = Action::Update;
        }
        let known = match message.patient_id.map(PatientId::new) {
            Some(patient) => {
                Known::OnFile(Box::new(tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient()))
            }
            None => {
                let mut desk = Desk::new(caller, &office);
                self.whose(&mut tx, &mut desk, &report).await?.ok_or(RegistryError::Conflict)?
            }
        };
        let target = chosen.map_or(Target::New, Target::Dose);
        self.settle_message(tx, caller, &office, &message, known, &report, target).await
    }

    async fn open_message(&self, tx: &mut Tx, site: SiteId, id: MessageId) -> Result<(Message, Report)> {
        let message =
            tx.message(site, id).await?.filter(|message| message.state == "waiting").ok_or(RegistryError::NotFound)?;
        let report = self.reread(&message).map_err(|_| RegistryError::NotFound)?;
        Ok((message, report))
    }

    /// Puts a message on a record after a human has decided; doses of it that have to wait still become messages of their own.
    #[expect(clippy::too_many_arguments, reason = "what was decided, about what, by whom")]
    async fn settle_message(
        &self,
        mut tx: Tx,
        caller: &Caller,
        office: &Site,
        message: &Message,
        known: Known,
        report: &Report,
        target: Target,
    ) -> Result<()> {
        let mut desk = Desk::new(caller, office);
        let patient = known.id();
        let taken = self.apply_report(&mut tx, &mut desk, known, report, &message.content, target).await?;
        let is_nothing = matches!(taken.state, "waiting" | "refused");
        if is_nothing && target != Target::Sought {
            // What was chosen cannot be done: the same vaccine is on that day already.
            return Err(RegistryError::OnRecord);
        }
        let mut aside = taken.aside;
        if is_nothing {
            aside = vec![MessagePart {
                text: message.content.clone(),
                issues: taken.issues,
                state: taken.state,
                patient: Some(patient),
            }];
        }
        for (number, part) in aside.into_iter().enumerate() {
            let digest = credentials::sha256(format!("{number} {}", part.text).as_bytes());
            let digest = credentials::sha256(&[message.digest.as_slice(), &digest].concat());
            desk.add_message(Message {
                id: self.fresh(),
                digest: digest.to_vec(),
                state: part.state.to_owned(),
                issues: to_json(&part.issues, "issues")?,
                content: part.text,
                patient_id: part.patient.map(PatientId::uuid),
                ..message.clone()
            });
        }
        desk.write(&mut tx, self.now()).await?;
        tx.resolve_message(message.id, Some(patient)).await?;
        self.commit(tx).await
    }

    /// Throws a message away that somebody has looked at: its text is deleted, that it came stays known.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, or one that does not wait any more.
    pub async fn dismiss_message(&self, caller: &Caller, id: MessageId) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let message =
            tx.message(site, id).await?.filter(|message| !message.content.is_empty()).ok_or(RegistryError::NotFound)?;
        tx.resolve_message(message.id, None).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::general(audit::Action::DismissMessage))).await?;
        self.commit(tx).await
    }

    fn reread(&self, message: &Message) -> std::result::Result<Report, Vec<Issue>> {
        if message.content.starts_with("MSH") {
            return hl7::read_vxu(&message.content, self.today());
        }
        let table = table::read(message.content.as_bytes(), 1, doses::is_column).map_err(|_| Vec::new())?;
        let reading = doses::Reading::default();
        table.rows.first().map_or(Err(Vec::new()), |row| doses::read_row(&table, row, self.today(), &reading))
    }

    /// The people a report could be about, those this office may know of, with the doses it may be told of. Of a message that waits
    /// for a dose to be chosen only the person it is about.
    async fn candidates(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        message: &Message,
        report: &Report,
    ) -> Result<Vec<PersonBeside>> {
        let office = tx.site(Self::site_for(caller, Task::ReportDoses)?).await?.ok_or(RegistryError::NotFound)?;
        let numbers = numbers_of(&office.code, report);
        let all: Vec<PatientId> = match message.patient_id {
            Some(known) => vec![PatientId::new(known)],
            None => self.could_be(tx, office.site_id(), &numbers, report).await?.into_iter().collect(),
        };
        let mut shown = Vec::new();
        for patient in all {
            let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
            let grant = self.office_grant(tx, office.site_id(), &person).await?;
            let on_file = tx.numbers_of(patient).await?;
            let prefix = format!("{} ", office.code);
            let own = on_file
                .into_iter()
                .filter_map(|(authority, key)| Some(format!("{} {key}", authority.strip_prefix(&prefix)?)));
            let beside = PersonBeside {
                id: patient,
                who: match (grant, Scope::of_office(office.site_id(), Purpose::Match).standing()) {
                    (Grant::Own(site), _) => with_names_in_order(as_said(tx, &person, site).await?),
                    (Grant::Whole | Grant::Name, Some(standing)) => {
                        // Of whoever is only to be chosen, no name they went by.
                        let other_names =
                            if grant == Grant::Whole { tx.other_names(patient).await? } else { Vec::new() };
                        let person = access::papers::person(grant, standing, Relation::default(), person.clone());
                        with_names_in_order(Demographics { other_names, ..person.demographics() })
                    }
                    _ => continue,
                },
                numbers: own.collect(),
                doses: match grant {
                    // Somebody of the same name elsewhere: enough to tell them apart, not their record.
                    Grant::Name => Vec::new(),
                    _ => doses_office_may_see(tx, &person, office.site_id()).await?,
                },
            };
            let active = beside.doses.iter().filter(|dose| dose.state == DoseState::Active).cloned().collect();
            shown.push(PersonBeside { doses: active, ..beside });
        }
        Ok(shown)
    }
}

/// A message that waits, with whom it could be about.
#[derive(Debug, Clone)]
pub struct WaitingMessage {
    /// The message.
    pub message: Message,
    /// What is in it, if it can be read.
    pub report: Option<Report>,
    /// The people it could be about; for a correction that names no dose, the one it is about.
    pub people: Vec<PersonBeside>,
    /// A dose is to be chosen, not a person.
    pub about_dose: bool,
}

/// Somebody on file, beside a message.
#[derive(Debug, Clone)]
pub struct PersonBeside {
    /// On file.
    pub id: PatientId,
    /// As far as the office may see: as on file, or as it has said itself.
    pub who: Demographics,
    /// This office's numbers of them.
    pub numbers: Vec<String>,
    /// Doses that count, of those the office may be told of.
    pub doses: Vec<Dose>,
}

/// Does a message wait for somebody to say which dose it means?
fn is_about_dose(message: &Message) -> Result<bool> {
    let issues: Vec<Issue> = from_json(message.issues.clone(), "issues")?;
    let asks = |issue: &Issue| matches!(issue.what, What::UnknownDose | What::TakenBack | What::AlreadyOnRecord);
    Ok(issues.iter().any(asks) && !issues.iter().any(|issue| issue.what == What::SeveralPeople))
}
