//! A person at one office. An office names people by addresses of its own, and of whoever's record is kept from it it sees what it
//! has said itself: a hidden person and nobody look the same to it, whatever is on file.

use access::{Grant, Purpose, Scope, Task};
use domain::{
    ChartId, PatientId, PersonName, SiteId,
    patient::{Demographics, Patient},
};
use matching::{Identity, is_no_name, middles_deny, name_keys};
use store::{NewCare, Tx};

use crate::{Caller, Registry, RegistryError, Result};

impl Registry {
    /// Whom an address of the caller's office names.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, or none.
    pub async fn of_chart(&self, caller: &Caller, chart: ChartId) -> Result<PatientId> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        self.store.read().await?.by_chart(site, chart).await?.ok_or(RegistryError::NotFound)
    }

    /// What the caller's office calls a person in its addresses.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not in its care.
    pub async fn chart_of(&self, caller: &Caller, patient: PatientId) -> Result<ChartId> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let chart = self.store.read().await?.chart(patient, site).await?;
        Ok(chart.ok_or(RegistryError::NotFound)?.id)
    }

    /// What an office may know of somebody on file, asked by whoever reports for it.
    pub(crate) async fn office_grant(&self, tx: &mut Tx, site: SiteId, person: &Patient) -> Result<Grant> {
        let (in_care, reported) = tx.office_relation(person.id, site).await?;
        let relation = access::Relation { in_care, reported, ..access::Relation::default() };
        Ok(Scope::of_office(site, Purpose::Match).of(relation, person.sharing))
    }

    /// Keeps what an office says of a person while it reports of them. Somebody of whom it could see nothing so far gets a new
    /// address there, as somebody new does.
    pub(crate) async fn save_said(
        &self,
        tx: &mut Tx,
        site: SiteId,
        person: &Patient,
        said: &Demographics,
    ) -> Result<()> {
        let Some(chart) = tx.chart(person.id, site).await? else {
            let new = NewCare { id: self.fresh_chart(), patient: person.id, site, said: Some(said.clone()) };
            return Ok(tx.add_cares(&[new], self.now()).await?);
        };
        match chart.said {
            Some(before) => {
                let after = completed(&before, said);
                if after != before {
                    tx.set_said(person.id, site, &after).await?;
                }
            }
            None if self.office_grant(tx, site, person).await? == Grant::Nothing => {
                tx.renew_chart(person.id, site, self.fresh_chart(), said).await?;
            }
            None => tx.set_said(person.id, site, said).await?,
        }
        Ok(())
    }

    pub(crate) fn fresh_chart(&self) -> ChartId {
        ChartId::new(self.fresh_address())
    }
}

/// What was said before, with what is said now and was not known.
fn completed(before: &Demographics, now: &Demographics) -> Demographics {
    let mut after = before.clone();
    after.complete(now);
    if is_named_now(&before.name, &now.name) {
        after.name = now.name.clone();
        after.also_called(&before.name);
    } else if let Some(fuller) = with_fuller_middle(&before.name, &now.name) {
        after.name = fuller;
    } else if !is_no_name(now.name.first()) && name_keys(&before.name) != name_keys(&now.name) {
        // As on file: a middle name left out makes no other name.
        after.also_called(&now.name);
    }
    for name in now.other_names.iter().filter(|name| !is_no_name(name.first())) {
        after.also_called(name);
    }
    after
}

/// What an office that sees its own part of a record is shown of the person: what it has said.
pub(crate) async fn as_said(tx: &mut Tx, person: &Patient, site: SiteId) -> Result<Demographics> {
    Ok(said_at(tx, person.id, site).await?.unwrap_or_else(|| access::papers::as_found(person)))
}

/// Who somebody on file is to an office, for comparing: of whoever is kept from it what it has said itself, if it has. Else what it
/// is not shown would decide what it sees.
pub(crate) async fn identity_to(tx: &mut Tx, site: SiteId, person: &Patient) -> Result<Identity> {
    if access::papers::is_compared_by_file(person.sharing) {
        return Ok(Identity::of(person));
    }
    Ok(said_at(tx, person.id, site).await?.map_or_else(|| Identity::of(person), |said| Identity::said(&said)))
}

/// With the other names as they are shown: by their keys, and each of them once. In the order in which they came, whoever is kept from the
/// office would be told from somebody whose names are on file.
pub(crate) fn with_names_in_order(mut who: Demographics) -> Demographics {
    let main = name_keys(&who.name);
    who.other_names.retain(|name| name_keys(name) != main);
    who.other_names.sort_by_cached_key(name_keys);
    who.other_names.dedup_by_key(|name| name_keys(name));
    who
}

/// What an office has said of a person, if that was kept.
pub(crate) async fn said_at(tx: &mut Tx, person: PatientId, site: SiteId) -> Result<Option<Demographics>> {
    Ok(tx.chart(person, site).await?.and_then(|chart| chart.said))
}

/// A name with the whole middle name that is said now, where none or an initial was known: it tells this child from a twin who is reported
/// later.
pub(crate) fn with_fuller_middle(known: &PersonName, said: &PersonName) -> Option<PersonName> {
    let (before, now) = (known.middle(), said.middle());
    let is_short = before.chars().filter(|letter| letter.is_alphabetic()).count() <= 1;
    let is_fuller = is_short && now.chars().count() > before.chars().count() && !middles_deny(before, now);
    (is_fuller && name_keys(known) == name_keys(said))
        .then(|| PersonName::stored(known.last().to_owned(), known.first().to_owned(), now.to_owned()))
}

/// A name that stands for none gives way to the first one that does not.
pub(crate) fn is_named_now(before: &PersonName, now: &PersonName) -> bool {
    is_no_name(before.first()) && !is_no_name(now.first()) && !now.first().is_empty()
}
