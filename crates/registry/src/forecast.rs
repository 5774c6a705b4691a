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
/// The notation of what is kept. It stands before the digest: a forecast in another notation is made again like one of another schedule.
const NOTATION: &str = "2.";

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
            tx.save_forecasts(&rows(&engine, &histories, today, &HashMap::new())?).await?;
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
            let fresh = tx.count_forecasts(&digest(&engine), today).await?;
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
                let rows = joined(work.await)??;
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
        Ok((digest(&*self.schedule().await?), self.today()))
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
            let people = tx.unforecast(after, &digest(&engine), today, CHUNK).await?;
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
        Ok(tx.forecast(patient).await?.and_then(|row| Some((row.as_of, read_groups(&row.groups)?))))
    }
}

fn joined<T>(result: std::result::Result<T, tokio::task::JoinError>) -> Result<T> {
    result.map_err(|_| RegistryError::Stopped)
}

/// Which notation and which schedule a forecast is of.
fn digest(engine: &Engine) -> String {
    let hash = &engine.schedule().hash;
    format!("{NOTATION}{}", hash.get(..DIGEST).unwrap_or(hash))
}

/// Works out what is due, a row a person, each with the version it follows.
fn rows(
    engine: &Engine,
    histories: &[History],
    today: NaiveDate,
    versions: &HashMap<PatientId, i64>,
) -> Result<Vec<ForecastRow>> {
    let mut assessor = engine.assessor();
    let schedule = digest(engine);
    let row = |history: &History| {
        let version = versions.get(&history.patient).copied().unwrap_or_default();
        let groups = groups(engine, &mut assessor, history, today);
        let asked = || groups.iter().filter(|group| !group.optional);
        Ok(ForecastRow {
            patient_id: history.patient.uuid(),
            version,
            as_of: today,
            schedule: schedule.clone(),
            due_on: asked().filter_map(|group| group.recommended).min(),
            overdue_on: overdue_on(&groups),
            groups: write_groups(&groups)?,
        })
    };
    let mut rows: Vec<ForecastRow> = histories.iter().map(row).collect::<Result<_>>()?;
    // Everybody who writes several rows takes them in this order, so that no two wait for each other.
    rows.sort_unstable_by_key(|row| row.patient_id);
    Ok(rows)
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

/// Every status.
const STATUSES: [SeriesStatus; 6] = [
    SeriesStatus::NotComplete,
    SeriesStatus::Complete,
    SeriesStatus::Immune,
    SeriesStatus::Contraindicated,
    SeriesStatus::NotRecommended,
    SeriesStatus::AgedOut,
];

/// The letter of a status; a capital where not everybody needs it.
const fn letter(status: SeriesStatus, optional: bool) -> &'static str {
    match (status, optional) {
        (SeriesStatus::NotComplete, false) => "n",
        (SeriesStatus::NotComplete, true) => "N",
        (SeriesStatus::Complete, false) => "c",
        (SeriesStatus::Complete, true) => "C",
        (SeriesStatus::Immune, false) => "i",
        (SeriesStatus::Immune, true) => "I",
        (SeriesStatus::Contraindicated, false) => "x",
        (SeriesStatus::Contraindicated, true) => "X",
        (SeriesStatus::NotRecommended, false) => "r",
        (SeriesStatus::NotRecommended, true) => "R",
        (SeriesStatus::AgedOut, false) => "a",
        (SeriesStatus::AgedOut, true) => "A",
    }
}

fn write_groups(groups: &[ForecastGroup]) -> Result<String> {
    let kept = |group: &ForecastGroup| {
        let days = [group.earliest, group.recommended, group.past_due, group.latest];
        let days = days.map(|day| day.map(|day| day.num_days_from_ce()));
        let letter = letter(group.status, group.optional).to_owned();
        if group.number.is_none() && days == [None; 4] {
            Kept::Settled(group.name.clone(), letter)
        } else {
            Kept::Due(group.name.clone(), letter, group.number, days)
        }
    };
    serde_json::to_string(&groups.iter().map(kept).collect::<Vec<_>>())
        .map_err(|_| RegistryError::Store(StoreError::Unreadable("forecast")))
}

/// Reads what [`write_groups`] wrote; none for what another version of this program wrote, which is then worked out afresh.
pub(crate) fn read_groups(text: &str) -> Option<Vec<ForecastGroup>> {
    let group = |kept: Kept| {
        let (name, said, number, days) = match kept {
            Kept::Settled(name, said) => (name, said, None, [None; 4]),
            Kept::Due(name, said, number, days) => (name, said, number, days),
        };
        let each = STATUSES.into_iter().flat_map(|status| [(status, false), (status, true)]);
        let (status, optional) = each.into_iter().find(|(status, optional)| letter(*status, *optional) == said)?;
        let [earliest, recommended, past_due, latest] =
            days.map(|day| day.and_then(NaiveDate::from_num_days_from_ce_opt));
        Some(ForecastGroup { name, status, optional, number, earliest, recommended, past_due, latest })
    };
    let kept: Vec<Kept> = serde_json::from_str(text).ok()?;
    kept.into_iter().map(group).collect()
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
        let every = STATUSES.map(|status| ForecastGroup { status, ..done.clone() });
        let optional = ForecastGroup { optional: true, ..due.clone() };
        let all: Vec<ForecastGroup> = [due, optional].into_iter().chain(every).collect();
        assert_eq!(write_groups(&all).ok().and_then(|text| read_groups(&text)), Some(all));
        for unreadable in ["Polio|n|", "[[\"Polio\",\"q\"]]", "[[\"Polio\"]]"] {
            assert!(read_groups(unreadable).is_none(), "{unreadable}: what cannot be read is worked out, not left out");
        }
    }
}
