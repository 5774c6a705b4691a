//! A button pressed twice is one act: the second press finds what the first has done.

use chrono::Duration;
use store::StoreError;

use crate::{Registry, Result};

/// What a press of a button is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// The first one of its form: do the work.
    First,
    /// Another one; the first led there.
    Before(String),
    /// Another one; the first is at work.
    AtWork,
}

/// A press whose work was never finished is forgotten after so long: the program stopped in the middle of it.
const LONGEST_WORK_SECONDS: i64 = 120;

impl Registry {
    /// Notes a press, by a digest of who pressed what on which page.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn press(&self, digest: &[u8; 32]) -> Result<Pressed> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        match tx.add_press(digest, now).await {
            Ok(()) => {
                // A day is longer than a page is left open, and a session lasts.
                tx.sweep_presses(now - Duration::days(1)).await?;
                self.commit(tx).await?;
                Ok(Pressed::First)
            }
            Err(StoreError::Duplicate) => {
                let Some(before) = tx.press(digest).await? else { return Ok(Pressed::AtWork) };
                if !before.answer.is_empty() {
                    return Ok(Pressed::Before(before.answer));
                }
                if before.at < now - Duration::seconds(LONGEST_WORK_SECONDS) {
                    tx.drop_press(digest).await?;
                    self.commit(tx).await?;
                }
                Ok(Pressed::AtWork)
            }
            Err(other) => Err(other.into()),
        }
    }

    /// Notes where a press led; `None`: it did nothing, and may be tried again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pressed(&self, digest: &[u8; 32], led_to: Option<&str>) -> Result<()> {
        let mut tx = self.store.write().await?;
        match led_to {
            Some(to) => tx.answer_press(digest, to).await?,
            None => tx.drop_press(digest).await?,
        }
        self.commit(tx).await
    }
}
