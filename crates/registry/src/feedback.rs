//! What people say about the portal.

use access::Task;
use domain::text::{Line, Paragraph};
use store::Feedback;

use crate::{
    Caller, Registry, Result,
    audit::{Act, Action},
    paged::{Paged, Place},
};

impl Registry {
    /// Keeps a message without personal data (the page warned before). Nothing of who sent it is kept.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn give_feedback(&self, topic: &Line<40>, message: &Paragraph<2000>, language: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        let sought_key = matching::sought_key([&**topic, &**message]);
        let feedback = Feedback {
            id: self.fresh(),
            at: self.now(),
            topic: topic.to_string(),
            message: message.to_string(),
            language: language.to_owned(),
            sought_key,
        };
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
        self.store.audit_read(self.audit_row(&caller.principal, Act::general(Action::ReadFeedback))).await?;
        Ok(messages)
    }
}
