//! Importing files: each message gets a result, nothing is lost, and the same text twice changes nothing.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use access::Task;
use domain::{PatientId, SiteId, UserId};
use interop::{Issue, Report, Severity, What, hl7};
use matching::sought_key;
use store::{Batch, Job, Message, Site, StoreError, Tx};
use uuid::Uuid;

use crate::{
    Caller, Registry, RegistryError, Result,
    desk::{Desk, Known},
    error::to_json,
    import_read::{FileIn, ImportKind, Incoming, ReadFile},
    reported::Target,
};

/// What became of a file.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its counts.
    pub batch: Batch,
}

/// Whose work it is, and how much there is.
#[derive(Clone, Copy)]
struct Hold<'a> {
    work: Work<'a>,
    total: i64,
}

/// Why messages are taken.
#[derive(Clone, Copy, Default)]
pub(crate) struct Work<'a> {
    /// The job whose work it is, held anew with every stretch that is written.
    pub(crate) lease: Option<&'a Job>,
    /// The first of them is the corrected text of this refused one, which it settles in the same transaction: however often it is sent,
    /// one is taken.
    pub(crate) instead: Option<&'a Message>,
}

fn digest_of(message: &Message) -> Result<[u8; 32]> {
    <[u8; 32]>::try_from(message.digest.as_slice()).map_err(|_| StoreError::Unreadable("digest").into())
}

/// How many messages of a file were taken.
pub const fn taken_of(batch: &Batch) -> i64 {
    batch.accepted + batch.warned + batch.refused + batch.waiting + batch.repeated
}

/// Where a message stands.
struct OfBatch<'a> {
    batch: Uuid,
    position: i64,
    digest: [u8; 32],
    /// What became of the same text when it was sent before.
    before: Option<&'a Message>,
}

impl Registry {
    /// Imports a text for the caller's office; see [`Self::import_file`].
    ///
    /// # Errors
    /// As [`Self::import_file`].
    pub async fn import(
        &self,
        caller: &Caller,
        site: SiteId,
        kind: ImportKind,
        bytes: &[u8],
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Import> {
        self.import_file(caller, site, FileIn { kind, name: "", order: None, bytes }, progress).await
    }

    /// Imports a file for the caller's office. `progress` is told how many messages are durable.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not report, [`RegistryError::Invalid`] for what is no file of this kind; of `dates` for a
    /// table whose dates can be read either way.
    pub async fn import_file(
        &self,
        caller: &Caller,
        site: SiteId,
        file: FileIn<'_>,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Import> {
        Self::may(&caller.principal, Task::ReportDoses)?;
        if caller.principal.site() != Some(site) {
            return Err(RegistryError::NotFound);
        }
        let read = self.read_file(file.kind, file.order, Arc::from(file.bytes), 0).await?;
        let mut tx = self.store.write().await?;
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?;
        let batch = self.begin_batch(&mut tx, caller, self.fresh(), site, file.kind, file.name).await?;
        self.commit(tx).await?;
        self.import_lines(caller, &office, batch, read, Work::default(), progress).await
    }

    /// A file nothing of which was taken yet.
    pub(crate) async fn begin_batch(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        id: Uuid,
        site: SiteId,
        kind: ImportKind,
        name: &str,
    ) -> Result<Batch> {
        let name = domain::text::line(name, 120).ok().flatten().unwrap_or_default();
        let batch = Batch::new(id, site, kind.key(), self.now(), name);
        tx.add_batch(&batch, caller.principal.user().map(UserId::uuid)).await?;
        Ok(batch)
    }

    /// Takes what is read of a file, from where its counts say that it was left.
    pub(crate) async fn import_lines(
        &self,
        caller: &Caller,
        office: &Site,
        mut batch: Batch,
        mut read: ReadFile,
        work: Work<'_>,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Import> {
        let lease = work.lease;
        let mut position = taken_of(&batch);
        while let Some(chunk) = read.next().await? {
            let hold = Hold { work, total: read.total };
            match self.import_chunk(caller, office, &batch, position, &chunk, hold).await {
                Ok(counted) => batch = counted,
                Err(RegistryError::Conflict) if lease.is_some() && !self.is_held(lease).await? => {
                    return Err(RegistryError::Conflict);
                }
                // Two files at once can touch one person: then message by message, each again if it must.
                Err(RegistryError::Conflict | RegistryError::Store(_)) => {
                    for (at, message) in (position..).zip(&chunk) {
                        let one = std::slice::from_ref(message);
                        let mut tries = 0;
                        batch = loop {
                            match self.import_chunk(caller, office, &batch, at, one, hold).await {
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

    async fn is_held(&self, lease: Option<&Job>) -> Result<bool> {
        let Some(lease) = lease else { return Ok(true) };
        let now = { self.store.read().await?.job(lease.job_id()).await? };
        Ok(now.is_some_and(|now| now.state == "running" && now.tries == lease.tries))
    }

    /// Takes some messages in one transaction; gives the file's counts with them added.
    async fn import_chunk(
        &self,
        caller: &Caller,
        office: &Site,
        batch: &Batch,
        before: i64,
        messages: &[Incoming],
        hold: Hold<'_>,
    ) -> Result<Batch> {
        let mut batch = batch.clone();
        let mut digests: Vec<[u8; 32]> =
            messages.iter().map(|message| credentials::sha256(message.text.as_bytes())).collect();
        if let (Some(instead), 0, Some(first)) = (hold.work.instead, before, digests.first_mut()) {
            *first = digest_of(instead)?;
        }
        let mut tx = self.store.write().await?;
        if let Some(job) = hold.work.lease {
            // In the same transaction: whoever holds the job no more writes nothing.
            let done = before + i64::try_from(messages.len()).unwrap_or(0);
            tx.hold_job(job, done, hold.total, self.lease()).await?;
        }
        let mut known: HashMap<[u8; 32], Message> = HashMap::new();
        for message in tx.messages_by_digest(office.site_id(), &digests).await? {
            known.insert(digest_of(&message)?, message);
        }
        let mut desk = Desk::new(caller, office);
        let new = messages.iter().zip(&digests).filter(|(_, digest)| !known.contains_key(*digest));
        desk.look_ahead(&mut tx, new.filter_map(|(message, _)| message.report.as_ref().ok())).await?;
        let mut seen = HashSet::new();
        for ((position, message), digest) in (before + 1..).zip(messages).zip(digests) {
            let state = if seen.insert(digest) {
                let place = OfBatch { batch: batch.id, position, digest, before: known.get(&digest) };
                self.import_message(&mut tx, &mut desk, &place, message).await?
            } else {
                "repeated"
            };
            match state {
                "accepted" => batch.accepted += 1,
                "warned" => batch.warned += 1,
                "waiting" => batch.waiting += 1,
                "repeated" => batch.repeated += 1,
                _ => batch.refused += 1,
            }
        }
        desk.write(&mut tx, self.now()).await?;
        tx.count_batch(&batch).await?;
        self.commit(tx).await?;
        Ok(batch)
    }

    /// Takes one message; gives its state.
    async fn import_message(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        place: &OfBatch<'_>,
        incoming: &Incoming,
    ) -> Result<&'static str> {
        // A refused text may be right by now: what was the future yesterday, or a code learned since.
        let again = place.before.is_some_and(|before| before.state == "refused") && incoming.report.is_ok();
        if place.before.is_some() && !again {
            return Ok("repeated");
        }
        let taken = match &incoming.report {
            Err(issues) => Taken { state: "refused", issues: issues.clone(), patient: None, aside: Vec::new() },
            // A refusal alone, or a message about the person only: nobody is put on file for it.
            Ok(report) if report.doses.is_empty() && report.evidence.is_empty() => {
                let mut issues = report.warnings.clone();
                issues.push(Issue::warning("RXA", 1, 0, What::NothingReported));
                Taken { state: "warned", issues, patient: None, aside: Vec::new() }
            }
            Ok(report) => match self.whose(tx, desk, report).await? {
                None => Taken {
                    state: "waiting",
                    issues: vec![Issue::error("PID", 1, 0, What::SeveralPeople)],
                    patient: None,
                    aside: Vec::new(),
                },
                Some(known) => self.apply_report(tx, desk, known, report, &incoming.text, Target::Sought).await?,
            },
        };
        for (number, part) in taken.aside.iter().enumerate() {
            let digest = credentials::sha256(format!("{number} {}", part.text).as_bytes());
            let digest = credentials::sha256(&[place.digest, digest].concat());
            desk.add_message(self.message(desk, place, incoming, part, &digest)?);
        }
        let Taken { state, issues, patient, .. } = taken;
        let whole = MessagePart { text: incoming.text.clone(), issues, state, patient };
        if let Some(before) = place.before {
            match patient {
                None if state == "warned" => tx.resolve_message(before.id, None).await?,
                Some(_) if state != "waiting" => tx.resolve_message(before.id, patient).await?,
                // It can be read now, and a human has to decide: from refused to waiting.
                _ => {
                    let waiting =
                        Message { id: before.id, ..self.message(desk, place, incoming, &whole, &place.digest)? };
                    tx.defer_message(&waiting).await?;
                }
            }
            return Ok(state);
        }
        desk.add_message(self.message(desk, place, incoming, &whole, &place.digest)?);
        Ok(state)
    }

    fn message(
        &self,
        desk: &Desk<'_>,
        place: &OfBatch<'_>,
        incoming: &Incoming,
        part: &MessagePart,
        digest: &[u8; 32],
    ) -> Result<Message> {
        let keep = matches!(part.state, "refused" | "waiting");
        let about: String = if keep { incoming.about.chars().take(120).collect() } else { String::new() };
        Ok(Message {
            id: self.fresh(),
            batch_id: place.batch,
            site_id: desk.office.id,
            position: place.position,
            control_id: incoming.control_id.clone(),
            digest: digest.to_vec(),
            state: part.state.to_owned(),
            issues: to_json(&part.issues, "issues")?,
            content: if keep { part.text.clone() } else { String::new() },
            patient_id: part.patient.map(PatientId::uuid),
            sought_key: if keep { sought_key([about.as_str(), &incoming.control_id]) } else { String::new() },
            about,
            received_at: self.now(),
            file_name: String::new(),
            kind: String::new(),
        })
    }

    /// Puts a report on a record and says what has to wait of it. A report of which nothing can be put waits whole; nobody is made
    /// known by it.
    pub(crate) async fn apply_report(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        known: Known,
        report: &Report,
        text: &str,
        target: Target,
    ) -> Result<Taken> {
        let is_change =
            |dose: &interop::ReportedDose| matches!(dose.action, interop::Action::Update | interop::Action::Delete);
        let is_only_changes = report.evidence.is_empty() && report.doses.iter().all(is_change);
        if matches!(known, Known::New(_)) && is_only_changes && target == Target::Sought {
            let issue = |dose: &interop::ReportedDose| Issue::error("RXA", dose.occurrence, 0, What::UnknownDose);
            let issues = report.doses.iter().map(issue).collect();
            return Ok(Taken { state: "waiting", issues, patient: None, aside: Vec::new() });
        }
        let patient = known.id();
        let applied = self.apply(tx, desk, known, report, target).await?;
        let waits = |what: What| if what == What::BeforeBirth { "refused" } else { "waiting" };
        let mut issues = applied.issues;
        let is_nothing = applied.aside.len() == report.doses.len() && report.evidence.is_empty();
        if is_nothing && !applied.aside.is_empty() && report.set_aside.is_empty() {
            let all_refused = applied.aside.iter().all(|(_, what)| *what == What::BeforeBirth);
            issues.extend(applied.aside.iter().map(|(at, what)| Issue::error("RXA", *at, 0, *what)));
            let state = if all_refused { "refused" } else { "waiting" };
            return Ok(Taken { state, issues, patient: Some(patient), aside: Vec::new() });
        }
        let mut aside: Vec<MessagePart> = report
            .set_aside
            .iter()
            .map(|part| MessagePart {
                text: part.text.clone(),
                issues: part.issues.clone(),
                state: "refused",
                patient: None,
            })
            .collect();
        for (at, what) in &applied.aside {
            aside.push(MessagePart {
                // Of a row there is one dose only, so nothing is ever set aside beside another.
                text: hl7::only(text, *at),
                issues: vec![Issue::error("RXA", 1, 0, *what)],
                state: waits(*what),
                patient: Some(patient),
            });
            issues.push(Issue::warning("RXA", *at, 0, What::SetAside));
        }
        let looked_at = !aside.is_empty() || issues.iter().any(|issue| issue.severity == Severity::Warning);
        Ok(Taken { state: if looked_at { "warned" } else { "accepted" }, issues, patient: Some(patient), aside })
    }
}

/// What became of a message.
pub(crate) struct Taken {
    pub state: &'static str,
    pub issues: Vec<Issue>,
    pub patient: Option<PatientId>,
    /// Its doses that wait by themselves.
    pub aside: Vec<MessagePart>,
}

/// A message, or one dose of it, as it is kept.
pub(crate) struct MessagePart {
    pub text: String,
    pub issues: Vec<Issue>,
    pub state: &'static str,
    pub patient: Option<PatientId>,
}
