//! Who did and saw what. Writes record it in their own transaction; reads through a queue that commits many at once.

use chrono::{DateTime, Utc};
use domain::PatientId;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::{Result, Store, StoreError, Tx, engine::Pools};

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

/// Waiting reads. Those that come while one commit is on its way to the disk share the next: a thousand reads a second
/// need some dozen commits, and each is durable before its answer leaves.
#[derive(Clone)]
pub(crate) struct AuditQueue(mpsc::Sender<(Vec<AuditRow>, oneshot::Sender<bool>)>);

const BATCH: usize = 512;

impl AuditQueue {
    pub fn start(pools: Pools) -> Self {
        let (sender, mut receiver) = mpsc::channel::<(Vec<AuditRow>, oneshot::Sender<bool>)>(4096);
        tokio::spawn(async move {
            let mut waiting = Vec::with_capacity(BATCH);
            while receiver.recv_many(&mut waiting, BATCH).await > 0 {
                let done = commit(&pools, &waiting).await.is_ok();
                for (_, answer) in waiting.drain(..) {
                    // A reader that gave up does not wait for it any more.
                    let _ = answer.send(done);
                }
            }
        });
        Self(sender)
    }
}

async fn commit(pools: &Pools, waiting: &[(Vec<AuditRow>, oneshot::Sender<bool>)]) -> Result<()> {
    let rows: Vec<AuditRow> = waiting.iter().flat_map(|(rows, _)| rows).cloned().collect();
    let mut tx = pools.write().await?;
    tx.audit_all(&rows).await?;
    tx.commit().await
}

impl Store {
    /// Records a read; returns when the line is durable.
    ///
    /// # Errors
    /// When it could not be written: then the answer must not leave.
    pub async fn audit_read(&self, row: AuditRow) -> Result<()> {
        self.audit_reads(vec![row]).await
    }

    /// Records the reads of a whole list; returns when every line is durable.
    ///
    /// # Errors
    /// When they could not be written: then the answer must not leave.
    pub async fn audit_reads(&self, rows: Vec<AuditRow>) -> Result<()> {
        let (answer, written) = oneshot::channel();
        let gone = || StoreError::Engine("the audit queue is closed".into());
        self.audits.0.send((rows, answer)).await.map_err(|_| gone())?;
        if written.await.unwrap_or(false) {
            Ok(())
        } else {
            Err(StoreError::Engine("the audit could not be written".into()))
        }
    }
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

    /// Who looked at a record, newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn audits_of(&mut self, patient: PatientId, limit: i64) -> Result<Vec<AuditRow>> {
        Ok(rows!(
            self,
            AuditRow,
            "select id, at, account_id, actor, role, site_id, patient_id, action, outcome, purpose, reason from audit \
             where patient_id = $1 order by at desc, id desc limit $2",
            patient.uuid(),
            limit
        ))
    }
}
