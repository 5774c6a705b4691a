//! What people say about the portal.

use access::Task;
use domain::text;
use store::Feedback;

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    paged::{Paged, Place},
};

impl Registry {
    /// Keeps a message without personal data (the page warned before). Nothing of who sent it is kept.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] for an empty or very long one.
    pub async fn give_feedback(&self, topic: &str, message: &str, language: &str) -> Result<()> {
        let message = text::paragraph(message, 2000)
            .and_then(|message| message.ok_or(domain::Invalid::Missing))
            .map_err(|why| RegistryError::Invalid("message", why))?;
        let topic = text::line(topic, 40).map_err(|why| RegistryError::Invalid("topic", why))?.unwrap_or_default();
        let mut tx = self.store.write().await?;
        let sought_key = matching::sought_key([topic.as_str(), message.as_str()]);
        let feedback =
            Feedback { id: self.fresh(), at: self.now(), topic, message, language: language.to_owned(), sought_key };
        tx.add_feedback(&feedback).await?;
        self.commit(tx).await
    }

    /// A page of the messages, the newest first, for the Department: those with what is sought in them, or all.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn feedback(&self, caller: &Caller, page: i64, sought: &str) -> Result<Paged<Feedback>> {
        Self::may(&caller.principal, Task::ReadFeedback)?;
        let messages = {
            let mut tx = self.store.read().await?;
            let sought = crate::paged::sought(sought);
            let place = Place::new(page, tx.count_feedback(&sought).await?);
            place.of(tx.feedback(&sought, place.part()).await?)
        };
        self.store.audit_read(self.line(&caller.principal, Act::general(Action::ReadFeedback))).await?;
        Ok(messages)
    }
}
