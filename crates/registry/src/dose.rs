//! Reporting, correcting and taking back doses.

use access::{Grant, Purpose, Task};
use advice::{Advice, Warnings};
use chrono::NaiveDate;
use domain::{
    CertificateId, Cvx, DoseId, Invalid, Mvx, PatientId, PersonName, SiteId, UserId,
    date::PastDay,
    dose::{Dose, DoseState, Given, Lot, Product, Source},
    evidence::Evidence,
    patient::{Demographics, Patient},
    text::{Line, Reason},
};

use store::{StoreError, Tx};

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    certified::{Certified, contradicted},
    chart::as_said,
    look::Seen,
};

/// A dose as a desk enters it.
#[derive(Debug, Clone)]
pub struct DoseEntry {
    /// The day it was given.
    pub given_on: PastDay,
    /// What was given.
    pub cvx: Cvx,
    /// Maker.
    pub mvx: Option<Mvx>,
    /// Trade name.
    pub product: Product,
    /// Lot number.
    pub lot: Lot,
    /// Given here, or known from a history.
    pub source: Source,
    /// For a history: the office that gave it.
    pub office: Line<100>,
    /// Why it is saved although the schedule speaks against it; empty before anybody was told so.
    pub despite: Line<300>,
    /// The warnings the reason is for, by [`Warnings::key`]: others that come up have not been read yet.
    pub warned: String,
}

/// What an office may know of a person while it reports of them: a warning says nothing else.
pub(crate) struct KnownHere {
    patient: PatientId,
    site: SiteId,
    who: Demographics,
    doses: Vec<Dose>,
    evidence: Vec<Evidence>,
    /// Doses it may be told are on record already.
    may_see: Vec<Dose>,
}

impl KnownHere {
    /// `said`: who the person is by the office's own words, where it says them now.
    pub(crate) async fn of(
        tx: &mut Tx,
        grant: Grant,
        person: &Patient,
        site: SiteId,
        said: Option<Demographics>,
    ) -> Result<Self> {
        let is_whole = grant == Grant::Whole;
        let who = match said {
            Some(said) if !is_whole => said,
            _ if is_whole => person.demographics(),
            _ => as_said(tx, person, site).await?,
        };
        let on_file = tx.doses(person.id).await?;
        let of_it = if is_whole { Grant::Whole } else { Grant::Own(site) };
        let doses = on_file.iter().filter(|dose| access::is_granted(of_it, dose)).cloned().collect();
        let evidence = if is_whole { tx.evidence(person.id).await? } else { tx.evidence_from(person.id, site).await? };
        let may_see = on_file
            .into_iter()
            .filter(|dose| access::papers::office_may_see_dose(person.sharing, site, dose))
            .collect();
        Ok(Self { patient: person.id, site, who, doses, evidence, may_see })
    }
}

impl Registry {
    /// Reports a dose.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when the office has no such person in its care, [`RegistryError::Invalid`] for a day
    /// before birth, [`RegistryError::OnRecord`] for a dose of the same vaccine on the same day,
    /// [`RegistryError::Warned`] when the schedule speaks against it and the entry gives no reason to save it all the same.
    pub async fn add_dose(&self, caller: &Caller, patient: PatientId, entry: &DoseEntry) -> Result<DoseId> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        // Two who report at the same moment follow each other: the second sees what the first has written.
        tx.hold_patient(patient).await?;
        let Seen { person, relation, grant } = self.see(&mut tx, caller, patient, Purpose::Record).await?;
        // To report is a duty, and an objection does not stop it: of whoever is kept from this office it reports by name.
        if !grant.is_a_record() {
            return Err(RegistryError::NotFound);
        }
        if let (Grant::Whole, Some(standing)) = (grant, caller.principal.standing()) {
            // Should the record be kept back one day, the office still knows whom it gave the dose.
            let seen = access::papers::person(grant, standing, relation, person.clone());
            self.save_said(&mut tx, site, &person, &seen.demographics()).await?;
        }
        let known = KnownHere::of(&mut tx, grant, &person, site, None).await?;
        let put = self.save_dose(&mut tx, caller, &known, entry).await;
        self.conclude(tx, caller, patient, put).await
    }

    /// Makes a report durable, or undoes what was written for one that is not taken.
    pub(crate) async fn conclude<T>(&self, tx: Tx, caller: &Caller, patient: PatientId, put: Result<T>) -> Result<T> {
        match put {
            Ok(done) => {
                self.commit(tx).await?;
                Ok(done)
            }
            Err(error) => {
                drop(tx);
                Err(self.told_why(caller, patient, error).await)
            }
        }
    }

    /// A warning says something of the record, as does that a dose is on it already: whoever is told has looked, and that is recorded first.
    async fn told_why(&self, caller: &Caller, patient: PatientId, error: RegistryError) -> RegistryError {
        if !matches!(error, RegistryError::Warned(_) | RegistryError::OnRecord) {
            return error;
        }
        let recorded = async {
            // Somebody new is nobody yet.
            let known = { self.store.read().await?.patient(patient).await? };
            let act = Act { patient: known.map(|_| patient), ..Act::general(Action::CheckRecord) };
            self.store.audit_read(self.audit_row(&caller.principal, act)).await
        };
        match recorded.await {
            Ok(()) => error,
            Err(failed) => failed.into(),
        }
    }

    /// Puts a dose on the record of somebody who is held.
    pub(crate) async fn save_dose(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        known: &KnownHere,
        entry: &DoseEntry,
    ) -> Result<DoseId> {
        let KnownHere { patient, site, .. } = *known;
        let given_on = entry.given_on.date();
        is_after_birth(given_on, known.who.born.date())?;
        let is_same =
            |dose: &Dose| dose.state == DoseState::Active && dose.given_on == given_on && dose.cvx == entry.cvx;
        if known.may_see.iter().any(is_same) {
            return Err(RegistryError::OnRecord);
        }
        let despite = self.weigh(tx, &known.who, &known.doses, &known.evidence, entry).await?;
        let office = tx.site(site).await?.ok_or(RegistryError::NotFound)?.name;
        let dose = Dose {
            id: DoseId::new(self.fresh_address()),
            patient,
            version: 1,
            given_on,
            cvx: entry.cvx,
            mvx: entry.mvx.clone(),
            product: entry.product.clone(),
            lot: entry.lot.clone(),
            site: Some(site),
            office: if entry.source == Source::Administered { office } else { entry.office.to_string() },
            source: entry.source,
            state: DoseState::Active,
            filler: String::new(),
            placer: String::new(),
        };
        tx.add_doses(std::slice::from_ref(&dose), self.now()).await.map_err(on_record)?;
        if !despite.is_empty() {
            let by = caller.principal.user().map(UserId::uuid);
            tx.add_dose_change(self.fresh(), &dose, "warned", &despite, by, self.now()).await?;
        }
        tx.audit(&self.audit_row(&caller.principal, Act::on(Action::AddDose, patient).because(&despite))).await?;
        Ok(dose.id)
    }

    /// Weighs a dose against what the office may know of the record. Gives the reason it is saved in spite of warnings, empty if
    /// there are none.
    async fn weigh(
        &self,
        tx: &mut Tx,
        person: &Demographics,
        shown: &[Dose],
        evidence: &[Evidence],
        entry: &DoseEntry,
    ) -> Result<String> {
        let given_on = entry.given_on.date();
        let engine = self.engine(tx).await?;
        let active: Vec<Dose> = shown.iter().filter(|dose| dose.state == DoseState::Active).cloned().collect();
        let earlier = active.iter().filter(|dose| dose.given_on < given_on).map(Dose::given);
        let earlier = advice::person(person.born, person.gender, earlier, evidence);
        let new = Given::of(given_on, entry.cvx, entry.mvx.clone(), entry.product.clone());
        let asked = advice::person(person.born, person.gender, active.iter().map(Dose::given).chain([new]), evidence);
        let mut assessor = engine.assessor();
        let mut say = |person, on| Advice::new(engine.schedule(), person, &assessor.assess(person, on), on);
        let (before, advice) = (say(&earlier, given_on), say(&asked, self.today()));
        let recent = advice::recent(&active, entry.cvx, given_on);
        let warnings = Warnings::new(&before, &advice, active.len(), given_on, recent);
        match &*entry.despite {
            _ if warnings.is_empty() => Ok(String::new()),
            despite if !despite.is_empty() && entry.warned == warnings.key() => Ok(despite.to_owned()),
            _ => Err(RegistryError::Warned(Box::new(warnings))),
        }
    }

    /// One dose of a record the office may change, its own, and whose it is: nothing else of the record is read.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for any other.
    pub async fn own_dose(&self, caller: &Caller, patient: PatientId, id: DoseId) -> Result<(PersonName, Dose)> {
        let act = Act::on(Action::ReadDose, patient);
        let is_own = |dose: &Dose| dose.state == DoseState::Active && caller.acts_for(dose.site);
        let found = async {
            let name = self.name_shown(caller, patient).await?;
            let dose = self.store.read().await?.dose(patient, id).await?.filter(is_own);
            Ok((name, dose.ok_or(RegistryError::NotFound)?))
        };
        match found.await {
            Ok(found) => {
                self.store.audit_read(self.audit_row(&caller.principal, act)).await?;
                Ok(found)
            }
            Err(error) => Err(self.refused(caller, patient, act, error).await?),
        }
    }

    /// Corrects a dose the office reported; what it was is kept with the reason.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when it was changed since `version`; as [`Self::add_dose`] for a day or a vaccine the schedule
    /// speaks against, or that is on record already.
    #[expect(clippy::too_many_arguments, reason = "a correction is who, whose, which, since when, what and why")]
    pub async fn correct_dose(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: DoseId,
        version: i64,
        entry: &DoseEntry,
        reason: &Reason,
        certified: Option<&Certified>,
    ) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let own = self.site(site).await?.name;
        let changed = self.change(caller, patient, id, version, reason, Some(entry), certified, |dose| {
            dose.given_on = entry.given_on.date();
            dose.source = entry.source;
            dose.cvx = entry.cvx;
            dose.mvx.clone_from(&entry.mvx);
            dose.product.clone_from(&entry.product);
            dose.lot.clone_from(&entry.lot);
            dose.office = if entry.source == Source::Administered { own } else { entry.office.to_string() };
        });
        match changed.await {
            Err(error) => Err(self.told_why(caller, patient, error).await),
            changed => changed,
        }
    }

    /// Takes a dose back that the office reported in error; it stays in the history.
    ///
    /// # Errors
    /// [`RegistryError::Conflict`] when it was changed since `version`; [`RegistryError::Certified`] when certificates of this office state
    /// it and nothing is decided about them.
    pub async fn void_dose(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: DoseId,
        version: i64,
        reason: &Reason,
        certified: Option<&Certified>,
    ) -> Result<()> {
        self.change(caller, patient, id, version, reason, None, certified, |dose| dose.state = DoseState::Voided).await
    }

    #[expect(clippy::too_many_arguments, reason = "a change is who, whose, which, since when, how and why")]
    async fn change(
        &self,
        caller: &Caller,
        patient: PatientId,
        id: DoseId,
        version: i64,
        reason: &Reason,
        entry: Option<&DoseEntry>,
        certified: Option<&Certified>,
        edit: impl FnOnce(&mut Dose),
    ) -> Result<()> {
        Self::may(&caller.principal, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        tx.hold_patient(patient).await?;
        let record = self.load(&mut tx, caller, patient).await?.record;
        let is_it = |dose: &Dose| dose.id == id && caller.acts_for(dose.site);
        let Some(before) = record.doses.iter().find(|dose| is_it(dose)).cloned() else {
            // Taken back by a colleague a moment ago: who typed a correction is told that it came too late.
            let was_there = tx.dose(patient, id).await?.is_some_and(|dose| caller.acts_for(dose.site));
            return Err(if was_there { RegistryError::Conflict } else { RegistryError::NotFound });
        };
        if before.version != version {
            return Err(RegistryError::Conflict);
        }
        let mut dose = before.clone();
        edit(&mut dose);
        is_after_birth(dose.given_on, record.person.born.date())?;
        // A lot number is corrected without a word; another day or vaccine is weighed as if it were new.
        let is_moved = (dose.given_on, dose.cvx) != (before.given_on, before.cvx);
        let mut reason = reason.to_string();
        if let Some(entry) = entry.filter(|_| is_moved) {
            let others: Vec<Dose> = record.doses.iter().filter(|dose| !is_it(dose)).cloned().collect();
            if others.iter().any(|other| (other.given_on, other.cvx) == (dose.given_on, dose.cvx)) {
                return Err(RegistryError::OnRecord);
            }
            let despite = self.weigh(&mut tx, &record.person, &others, &record.evidence, entry).await?;
            if !despite.is_empty() {
                reason = format!("{reason} ({despite})");
            }
        }
        // What was certified from it: decided in the same act, or not done at all.
        let mut own = contradicted(&mut tx, &before, &dose).await?;
        own.retain(|certificate| caller.acts_for(Some(certificate.site)));
        if !own.is_empty() && certified.is_none() {
            return Err(RegistryError::Certified(own.into_iter().map(|own| own.statement.number).collect()));
        }
        let by = caller.principal.user().map(UserId::uuid);
        let is_voided = dose.state == DoseState::Voided;
        let kind = if is_voided { "voided" } else { "corrected" };
        match self.change_on_record(&mut tx, &before, &dose, kind, &reason, by).await {
            Err(RegistryError::Store(error)) => return Err(on_record(error)),
            other => other?,
        }
        if let Some(certified) = certified {
            let own: Vec<CertificateId> = own.iter().map(|certificate| certificate.id).collect();
            self.carry_out(&mut tx, caller, patient, &own, certified, &reason).await?;
        }
        let what = if is_voided { Action::VoidDose } else { Action::CorrectDose };
        tx.audit(&self.audit_row(&caller.principal, Act::on(what, patient).because(&reason))).await?;
        self.commit(tx).await
    }
}

fn is_after_birth(day: NaiveDate, born: NaiveDate) -> Result<()> {
    if day < born { Err(RegistryError::Invalid("given_on", Invalid::TooEarly)) } else { Ok(()) }
}

/// The same vaccine of the same day is on record of this office already: somebody else's press came first.
fn on_record(error: StoreError) -> RegistryError {
    if matches!(error, StoreError::Duplicate) { RegistryError::OnRecord } else { error.into() }
}

/// The doses on record that an office may be told of, if only by saying that one was there already: under an objection
/// those it reported itself.
pub(crate) async fn doses_office_may_see(tx: &mut Tx, person: &Patient, office: SiteId) -> Result<Vec<Dose>> {
    let mut doses = tx.doses(person.id).await?;
    doses.retain(|dose| access::papers::office_may_see_dose(person.sharing, office, dose));
    Ok(doses)
}
