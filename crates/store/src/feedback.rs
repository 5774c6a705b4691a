//! What people say about the portal.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Result, Tx};

/// A message without personal data.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Feedback {
    /// Opaque.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What about.
    pub topic: String,
    /// The message.
    pub message: String,
    /// The page's language.
    pub language: String,
}

impl Tx {
    /// Keeps a message.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_feedback(&mut self, feedback: &Feedback) -> Result<()> {
        exec!(
            self,
            "insert into feedback (id, at, topic, message, language) values ($1, $2, $3, $4, $5)",
            feedback.id,
            feedback.at,
            &feedback.topic,
            &feedback.message,
            &feedback.language
        );
        Ok(())
    }

    /// The newest messages.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn feedback(&mut self, limit: i64) -> Result<Vec<Feedback>> {
        Ok(rows!(
            self,
            Feedback,
            "select id, at, topic, message, language from feedback order by at desc, id desc limit $1",
            limit
        ))
    }
}
