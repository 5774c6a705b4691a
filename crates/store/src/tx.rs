//! One transaction on either engine, and the macros that run one SQL text on it.

use std::collections::BTreeSet;

use domain::PatientId;
use sqlx::{Postgres, Sqlite, Transaction};

use crate::{Result, StoreError};

/// A transaction. Dropped without [`Tx::commit`], it is as if it had never been.
pub struct Tx {
    pub(crate) on: On,
    /// Whose doses, evidence, date of birth or gender it wrote: what is due for them may be another thing now. In the order of
    /// their ids, so that two transactions hold the same people in the same order.
    touched: BTreeSet<PatientId>,
}

/// The engine a transaction runs on.
pub(crate) enum On {
    /// The embedded database.
    Sqlite(Transaction<'static, Sqlite>),
    /// PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl From<On> for Tx {
    fn from(on: On) -> Self {
        Self { on, touched: BTreeSet::new() }
    }
}

impl Tx {
    /// Notes that what is due for somebody has to be worked out again before this can be committed.
    pub(crate) fn touch(&mut self, patient: PatientId) {
        self.touched.insert(patient);
    }

    /// Whom it wrote about since this was last asked. Whoever takes them renews their forecasts.
    pub fn drain_touched(&mut self) -> Vec<PatientId> {
        std::mem::take(&mut self.touched).into_iter().collect()
    }

    /// Makes everything done in it durable.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it wrote about people whose forecasts were not renewed: a stored forecast never disagrees
    /// with the doses beside it. Else when the engine cannot.
    pub async fn commit(self) -> Result<()> {
        if !self.touched.is_empty() {
            return Err(StoreError::Stale);
        }
        match self.on {
            On::Sqlite(tx) => tx.commit().await?,
            On::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// A number a query counts.
#[derive(sqlx::FromRow)]
pub(crate) struct Count {
    pub(crate) count: i64,
}

/// Counts the rows of a query: `select count(*) as count ...`.
macro_rules! count {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        row!($tx, $crate::tx::Count, $sql $(, $value)*).map_or(0, |row| row.count)
    };
}

/// Runs a statement; gives the number of rows it touched.
macro_rules! exec {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        match &mut $tx.on {
            $crate::tx::On::Sqlite(tx) => sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await?.rows_affected(),
            $crate::tx::On::Postgres(tx) => sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await?.rows_affected(),
        }
    };
}

/// Fetches every row of a query.
macro_rules! rows {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match &mut $tx.on {
            $crate::tx::On::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await?,
            $crate::tx::On::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await?,
        }
    };
}

/// Fetches at most one row.
macro_rules! row {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match &mut $tx.on {
            $crate::tx::On::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await?,
            $crate::tx::On::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await?,
        }
    };
}

/// Most rows one statement carries. Each number of rows is a text of its own for the cache of prepared statements.
pub(crate) const ROWS: usize = 32;

/// Inserts many rows, [`ROWS`] a statement: `insert into ... (columns)`, the rows, what is bound for each, what follows.
macro_rules! insert_all {
    ($tx:expr, $into:expr, $rows:expr, |$row:ident| [$($value:expr),* $(,)?], $after:expr) => {
        match &mut $tx.on {
            $crate::tx::On::Sqlite(tx) => insert_all!(@on sqlx::Sqlite, tx, $into, $rows, |$row| [$($value),*], $after),
            $crate::tx::On::Postgres(tx) => insert_all!(@on sqlx::Postgres, tx, $into, $rows, |$row| [$($value),*], $after),
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

/// Fetches the rows of a query with a list: its text, one value, the text up to the list, what stands in it, the text behind it.
macro_rules! rows_in {
    ($tx:expr, $row:ty, $sql:expr, $value:expr, $then:expr, $list:expr, |$item:ident| $bound:expr, $end:expr) => {
        match &mut $tx.on {
            $crate::tx::On::Sqlite(tx) => {
                rows_in!(@on sqlx::Sqlite, tx, $row, $sql, $value, $then, $list, |$item| $bound, $end)
            }
            $crate::tx::On::Postgres(tx) => {
                rows_in!(@on sqlx::Postgres, tx, $row, $sql, $value, $then, $list, |$item| $bound, $end)
            }
        }
    };
    (@on $engine:ty, $tx:ident, $row:ty, $sql:expr, $value:expr, $then:expr, $list:expr, |$item:ident| $bound:expr, $end:expr) => {{
        let mut query = sqlx::QueryBuilder::<$engine>::new($sql);
        query.push_bind($value).push($then);
        let mut line = query.separated(", ");
        for $item in $list {
            line.push_bind($bound);
        }
        query.push($end);
        query.build_query_as::<$row>().fetch_all(&mut **$tx).await?
    }};
}

/// As [`rows_in!`], of a query with nothing but the list.
macro_rules! rows_of {
    ($tx:expr, $row:ty, $sql:expr, $list:expr, |$item:ident| $bound:expr) => {
        match &mut $tx.on {
            $crate::tx::On::Sqlite(tx) => rows_of!(@on sqlx::Sqlite, tx, $row, $sql, $list, |$item| $bound),
            $crate::tx::On::Postgres(tx) => rows_of!(@on sqlx::Postgres, tx, $row, $sql, $list, |$item| $bound),
        }
    };
    (@on $engine:ty, $tx:ident, $row:ty, $sql:expr, $list:expr, |$item:ident| $bound:expr) => {{
        let mut query = sqlx::QueryBuilder::<$engine>::new($sql);
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
