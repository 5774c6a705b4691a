//! Who did and saw what. Writes record it in their own transaction; reads through a queue that commits many at once.

use chrono::{DateTime, Utc};
use domain::PatientId;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::{Result, StoreError, Tx, error::Fault, pools::Pools};

/// One line of the audit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// UUIDv7.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, if signed in.
    pub account_id: Option<Uuid>,
    /// The name shown to people who ask who looked.
    pub actor: String,
    /// As what.
    pub role: String,
    /// For which office or school.
    pub site_id: Option<Uuid>,
    /// Whose record, if one.
    pub patient_id: Option<Uuid>,
    /// What, such as `record.read`.
    pub action: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// What for, where something was read.
    pub purpose: String,
    /// Why, where a reason is asked for.
    pub reason: String,
}

/// Lines somebody waits for before the answer leaves.
struct Waiting {
    rows: Vec<AuditRow>,
    written: oneshot::Sender<Result<()>>,
}

/// Waiting reads. Those that come while one commit is on its way to the disk share the next: a thousand reads a second
/// need some dozen commits, and each is durable before its answer leaves.
#[derive(Clone)]
pub(crate) struct AuditQueue(mpsc::Sender<Waiting>);

const BATCH: usize = 512;
const LONGEST_QUEUE: usize = 4096;

impl AuditQueue {
    pub(crate) fn start(pools: Pools) -> Self {
        let (sender, mut receiver) = mpsc::channel::<Waiting>(LONGEST_QUEUE);
        tokio::spawn(async move {
            loop {
                let mut waiting = Vec::new();
                if receiver.recv_many(&mut waiting, BATCH).await == 0 {
                    return;
                }
                // In a task of its own: whatever breaks in one commit does not break those to come.
                let pools = pools.clone();
                if tokio::spawn(async move { write(&pools, waiting).await }).await.is_err() {
                    tracing::error!("a commit of the audit broke");
                }
            }
        });
        Self(sender)
    }

    /// Writes lines; returns when every one is durable.
    pub(crate) async fn write(&self, rows: Vec<AuditRow>) -> Result<()> {
        let (written, answer) = oneshot::channel();
        let stopped = || StoreError::Audit(Fault::Stopped);
        self.0.send(Waiting { rows, written }).await.map_err(|_| stopped())?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }
}

/// Writes what waits in one commit. Where the engine refuses what one of the lines says, each by itself: the others' answers may leave.
async fn write(pools: &Pools, waiting: Vec<Waiting>) {
    let all: Vec<AuditRow> = waiting.iter().flat_map(|it| &it.rows).cloned().collect();
    let mut done = commit(pools, &all).await.map_err(Fault::from);
    for Waiting { rows, written } in waiting {
        if matches!(&done, Err(fault) if fault.is_of_row()) && rows.len() < all.len() {
            let own = commit(pools, &rows).await.map_err(Fault::from);
            // Anything else is nobody's own: the others need not wait for it too.
            if matches!(&own, Err(fault) if !fault.is_of_row()) {
                done.clone_from(&own);
            }
            let _ = written.send(own.map_err(StoreError::Audit));
        } else {
            // A reader that gave up does not wait for it any more.
            let _ = written.send(done.clone().map_err(StoreError::Audit));
        }
    }
}

async fn commit(pools: &Pools, rows: &[AuditRow]) -> Result<()> {
    let mut tx = pools.write().await?;
    tx.audit_all(rows).await?;
    tx.commit().await
}

/// The lines about the person `$1`.
macro_rules! audits {
    ($rest:literal) => {
        concat!(
            "select id, at, account_id, actor, role, site_id, patient_id, action, outcome, purpose, reason from audit ",
            "where patient_id = $1 ",
            $rest
        )
    };
}

impl Tx {
    /// Writes one line.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn audit(&mut self, row: &AuditRow) -> Result<()> {
        self.audit_all(std::slice::from_ref(row)).await
    }

    /// Writes many lines.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn audit_all(&mut self, rows: &[AuditRow]) -> Result<()> {
        insert_all!(
            self,
            "insert into audit (id, at, account_id, actor, role, site_id, patient_id, action, outcome, purpose, reason)",
            rows,
            |row| [
                row.id,
                row.at,
                row.account_id,
                &row.actor,
                &row.role,
                row.site_id,
                row.patient_id,
                &row.action,
                &row.outcome,
                &row.purpose,
                &row.reason,
            ],
            ""
        );
        Ok(())
    }

    /// Who looked at a record, newest first: the first lines, or those that come after one.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn audits_of(
        &mut self,
        patient: PatientId,
        after: Option<(DateTime<Utc>, Uuid)>,
        limit: i64,
    ) -> Result<Vec<AuditRow>> {
        let Some((at, id)) = after else {
            return Ok(rows!(self, AuditRow, audits!("order by at desc, id desc limit $2"), patient.uuid(), limit));
        };
        Ok(rows!(
            self,
            AuditRow,
            audits!("and (at, id) < ($2, $3) order by at desc, id desc limit $4"),
            patient.uuid(),
            at,
            id,
            limit
        ))
    }
}
