//! What can go wrong in the store. Never holds a value of a row: values are personal.

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the row first.
    #[error("changed by somebody else meanwhile")]
    Conflict,
    /// A row that must be unique is there already.
    #[error("there already")]
    Duplicate,
    /// A transaction wrote about people whose forecasts were not renewed.
    #[error("a forecast would be stale")]
    Stale,
    /// A value in the database that the program cannot have written.
    #[error("unreadable value in {0}")]
    Unreadable(&'static str),
    /// The database address is not understood.
    #[error("database address: {0}")]
    Address(String),
    /// The schema cannot be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The engine failed or cannot be reached.
    #[error("database: {0}")]
    Engine(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Duplicate,
            // PostgreSQL's messages quote row values in their detail; the code says enough.
            sqlx::Error::Database(database) => {
                Self::Engine(format!("code {}", database.code().as_deref().unwrap_or("unknown")))
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Unreadable("a column"),
            _ => Self::Engine(error.to_string()),
        }
    }
}
