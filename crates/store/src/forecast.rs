//! What is due for each person, and what it is worked out from.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    BirthDate, PatientId, SiteId,
    dose::Given,
    evidence::Evidence,
    patient::{Gender, Sharing},
};
use uuid::Uuid;

use crate::{Result, Tx, dose::GivenRow, evidence::EvidenceRow};

/// What is due for a person, as of a day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ForecastRow {
    /// Whose.
    pub patient_id: Uuid,
    /// Grows with every writing; the first is 1.
    pub version: i64,
    /// The day it is for.
    pub as_of: NaiveDate,
    /// The beginning of the schedule's digest; empty while it is being renewed.
    pub schedule: String,
    /// From this day something is recommended.
    pub due_on: Option<NaiveDate>,
    /// From this day something is overdue.
    pub overdue_on: Option<NaiveDate>,
    /// Every vaccine group.
    pub groups: String,
}

/// Somebody whose forecast is missing, or of another day or schedule.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Unforecast {
    id: Uuid,
    /// That of the row that is there, 0 for none.
    pub version: i64,
}

impl Unforecast {
    /// Who.
    pub fn patient(&self) -> PatientId {
        PatientId::new(self.id)
    }
}

/// Somebody in an office's care for whom something is overdue.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OverdueRow {
    /// Who.
    pub patient_id: Uuid,
    /// What the office calls them.
    pub chart: Uuid,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Middle name.
    pub middle_name: String,
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// From this day something is overdue.
    pub overdue_on: NaiveDate,
    /// Every vaccine group.
    pub groups: String,
}

/// What the schedule needs of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Who.
    pub patient: PatientId,
    /// Date of birth.
    pub born: BirthDate,
    /// Gender.
    pub gender: Gender,
    /// The doses that were not taken back, in no order.
    pub doses: Vec<Given>,
    /// Laboratory results and histories of disease.
    pub evidence: Vec<Evidence>,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: Uuid,
    birth_date: NaiveDate,
    gender: String,
}

/// The rows of some people as their histories. Doses and evidence of others are left out.
fn histories(people: Vec<PersonRow>, doses: Vec<GivenRow>, evidence: &[EvidenceRow]) -> Result<Vec<History>> {
    let person = |row: PersonRow| History {
        patient: PatientId::new(row.id),
        born: BirthDate::stored(row.birth_date),
        gender: Gender::parse(&row.gender).unwrap_or_default(),
        doses: Vec::new(),
        evidence: Vec::new(),
    };
    let mut histories: Vec<History> = people.into_iter().map(person).collect();
    let places: HashMap<Uuid, usize> =
        histories.iter().enumerate().map(|(at, history)| (history.patient.uuid(), at)).collect();
    for row in doses {
        if let Some(history) = places.get(&row.patient_id).and_then(|at| histories.get_mut(*at)) {
            history.doses.push(row.given());
        }
    }
    for row in evidence {
        let (patient, evidence) = crate::evidence::evidence(row)?;
        if let Some(history) = places.get(&patient.uuid()).and_then(|at| histories.get_mut(*at)) {
            history.evidence.push(evidence);
        }
    }
    Ok(histories)
}

/// Most people one list holds.
const LIST: usize = 500;

impl Tx {
    /// What the schedule needs of some people, as this transaction sees them.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn histories(&mut self, patients: &[PatientId]) -> Result<Vec<History>> {
        let mut all = Vec::with_capacity(patients.len());
        for some in patients.chunks(LIST) {
            let people = rows_of!(
                self,
                PersonRow,
                "select id, birth_date, gender from patient where id in (",
                some,
                |patient| patient.uuid()
            );
            let doses = rows_of!(
                self,
                GivenRow,
                "select patient_id, given_on, cvx, mvx, product from dose where state = 'active' and patient_id in (",
                some,
                |patient| patient.uuid()
            );
            let evidence = rows_of!(
                self,
                EvidenceRow,
                "select patient_id, antigen, kind, found_on from evidence where patient_id in (",
                some,
                |patient| patient.uuid()
            );
            all.extend(histories(people, doses, &evidence)?);
        }
        Ok(all)
    }

    /// The next people, in the order of their ids, whose forecast is not of this schedule and this day.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn unforecast(
        &mut self,
        after: PatientId,
        schedule: &str,
        as_of: NaiveDate,
        most: i64,
    ) -> Result<Vec<Unforecast>> {
        Ok(rows!(
            self,
            Unforecast,
            "select p.id, coalesce(f.version, 0) as version from patient p \
             left join forecast f on f.patient_id = p.id \
             where p.id > $1 and (f.patient_id is null or f.schedule <> $2 or f.as_of <> $3) order by p.id limit $4",
            after.uuid(),
            schedule,
            as_of,
            most
        ))
    }

    /// Makes everybody else who renews these forecasts wait until this transaction ends, so that whoever comes second sees
    /// what the first has written. Comes before the doses are read.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn hold_forecasts(&mut self, patients: &[PatientId], as_of: NaiveDate) -> Result<()> {
        insert_all!(
            self,
            "insert into forecast (patient_id, version, as_of, schedule, groups)",
            patients,
            |patient| [patient.uuid(), 1_i64, as_of, "", ""],
            " on conflict (patient_id) do update set version = forecast.version + 1, schedule = ''"
        );
        Ok(())
    }

    /// Writes forecasts that are held.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn save_forecasts(&mut self, forecasts: &[ForecastRow]) -> Result<()> {
        insert_all!(
            self,
            "insert into forecast (patient_id, version, as_of, schedule, due_on, overdue_on, groups)",
            forecasts,
            |row| [row.patient_id, 1_i64, row.as_of, &row.schedule, row.due_on, row.overdue_on, &row.groups],
            " on conflict (patient_id) do update set version = forecast.version + 1, as_of = excluded.as_of, \
             schedule = excluded.schedule, due_on = excluded.due_on, overdue_on = excluded.overdue_on, groups = excluded.groups"
        );
        Ok(())
    }

    /// Writes forecasts that follow the version each names; one that somebody else has written meanwhile stays as it is.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn follow_forecasts(&mut self, forecasts: &[ForecastRow]) -> Result<()> {
        insert_all!(
            self,
            "insert into forecast (patient_id, version, as_of, schedule, due_on, overdue_on, groups)",
            forecasts,
            |row| [row.patient_id, row.version + 1, row.as_of, &row.schedule, row.due_on, row.overdue_on, &row.groups],
            " on conflict (patient_id) do update set version = excluded.version, as_of = excluded.as_of, \
             schedule = excluded.schedule, due_on = excluded.due_on, overdue_on = excluded.overdue_on, groups = excluded.groups \
             where forecast.version = excluded.version - 1"
        );
        Ok(())
    }

    /// The forecast of a person.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn forecast(&mut self, patient: PatientId) -> Result<Option<ForecastRow>> {
        Ok(row!(
            self,
            ForecastRow,
            "select patient_id, version, as_of, schedule, due_on, overdue_on, groups from forecast where patient_id = $1",
            patient.uuid()
        ))
    }

    /// How many forecasts are of this schedule and this day.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_forecasts(&mut self, schedule: &str, as_of: NaiveDate) -> Result<i64> {
        Ok(count!(self, "select count(*) as count from forecast where schedule = $1 and as_of = $2", schedule, as_of))
    }

    /// The people in an office's care with one way of sharing for whom something is overdue on a day, the youngest first: the first
    /// `most`.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn overdue(
        &mut self,
        site: SiteId,
        sharing: Sharing,
        on: NaiveDate,
        most: i64,
    ) -> Result<Vec<OverdueRow>> {
        Ok(rows!(
            self,
            OverdueRow,
            "select p.id as patient_id, c.id as chart, p.last_name, p.first_name, p.middle_name, p.birth_date, f.overdue_on, f.groups \
             from care c join forecast f on f.patient_id = c.patient_id join patient p on p.id = c.patient_id \
             where c.site_id = $1 and p.sharing = $2 and f.overdue_on <= $3 order by p.birth_date desc, p.id limit $4",
            site.uuid(),
            sharing.key(),
            on,
            most
        ))
    }
}
