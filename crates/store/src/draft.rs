//! Forms being filled in by people without an account.

use chrono::{DateTime, Utc};
use domain::ObjectionId;
use uuid::Uuid;

use crate::{Result, Tx};

/// A draft.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Draft {
    /// The answers so far, as JSON.
    pub content: serde_json::Value,
    /// The form it became.
    pub objection_id: Option<Uuid>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

impl Tx {
    /// Keeps the answers under the digest of a cookie.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn save_draft(
        &mut self,
        digest: &[u8],
        content: &serde_json::Value,
        objection: Option<ObjectionId>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into draft (digest, content, objection_id, updated_at) values ($1, $2, $3, $4) \
             on conflict (digest) do update set content = excluded.content, objection_id = excluded.objection_id, updated_at = excluded.updated_at",
            digest,
            content,
            objection.map(ObjectionId::uuid),
            at
        );
        Ok(())
    }

    /// The answers of a cookie.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn draft(&mut self, digest: &[u8]) -> Result<Option<Draft>> {
        Ok(row!(self, Draft, "select content, objection_id, updated_at from draft where digest = $1", digest))
    }

    /// Forgets the answers of a cookie.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn drop_draft(&mut self, digest: &[u8]) -> Result<()> {
        exec!(self, "delete from draft where digest = $1", digest);
        Ok(())
    }

    /// Forgets drafts nobody finished.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn sweep_drafts(&mut self, before: DateTime<Utc>) -> Result<u64> {
        Ok(exec!(self, "delete from draft where updated_at < $1", before))
    }
}
