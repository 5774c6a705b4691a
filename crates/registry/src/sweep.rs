//! Forgetting what nobody needs any more.

use access::Task;
use chrono::Duration;
use domain::Principal;

use crate::{Registry, Result, jobs::KEPT_DAYS};

impl Registry {
    /// Forgets ended sessions, class lists left half reviewed for a day, forms left half filled in, jobs long done and files nobody
    /// has said a word about. Gives how many sessions, lists and forms.
    ///
    /// # Errors
    /// [`crate::RegistryError::NotFound`] for anybody but the program that does it.
    pub(crate) async fn sweep(&self, principal: &Principal) -> Result<u64> {
        Self::may(principal, Task::Sweep)?;
        let now = self.now();
        let long_ago = now - Duration::days(KEPT_DAYS);
        let mut tx = self.store.write().await?;
        tx.sweep_jobs(long_ago).await?;
        tx.forget_files(long_ago, now).await?;
        let swept = tx.sweep_sessions(now).await?
            + tx.sweep_rosters(now - Duration::days(1)).await?
            + tx.sweep_drafts(now - Duration::hours(12)).await?;
        self.commit(tx).await?;
        Ok(swept)
    }
}
