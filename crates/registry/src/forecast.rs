//! What is due for everybody, kept for lists, reminders and coverage. Pages work it out afresh; what is kept is renewed in the
//! transaction that changes what it depends on, and for the whole registry when a day or a schedule begins.

use std::{collections::HashMap, sync::Arc, time::Duration};

use access::Task;
use chrono::{Datelike, NaiveDate};
use domain::{PatientId, Principal};
use schedule::{Assessor, Due, Engine, SeriesStatus};
use serde::{Deserialize, Serialize};
use store::{ForecastRow, History, StoreError, Tx, Unforecast};
use uuid::Uuid;

use crate::{Registry, RegistryError, Result};

/// People read, worked out and written at once.
const CHUNK: i64 = 2_000;
/// So much of a schedule's digest tells it from every other.
const DIGEST: usize = 16;

/// What is due of one vaccine group, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastGroup {
    /// The group's name in the schedule.
    pub name: String,
    /// How far the person is.
    pub status: SeriesStatus,
    /// Not everybody needs it: the person and the clinician decide together, or who was born in the country is immune.
    pub optional: bool,
    /// The number of the next dose; set, like the days, only if something is due.
    pub number: Option<u8>,
    /// It counts from this day.
    pub earliest: Option<NaiveDate>,
    /// It is recommended from this day.
    pub recommended: Option<NaiveDate>,
    /// The last day on which it is not yet overdue.
    pub past_due: Option<NaiveDate>,
    /// The last day.
    pub latest: Option<NaiveDate>,
}

impl Registry {
    /// Makes a transaction durable, with the forecasts of everybody it wrote about.
    pub(crate) async fn commit(&self, mut tx: Tx) -> Result<()> {
        let touched = tx.drain_touched();
        if !touched.is_empty() {
            let (engine, today) = (self.engine(&mut tx).await?, self.today());
            tx.hold_forecasts(&touched, today).await?;
            let histories = tx.histories(&touched).await?;
            tx.save_forecasts(&rows(&engine, &histories, today, &HashMap::new())).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Works out what is due for everybody whose forecast is missing, or of another day or schedule. Can be stopped and begun
    /// again at any time. Between two stretches it waits for `pause`, to leave room for those who work. `progress` is told how many are durable, and of how many.
    ///
    /// Somebody who is written about meanwhile keeps the forecast that writing brings.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not, else when the store fails.
    pub async fn forecast_all(
        &self,
        principal: &Principal,
        pause: Duration,
        progress: &(dyn Fn(u64, u64) + Send + Sync),
    ) -> Result<u64> {
        Self::may(principal, Task::ForecastAll)?;
        let today = self.today();
        let (engine, total) = {
            let mut tx = self.store.read().await?;
            let engine = self.engine(&mut tx).await?;
            let fresh = tx.count_forecasts(digest(&engine), today).await?;
            (engine, u64::try_from(tx.count_patients().await? - fresh).unwrap_or(0))
        };
        let mut done = 0;
        // One stretch is read while the one before it is worked out and the one before that is written.
        let mut next = self.read_ahead(&engine, today, PatientId::new(Uuid::nil()));
        let mut writing: Option<tokio::task::JoinHandle<Result<u64>>> = None;
        loop {
            let (people, histories) = joined(next.await)??;
            let last = people.last().map(Unforecast::patient);
            tokio::time::sleep(pause).await;
            if let Some(last) = last {
                next = self.read_ahead(&engine, today, last);
                let engine = Arc::clone(&engine);
                let versions = people.iter().map(|one| (one.patient(), one.version)).collect();
                let work = tokio::task::spawn_blocking(move || rows(&engine, &histories, today, &versions));
                let rows = joined(work.await)?;
                if let Some(before) = writing.take() {
                    done += joined(before.await)??;
                    progress(done, total.max(done));
                }
                let store = self.store.clone();
                writing = Some(tokio::spawn(async move {
                    let mut tx = store.write().await?;
                    tx.follow_forecasts(&rows).await?;
                    tx.commit().await?;
                    Ok(u64::try_from(rows.len()).unwrap_or(0))
                }));
            } else {
                if let Some(before) = writing.take() {
                    done += joined(before.await)??;
                    progress(done, total.max(done));
                }
                return Ok(done);
            }
        }
    }

    /// Of which schedule and day the forecasts should be: whoever renews them for all need not begin again before it changes.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forecast_key(&self) -> Result<(String, NaiveDate)> {
        Ok((digest(&*self.schedule().await?).to_owned(), self.today()))
    }

    fn read_ahead(
        &self,
        engine: &Arc<Engine>,
        today: NaiveDate,
        after: PatientId,
    ) -> tokio::task::JoinHandle<Result<(Vec<Unforecast>, Vec<History>)>> {
        let (store, engine) = (self.store.clone(), Arc::clone(engine));
        tokio::spawn(async move {
            let mut tx = store.read().await?;
            let people = tx.unforecast(after, digest(&engine), today, CHUNK).await?;
            let ids: Vec<PatientId> = people.iter().map(Unforecast::patient).collect();
            let histories = tx.histories(&ids).await?;
            Ok((people, histories))
        })
    }

    /// What is kept of a person, as of which day: for tests and for whoever sends reminders.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not.
    pub async fn kept_forecast(
        &self,
        principal: &Principal,
        patient: PatientId,
    ) -> Result<Option<(NaiveDate, Vec<ForecastGroup>)>> {
        Self::may(principal, Task::ForecastAll)?;
        let mut tx = self.store.read().await?;
        tx.forecast(patient).await?.map(|row| Ok((row.as_of, read_groups(&row.groups)?))).transpose()
    }
}

fn joined<T>(result: std::result::Result<T, tokio::task::JoinError>) -> Result<T> {
    result.map_err(|_| RegistryError::Stopped)
}

fn digest(engine: &Engine) -> &str {
    let hash = &engine.schedule().hash;
    hash.get(..DIGEST).unwrap_or(hash)
}

/// Works out what is due, a row a person, each with the version it follows.
fn rows(
    engine: &Engine,
    histories: &[History],
    today: NaiveDate,
    versions: &HashMap<PatientId, i64>,
) -> Vec<ForecastRow> {
    let mut assessor = engine.assessor();
    let row = |history: &History| {
        let version = versions.get(&history.patient).copied().unwrap_or_default();
        let groups = groups(engine, &mut assessor, history, today);
        let asked = || groups.iter().filter(|group| !group.optional);
        ForecastRow {
            patient_id: history.patient.uuid(),
            version,
            as_of: today,
            schedule: digest(engine).to_owned(),
            due_on: asked().filter_map(|group| group.recommended).min(),
            overdue_on: overdue_on(&groups),
            groups: write_groups(&groups),
        }
    };
    let mut rows: Vec<ForecastRow> = histories.iter().map(row).collect();
    // Everybody who writes several rows takes them in this order, so that no two wait for each other.
    rows.sort_unstable_by_key(|row| row.patient_id);
    rows
}

/// From this day something is overdue.
pub(crate) fn overdue_on(groups: &[ForecastGroup]) -> Option<NaiveDate> {
    groups.iter().filter(|group| !group.optional).filter_map(|group| group.past_due?.succ_opt()).min()
}

pub(crate) fn groups(
    engine: &Engine,
    assessor: &mut Assessor<'_>,
    history: &History,
    today: NaiveDate,
) -> Vec<ForecastGroup> {
    let doses = history.doses.iter().cloned();
    let person = advice::person(history.born, history.gender, doses, &history.evidence);
    let name = |due: &Due| engine.schedule().groups.get(due.group).map_or("", |group| &group.name).to_owned();
    let assessment = assessor.assess(&person, today);
    let group = |due: &Due| ForecastGroup {
        name: name(due),
        status: due.status,
        optional: engine.schedule().is_optional(&person, due),
        number: due.number,
        earliest: due.earliest,
        recommended: due.recommended,
        past_due: due.past_due,
        latest: due.latest,
    };
    assessment.groups.iter().map(group).collect()
}

/// What is kept of a group, as short as it can be: a state keeps a hundred million of them, most of which only say that nothing is due.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    /// Its name and its status.
    Settled(String, String),
    /// The same, the number of the next dose, and the earliest, recommended, past due and latest day, counted from 1 January of the year 1.
    Due(String, String, Option<u8>, [Option<i32>; 4]),
}

/// A letter for each status, and one for the same where not everybody needs it.
const LETTERS: [(SeriesStatus, [&str; 2]); 6] = [
    (SeriesStatus::NotComplete, ["n", "N"]),
    (SeriesStatus::Complete, ["c", "C"]),
    (SeriesStatus::Immune, ["i", "I"]),
    (SeriesStatus::Contraindicated, ["x", "X"]),
    (SeriesStatus::NotRecommended, ["r", "R"]),
    (SeriesStatus::AgedOut, ["a", "A"]),
];

fn write_groups(groups: &[ForecastGroup]) -> String {
    let kept = |group: &ForecastGroup| {
        let days = [group.earliest, group.recommended, group.past_due, group.latest];
        let days = days.map(|day| day.map(|day| day.num_days_from_ce()));
        let letters =
            LETTERS.iter().find(|(status, _)| *status == group.status).map_or(["", ""], |(_, letters)| *letters);
        let letter = letters[usize::from(group.optional)].to_owned();
        if group.number.is_none() && days == [None; 4] {
            Kept::Settled(group.name.clone(), letter)
        } else {
            Kept::Due(group.name.clone(), letter, group.number, days)
        }
    };
    serde_json::to_string(&groups.iter().map(kept).collect::<Vec<_>>()).unwrap_or_default()
}

/// Reads what [`write_groups`] wrote.
pub(crate) fn read_groups(text: &str) -> Result<Vec<ForecastGroup>> {
    let group = |kept: Kept| {
        let (name, letter, number, days) = match kept {
            Kept::Settled(name, letter) => (name, letter, None, [None; 4]),
            Kept::Due(name, letter, number, days) => (name, letter, number, days),
        };
        let (status, [_, for_some]) =
            LETTERS.iter().find(|(_, letters)| letters.contains(&letter.as_str())).copied()?;
        let [earliest, recommended, past_due, latest] =
            days.map(|day| day.and_then(NaiveDate::from_num_days_from_ce_opt));
        Some(ForecastGroup {
            name,
            status,
            optional: letter == for_some,
            number,
            earliest,
            recommended,
            past_due,
            latest,
        })
    };
    let kept: Option<Vec<Kept>> = serde_json::from_str(text).ok();
    let groups = kept.and_then(|kept| kept.into_iter().map(group).collect());
    groups.ok_or(RegistryError::Store(StoreError::Unreadable("forecast")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_as_it_was_written() {
        let day = |text: &str| text.parse().ok();
        let done = ForecastGroup {
            name: "Japanese Encephalitis".into(),
            status: SeriesStatus::Complete,
            optional: false,
            number: None,
            earliest: None,
            recommended: None,
            past_due: None,
            latest: None,
        };
        let due = ForecastGroup {
            name: "DTaP/Tdap/Td".into(),
            status: SeriesStatus::NotComplete,
            optional: false,
            number: Some(3),
            earliest: day("2026-01-02"),
            recommended: day("2026-02-03"),
            past_due: None,
            latest: day("2030-01-01"),
        };
        let every = [
            SeriesStatus::NotComplete,
            SeriesStatus::Complete,
            SeriesStatus::Immune,
            SeriesStatus::Contraindicated,
            SeriesStatus::NotRecommended,
            SeriesStatus::AgedOut,
        ]
        .map(|status| ForecastGroup { status, ..done.clone() });
        let optional = ForecastGroup { optional: true, ..due.clone() };
        let all: Vec<ForecastGroup> = [due, optional].into_iter().chain(every).collect();
        assert_eq!(read_groups(&write_groups(&all)).ok(), Some(all));
        for unreadable in ["Polio|n|", "[[\"Polio\",\"q\"]]", "[[\"Polio\"]]"] {
            assert!(read_groups(unreadable).is_err(), "{unreadable}: what cannot be read is said, not left out");
        }
    }
}
