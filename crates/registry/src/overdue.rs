//! Who of an office's patients is overdue for something.

use std::collections::HashMap;

use access::{Grant, Purpose, Relation, Task};
use chrono::NaiveDate;
use domain::{ChartId, PatientId, PersonName, SiteId, dose::DoseState};
use store::{History, Tx};

use crate::{
    Caller, ForecastGroup, Registry, RegistryError, Result,
    audit::{Act, Action},
    chart::as_said,
    forecast::{groups, overdue_on, read_groups},
};

/// People of an office whose record is kept from it: few families object.
const MOST_OWN: i64 = 2_000;

/// Somebody of an office for whom something is overdue.
#[derive(Debug, Clone)]
pub struct OverdueLine {
    /// On file.
    pub patient: PatientId,
    /// What the office calls them.
    pub chart: ChartId,
    /// Name.
    pub name: PersonName,
    /// Date of birth.
    pub born: NaiveDate,
    /// Since when something is overdue.
    pub since: NaiveDate,
    /// The groups that are, by their names in the schedule.
    pub groups: Vec<String>,
}

/// A page of them.
#[derive(Debug, Clone)]
pub struct Overdue {
    /// The youngest first.
    pub lines: Vec<OverdueLine>,
    /// There are more after them.
    pub more: bool,
}

impl Registry {
    /// The people in an office's care for whom something is overdue, the youngest first: at most `most` of them after the first `skip`.
    /// For somebody whose record is kept from the office it goes by what the office knows itself, as a reminder does.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is of no office.
    pub async fn overdue(&self, caller: &Caller, most: usize, skip: usize) -> Result<Overdue> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut lines: Vec<OverdueLine> = {
            let mut tx = self.store.read().await?;
            let wanted = skip.saturating_add(most).saturating_add(1);
            // Some of those kept by another version of this program are overdue no more: then as many more are looked at.
            let mut looked_at = wanted;
            let mut all;
            loop {
                let (lines, whole) = self.overdue_lines(&mut tx, caller, site, looked_at).await?;
                all = lines;
                if whole.is_none_or(|whole| whole >= wanted) {
                    break;
                }
                looked_at = looked_at.saturating_mul(2);
            }
            all.sort_by_key(|line| (std::cmp::Reverse(line.born), line.patient));
            all.into_iter().skip(skip).collect()
        };
        let more = lines.len() > most;
        lines.truncate(most);
        let act = |line: &OverdueLine| Act::on(Action::ListOverdue, line.patient);
        let read = lines.iter().map(|line| self.audit_row(&caller.principal, act(line))).collect();
        self.store.audit_reads(read).await?;
        Ok(Overdue { lines, more })
    }

    /// The first ones of the whole records, everybody of those the office sees its own part of, and how many of the first there are; none where these are all.
    async fn overdue_lines(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        site: SiteId,
        most: usize,
    ) -> Result<(Vec<OverdueLine>, Option<usize>)> {
        let today = self.today();
        let late = move |group: &ForecastGroup| !group.optional && group.past_due.is_some_and(|last| last < today);
        let named = |groups: Vec<ForecastGroup>| -> Vec<String> {
            groups.into_iter().filter(late).map(|group| group.name).collect()
        };
        let scope = caller.scope(Purpose::Forecast);
        let in_care = Relation { in_care: true, ..Relation::default() };
        let engine = self.engine(tx).await?;
        let (mut lines, mut unread) = (Vec::new(), Vec::new());
        let mut is_all = true;
        for sharing in scope.sharings(in_care, Grant::Whole) {
            let rows = tx.overdue(site, sharing, today, i64::try_from(most).unwrap_or(i64::MAX)).await?;
            is_all &= rows.len() < most;
            for row in rows {
                let patient = PatientId::new(row.patient_id);
                let kept = read_groups(&row.groups);
                if kept.is_none() {
                    unread.push(patient);
                }
                lines.push(OverdueLine {
                    patient,
                    chart: ChartId::new(row.chart),
                    name: PersonName::stored(row.last_name, row.first_name, row.middle_name),
                    born: row.birth_date,
                    since: row.overdue_on,
                    groups: named(kept.unwrap_or_default()),
                });
            }
        }
        // Kept by another version of this program, until the day's work has come by: worked out afresh.
        let mut assessor = engine.assessor();
        let afresh: HashMap<PatientId, Vec<ForecastGroup>> = tx
            .histories(&unread)
            .await?
            .iter()
            .map(|history| (history.patient, groups(&engine, &mut assessor, history, today)))
            .collect();
        lines.retain_mut(|line| {
            let Some(groups) = afresh.get(&line.patient) else { return true };
            let since = overdue_on(groups).filter(|since| *since <= today);
            (line.since, line.groups) = (since.unwrap_or(today), named(groups.clone()));
            since.is_some()
        });
        let whole = (!is_all).then_some(lines.len());
        let reported = Relation { reported: true, ..in_care };
        for sharing in scope.sharings(reported, Grant::Own(site)) {
            for patient in tx.own_people(site, sharing, MOST_OWN).await? {
                let Some((chart, history, name)) = own_history(tx, patient, site).await? else { continue };
                let groups = groups(&engine, &mut assessor, &history, today);
                let Some(since) = overdue_on(&groups).filter(|since| *since <= today) else { continue };
                let born = history.born.date();
                lines.push(OverdueLine { patient, chart, name, born, since, groups: named(groups) });
            }
        }
        Ok((lines, whole))
    }
}

/// What an office knows itself of somebody whose record is kept from it.
async fn own_history(tx: &mut Tx, patient: PatientId, site: SiteId) -> Result<Option<(ChartId, History, PersonName)>> {
    let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
    let Some(chart) = tx.chart(patient, site).await? else { return Ok(None) };
    let who = as_said(tx, &person, site).await?;
    let mut doses = tx.doses(patient).await?;
    doses.retain(|dose| dose.state == DoseState::Active && access::is_granted(Grant::Own(site), dose));
    let history = History {
        patient,
        born: who.born,
        gender: who.gender,
        doses: doses.iter().map(domain::dose::Dose::given).collect(),
        evidence: tx.evidence_from(patient, site).await?,
    };
    Ok(Some((chart.id, history, who.name)))
}
