//! What a use case can answer instead of doing its work.

use advice::Warnings;
use domain::{Invalid, chain};
use serde::{Serialize, de::DeserializeOwned};
use store::StoreError;

use crate::Result;

/// A use case that did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Not there, or not for this actor: the same answer.
    #[error("not found")]
    NotFound,
    /// Somebody else changed or decided it meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    /// The very same dose is on record already.
    #[error("on record already")]
    OnRecord,
    /// The schedule speaks against a dose, and no reason was given to save it all the same.
    #[error("the schedule speaks against it")]
    Warned(Box<Warnings>),
    /// The office's own certificates state the dose, by their numbers, and nobody has decided what becomes of them.
    #[error("certified")]
    Certified(Vec<String>),
    /// An input the page should have caught.
    #[error("invalid {0}: {1}")]
    Invalid(&'static str, Invalid),
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] StoreError),
    /// Something the program does beside this broke.
    #[error("a task stopped")]
    Stopped,
}

/// What the store keeps as JSON, read.
pub(crate) fn from_json<T: DeserializeOwned>(value: serde_json::Value, what: &'static str) -> Result<T> {
    serde_json::from_value(value).map_err(|_| StoreError::Unreadable(what).into())
}

/// As the store keeps it.
pub(crate) fn to_json<T: Serialize>(value: &T, what: &'static str) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|_| StoreError::Unreadable(what).into())
}

impl From<StoreError> for RegistryError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            // Somebody was quicker: whoever called says what that means.
            StoreError::Duplicate => Self::Store(error),
            other => {
                // Here, for further up nobody is told more than that something is broken. It holds no value of a row.
                tracing::warn!(error = chain(&other), "the store failed");
                Self::Store(other)
            }
        }
    }
}
