//! An office whose messages are being taken: what they add is held back until many rows can go in one statement.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{PatientId, dose::Dose, patient::Patient};
use interop::Report;
use matching::{Wanted, is_personal, is_placeholder, number_key};
use store::{AuditRow, Message, NewCare, NewNumber, OtherName, Site, Tx};

use crate::{Caller, Result, newcomer::Newcomer};

/// A number of a report as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptNumber {
    /// Who gave it, with the office that reports it: another office's 1234 is somebody else.
    pub authority: String,
    /// Letters and digits in upper case.
    pub key: String,
    /// It names one person, unless something contradicts it.
    pub personal: bool,
}

/// The report's numbers as they are kept; what stands where there is no number is left out.
pub(crate) fn numbers_of(office_code: &str, report: &Report) -> Vec<KeptNumber> {
    let kept = |it: &interop::ReportedNumber| {
        let given_by = format!("{} {}", it.authority, it.kind);
        KeptNumber {
            authority: format!("{office_code} {}", given_by.trim().to_uppercase()),
            key: number_key(&it.number),
            personal: is_personal(&it.authority, &it.kind),
        }
    };
    report.numbers.iter().filter(|it| !is_placeholder(&it.number)).map(kept).collect()
}

/// An office that reports, with what its messages add. That is kept back until many rows can go in one statement, and
/// written at once when a later message may be about the same people.
pub(crate) struct Desk<'a> {
    pub caller: &'a Caller,
    pub office: &'a Site,
    offices: HashMap<String, Option<Site>>,
    pub(crate) held: HeldBack,
    /// Whom the numbers of the messages to come name; as long as nothing was written since.
    ahead: Option<HashMap<(String, String), Vec<PatientId>>>,
}

/// What is kept back, and whom it is about.
#[derive(Default)]
pub(crate) struct HeldBack {
    messages: Vec<Message>,
    pub people: Vec<Newcomer>,
    pub numbers: Vec<NewNumber>,
    pub cares: Vec<NewCare>,
    doses: Vec<Dose>,
    pub names: Vec<OtherName>,
    pub audits: Vec<AuditRow>,
    pub touched: HashSet<PatientId>,
    named: HashSet<(NaiveDate, String)>,
    numbered: HashSet<(String, String)>,
}

/// Whose a report is.
pub(crate) enum Known {
    /// Somebody on file.
    OnFile(Box<Patient>),
    /// Somebody this report makes known.
    New(Box<Newcomer>),
}

impl Known {
    pub(crate) fn id(&self) -> PatientId {
        match self {
            Self::OnFile(patient) => patient.id,
            Self::New(newcomer) => newcomer.new.patient.id,
        }
    }
}

impl<'a> Desk<'a> {
    pub(crate) fn new(caller: &'a Caller, office: &'a Site) -> Self {
        Self { caller, office, offices: HashMap::new(), held: HeldBack::default(), ahead: None }
    }

    /// Holds back the result of a message.
    pub(crate) fn add_message(&mut self, message: Message) {
        self.held.messages.push(message);
    }

    /// Writes what was kept back, people first: the others point to them.
    pub(crate) async fn write(&mut self, tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        self.ahead = None;
        Newcomer::add(tx, held.people, now).await?;
        tx.add_numbers(&held.numbers).await?;
        tx.add_cares(&held.cares, now).await?;
        tx.add_doses(&held.doses, now).await?;
        tx.add_names(&held.names, now).await?;
        tx.audit_all(&held.audits).await?;
        tx.add_messages(&held.messages).await?;
        Ok(())
    }

    /// Looks up the numbers of many reports at once: a statement each is most of an import's time.
    pub(crate) async fn look_ahead<'r>(
        &mut self,
        tx: &mut Tx,
        reports: impl Iterator<Item = &'r Report>,
    ) -> Result<()> {
        let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for number in reports.flat_map(|report| self.numbers_of(report)).filter(|number| number.personal) {
            wanted.entry(number.authority).or_default().insert(number.key);
        }
        let mut ahead: HashMap<_, Vec<PatientId>> = HashMap::new();
        for (authority, keys) in wanted {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let holders = tx.by_numbers(&authority, &keys).await?;
            let place = |key: &str| (authority.clone(), key.to_owned());
            ahead.extend(keys.iter().map(|key| (place(key), Vec::new())));
            for (key, holder) in holders {
                ahead.entry(place(&key)).or_default().push(holder);
            }
        }
        self.ahead = Some(ahead);
        Ok(())
    }

    /// Whoever had a number when it was looked up.
    pub(crate) fn holders(&self, number: &KeptNumber) -> Option<&[PatientId]> {
        let key = (number.authority.clone(), number.key.clone());
        self.ahead.as_ref()?.get(&key).map(Vec::as_slice)
    }

    /// Holds back a dose.
    pub(crate) fn add_dose(&mut self, dose: Dose) {
        self.held.doses.push(dose);
    }

    /// Is somebody of this name, or one of these numbers, among those kept back? The last name alone counts: newborns have no other
    /// yet.
    pub(crate) fn meets(&self, wanted: &Wanted, numbers: &[KeptNumber]) -> bool {
        self.held.named.contains(&(wanted.born(), wanted.last_key().to_owned()))
            || numbers
                .iter()
                .filter(|number| number.personal)
                .any(|number| self.held.numbered.contains(&(number.authority.clone(), number.key.clone())))
    }

    /// From now on whoever has this name or number waits for what is kept back.
    pub(crate) fn expect(&mut self, wanted: &Wanted, numbers: &[KeptNumber]) {
        self.held.named.insert((wanted.born(), wanted.last_key().to_owned()));
        let personal = numbers.iter().filter(|number| number.personal);
        self.held.numbered.extend(personal.map(|number| (number.authority.clone(), number.key.clone())));
    }

    /// The report's numbers as they are kept.
    pub(crate) fn numbers_of(&self, report: &Report) -> Vec<KeptNumber> {
        numbers_of(&self.office.code, report)
    }

    /// The place a message names by its code, if it is not this office.
    pub(crate) async fn other_office(&mut self, tx: &mut Tx, code: &str) -> Result<Option<&Site>> {
        if code.is_empty() || code == self.office.code || code == self.office.name {
            return Ok(None);
        }
        if !self.offices.contains_key(code) {
            let site = tx.site_by_code(code).await?.filter(|site| site.kind == "provider");
            self.offices.insert(code.to_owned(), site);
        }
        Ok(self.offices.get(code).and_then(Option::as_ref))
    }
}
