//! The database, whichever engine runs it.

use sqlx::migrate::Migrator;

use crate::{
    AuditRow, Result, StoreError, Tx,
    audit::AuditQueue,
    pools::{Pools, open},
    tx::On,
};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// The database, whichever engine runs it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    audits: AuditQueue,
}

impl Store {
    /// Opens `postgres://...`, `sqlite://path` or a bare path; a missing SQLite file is created.
    ///
    /// # Errors
    /// When the address is not understood or the engine cannot be reached.
    pub async fn open(address: &str) -> Result<Self> {
        let pools = open(address).await?;
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

    /// Records a read; returns when the line is durable.
    ///
    /// # Errors
    /// When it could not be written: then the answer must not leave.
    pub async fn audit_read(&self, row: AuditRow) -> Result<()> {
        self.audit_reads(vec![row]).await
    }

    /// Records the reads of a whole list; returns when every line is durable.
    ///
    /// # Errors
    /// When they could not be written: then the answer must not leave.
    pub async fn audit_reads(&self, rows: Vec<AuditRow>) -> Result<()> {
        self.audits.write(rows).await
    }
}
