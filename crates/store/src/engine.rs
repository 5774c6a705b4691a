//! Opening the database: SQLite by a path, PostgreSQL by an address.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    PgPool, SqlitePool,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{Result, StoreError, Tx, audit::AuditQueue, tx::On};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// The database, whichever engine runs it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    pub(crate) audits: AuditQueue,
}

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

impl Store {
    /// Opens `postgres://...`, `sqlite://path` or a bare path; a missing SQLite file is created.
    ///
    /// # Errors
    /// When the address is not understood or the engine cannot be reached.
    pub async fn open(address: &str) -> Result<Self> {
        let pools =
            if database_kind(address) == "postgres" { postgres(address).await? } else { sqlite(address).await? };
        let audits = AuditQueue::start(pools.clone());
        Ok(Self { pools, audits })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails or was changed after it ran.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => MIGRATIONS.run(write).await?,
            Pools::Postgres(pool) => MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// Is the schema the one this program was built for?
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn is_current(&self) -> Result<bool> {
        #[derive(sqlx::FromRow)]
        struct Newest {
            version: Option<i64>,
        }
        let mut tx = self.read().await?;
        let wanted = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        let newest = async {
            Ok::<_, StoreError>(row!(
                &mut tx,
                Newest,
                "select max(version) as version from _sqlx_migrations where success"
            ))
        }
        .await;
        // A database that was never migrated has no such table.
        Ok(newest.ok().flatten().and_then(|newest| newest.version).unwrap_or(0) >= wanted)
    }

    /// A transaction that only reads: one moment of the database.
    ///
    /// # Errors
    /// When the engine cannot be reached.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => On::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => {
                On::Postgres(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        }
        .into())
    }

    /// A transaction that writes.
    ///
    /// # Errors
    /// When the engine cannot be reached.
    pub async fn write(&self) -> Result<Tx> {
        self.pools.write().await
    }

    /// Closes every connection; what was committed is on disk.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
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
