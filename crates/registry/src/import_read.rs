//! A file in messages: of one of HL7 each message, of a table each row.

use std::sync::Arc;

use domain::date::{DateOrder, OrderSaid};
use interop::{Issue, Report, What, doses, hl7, table};
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{Registry, RegistryError, Result};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// HL7 v2.5.1 VXU messages, one or many.
    Hl7,
    /// A table of doses.
    Csv,
}

impl ImportKind {
    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hl7 => "hl7",
            Self::Csv => "csv",
        }
    }

    /// What a file looks like, in whatever encoding: messages begin with a header, everything else is taken for a table.
    pub fn of(bytes: &[u8]) -> Self {
        let start = &bytes[..bytes.len().min(4_000)];
        let is_segment = |text: &str, name: &str| {
            text.strip_prefix(name).is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_punctuation()))
        };
        let mut pieces = hl7::messages(start).take(3).map(|piece| piece.text);
        // A header can stand behind a batch's, or behind something that is none.
        let is_hl7 = pieces.any(|text| is_segment(&text, "MSH") || is_segment(&text, "PID"))
            || start.starts_with(b"FHS|")
            || start.starts_with(b"BHS|");
        if is_hl7 { Self::Hl7 } else { Self::Csv }
    }
}

/// A file as somebody hands it in.
#[derive(Debug, Clone, Copy)]
pub struct FileIn<'a> {
    /// What kind it is.
    pub kind: ImportKind,
    /// Its name, to find it again by; empty if it has none.
    pub name: &'a str,
    /// Which number of a date is the month, where somebody has said so. Dates of a table that can be read either way are not guessed.
    pub order: Option<DateOrder>,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// Longest message kept: real ones with hundreds of segments have some 24 kB.
const LONGEST: usize = 1 << 20;

/// Begins the text kept for a line that could not be read: there is nothing to correct but the file.
pub const UNREADABLE_LINE: char = '#';

pub(crate) struct Incoming {
    pub(crate) text: String,
    pub(crate) control_id: String,
    /// The name in it.
    pub(crate) about: String,
    pub(crate) report: std::result::Result<Report, Vec<Issue>>,
}

/// Messages read, and committed, together: each is acknowledged only after its commit is durable, and one commit serves many.
const CHUNK: usize = 250;
/// Stretches that are read ahead of the one that is being written.
const AHEAD: usize = 2;

/// A file as it is being read.
pub(crate) struct ReadFile {
    chunks: mpsc::Receiver<Vec<Incoming>>,
    /// Whoever reads it: a reader that broke looks like one that has come to the end.
    reader: Option<JoinHandle<()>>,
    /// How many messages there are; 0 where that is known only at the end.
    pub(crate) total: i64,
}

impl ReadFile {
    fn by(total: i64, read: impl FnOnce(&mpsc::Sender<Vec<Incoming>>) + Send + 'static) -> Self {
        let (sender, chunks) = mpsc::channel(AHEAD);
        let reader = tokio::task::spawn_blocking(move || read(&sender));
        Self { chunks, reader: Some(reader), total }
    }

    /// The next stretch; `None` at the end of the file.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Incoming>>> {
        if let Some(chunk) = self.chunks.recv().await {
            return Ok(Some(chunk));
        }
        if let Some(reader) = self.reader.take() {
            reader.await.map_err(|_| RegistryError::Stopped)?;
        }
        Ok(None)
    }
}

impl Registry {
    /// Reads a file beside everything else that goes on: a large one takes a core for seconds. The first `skip` messages are left out.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] for what is no file of this kind.
    pub(crate) async fn read_file(
        &self,
        kind: ImportKind,
        order: Option<DateOrder>,
        bytes: Arc<[u8]>,
        skip: usize,
    ) -> Result<ReadFile> {
        let registry = self.clone();
        let all: Option<Vec<Incoming>> = match kind {
            ImportKind::Hl7 => None,
            ImportKind::Csv => {
                let (registry, bytes) = (registry.clone(), Arc::clone(&bytes));
                let read = tokio::task::spawn_blocking(move || registry.read_table(&bytes, order)).await;
                Some(read.map_err(|_| RegistryError::Stopped)??)
            }
        };
        let total = all.as_ref().map_or(0, |all| i64::try_from(all.len()).unwrap_or(0));
        Ok(ReadFile::by(total, move |sender| match all {
            Some(all) => send(sender, all.into_iter().skip(skip)),
            None => send(sender, hl7::messages(&bytes).skip(skip).map(|message| registry.read_message(message))),
        }))
    }

    fn read_message(&self, message: hl7::Piece) -> Incoming {
        let control_id = message.text.split('|').nth(9).unwrap_or("").chars().take(60).collect();
        let report = if message.text.len() > LONGEST {
            Err(vec![Issue::error("MSH", 1, 0, What::TooLong)])
        } else {
            hl7::read_piece(&message, self.today())
        };
        let mut text = message.text;
        if text.len() > LONGEST {
            text = text.chars().take(LONGEST).collect();
        }
        let about = match &report {
            Ok(report) => report.person.name.sorted(),
            Err(_) => hl7::name_in(&text),
        };
        Incoming { text, control_id, about, report }
    }

    fn read_table(&self, bytes: &[u8], order: Option<DateOrder>) -> Result<Vec<Incoming>> {
        let invalid = |why| RegistryError::Invalid("file", why);
        let table = table::read(bytes, 1_000_000, doses::is_column).map_err(|error| {
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
        let order = match (order, doses::dates_said(&table)) {
            (Some(chosen), _) => chosen,
            (None, OrderSaid::Clear) => DateOrder::MonthFirst,
            (None, OrderSaid::Only(order)) => order,
            (None, OrderSaid::Ambiguous | OrderSaid::Both) => {
                return Err(RegistryError::Invalid("dates", domain::Invalid::Choice));
            }
        };
        let reading = doses::Reading { order, shared: doses::shared_numbers(&table) };
        let row = |row: &table::Row| {
            let report = doses::read_row(&table, row, self.today(), &reading);
            let about =
                report.as_ref().map_or_else(|_| doses::name_in(&table, row), |report| report.person.name.sorted());
            // The row waits as it was read: who opens it later reads it no other way.
            let cells = doses::as_read(&table, row, self.today(), &reading);
            Incoming { text: table::one_row(&table.columns, &cells), control_id: row.line.to_string(), about, report }
        };
        let mut all: Vec<Incoming> = table.rows.iter().map(row).collect();
        // A line that could not be read is refused with its number; nothing of it is kept.
        all.extend(table.faults.iter().map(|fault| Incoming {
            text: format!("{UNREADABLE_LINE}{} {}", fault.line, credentials::hex(&credentials::sha256(bytes))),
            control_id: fault.line.to_string(),
            about: String::new(),
            report: Err(vec![Issue::line(fault.line, fault.what)]),
        }));
        Ok(all)
    }
}

/// Sends what is read in stretches, as long as somebody takes them.
fn send(to: &mpsc::Sender<Vec<Incoming>>, messages: impl Iterator<Item = Incoming>) {
    let mut messages = messages.peekable();
    while messages.peek().is_some() {
        let chunk: Vec<Incoming> = messages.by_ref().take(CHUNK).collect();
        if to.blocking_send(chunk).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_that_breaks_in_the_middle_is_no_end_of_the_file() {
        let message = |at: usize| {
            assert!(at < 600, "a fault of the reader");
            Incoming { text: String::new(), control_id: String::new(), about: String::new(), report: Err(Vec::new()) }
        };
        let mut read = ReadFile::by(0, move |sender| send(sender, (0..1_000).map(message)));
        let mut taken = 0;
        let end = loop {
            match read.next().await {
                Ok(Some(chunk)) => taken += chunk.len(),
                other => break other,
            }
        };
        assert!(end.is_err() && taken == 2 * CHUNK, "{taken}");
    }
}
