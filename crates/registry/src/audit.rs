//! Lines of the audit, and who looked at a record.

use std::collections::HashMap;

use access::Purpose;
pub(crate) use domain::audit::Action;
use domain::{Clock, PatientId, Principal, Role, SiteId, UserId, audit::Told};
use store::AuditRow;

use crate::{
    Registry, Result,
    paged::{Paged, Place},
};

/// What an audit line is about.
#[derive(Clone, Copy)]
pub(crate) struct Act<'a> {
    pub what: Action,
    pub patient: Option<PatientId>,
    pub reason: &'a str,
    /// What a reading is for; none for what changes something.
    pub purpose: Option<Purpose>,
    pub done: bool,
}

impl<'a> Act<'a> {
    pub(crate) fn on(what: Action, patient: PatientId) -> Self {
        Self { what, patient: Some(patient), ..Self::general(what) }
    }

    pub(crate) fn general(what: Action) -> Self {
        Self { what, patient: None, reason: "", purpose: reads_for(what), done: true }
    }

    pub(crate) fn for_purpose(self, purpose: Purpose) -> Self {
        Self { purpose: Some(purpose), ..self }
    }

    pub(crate) fn because(self, reason: &'a str) -> Self {
        Self { reason, ..self }
    }

    pub(crate) fn refused(self) -> Self {
        Self { done: false, ..self }
    }
}

/// What an act reads for, if it reads: each act has to say. Where somebody may read for several purposes, the use case says which.
const fn reads_for(what: Action) -> Option<Purpose> {
    Some(match what {
        Action::ReadName | Action::ReadRecord | Action::ReadDose | Action::CheckRecord | Action::ListFamily => {
            Purpose::Record
        }
        Action::ListOwnForms | Action::PreviewForm => Purpose::OnBehalf,
        Action::ReadAudit => Purpose::Audit,
        Action::ListOverdue => Purpose::Forecast,
        Action::ListRequests | Action::ListCertificate | Action::ReadCertificate | Action::Verify => Purpose::Certify,
        Action::ReadStudent | Action::ReadStatus => Purpose::SchoolEntry,
        Action::Search
        | Action::FindPerson
        | Action::ReadMessage
        | Action::CompareWithMessage
        | Action::ReviewRoster
        | Action::MatchStudent
        | Action::ReadForm
        | Action::ListForms
        | Action::ListForm
        | Action::CompareWithForm => Purpose::Match,
        Action::SignIn
        | Action::SignOut
        | Action::ChooseStanding
        | Action::GiveReason
        | Action::ReadFeedback
        | Action::RestartJob
        | Action::ChooseSchedule
        | Action::ImportSchedule
        | Action::AddPerson
        | Action::CompletePerson
        | Action::AddCare
        | Action::AddDose
        | Action::CorrectDose
        | Action::VoidDose
        | Action::ImportDoses
        | Action::DismissMessage
        | Action::AskForCertificate
        | Action::ReturnRequest
        | Action::Certify
        | Action::RevokeCertificate
        | Action::ReplaceCertificate
        | Action::KeepCertificate
        | Action::UploadRoster
        | Action::NameGrades
        | Action::EnrolStudent
        | Action::LeaveClass
        | Action::SubmitForm
        | Action::DecideForm
        | Action::ChangeSharing
        | Action::FormInEffect => return None,
    })
}

/// Lines read at once of those about a person.
const AT_ONCE: i64 = 2_000;

/// What somebody did about a record, the last time on a day.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The line.
    pub line: AuditRow,
    /// How often on that day.
    pub times: usize,
}

/// What was done about a record, merged: the same act of the same person on the same day is one line, however often. Whoever opens a
/// record ten thousand times pushes nobody else off the page.
#[derive(Default)]
struct ByDay {
    seen: Vec<Looked>,
    places: HashMap<String, usize>,
}

impl ByDay {
    fn add(&mut self, clock: &dyn Clock, line: AuditRow) {
        let told = Action::from_key(&line.action).map_or(Told::Read, Action::told);
        // Why is told of the Department alone: what others note beside makes no line of its own.
        let why = if Role::from_key(&line.role).is_some_and(Role::is_department) { line.reason.as_str() } else { "" };
        let key = format!(
            "{} {:?} {} {:?} {told:?} {} {}",
            clock.day(line.at),
            line.account_id,
            line.role,
            line.site_id,
            line.outcome,
            why
        );
        match self.places.get(&key).and_then(|place| self.seen.get_mut(*place)) {
            Some(before) => before.times += 1,
            None => {
                self.places.insert(key, self.seen.len());
                self.seen.push(Looked { line, times: 1 });
            }
        }
    }
}

/// Is a line something the page tells? Whom of its own a family sees says nothing of the record, and that it looked at this very page it
/// knows.
fn is_told(line: &AuditRow, reader: Option<UserId>) -> bool {
    let own = line.account_id.is_some() && line.account_id == reader.map(UserId::uuid);
    match Action::from_key(&line.action) {
        // Of a newer program.
        None => true,
        Some(Action::ReadAudit) => !own,
        Some(action) => action.told() != Told::Nothing,
    }
}

impl Registry {
    pub(crate) fn audit_row(&self, principal: &Principal, act: Act<'_>) -> AuditRow {
        AuditRow {
            id: self.fresh(),
            at: self.clock.now(),
            account_id: principal.user().map(UserId::uuid),
            actor: principal.person().map_or_else(String::new, |person| person.name.clone()),
            role: principal.key().to_owned(),
            site_id: principal.site().map(SiteId::uuid),
            patient_id: act.patient.map(PatientId::uuid),
            action: act.what.key().to_owned(),
            outcome: if act.done { "done" } else { "refused" }.to_owned(),
            purpose: act.purpose.map_or("", Purpose::key).to_owned(),
            reason: act.reason.to_owned(),
        }
    }

    /// Who looked at a record, the newest first: the person or their family may know (M.G.L. c.66A).
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn who_looked(&self, caller: &crate::Caller, patient: PatientId, page: i64) -> Result<Paged<Looked>> {
        let mut by_day = ByDay::default();
        {
            let mut tx = self.store.read().await?;
            self.see(&mut tx, caller, patient, Purpose::Audit).await?.whole()?;
            let mut after = None;
            loop {
                let lines = tx.audits_of(patient, after, AT_ONCE).await?;
                let Some(last) = lines.last() else { break };
                after = Some((last.at, last.id));
                for line in lines.into_iter().filter(|line| is_told(line, caller.principal.user())) {
                    by_day.add(&*self.clock, line);
                }
            }
        }
        self.store
            .audit_read(self.audit_row(&caller.principal, Act::on(Action::ReadAudit, patient).because(&caller.reason)))
            .await?;
        Ok(Place::new(page, i64::try_from(by_day.seen.len()).unwrap_or(i64::MAX)).cut(by_day.seen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_family_is_told_was_read_says_what_for() {
        for action in Action::ALL {
            let is_reading = matches!(action.told(), Told::Found | Told::Overdue | Told::Read);
            assert!(!is_reading || reads_for(*action).is_some(), "{action:?}");
            assert!(action.told() != Told::Changed || reads_for(*action).is_none(), "{action:?} changes");
        }
    }
}
