//! How people are found by name and date of birth.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{ChartId, SiteId, patient::Demographics};
use uuid::Uuid;

use crate::{Result, Tx};

/// What a search looks by.
#[derive(Debug, Clone, Copy)]
pub struct SearchKeys<'a> {
    /// Normalised last name.
    pub last: &'a str,
    /// Normalised first name.
    pub first: &'a str,
    /// Date of birth.
    pub born: NaiveDate,
    /// The same with day and month swapped; equal to `born` where that is no date.
    pub swapped: NaiveDate,
}

/// A candidate of a search, with what the asking office is to the person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Found {
    /// Opaque.
    pub id: Uuid,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Middle name.
    pub middle_name: String,
    /// Normalised last name.
    pub last_key: String,
    /// Normalised first name.
    pub first_key: String,
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// Gender, one letter.
    pub gender: String,
    /// City or town.
    pub city: String,
    /// The address must not be shown.
    pub address_restricted: bool,
    /// Data sharing.
    pub sharing: String,
    /// The asking office has the person in its care.
    pub in_care: bool,
    /// The asking office has reported of the person itself.
    pub reported: bool,
    chart: Option<Uuid>,
    said: Option<serde_json::Value>,
}

/// Somebody by a name, and no more of them than tells whether they are meant.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Named {
    /// Opaque.
    pub id: Uuid,
    /// Normalised last name.
    pub last_key: String,
    /// Normalised first name.
    pub first_key: String,
    /// Middle name.
    pub middle_name: String,
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// Data sharing.
    pub sharing: String,
    /// By a name they went by, and do not go by now.
    pub formerly: bool,
}

/// People who could be meant by some names and dates of birth.
#[derive(Debug, Clone)]
pub struct Likely {
    /// Of exactly one of the names, now or formerly.
    pub named: Vec<Named>,
    /// Born on one of the days.
    pub born: Vec<Named>,
}

impl Found {
    /// What the asking office calls them, if they are in its care.
    pub fn chart(&self) -> Option<ChartId> {
        self.chart.map(ChartId::new)
    }

    /// What the asking office has said of them, if that is kept.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] for what the program cannot have written.
    pub fn said(&self) -> Result<Option<Demographics>> {
        crate::care::said(self.said.clone())
    }
}

/// What a [`Found`] holds of a person `p`, but the keys.
macro_rules! found_columns {
    () => {
        concat!(
            "p.id, p.last_name, p.first_name, p.middle_name, p.birth_date, p.gender, p.city, p.address_restricted, ",
            "p.sharing, c.id is not null as in_care, c.id as chart, c.said, ",
            "c.said is not null or exists (select 1 from dose d where d.patient_id = p.id and d.site_id = $1 and d.state = 'active') as reported "
        )
    };
}

/// The query of a [`Found`], for the office `$1`.
macro_rules! found {
    ($rest:literal) => {
        concat!(
            "select p.last_key, p.first_key, ",
            found_columns!(),
            "from patient p left join care c on c.patient_id = p.id and c.site_id = $1 ",
            $rest
        )
    };
}

/// The same by another name `n` of theirs, whose keys it gives: by them it was found.
macro_rules! formerly_found {
    ($rest:literal) => {
        concat!(
            "select n.last_key, n.first_key, ",
            found_columns!(),
            "from other_name n join patient p on p.id = n.patient_id left join care c on c.patient_id = p.id and c.site_id = $1 ",
            $rest
        )
    };
}

/// Fetches people of some names, each by its own way into the index: what the names `sought` consist of, what is bound of each, the query.
/// `cross join` holds SQLite to that order, whatever its version: some read everybody on file for a list of rows to be in.
macro_rules! named {
    ($tx:expr, $sought:literal, $names:expr, |$keys:ident| [$($value:expr),*], $sql:literal) => {
        match &mut $tx.on {
            crate::tx::On::Sqlite(tx) => named!(@on sqlx::Sqlite, tx, $sought, $names, |$keys| [$($value),*], $sql),
            crate::tx::On::Postgres(tx) => named!(@on sqlx::Postgres, tx, $sought, $names, |$keys| [$($value),*], $sql),
        }
    };
    (@on $engine:ty, $tx:ident, $sought:literal, $names:expr, |$keys:ident| [$($value:expr),*], $sql:literal) => {{
        let mut query = sqlx::QueryBuilder::<$engine>::new(concat!("with sought (", $sought, ") as ("));
        query.push_values($names, |mut line, $keys| { $(line.push_bind($value);)* });
        query.push(concat!(") ", $sql));
        query.build_query_as::<Named>().fetch_all(&mut **$tx).await?
    }};
}

impl Tx {
    /// Candidates: everybody born that day (or with day and month swapped), and everybody of exactly that name.
    /// At seven million people a day of birth holds a few hundred; both ways in are bounded.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn search(&mut self, keys: SearchKeys<'_>, site: Option<SiteId>) -> Result<Vec<Found>> {
        let site = site.map_or(Uuid::nil(), SiteId::uuid);
        let by_date = rows!(
            self,
            Found,
            found!("where p.birth_date in ($2, $3) order by p.last_key, p.first_key, p.id limit 2000"),
            site,
            keys.born,
            keys.swapped
        );
        let by_name = rows!(
            self,
            Found,
            found!("where p.last_key = $2 and p.first_key = $3 order by p.birth_date, p.id limit 500"),
            site,
            keys.last,
            keys.first
        );
        // Who went by the name before, or goes by it besides, is found by the keys of that name.
        let by_other = rows!(
            self,
            Found,
            formerly_found!(
                "where n.last_key = $2 and n.first_key = $3 and n.birth_date in ($4, $5) order by p.id limit 50"
            ),
            site,
            keys.last,
            keys.first,
            keys.born,
            keys.swapped
        );
        // Placeholder dates hold more than the limit: the exact name is found all the same, once.
        let mut seen = std::collections::HashSet::new();
        Ok(by_name.into_iter().chain(by_other).chain(by_date).filter(|row| seen.insert(row.id)).collect())
    }

    /// Everybody who goes, or went, by exactly one of these names and dates of birth. Which of them count, whoever may see them decides:
    /// looked for is always both, so that the work is the same.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn search_named(&mut self, names: &[SearchKeys<'_>]) -> Result<Vec<Named>> {
        let names = each(names.iter().map(|keys| (keys.born, keys.last, keys.first)));
        let mut found = Vec::new();
        for some in names.chunks(crate::tx::ROWS) {
            found.extend(named!(
                self,
                "born, last, first",
                some,
                |name| [name.0, name.1, name.2],
                "select p.id, p.last_key, p.first_key, p.middle_name, p.birth_date, p.sharing, false as formerly \
                 from sought cross join patient p \
                 where p.birth_date = sought.born and p.last_key = sought.last and p.first_key = sought.first \
                 order by p.last_key, p.first_key, p.id limit 5000"
            ));
        }
        found.extend(self.formerly_named(&names).await?);
        Ok(found)
    }

    async fn formerly_named(&mut self, names: &[(NaiveDate, &str, &str)]) -> Result<Vec<Named>> {
        let mut found = Vec::new();
        for some in names.chunks(crate::tx::ROWS) {
            found.extend(named!(
                self,
                "born, last, first",
                some,
                |name| [name.0, name.1, name.2],
                "select p.id, n.last_key, n.first_key, p.middle_name, n.birth_date, p.sharing, true as formerly \
                 from sought cross join other_name n join patient p on p.id = n.patient_id and p.birth_date = n.birth_date \
                 where n.birth_date = sought.born and n.last_key = sought.last and n.first_key = sought.first \
                 order by n.last_key, n.first_key, p.id limit 5000"
            ));
        }
        Ok(found)
    }

    /// Who could be meant by these names and dates of birth, as [`Tx::search`] finds them for one: everybody of exactly such a name,
    /// everybody who went by it, everybody born on such a day. A day many share, such as a placeholder, is looked at in part, so that it
    /// hides no other day.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn search_likely(&mut self, sought: &[SearchKeys<'_>]) -> Result<Likely> {
        let mut named = Vec::new();
        for some in each(sought.iter().map(|keys| (keys.last, keys.first))).chunks(crate::tx::ROWS) {
            named.extend(named!(
                self,
                "last, first",
                some,
                |name| [name.0, name.1],
                "select p.id, p.last_key, p.first_key, p.middle_name, p.birth_date, p.sharing, false as formerly \
                 from sought cross join patient p where p.last_key = sought.last and p.first_key = sought.first \
                 order by p.last_key, p.first_key, p.birth_date, p.id limit 16000"
            ));
        }
        let both = sought.iter().flat_map(|keys| [keys.born, keys.swapped].map(|born| (born, keys.last, keys.first)));
        named.extend(self.formerly_named(&each(both)).await?);
        let mut born = Vec::new();
        for day in each(sought.iter().flat_map(|keys| [keys.born, keys.swapped])) {
            born.extend(rows!(
                self,
                Named,
                "select p.id, p.last_key, p.first_key, p.middle_name, p.birth_date, p.sharing, false as formerly from patient p \
                 where p.birth_date = $1 order by p.last_key, p.first_key, p.id limit 2000",
                day
            ));
        }
        Ok(Likely { named, born })
    }
}

/// Each one time: what is sought twice is found once.
fn each<T: Ord>(sought: impl Iterator<Item = T>) -> Vec<T> {
    sought.collect::<BTreeSet<T>>().into_iter().collect()
}
