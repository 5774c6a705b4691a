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

/// Most rows one statement carries. Each number of rows is a text of its own for the cache of prepared statements.
pub(crate) const ROWS: usize = 32;

/// Inserts many rows, [`ROWS`] a statement: `insert into ... (columns)`, the rows, what is bound for each, what follows.
macro_rules! insert_all {
    ($tx:expr, $into:expr, $rows:expr, |$row:ident| [$($value:expr),* $(,)?], $after:expr) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => insert_all!(@on sqlx::Sqlite, tx, $into, $rows, |$row| [$($value),*], $after),
            $crate::Tx::Postgres(tx) => insert_all!(@on sqlx::Postgres, tx, $into, $rows, |$row| [$($value),*], $after),
        }
    };
    (@on $engine:ty, $tx:ident, $into:expr, $rows:expr, |$row:ident| [$($value:expr),*], $after:expr) => {
        for some in $rows.chunks($crate::tx::ROWS) {
            let mut query = sqlx::QueryBuilder::<$engine>::new(concat!($into, " "));
            query.push_values(some, |mut line, $row| { $(line.push_bind($value);)* });
            query.push($after);
            query.build().execute(&mut **$tx).await?;
        }
    };
}

/// Fetches the rows of a query that ends in a list: its text, one value, the text up to the list, what stands in it.
macro_rules! rows_in {
    ($tx:expr, $row:ty, $sql:expr, $value:expr, $then:expr, $list:expr, |$item:ident| $bound:expr) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => {
                rows_in!(@on sqlx::Sqlite, tx, $row, $sql, $value, $then, $list, |$item| $bound)
            }
            $crate::Tx::Postgres(tx) => {
                rows_in!(@on sqlx::Postgres, tx, $row, $sql, $value, $then, $list, |$item| $bound)
            }
        }
    };
    (@on $engine:ty, $tx:ident, $row:ty, $sql:expr, $value:expr, $then:expr, $list:expr, |$item:ident| $bound:expr) => {{
        let mut query = sqlx::QueryBuilder::<$engine>::new($sql);
        query.push_bind($value).push($then);
        let mut line = query.separated(", ");
        for $item in $list {
            line.push_bind($bound);
        }
        query.push(")");
        query.build_query_as::<$row>().fetch_all(&mut **$tx).await?
    }};
}

/// Fetches rows of the students `e` of a class, or of the whole school for an empty name: what is selected from where, and in
/// which order. Two texts, so that each finds its index.
macro_rules! class_rows {
    ($tx:expr, $row:ty, $school:expr, $class:expr, $from:literal, $order:literal) => {
        if $class.is_empty() {
            rows!($tx, $row, concat!($from, " where e.school_id = $1 ", $order), $school.uuid())
        } else {
            rows!(
                $tx,
                $row,
                concat!($from, " where e.school_id = $1 and e.class_name = $2 ", $order),
                $school.uuid(),
                $class
            )
        }
    };
}
