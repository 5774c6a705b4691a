//! A reported dose against those on record: new, there already, a change, taken back. A change names its dose by the number of its
//! order, then by day and vaccine; one that names none waits for a human.

use domain::{
    Cvx, DoseId, PatientId, catalogue,
    dose::{Dose, DoseState, Source},
};
use interop::{Action, ReportedDose, What};
use store::Tx;

use crate::{Registry, RegistryError, Result, desk::Desk};

/// What became of a reported dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done as asked.
    Done,
    /// Done, with something to know.
    Noted(What),
    /// Not done: a human decides.
    Aside(What),
}

/// Which dose a report is about, as a human has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// Nobody has: the program looks.
    Sought,
    /// This one.
    Dose(DoseId),
    /// None of those on record.
    New,
}

impl Registry {
    /// Adds, changes or takes back one dose. `on_file`: the doses the office may be told of.
    pub(crate) async fn report_dose(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        patient: PatientId,
        reported: &ReportedDose,
        on_file: &mut Vec<Dose>,
        target: Target,
    ) -> Result<Outcome> {
        let office = desk.office.site_id();
        let found = match target {
            Target::Dose(id) => {
                let at = on_file
                    .iter()
                    .position(|dose| dose.id == id && dose.site == Some(office) && dose.state == DoseState::Active);
                Some(at.ok_or(RegistryError::NotFound)?)
            }
            Target::New => None,
            Target::Sought => named(on_file, office, reported),
        };
        let known = on_file.iter().position(|dose| {
            let mine = dose.site == Some(office) || reported.source == Source::Historical;
            dose.state == DoseState::Active && is_same(dose, reported) && mine
        });
        match (reported.action, found) {
            (Action::Delete, Some(at)) => {
                let mut dose = on_file[at].clone();
                dose.state = DoseState::Voided;
                self.change_reported(tx, desk, on_file, at, dose, "voided").await?;
                Ok(Outcome::Done)
            }
            (Action::Delete, None) => Ok(Outcome::Aside(What::UnknownDose)),
            (Action::Update | Action::Put, Some(at)) => {
                let before = &on_file[at];
                if target == Target::Sought && !is_related(before, reported) {
                    // Neither the day nor the vaccine is that of the dose the number names: the number may be anybody's.
                    return Ok(Outcome::Aside(What::UnknownDose));
                }
                if known.is_some_and(|other| other != at) {
                    return Ok(Outcome::Aside(What::AlreadyOnRecord));
                }
                let dose = changed(before, reported);
                if dose == *before {
                    return Ok(Outcome::Noted(What::AlreadyOnRecord));
                }
                self.change_reported(tx, desk, on_file, at, dose, "corrected").await?;
                Ok(Outcome::Done)
            }
            (Action::Update, None) if target == Target::Sought => Ok(Outcome::Aside(What::UnknownDose)),
            (Action::Add, _) | (_, None) => match known {
                Some(at) => {
                    self.number_known(tx, desk, &mut on_file[at], reported).await?;
                    Ok(Outcome::Noted(What::AlreadyOnRecord))
                }
                None => self.add_reported(tx, desk, patient, reported, on_file, target).await,
            },
        }
    }

    /// The same dose again, by now with the number of its order.
    async fn number_known(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        known: &mut Dose,
        reported: &ReportedDose,
    ) -> Result<()> {
        let order = &reported.order;
        if known.site == Some(desk.office.site_id()) && known.filler.is_empty() && !order.filler.is_empty() {
            known.filler.clone_from(&order.filler);
            known.placer.clone_from(&order.placer);
            desk.write(tx, self.now()).await?;
            tx.change_dose(known).await?;
            known.version += 1;
        }
        Ok(())
    }

    async fn add_reported(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        patient: PatientId,
        reported: &ReportedDose,
        on_file: &mut Vec<Dose>,
        target: Target,
    ) -> Result<Outcome> {
        let office = desk.office.site_id();
        let is_taken_back =
            |dose: &&Dose| dose.state == DoseState::Voided && dose.site == Some(office) && is_same(dose, reported);
        if target == Target::Sought
            && let Some(before) = on_file.iter().find(is_taken_back)
            && taken_back_by_hand(tx, patient, before.id).await?
        {
            return Ok(Outcome::Aside(What::TakenBack));
        }
        let dose = Dose {
            id: DoseId::new(self.fresh_address()),
            patient,
            version: 1,
            given_on: reported.given_on,
            cvx: reported.cvx,
            mvx: reported.mvx.clone(),
            product: reported.product.clone(),
            lot: reported.lot.clone(),
            site: Some(office),
            office: reported.office.clone(),
            source: reported.source,
            state: DoseState::Active,
            filler: reported.order.filler.clone(),
            placer: reported.order.placer.clone(),
        };
        on_file.push(dose.clone());
        desk.add_dose(dose);
        Ok(Outcome::Done)
    }

    async fn change_reported(
        &self,
        tx: &mut Tx,
        desk: &mut Desk<'_>,
        on_file: &mut [Dose],
        at: usize,
        dose: Dose,
        kind: &str,
    ) -> Result<()> {
        // It may be one this very message adds.
        desk.write(tx, self.now()).await?;
        self.change_on_record(tx, &on_file[at], &dose, kind, "import", None).await?;
        on_file[at] = Dose { version: dose.version + 1, ..dose };
        Ok(())
    }
}

/// The office's own dose a report names: by the number of its order, else by day and vaccine.
fn named(on_file: &[Dose], office: domain::SiteId, reported: &ReportedDose) -> Option<usize> {
    let own =
        || on_file.iter().enumerate().filter(|(_, dose)| dose.state == DoseState::Active && dose.site == Some(office));
    let by = |matches: &dyn Fn(&Dose) -> bool| -> Vec<usize> {
        own().filter(|(_, dose)| matches(dose)).map(|(at, _)| at).collect()
    };
    let order = &reported.order;
    let numbered = [
        by(&|dose| !order.filler.is_empty() && dose.filler == order.filler),
        by(&|dose| !order.placer.is_empty() && dose.placer == order.placer),
    ];
    // Some systems give every dose of a person one number: then day and vaccine tell them apart.
    if let Some(only) = numbered.iter().find_map(|found| if let [only] = found.as_slice() { Some(*only) } else { None })
    {
        return Some(only);
    }
    if reported.action == Action::Put {
        // A row without a number it knows is a dose, not a change.
        return None;
    }
    match by(&|dose| is_same(dose, reported)).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The same day and vaccine.
fn is_same(dose: &Dose, reported: &ReportedDose) -> bool {
    dose.given_on == reported.given_on && dose.cvx == reported.cvx
}

/// Could it be a correction of this dose: the same day, the same vaccine, or one against the same disease?
fn is_related(dose: &Dose, reported: &ReportedDose) -> bool {
    let antigens = |cvx: Cvx| catalogue::vaccine(cvx).map_or(&[][..], |vaccine| vaccine.antigens.as_slice());
    dose.given_on == reported.given_on
        || dose.cvx == reported.cvx
        || antigens(dose.cvx).iter().any(|antigen| antigens(reported.cvx).contains(antigen))
}

/// The dose as it is after a correction; what the report does not say stays.
fn changed(before: &Dose, reported: &ReportedDose) -> Dose {
    let or = |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
    let is_other = before.cvx != reported.cvx;
    Dose {
        given_on: reported.given_on,
        cvx: reported.cvx,
        // Another vaccine's maker and product are not this one's.
        mvx: if is_other { reported.mvx.clone() } else { reported.mvx.clone().or_else(|| before.mvx.clone()) },
        product: if is_other || !reported.product.is_empty() {
            reported.product.clone()
        } else {
            before.product.clone()
        },
        lot: if reported.lot.is_empty() { before.lot.clone() } else { reported.lot.clone() },
        source: reported.source,
        office: or(&reported.office, &before.office),
        filler: or(&reported.order.filler, &before.filler),
        placer: or(&reported.order.placer, &before.placer),
        ..before.clone()
    }
}

/// Was a dose taken back by a person, not by a message?
async fn taken_back_by_hand(tx: &mut Tx, patient: PatientId, dose: DoseId) -> Result<bool> {
    let changes = tx.dose_changes(patient).await?;
    let last = changes.iter().find(|change| change.dose_id == dose.uuid() && change.kind == "voided");
    Ok(last.is_some_and(|change| change.changed_by.is_some()))
}
