//! Importing files: each message gets a result, nothing is lost, and the same text twice changes nothing.

use std::collections::{HashMap, HashSet};

use access::Task;
use domain::{PatientId, SiteId};
use interop::{Issue, Report, What, doses, hl7, table};
use store::{Batch, Message, Site, Tx};
use uuid::Uuid;

use crate::{Caller, Registry, RegistryError, Result, import_apply::Desk};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// HL7 v2.5.1 VXU messages, one or many.
    Hl7,
    /// A table of doses.
    Csv,
}

impl ImportKind {
    /// What a file looks like, in whatever encoding: messages begin with a header, everything else is taken for a table.
    pub fn of(bytes: &[u8]) -> Self {
        let start = table::decode(&bytes[..bytes.len().min(4_000)]);
        let start = start.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control());
        let is_hl7 = ["MSH|", "FHS|", "BHS|", "MSH^", "PID|"].iter().any(|head| start.starts_with(head));
        if is_hl7 { Self::Hl7 } else { Self::Csv }
    }
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

/// Where a message stands.
struct Place<'a> {
    batch: Uuid,
    position: i64,
    digest: [u8; 32],
    /// What became of the same text when it was sent before.
    before: Option<&'a Message>,
}

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
        let text = if kind == ImportKind::Hl7 { table::decode(bytes) } else { String::new() };
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
        self.commit(tx).await?;
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
        let digests: Vec<[u8; 32]> =
            messages.iter().map(|message| credentials::sha256(message.text.as_bytes())).collect();
        let mut tx = self.store.write().await?;
        let mut known: HashMap<[u8; 32], Message> = HashMap::new();
        for message in tx.messages_by_digest(office.site_id(), &digests).await? {
            if let Ok(digest) = <[u8; 32]>::try_from(message.digest.as_slice()) {
                known.insert(digest, message);
            }
        }
        let mut desk = Desk::new(caller, office);
        let mut seen = HashSet::new();
        for ((position, message), digest) in (before + 1..).zip(messages).zip(digests) {
            let state = if seen.insert(digest) {
                let place = Place { batch: batch.id, position, digest, before: known.get(&digest) };
                self.take(&mut tx, &mut desk, &place, message).await?
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
        let table = table::read(bytes, 1_000_000).map_err(|error| {
            use table::TableError;
            invalid(match error {
                TableError::Empty => domain::Invalid::Missing,
                TableError::TooLong | TableError::TooWide => domain::Invalid::TooLong,
                TableError::NotATable => domain::Invalid::Character,
            })
        })?;
        if !doses::missing_columns(&table).is_empty() {
            return Err(invalid(domain::Invalid::Choice));
        }
        let line = |cells: &[String]| {
            cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",")
        };
        let head = line(&table.columns);
        let row = |row: &table::Row| Incoming {
            text: format!("{head}\n{}", line(&row.cells)),
            control_id: row.line.to_string(),
            report: doses::read_row(&table, row, self.today()),
        };
        Ok(table.rows.iter().map(row).collect())
    }

    /// Takes one message; gives its state.
    async fn take(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        place: &Place<'_>,
        incoming: &Incoming,
    ) -> Result<&'static str> {
        // A refused text may be right by now: what was the future yesterday, or a code learned since.
        let again = place.before.is_some_and(|before| before.state == "refused") && incoming.report.is_ok();
        if place.before.is_some() && !again {
            return Ok("repeated");
        }
        let (state, issues, patient) = match &incoming.report {
            Err(issues) => ("refused", issues.clone(), None),
            // A refusal alone, or a message about the person only: nobody is put on file for it.
            Ok(report) if report.doses.is_empty() && report.evidence.is_empty() => {
                let mut issues = report.warnings.clone();
                issues.push(Issue::warning("RXA", 1, 0, What::NothingReported));
                ("warned", issues, None)
            }
            Ok(report) => match self.whose(tx, desk, report).await? {
                None => ("waiting", vec![Issue::error("PID", 1, 0, What::SeveralPeople)], None),
                Some(known) => {
                    let patient = known.id();
                    let (state, issues) = self.apply(tx, desk, known, report).await?;
                    (state, issues, Some(patient))
                }
            },
        };
        if let Some(before) = place.before {
            match patient {
                None if state == "warned" => tx.resolve_message(before.id, None).await?,
                Some(_) => tx.resolve_message(before.id, patient).await?,
                // It can be read now, and could be about several people: from refused to waiting.
                None => tx.defer_message(before.id, &serde_json::to_value(&issues).unwrap_or_default()).await?,
            }
            return Ok(state);
        }
        let keep = matches!(state, "refused" | "waiting");
        desk.keep(Message {
            id: self.fresh(),
            batch_id: place.batch,
            site_id: desk.office.id,
            position: place.position,
            control_id: incoming.control_id.clone(),
            digest: place.digest.to_vec(),
            state: state.to_owned(),
            issues: serde_json::to_value(&issues).unwrap_or_default(),
            content: if keep { incoming.text.clone() } else { String::new() },
            patient_id: patient.map(PatientId::uuid),
        });
        Ok(state)
    }
}
