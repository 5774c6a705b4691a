//! One transaction on either engine, and the macros that run one SQL text on it.

use sqlx::{Postgres, Sqlite, Transaction};

use crate::Result;

/// A transaction. Dropped without [`Tx::commit`], it is as if it had never been.
pub enum Tx {
    /// On the embedded database.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Makes everything done in it durable.
    ///
    /// # Errors
    /// When the engine cannot.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// Runs a statement; gives the number of rows it touched.
macro_rules! exec {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await?.rows_affected(),
            $crate::Tx::Postgres(tx) => sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await?.rows_affected(),
        }
    };
}

/// Fetches every row of a query.
macro_rules! rows {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await?,
            $crate::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await?,
        }
    };
}

/// Fetches at most one row.
macro_rules! row {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await?,
            $crate::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await?,
        }
    };
}
