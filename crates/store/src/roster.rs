//! Class lists under review.

use chrono::{DateTime, Utc};
use domain::{RosterId, SiteId, UserId};
use uuid::Uuid;

use crate::{Result, Tx};

/// A class list under review.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RosterRow {
    /// Opaque.
    pub id: Uuid,
    /// Whose upload.
    pub account_id: Uuid,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// Its lines, as JSON.
    pub content: serde_json::Value,
}

impl Tx {
    /// Keeps a class list for review.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_roster(
        &mut self,
        id: RosterId,
        school: SiteId,
        account: UserId,
        content: &serde_json::Value,
        at: DateTime<Utc>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into roster (school_id, id, account_id, uploaded_at, content) values ($1, $2, $3, $4, $5)",
            school.uuid(),
            id.uuid(),
            account.uuid(),
            at,
            content
        );
        Ok(())
    }

    /// A class list under review.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn roster(&mut self, school: SiteId, id: RosterId) -> Result<Option<RosterRow>> {
        Ok(row!(
            self,
            RosterRow,
            "select id, account_id, uploaded_at, content from roster where school_id = $1 and id = $2",
            school.uuid(),
            id.uuid()
        ))
    }

    /// Keeps everybody else from changing a class list under review until this transaction ends.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn lock_roster(&mut self, school: SiteId, id: RosterId) -> Result<()> {
        exec!(
            self,
            "update roster set uploaded_at = uploaded_at where school_id = $1 and id = $2",
            school.uuid(),
            id.uuid()
        );
        Ok(())
    }

    /// Puts a reviewed list in the place of the one it was.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn update_roster(&mut self, school: SiteId, id: RosterId, content: &serde_json::Value) -> Result<()> {
        exec!(
            self,
            "update roster set content = $1 where school_id = $2 and id = $3",
            content,
            school.uuid(),
            id.uuid()
        );
        Ok(())
    }

    /// Forgets a class list.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn drop_roster(&mut self, school: SiteId, id: RosterId) -> Result<u64> {
        Ok(exec!(self, "delete from roster where school_id = $1 and id = $2", school.uuid(), id.uuid()))
    }

    /// Forgets lists nobody finished.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn sweep_rosters(&mut self, before: DateTime<Utc>) -> Result<u64> {
        Ok(exec!(self, "delete from roster where uploaded_at < $1", before))
    }
}
