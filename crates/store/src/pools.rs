//! Connections: SQLite by a path, PostgreSQL by an address.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{Result, StoreError, Tx, tx::On};

#[derive(Clone)]
pub(crate) enum Pools {
    /// Many readers, one writer: SQLite has one at a time anyway, and waiting in a queue is fairer than retrying.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// `sqlite` or `postgres`, for messages.
pub fn database_kind(address: &str) -> &'static str {
    if address.starts_with("postgres://") || address.starts_with("postgresql://") { "postgres" } else { "sqlite" }
}

/// Is there a database at an address? A server's can only be asked by connecting: then yes.
pub fn is_there(address: &str) -> bool {
    database_kind(address) == "postgres" || Path::new(sqlite_path(address)).is_file()
}

fn sqlite_path(address: &str) -> &str {
    address.trim_start_matches("sqlite://").trim_start_matches("sqlite:")
}

/// Makes an empty PostgreSQL database beside the one of an address, for a test; gives its address. One of that name is replaced.
///
/// # Errors
/// When the engine fails or may not.
#[doc(hidden)]
pub async fn fresh_database(address: &str, name: &str) -> Result<String> {
    let admin = PgPoolOptions::new().max_connections(1).connect(address).await?;
    for statement in [format!("drop database if exists {name} with (force)"), format!("create database {name}")] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&admin).await?;
    }
    admin.close().await;
    Ok(format!("{}/{name}", address.rsplit_once('/').map_or(address, |(server, _)| server)))
}

pub(crate) async fn open(address: &str) -> Result<Pools> {
    if database_kind(address) == "postgres" { postgres(address).await } else { sqlite(address).await }
}

impl Pools {
    pub(crate) async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => On::Sqlite(write.begin_with("begin immediate").await?),
            Self::Postgres(pool) => On::Postgres(pool.begin().await?),
        }
        .into())
    }
}

async fn sqlite(address: &str) -> Result<Pools> {
    let path = sqlite_path(address);
    if path.is_empty() || path == ":memory:" {
        return Err(StoreError::Address(
            "SQLite needs a file: in memory, each connection would be a database of its own".into(),
        ));
    }
    if let Some(folder) = Path::new(path).parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| StoreError::Address(format!("{}: {error}", folder.display())))?;
    }
    let options = SqliteConnectOptions::from_str(&format!("sqlite://{path}"))
        .map_err(|error| StoreError::Address(error.to_string()))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-65536")
        .pragma("mmap_size", "1073741824")
        .pragma("temp_store", "memory")
        // A class has hundreds of rows: handed over in one go instead of fifty at a time.
        .row_buffer_size(2_000)
        .statement_cache_capacity(300);
    let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
    let readers =
        std::thread::available_parallelism().map_or(4, |cores| u32::try_from(cores.get() * 2).unwrap_or(4)).max(4);
    let read =
        SqlitePoolOptions::new().max_connections(readers).test_before_acquire(false).connect_with(options).await?;
    Ok(Pools::Sqlite { read, write })
}

async fn postgres(address: &str) -> Result<Pools> {
    Ok(Pools::Postgres(
        PgPoolOptions::new().max_connections(20).acquire_timeout(Duration::from_secs(10)).connect(address).await?,
    ))
}
