//! Reporting, correcting and taking back doses.

use access::{Task, View};
use chrono::NaiveDate;
use domain::{
    Cvx, DoseId, Invalid, PatientId, SiteId,
    dose::{Dose, DoseState, Source},
    patient::Patient,
};

use store::Tx;

use crate::{Caller, Registry, RegistryError, Result, audit::Act};

/// A dose as a desk enters it.
#[derive(Debug, Clone)]
pub struct DoseEntry {
    /// The day it was given.
    pub given_on: NaiveDate,
    /// What was given.
    pub cvx: Cvx,
    /// Maker.
    pub mvx: String,
    /// Trade name.
    pub product: String,
    /// Lot number.
    pub lot: String,
    /// Given here, or known from a history.
    pub source: Source,
    /// For a history: the office that gave it.
    pub office: String,
}

impl Registry {
    /// Reports a dose.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when the office has no such person in its care, [`RegistryError::Invalid`] for a day
    /// before birth or after today, [`RegistryError::OnRecord`] for a dose of the same vaccine on the same day.
    pub async fn add_dose(&self, caller: &Caller, patient: PatientId, entry: &DoseEntry) -> Result<DoseId> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let relation = self.relation(&mut tx, &caller.actor, patient).await?;
        // To report is a duty: an objection does not stop it, not being this office's patient does.
        if !(relation.in_care || relation.gave_dose) {
            return Err(RegistryError::NotFound);
        }
        let id = self.put_dose(&mut tx, caller, patient, site, entry).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub(crate) async fn put_dose(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        patient: PatientId,
        site: SiteId,
        entry: &DoseEntry,
    ) -> Result<DoseId> {
        let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
        self.check_day(entry.given_on, person.born.date())?;
        let is_same =
            |dose: &Dose| dose.state == DoseState::Active && dose.given_on == entry.given_on && dose.cvx == entry.cvx;
        if told_of(tx, &person, site).await?.iter().any(is_same) {
            return Err(RegistryError::OnRecord);
        }
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?.name;
        let dose = Dose {
            id: DoseId::new(self.fresh()),
            patient,
            version: 1,
            given_on: entry.given_on,
            cvx: entry.cvx,
            mvx: entry.mvx.clone(),
            product: entry.product.clone(),
            lot: entry.lot.clone(),
            site: Some(site),
            office: if entry.source == Source::Administered { office } else { entry.office.clone() },
            source: entry.source,
            state: DoseState::Active,
        };
        tx.add_doses(std::slice::from_ref(&dose), self.now()).await?;
        tx.audit(&self.line(&caller.actor, Act::on("dose.add", patient))).await?;
        Ok(dose.id)
    }

    /// One dose of a record the office may change: its own.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for any other.
    pub async fn own_dose(&self, caller: &Caller, patient: PatientId, id: DoseId) -> Result<Dose> {
        let record = self.record(caller, patient).await?;
        let site = caller.actor.signed().and_then(|signed| signed.site);
        record
            .doses
            .into_iter()
            .find(|dose| dose.id == id && dose.site == site && site.is_some())
            .ok_or(RegistryError::NotFound)
    }

    /// Corrects a dose the office reported; what it was is kept with the reason.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when it was changed since `version`.
    pub async fn correct_dose(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: DoseId,
        version: i64,
        entry: &DoseEntry,
        reason: &str,
    ) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let own = self.site(site).await?.name;
        self.change(caller, patient, id, version, "corrected", reason, |dose| {
            dose.given_on = entry.given_on;
            dose.source = entry.source;
            dose.cvx = entry.cvx;
            dose.mvx.clone_from(&entry.mvx);
            dose.product.clone_from(&entry.product);
            dose.lot.clone_from(&entry.lot);
            dose.office = if entry.source == Source::Administered { own } else { entry.office.clone() };
        })
        .await
    }

    /// Takes a dose back that the office reported in error; it stays in the history.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when it was changed since `version`.
    pub async fn void_dose(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: DoseId,
        version: i64,
        reason: &str,
    ) -> Result<()> {
        self.change(caller, patient, id, version, "voided", reason, |dose| dose.state = DoseState::Voided).await
    }

    #[expect(clippy::too_many_arguments, reason = "a change is who, whose, which, since when, how and why")]
    async fn change(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: DoseId,
        version: i64,
        kind: &'static str,
        reason: &str,
        edit: impl FnOnce(&mut Dose),
    ) -> Result<()> {
        Self::may(&caller.actor, Task::ReportDoses)?;
        let reason = domain::text::required(reason, 300).map_err(|why| RegistryError::Invalid("reason", why))?;
        let mut tx = self.store.write().await?;
        let record = self.load(&mut tx, caller, patient).await?;
        if record.view == View::Nothing {
            return Err(RegistryError::NotFound);
        }
        let site = caller.actor.signed().and_then(|signed| signed.site);
        let before =
            record.doses.into_iter().find(|dose| dose.id == id && dose.site == site).ok_or(RegistryError::NotFound)?;
        if before.version != version {
            return Err(RegistryError::Conflict);
        }
        let mut dose = before.clone();
        edit(&mut dose);
        self.check_day(dose.given_on, record.patient.born.date())?;
        let by = caller.actor.signed().map(|signed| signed.user.uuid());
        tx.change_dose(&dose).await?;
        tx.keep_dose_change(self.fresh(), &before, kind, &reason, by, self.now()).await?;
        let what = if kind == "voided" { "dose.void" } else { "dose.correct" };
        tx.audit(&self.line(&caller.actor, Act::on(what, patient).because(&reason))).await?;
        Ok(tx.commit().await?)
    }

    fn check_day(&self, day: NaiveDate, born: NaiveDate) -> Result<()> {
        if day > self.today() {
            Err(RegistryError::Invalid("given_on", Invalid::Future))
        } else if day < born {
            Err(RegistryError::Invalid("given_on", Invalid::TooEarly))
        } else {
            Ok(())
        }
    }
}

/// The doses on record that an office may be told of, if only by saying that one was there already: under an objection
/// those it reported itself.
pub(crate) async fn told_of(tx: &mut Tx, person: &Patient, office: SiteId) -> Result<Vec<Dose>> {
    let mut doses = tx.doses(person.id).await?;
    if person.sharing.is_blocked() {
        doses.retain(|dose| dose.site == Some(office));
    }
    Ok(doses)
}
