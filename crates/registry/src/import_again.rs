//! A refused message, corrected and sent again.

use std::sync::Arc;

use access::Task;
use domain::MessageId;
use interop::Issue;

use crate::{
    Caller, Registry, RegistryError, Result,
    import::{Import, Work},
    import_read::ImportKind,
};

/// What became of a corrected text.
#[derive(Debug)]
pub enum Resent {
    /// It is taken, or waits for somebody to say whom it is about.
    Taken(Import),
    /// This still cannot be read; nothing has changed.
    Still(Vec<Issue>),
}

impl Registry {
    /// Sends a corrected text in the place of a refused one, which is settled in the same transaction. What still cannot be read changes
    /// nothing.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, [`RegistryError::Conflict`] when somebody dealt with it meanwhile.
    pub async fn resubmit(&self, caller: &Caller, id: MessageId, text: &str) -> Result<Resent> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let message = self.waiting_message(caller, id).await?.message;
        if text.trim().replace("\r\n", "\n").replace('\r', "\n") == message.content.replace('\r', "\n").trim() {
            return Err(RegistryError::Invalid("text", domain::Invalid::Choice));
        }
        let (kind, bytes) = (ImportKind::of(text.as_bytes()), Arc::<[u8]>::from(text.as_bytes()));
        let mut read = self.read_file(kind, None, Arc::clone(&bytes), 0).await?;
        let mut any = false;
        while let Some(chunk) = read.next().await? {
            any |= !chunk.is_empty();
            if let Some(issues) = chunk.into_iter().find_map(|incoming| incoming.report.err()) {
                return Ok(Resent::Still(issues));
            }
        }
        if !any {
            return Err(RegistryError::Invalid("text", domain::Invalid::Choice));
        }
        let read = self.read_file(kind, None, bytes, 0).await?;
        let mut tx = self.store.write().await?;
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?;
        let batch = self.begin_batch(&mut tx, caller, self.fresh(), site, kind, &message.file_name).await?;
        self.commit(tx).await?;
        let work = Work { lease: None, instead: Some(&message) };
        let import = self.import_lines(caller, &office, batch, read, work, &|_| {}).await?;
        // Somebody was quicker: what this one said is not on record.
        if import.batch.accepted + import.batch.warned + import.batch.waiting == 0 {
            return Err(RegistryError::Conflict);
        }
        Ok(Resent::Taken(import))
    }
}
