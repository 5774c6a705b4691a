//! Forms that were sent: the same press again finds what the first one did.

use chrono::{DateTime, Utc};

use crate::{Result, StoreError, Tx};

/// What is known of a press of a button.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Press {
    /// When it came first.
    pub at: DateTime<Utc>,
    /// Where it led; empty while it is at work.
    pub answer: String,
}

impl Tx {
    /// Notes a press that begins its work.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when it came before.
    pub async fn add_press(&mut self, digest: &[u8], at: DateTime<Utc>) -> Result<()> {
        let added = exec!(
            self,
            "insert into form_press (digest, at, answer) values ($1, $2, '') on conflict (digest) do nothing",
            digest,
            at
        );
        if added == 1 { Ok(()) } else { Err(StoreError::Duplicate) }
    }

    /// What is known of a press.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn press(&mut self, digest: &[u8]) -> Result<Option<Press>> {
        Ok(row!(self, Press, "select at, answer from form_press where digest = $1", digest))
    }

    /// Notes where a press led.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn answer_press(&mut self, digest: &[u8], answer: &str) -> Result<()> {
        exec!(self, "update form_press set answer = $1 where digest = $2", answer, digest);
        Ok(())
    }

    /// Forgets a press that did nothing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn drop_press(&mut self, digest: &[u8]) -> Result<()> {
        exec!(self, "delete from form_press where digest = $1", digest);
        Ok(())
    }

    /// Forgets presses of long ago.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn sweep_presses(&mut self, before: DateTime<Utc>) -> Result<u64> {
        Ok(exec!(self, "delete from form_press where at < $1", before))
    }
}
