//! Finding people, taking them into care, adding new ones.

use std::collections::BTreeSet;

use access::{Grant, Purpose, Relation, Task};
use chrono::NaiveDate;
use domain::{
    BirthDate, ChartId, PatientId, PersonName, SiteId,
    patient::{Demographics, Patient, Sharing},
};
use matching::{Candidate, Likeness, Wanted, likeness, middles_deny, name_keys};
use store::{Found, NewCare, Tx};

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    chart::identity_to,
    dose::KnownHere,
    look::Seen,
    newcomer::Newcomer,
    wanted::keys_of,
};

/// A person a search may show.
#[derive(Debug, Clone)]
pub struct SearchHit {
    /// On file.
    pub id: PatientId,
    /// What the asking office calls them, if they are in its care: the record opens at once.
    pub chart: Option<ChartId>,
    /// Name.
    pub name: PersonName,
    /// Date of birth.
    pub born: BirthDate,
    /// City or town, if it may be shown.
    pub city: String,
    /// The same, or to be chosen by a human.
    pub likeness: Likeness,
}

/// What a search shows of somebody found.
fn hit(caller: &Caller, wanted: &Wanted, row: Found) -> Result<Option<SearchHit>> {
    let relation = Relation { in_care: row.in_care, reported: row.reported, ..Relation::default() };
    let grant = caller.scope(Purpose::Match).of(relation, Sharing::from_key(&row.sharing));
    let (id, chart) = (PatientId::new(row.id), row.chart());
    let said = if let Grant::Own(_) = grant { row.said()? } else { None };
    let (last, first, name, born, city) = match (grant, said) {
        // By what the office has said of them, and nothing else; by another name, as on file, where it is exactly that one.
        (Grant::Own(_), Some(said)) => {
            let sought = keys_of(wanted);
            let is_born = [sought.born, sought.swapped].contains(&said.born.date());
            let is_sought =
                |keys: &(String, String)| is_born && (keys.0.as_str(), keys.1.as_str()) == (sought.last, sought.first);
            let keys = said.other_names.iter().map(name_keys).find(is_sought).unwrap_or_else(|| name_keys(&said.name));
            (keys.0, keys.1, said.name, said.born, said.address.city)
        }
        // A name another office has said is not this one's to know.
        (Grant::Own(_), None) => {
            let name = PersonName::stored(row.last_name, row.first_name, String::new());
            let (last, first) = name_keys(&name);
            (last, first, name, BirthDate::stored(row.birth_date), String::new())
        }
        (Grant::Whole | Grant::Name, _) => {
            let city = if access::papers::shows_town(grant, row.address_restricted) { row.city } else { String::new() };
            let name = PersonName::stored(row.last_name, row.first_name, row.middle_name);
            (row.last_key, row.first_key, name, BirthDate::stored(row.birth_date), city)
        }
        _ => return Ok(None),
    };
    let known = Candidate { last: &last, first: &first, born: born.date() };
    Ok(likeness(wanted, known).map(|likeness| SearchHit { id, chart, name, born, city, likeness }))
}

impl Registry {
    /// People who could be meant by a name and a date of birth, the likeliest first, at most twenty.
    ///
    /// For an office, somebody not yet in its care is shown by name, date of birth and town, so that the desk can take
    /// them into care; somebody whose record may not be shown to it is not there at all.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not search.
    pub async fn search(&self, caller: &Caller, last: &str, first: &str, born: NaiveDate) -> Result<Vec<SearchHit>> {
        Self::may(&caller.principal, Task::Search)?;
        let wanted = Wanted::new(last, first, born);
        let found = {
            let mut tx = self.store.read().await?;
            tx.search(keys_of(&wanted), caller.principal.site()).await?
        };
        let mut hits: Vec<SearchHit> = Vec::new();
        for row in found {
            hits.extend(hit(caller, &wanted, row)?);
        }
        hits.sort_by_key(|hit| (hit.likeness, hit.name.sorted(), hit.born));
        hits.truncate(20);
        let read = |act: Act<'_>| self.audit_row(&caller.principal, act.because(&caller.reason));
        let mut lines = vec![read(Act::general(Action::Search))];
        lines.extend(hits.iter().map(|hit| read(Act::on(Action::FindPerson, hit.id))));
        self.store.audit_reads(lines).await?;
        Ok(hits)
    }

    /// Takes a person into the office's care, recorded: from then on its staff may read the record.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is nobody this office may see.
    pub async fn take_into_care(&self, caller: &Caller, patient: PatientId) -> Result<ChartId> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let person = tx.patient(patient).await?.ok_or(RegistryError::NotFound)?.patient();
        // Of whoever is kept from the office it knows by itself: that its own page is about somebody on file it is not told.
        if !matches!(self.office_grant(&mut tx, site, &person).await?, Grant::Whole | Grant::Name) {
            return Err(RegistryError::NotFound);
        }
        let fresh = self.fresh_chart();
        let new = NewCare { id: fresh, patient, site, said: None };
        tx.add_cares(&[new], self.now()).await?;
        let chart = tx.chart(patient, site).await?.ok_or(RegistryError::NotFound)?.id;
        // Pressed again, nothing was done.
        if chart == fresh {
            tx.audit(&self.audit_row(&caller.principal, Act::on(Action::AddCare, patient))).await?;
        }
        self.commit(tx).await?;
        Ok(chart)
    }

    /// Reports a dose for somebody not on file, or not visible to this office. Somebody of exactly the same name and
    /// date of birth is taken for the same person, unless the middle name is another; what the office then sees of the record is decided as ever.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not report, [`RegistryError::Invalid`] for a day before birth.
    pub async fn add_person(&self, caller: &Caller, said: &Demographics, dose: &crate::DoseEntry) -> Result<PatientId> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let patient = self.find_or_add(&mut tx, site, said).await?;
        tx.hold_patient(patient).await?;
        // What the office was to the person before it typed a name: a warning tells no more than a search would have.
        let Seen { person, grant, .. } = self.see(&mut tx, caller, patient, Purpose::Record).await?;
        self.save_said(&mut tx, site, &person, said).await?;
        let names = self.complete(&mut tx, &caller.principal, &person, said, false).await?;
        tx.add_names(&names, self.now()).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::on(Action::AddPerson, patient))).await?;
        let known = KnownHere::of(&mut tx, grant, &person, site, Some(said.clone())).await?;
        let put = self.save_dose(&mut tx, caller, &known, dose).await;
        self.conclude(tx, caller, patient, put.map(|_| patient)).await
    }

    /// The one person of exactly this name and date of birth, and no other middle name, the office may know of, or a new one.
    async fn find_or_add(&self, tx: &mut Tx, site: SiteId, said: &Demographics) -> Result<PatientId> {
        let wanted = Wanted::named(&said.name, said.born.date());
        let keys = keys_of(&wanted);
        tx.hold_name(keys).await?;
        let mut same = Vec::new();
        let own = tx.namesakes(keys, site).await?.into_iter().filter(store::Namesake::is_own).map(|row| row.patient());
        let all: BTreeSet<PatientId> = tx.same_person(keys).await?.into_iter().chain(own).collect();
        for person in all {
            let on_file = tx.patient(person).await?.ok_or(RegistryError::NotFound)?.patient();
            let known = identity_to(tx, site, &on_file).await?;
            // Kept from this office, which itself calls them something else: to it somebody else. So is a twin with another middle name.
            let is_named =
                (known.last.as_str(), known.first.as_str(), known.born) == (keys.last, keys.first, keys.born);
            if is_named && !middles_deny(said.name.middle(), &known.middle) {
                same.push(person);
            }
        }
        if let Some(known) = self.one_meant(tx, site, &same).await? {
            return Ok(known);
        }
        let newcomer = self.newcomer(tx, said, false).await?;
        let person = newcomer.new.patient.id;
        Newcomer::add(tx, vec![newcomer], self.now()).await?;
        Ok(person)
    }

    /// Which of several of one name and date of birth somebody typed at a desk means. Somebody whose record is kept from the office
    /// counts only when nobody else is there: a dose must not be lost, and nothing may tell the office of them.
    async fn one_meant(&self, tx: &mut Tx, site: SiteId, same: &[PatientId]) -> Result<Option<PatientId>> {
        if let [only] = same {
            return Ok(Some(*only));
        }
        let mut shown = Vec::new();
        for person in same {
            shown.extend(self.office_may_know(tx, site, *person).await?.map(|person| person.id));
        }
        Ok(if let [one] = shown.as_slice() { Some(*one) } else { None })
    }

    /// The person, if the office might see something of them were they in its care.
    pub(crate) async fn office_may_know(
        &self,
        tx: &mut Tx,
        site: SiteId,
        person: PatientId,
    ) -> Result<Option<Patient>> {
        let Some(row) = tx.patient(person).await? else { return Ok(None) };
        let patient = row.patient();
        Ok(self.office_grant(tx, site, &patient).await?.is_something().then_some(patient))
    }

    /// The offices, by name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn offices(&self) -> Result<Vec<store::Site>> {
        let mut tx = self.store.read().await?;
        Ok(tx.sites("provider").await?)
    }

    /// One place, by its id: names of offices and schools are public.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for none.
    pub async fn site(&self, id: SiteId) -> Result<store::Site> {
        let mut tx = self.store.read().await?;
        tx.site(id).await?.ok_or(RegistryError::NotFound)
    }

    /// One place, by its code in messages.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for none.
    pub async fn site_by_code(&self, code: &str) -> Result<store::Site> {
        let mut tx = self.store.read().await?;
        tx.site_by_code(code).await?.ok_or(RegistryError::NotFound)
    }
}
