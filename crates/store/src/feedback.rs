//! What people say about the portal.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Part, Result, Sought, Tx};

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
    /// By what it is found in a list; not read again.
    #[sqlx(default)]
    pub sought_key: String,
}

/// The messages that are sought by `$1` to `$4`.
macro_rules! sought {
    () => {
        concat!("from feedback where ", has_words!("sought_key", "$1", "$2", "$3", "$4"))
    };
}

impl Tx {
    /// Keeps a message.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_feedback(&mut self, feedback: &Feedback) -> Result<()> {
        exec!(
            self,
            "insert into feedback (id, at, topic, message, language, sought_key) values ($1, $2, $3, $4, $5, $6)",
            feedback.id,
            feedback.at,
            &feedback.topic,
            &feedback.message,
            &feedback.language,
            &feedback.sought_key
        );
        Ok(())
    }

    /// Messages, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn feedback(&mut self, sought: &Sought, part: Part) -> Result<Vec<Feedback>> {
        Ok(rows!(
            self,
            Feedback,
            concat!(
                "select id, at, topic, message, language ",
                sought!(),
                " order by at desc, id desc limit $5 offset $6"
            ),
            sought.pattern(0),
            sought.pattern(1),
            sought.pattern(2),
            sought.pattern(3),
            part.most,
            part.skip
        ))
    }

    /// How many there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_feedback(&mut self, sought: &Sought) -> Result<i64> {
        Ok(count!(
            self,
            concat!("select count(*) as count ", sought!()),
            sought.pattern(0),
            sought.pattern(1),
            sought.pattern(2),
            sought.pattern(3)
        ))
    }
}
