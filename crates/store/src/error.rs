//! What can go wrong in the store. Never holds a value of a row: values are personal. What caused it is kept as far as it is the
//! program's or the engine's own: a code, a constraint, a connection.

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
    #[error("the schema cannot be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The engine failed or cannot be reached.
    #[error("the database failed")]
    Engine(#[source] Fault),
    /// What somebody has read could not be written down.
    #[error("the audit could not be written")]
    Audit(#[source] Fault),
}

/// Why the engine failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The engine refused a statement. Its own message is left out: PostgreSQL quotes values in it.
    #[error("it answered with code {code}{}{}", behind(" about table ", .table), behind(", constraint ", .constraint))]
    Refused {
        /// SQLSTATE of PostgreSQL, result code of SQLite.
        code: String,
        /// Which table, where it says so.
        table: String,
        /// Which constraint, where it says so.
        constraint: String,
    },
    /// The connection broke or could not be made.
    #[error("the connection failed")]
    Connection(#[source] Broken),
    /// Every connection was in use for too long.
    #[error("no connection came free in time")]
    Busy,
    /// The store was closed.
    #[error("the connections are closed")]
    Closed,
    /// What came is not what was asked for: a column, or the protocol.
    #[error("its answer cannot be read{}", behind(": column ", .0))]
    Answer(String),
    /// A row of this id is there already.
    #[error("a row is there already")]
    Repeated,
    /// The queue that writes down what is read stopped, and its work with it.
    #[error("its writer stopped")]
    Stopped,
    /// Something that should not happen there.
    #[error("an unexpected fault")]
    Unexpected,
}

/// What the operating system says of a connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Broken(String);

fn behind(before: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{before}{text}") }
}

impl Fault {
    /// Does it lie in what a row says, and not in the engine? SQLSTATE classes 22 and 23; SQLite's constraints and types.
    pub(crate) fn is_of_row(&self) -> bool {
        match self {
            Self::Repeated => true,
            Self::Refused { code, .. } if code.len() == 5 && code.is_ascii() => {
                code.starts_with("22") || code.starts_with("23")
            }
            // Extended result codes: the lowest byte is the kind, 19 for a constraint, 20 for a type.
            Self::Refused { code, .. } => code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 19 | 20)),
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::Duplicate,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Unreadable("a column"),
            sqlx::Error::Configuration(error) => Self::Address(error.to_string()),
            other => Self::Engine(other.into()),
        }
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(database) => Self::Refused {
                code: database.code().as_deref().unwrap_or("unknown").to_owned(),
                table: database.table().unwrap_or("").to_owned(),
                constraint: database.constraint().unwrap_or("").to_owned(),
            },
            sqlx::Error::Io(error) => Self::Connection(Broken(error.to_string())),
            sqlx::Error::Tls(error) => Self::Connection(Broken(error.to_string())),
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Closed,
            sqlx::Error::ColumnNotFound(column) => Self::Answer(column),
            sqlx::Error::Protocol(_) => Self::Answer(String::new()),
            _ => Self::Unexpected,
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Engine(fault) | StoreError::Audit(fault) => fault,
            StoreError::Duplicate => Self::Repeated,
            _ => Self::Unexpected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_the_engine_failed_can_be_read_off_without_a_value_of_a_row() {
        let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "Connection refused (os error 111)");
        let error = StoreError::from(sqlx::Error::Io(refused));
        assert_eq!(
            domain::chain(&error),
            "the database failed: the connection failed: Connection refused (os error 111)"
        );
        let canary = sqlx::Error::Decode("invalid date Canary".into());
        assert_eq!(domain::chain(&StoreError::from(canary)), "unreadable value in a column");
        let refused =
            |code: &str| Fault::Refused { code: code.into(), table: String::new(), constraint: String::new() };
        for (code, of_row) in
            [("23505", true), ("1555", true), ("787", true), ("5", false), ("40001", false), ("53300", false)]
        {
            assert_eq!(refused(code).is_of_row(), of_row, "{code}");
        }
        let protocol = sqlx::Error::Protocol("unexpected Canary".into());
        assert_eq!(domain::chain(&StoreError::from(protocol)), "the database failed: its answer cannot be read");
    }
}
