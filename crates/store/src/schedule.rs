//! Schedules that were imported, and which one is in force.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Result, Tx};

/// A release or an overlay, as it was imported.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct ScheduleText {
    /// Opaque.
    pub id: Uuid,
    /// `release` or `overlay`.
    pub kind: String,
    /// Its name, such as `4.65`.
    pub name: String,
    /// Its files, as JSON.
    pub files: serde_json::Value,
    /// SHA-256 of its text, in hexadecimal.
    pub digest: String,
    /// When it came in.
    pub imported_at: DateTime<Utc>,
}

/// A decision which schedule is in force.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct ScheduleChoice {
    /// Opaque.
    pub id: Uuid,
    /// The release.
    pub release: String,
    /// It comes with the program.
    pub built_in: bool,
    /// SHA-256 of all its text, with what is laid over it, in hexadecimal.
    pub digest: String,
    /// With the project's errata.
    pub errata: bool,
    /// Names of overlays, as JSON.
    pub overlays: serde_json::Value,
    /// When it was decided.
    pub chosen_at: DateTime<Utc>,
}

impl Tx {
    /// Keeps a release or an overlay.
    ///
    /// # Errors
    /// [`crate::StoreError::Duplicate`] if there is one of this name.
    pub async fn add_schedule_text(&mut self, text: &ScheduleText) -> Result<()> {
        exec!(
            self,
            "insert into schedule_text (id, kind, name, files, digest, imported_at) values ($1, $2, $3, $4, $5, $6)",
            text.id,
            &text.kind,
            &text.name,
            &text.files,
            &text.digest,
            text.imported_at
        );
        Ok(())
    }

    /// One of them, by its name.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn schedule_text(&mut self, kind: &str, name: &str) -> Result<Option<ScheduleText>> {
        Ok(row!(
            self,
            ScheduleText,
            "select id, kind, name, files, digest, imported_at from schedule_text where kind = $1 and name = $2",
            kind,
            name
        ))
    }

    /// All of them, the oldest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn schedule_texts(&mut self) -> Result<Vec<ScheduleText>> {
        Ok(rows!(
            self,
            ScheduleText,
            "select id, kind, name, files, digest, imported_at from schedule_text order by imported_at, id"
        ))
    }

    /// Puts a schedule in force.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn choose_schedule(&mut self, choice: &ScheduleChoice) -> Result<()> {
        exec!(
            self,
            "insert into schedule_choice (id, release, built_in, digest, errata, overlays, chosen_at) values ($1, $2, $3, $4, $5, $6, $7)",
            choice.id,
            &choice.release,
            choice.built_in,
            &choice.digest,
            choice.errata,
            &choice.overlays,
            choice.chosen_at
        );
        Ok(())
    }

    /// The schedule in force; `None` until somebody has decided.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn schedule_choice(&mut self) -> Result<Option<ScheduleChoice>> {
        Ok(row!(
            self,
            ScheduleChoice,
            "select id, release, built_in, digest, errata, overlays, chosen_at from schedule_choice order by chosen_at desc, id desc limit 1"
        ))
    }
}
