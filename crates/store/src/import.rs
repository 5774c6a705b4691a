//! Imported files and what became of each message.

use chrono::{DateTime, Utc};
use domain::{BatchId, MessageId, PatientId, SiteId};
use uuid::Uuid;

use crate::{Part, Result, Sought, StoreError, Tx};

/// One imported file.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Batch {
    /// Opaque.
    pub id: Uuid,
    /// The reporting office.
    pub site_id: Uuid,
    /// `hl7` or `csv`.
    pub kind: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Messages taken as they are.
    pub accepted: i64,
    /// Messages taken with warnings.
    pub warned: i64,
    /// Messages refused.
    pub refused: i64,
    /// Messages that wait for a human.
    pub waiting: i64,
    /// Messages that had been taken before.
    pub repeated: i64,
    /// The file's name, empty if it has none.
    pub file_name: String,
    /// Messages that still wait for somebody, refused ones among them.
    pub open: i64,
}

impl Batch {
    /// A file of which nothing is taken yet.
    pub fn new(id: Uuid, site: SiteId, kind: &str, received_at: DateTime<Utc>, file_name: String) -> Self {
        Self {
            id,
            site_id: site.uuid(),
            kind: kind.to_owned(),
            received_at,
            accepted: 0,
            warned: 0,
            refused: 0,
            waiting: 0,
            repeated: 0,
            file_name,
            open: 0,
        }
    }
}

/// One message or row of a file.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Message {
    /// Opaque.
    pub id: Uuid,
    /// Its file.
    pub batch_id: Uuid,
    /// The reporting office.
    pub site_id: Uuid,
    /// Its place in the file, from 1.
    pub position: i64,
    /// What the sender calls it (MSH-10).
    pub control_id: String,
    /// Digest of its text: the same message twice is one.
    pub digest: Vec<u8>,
    /// `accepted`, `warned`, `refused`, `waiting`, `resolved`.
    pub state: String,
    /// What is wrong with it, as JSON.
    pub issues: serde_json::Value,
    /// Its text, while somebody has to act on it.
    pub content: String,
    /// Whose it is.
    pub patient_id: Option<Uuid>,
    /// The name in it, while it waits.
    pub about: String,
    /// When its file came.
    pub received_at: DateTime<Utc>,
    /// The name of its file, empty if it has none.
    pub file_name: String,
    /// What its file is: `hl7` or `csv`.
    pub kind: String,
    /// By what it is found while it waits; not read again.
    #[sqlx(default)]
    pub sought_key: String,
}

/// The query of a [`Batch`].
macro_rules! batches {
    ($rest:literal) => {
        concat!(
            "select id, site_id, kind, received_at, accepted, warned, refused, waiting, repeated, file_name, ",
            "(select count(*) from import_message m where m.batch_id = import_batch.id and m.state in ('refused', 'waiting')) as open from import_batch ",
            $rest
        )
    };
}

/// The query of a [`Message`] in a list, without its text: a list of long texts would be megabytes.
macro_rules! listed_messages {
    ($($rest:tt)+) => {
        concat!(
            "select m.id, m.batch_id, m.site_id, m.position, m.control_id, m.digest, m.state, m.issues, '' as content, m.patient_id, m.about, ",
            "b.received_at, b.file_name, b.kind from import_message m join import_batch b on b.id = m.batch_id ",
            $($rest)+
        )
    };
}

/// What waits for somebody at the office `$1`, sought by `$2` to `$5`.
macro_rules! open {
    () => {
        concat!(
            "where m.site_id = $1 and m.state in ('refused', 'waiting') and ",
            has_words!("m.sought_key", "$2", "$3", "$4", "$5")
        )
    };
}

/// The messages of the file `$1` that are not simply accepted.
macro_rules! to_look_at {
    () => {
        "where m.batch_id = $1 and m.state <> 'accepted'"
    };
}

/// The query of a [`Message`].
macro_rules! messages {
    ($rest:literal) => {
        concat!(
            "select m.id, m.batch_id, m.site_id, m.position, m.control_id, m.digest, m.state, m.issues, m.content, m.patient_id, m.about, m.sought_key, ",
            "b.received_at, b.file_name, b.kind from import_message m join import_batch b on b.id = m.batch_id ",
            $rest
        )
    };
}

impl Tx {
    /// Begins a file.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_batch(&mut self, batch: &Batch, account: Option<Uuid>) -> Result<()> {
        exec!(
            self,
            "insert into import_batch (id, site_id, account_id, kind, received_at, accepted, warned, refused, waiting, repeated, file_name) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            batch.id,
            batch.site_id,
            account,
            &batch.kind,
            batch.received_at,
            batch.accepted,
            batch.warned,
            batch.refused,
            batch.waiting,
            batch.repeated,
            &batch.file_name
        );
        Ok(())
    }

    /// Brings a file's counts up to date.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_batch(&mut self, batch: &Batch) -> Result<()> {
        exec!(
            self,
            "update import_batch set accepted = $1, warned = $2, refused = $3, waiting = $4, repeated = $5 where id = $6",
            batch.accepted,
            batch.warned,
            batch.refused,
            batch.waiting,
            batch.repeated,
            batch.id
        );
        Ok(())
    }

    /// Forgets a file nothing was taken of.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn drop_batch(&mut self, id: BatchId) -> Result<()> {
        exec!(self, "delete from import_batch where id = $1", id.uuid());
        Ok(())
    }

    /// An office's files, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn batches(&mut self, site: SiteId, part: Part) -> Result<Vec<Batch>> {
        Ok(rows!(
            self,
            Batch,
            batches!("where site_id = $1 order by received_at desc, id desc limit $2 offset $3"),
            site.uuid(),
            part.most,
            part.skip
        ))
    }

    /// How many files an office has sent.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_batches(&mut self, site: SiteId) -> Result<i64> {
        Ok(count!(self, "select count(*) as count from import_batch where site_id = $1", site.uuid()))
    }

    /// One file of an office.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn batch(&mut self, site: SiteId, id: BatchId) -> Result<Option<Batch>> {
        Ok(row!(self, Batch, batches!("where site_id = $1 and id = $2"), site.uuid(), id.uuid()))
    }

    /// Keeps messages with their results.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the office sent the same text before.
    pub async fn add_messages(&mut self, messages: &[Message]) -> Result<()> {
        insert_all!(
            self,
            "insert into import_message (id, batch_id, site_id, position, control_id, digest, state, issues, content, patient_id, about, sought_key)",
            messages,
            |message| [
                message.id,
                message.batch_id,
                message.site_id,
                message.position,
                &message.control_id,
                &message.digest,
                &message.state,
                &message.issues,
                &message.content,
                message.patient_id,
                &message.about,
                &message.sought_key,
            ],
            ""
        );
        Ok(())
    }

    /// What an office sent before with one of these texts.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn messages_by_digest(&mut self, site: SiteId, digests: &[[u8; 32]]) -> Result<Vec<Message>> {
        let mut known = Vec::new();
        for some in digests.chunks(crate::tx::ROWS) {
            let sql = messages!("where m.site_id = ");
            known.extend(rows_in!(
                self,
                Message,
                sql,
                site.uuid(),
                " and m.digest in (",
                some,
                |digest| digest.as_slice(),
                ")"
            ));
        }
        Ok(known)
    }

    /// The messages of a file that are not simply accepted.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn batch_messages(&mut self, batch: BatchId, part: Part) -> Result<Vec<Message>> {
        Ok(rows!(
            self,
            Message,
            listed_messages!(to_look_at!(), " order by m.position, m.id limit $2 offset $3"),
            batch.uuid(),
            part.most,
            part.skip
        ))
    }

    /// How many of them there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_batch_messages(&mut self, batch: BatchId) -> Result<i64> {
        Ok(count!(self, concat!("select count(*) as count from import_message m ", to_look_at!()), batch.uuid()))
    }

    /// Every message of a file, without its text.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn batch_outcomes(&mut self, batch: BatchId) -> Result<Vec<Message>> {
        Ok(rows!(
            self,
            Message,
            listed_messages!("where m.batch_id = $1 order by m.position, m.id limit 100000"),
            batch.uuid()
        ))
    }

    /// What waits for somebody at an office: refused messages and doubtful people; sought by the name in them, or by what their sender
    /// calls them.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn open_messages(&mut self, site: SiteId, sought: &Sought, part: Part) -> Result<Vec<Message>> {
        Ok(rows!(
            self,
            Message,
            listed_messages!(open!(), " order by b.received_at desc, m.batch_id, m.position, m.id limit $6 offset $7"),
            site.uuid(),
            sought.pattern(0),
            sought.pattern(1),
            sought.pattern(2),
            sought.pattern(3),
            part.most,
            part.skip
        ))
    }

    /// How many of them there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_open_messages(&mut self, site: SiteId, sought: &Sought) -> Result<i64> {
        Ok(count!(
            self,
            concat!("select count(*) as count from import_message m ", open!()),
            site.uuid(),
            sought.pattern(0),
            sought.pattern(1),
            sought.pattern(2),
            sought.pattern(3)
        ))
    }

    /// One message of an office.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn message(&mut self, site: SiteId, id: MessageId) -> Result<Option<Message>> {
        Ok(row!(self, Message, messages!("where m.site_id = $1 and m.id = $2"), site.uuid(), id.uuid()))
    }

    /// A refused message that can be read by now, as it is or as it was corrected, waits for somebody to say whom it is about.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was acted on meanwhile.
    pub async fn defer_message(&mut self, waiting: &Message) -> Result<()> {
        let touched = exec!(
            self,
            "update import_message set state = 'waiting', issues = $1, content = $2, about = $3, sought_key = $4, patient_id = $5 \
             where id = $6 and state = 'refused'",
            &waiting.issues,
            &waiting.content,
            &waiting.about,
            &waiting.sought_key,
            waiting.patient_id,
            waiting.id
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Closes a message somebody acted on; its text is forgotten.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else did.
    pub async fn resolve_message(&mut self, id: Uuid, patient: Option<PatientId>) -> Result<()> {
        let touched = exec!(
            self,
            "update import_message set state = 'resolved', content = '', about = '', sought_key = '', patient_id = $1 where id = $2 and state in ('refused', 'waiting')",
            patient.map(PatientId::uuid),
            id
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }
}
