//! What people say about the portal.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Part, Result, Tx};

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

    /// Messages, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn feedback(&mut self, part: &Part) -> Result<Vec<Feedback>> {
        Ok(rows!(
            self,
            Feedback,
            "select id, at, topic, message, language from feedback \
             where lower(message) like $1 escape '\\' or lower(topic) like $1 escape '\\' order by at desc, id desc limit $2 offset $3",
            part.pattern(),
            part.most,
            part.skip
        ))
    }

    /// How many there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_feedback(&mut self, part: &Part) -> Result<i64> {
        Ok(count!(
            self,
            "select count(*) as count from feedback where lower(message) like $1 escape '\\' or lower(topic) like $1 escape '\\'",
            part.pattern()
        ))
    }
}
