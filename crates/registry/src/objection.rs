//! Submitting an objection to data sharing, or its withdrawal.

use access::Purpose;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    ObjectionId, PatientId, UserId,
    objection::{Form, Outcome, State},
};
use matching::Wanted;
use store::Objection;

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    error::to_json,
    wanted::keys_of,
};

/// What the person who submits gets at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The form.
    pub id: ObjectionId,
    /// The receipt number.
    pub receipt: String,
    /// It was submitted before; this is the same form.
    pub repeated: bool,
}

/// A form as whoever sent it gets it back, on the page and on paper.
#[derive(Debug, Clone)]
pub struct SentForm {
    /// What was sent.
    pub form: Form,
    /// The receipt number.
    pub receipt: String,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// What became of it.
    pub outcome: Outcome,
    /// What the Department said to it.
    pub reason: String,
}

impl From<Objection> for SentForm {
    fn from(objection: Objection) -> Self {
        Self {
            form: objection.form,
            receipt: objection.receipt,
            submitted_at: objection.submitted_at,
            outcome: objection.state.outcome(),
            reason: objection.reason,
        }
    }
}

/// Who can see a record now, and who could under an objection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObjectionPreview {
    /// Offices: name, and whether they could still see the doses they gave.
    pub offices: Vec<(String, bool)>,
    /// Schools.
    pub schools: Vec<String>,
    /// An objection blocks the record now.
    pub blocked: bool,
}

/// How long a draft and its receipt can be come back to.
const DRAFT_HOURS: i64 = 4;

impl Registry {
    /// Does the caller hand in forms for families?
    pub fn hands_in_forms(caller: &Caller) -> bool {
        Self::may(&caller.principal, access::Task::HandInForm).is_ok()
    }

    /// Submits the form. The same form twice is one form: the latest form that names a person, the same in everything that
    /// was typed and not decided yet, is the one.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not submit.
    pub async fn submit_objection(&self, caller: &Caller, mut form: Form, at_desk: bool) -> Result<Received> {
        Self::may(&caller.principal, if at_desk { access::Task::HandInForm } else { access::Task::SubmitForm })?;
        form.signed_on = self.today();
        let now = self.now();
        let mut tx = self.store.write().await?;
        let site = caller.principal.site().filter(|_| at_desk);
        if let Some(site) = site {
            form.office = tx.site(site).await?.ok_or(RegistryError::NotFound)?.name;
            form.office_staff = caller.principal.person().map(|person| person.name.clone()).unwrap_or_default();
        }
        // Nobody of this name appears, and no second form, between looking and keeping.
        let wanted = Wanted::named(&form.name, form.born);
        let keys = keys_of(&wanted);
        tx.hold_name(keys).await?;
        let latest = tx.latest_objection(form.born, keys.last, keys.first).await?;
        // Once it is decided the same form is a new one, whatever became of it: else sending it again would tell.
        if let Some(latest) = latest.as_ref().filter(|latest| is_same(&latest.form, &form) && latest.state.is_open()) {
            return Ok(Received { id: latest.id, receipt: latest.receipt.clone(), repeated: true });
        }
        let same = tx.same_person(keys).await?;
        let patient = if let [only] = same.as_slice() { Some(*only) } else { None };
        let objection = Objection {
            id: ObjectionId::new(self.fresh_address()),
            version: 1,
            receipt: self.receipt(),
            form,
            state: State::Submitted,
            reason: String::new(),
            patient,
            account: caller.principal.user().map(UserId::uuid),
            site: site.map(domain::SiteId::uuid),
            submitted_at: now,
            decided_at: None,
            decided_by: String::new(),
        };
        // The chain to the form before makes two presses of the button one row, and a later change of mind another.
        let chain = latest.map(|latest| latest.id.to_string()).unwrap_or_default();
        let typed = to_json(&Form { language: String::new(), ..objection.form.clone() }, "form")?.to_string();
        let digest = credentials::sha256(&[typed.as_bytes(), chain.as_bytes()].concat());
        match tx.add_objection(&objection, &digest, keys.last, keys.first).await {
            Err(store::StoreError::Duplicate) => {
                drop(tx);
                let mut tx = self.store.read().await?;
                let first = tx.objection_by_digest(&digest).await?.ok_or(RegistryError::Conflict)?;
                return Ok(Received { id: first.id, receipt: first.receipt, repeated: true });
            }
            other => other?,
        }
        let act = Act { patient, ..Act::general(Action::SubmitForm) };
        tx.audit(&self.audit_row(&caller.principal, act)).await?;
        // Everybody it could be is protected until the Department says whom it means.
        self.settle(&mut tx, &caller.principal, same).await?;
        self.commit(tx).await?;
        Ok(Received { id: objection.id, receipt: objection.receipt, repeated: false })
    }

    /// Who can see a record now and could afterwards, before the family signs.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not the person's family.
    pub async fn objection_preview(&self, caller: &Caller, patient: PatientId) -> Result<ObjectionPreview> {
        let mut tx = self.store.read().await?;
        let person = self.see(&mut tx, caller, patient, Purpose::OnBehalf).await?.whole()?;
        let mut preview = ObjectionPreview { blocked: person.sharing.is_blocked(), ..ObjectionPreview::default() };
        for office in tx.caring_sites(patient).await? {
            let (_, reported) = tx.office_relation(patient, office.site_id()).await?;
            preview.offices.push((office.name, reported));
        }
        preview.schools = tx.schools_of(patient).await?.into_iter().map(|school| school.name).collect();
        drop(tx);
        self.store.audit_read(self.audit_row(&caller.principal, Act::on(Action::PreviewForm, patient))).await?;
        Ok(preview)
    }

    /// The forms about a family's person, the newest first.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not the person's family.
    pub async fn my_objections(&self, caller: &Caller, patient: PatientId) -> Result<Vec<Objection>> {
        let mut tx = self.store.read().await?;
        self.see(&mut tx, caller, patient, Purpose::OnBehalf).await?.whole()?;
        let forms = tx.objections_of(patient).await?;
        drop(tx);
        self.store.audit_read(self.audit_row(&caller.principal, Act::on(Action::ListOwnForms, patient))).await?;
        Ok(forms)
    }

    /// A submitted form for its PDF: for who submitted it while signed in, the office that handed it in, and the Department.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn objection(&self, caller: &Caller, id: ObjectionId) -> Result<Objection> {
        let objection = {
            let mut tx = self.store.read().await?;
            tx.objection(id).await?.ok_or(RegistryError::NotFound)?
        };
        let (by, at) = (objection.account.map(UserId::new), objection.site.map(domain::SiteId::new));
        if !access::papers::sees_form(&caller.principal, by, at) {
            return Err(RegistryError::NotFound);
        }
        let act = Act { patient: objection.patient, ..Act::general(Action::ReadForm) };
        self.store.audit_read(self.audit_row(&caller.principal, act)).await?;
        Ok(objection)
    }

    /// Keeps the answers of somebody without an account under the secret of a cookie.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn save_draft(&self, secret: &str, answers: &serde_json::Value) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.save_draft(&credentials::token_digest(secret), answers, None, self.now()).await?;
        self.commit(tx).await
    }

    /// The answers kept under a secret; `None` when there are none or they are too old.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn draft(&self, secret: &str) -> Result<Option<serde_json::Value>> {
        let mut tx = self.store.read().await?;
        let oldest = self.now() - Duration::hours(DRAFT_HOURS);
        let draft = tx.draft(&credentials::token_digest(secret)).await?;
        Ok(draft.filter(|draft| draft.updated_at > oldest && draft.objection_id.is_none()).map(|draft| draft.content))
    }

    /// Forgets the answers and keeps the receipt for the same browser.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn finish_draft(&self, secret: &str, id: ObjectionId) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.save_draft(&credentials::token_digest(secret), &serde_json::json!({}), Some(id), self.now()).await?;
        self.commit(tx).await
    }

    /// The form a browser submitted in the last hours.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when it submitted none.
    pub async fn submitted(&self, caller: &Caller, secret: &str) -> Result<SentForm> {
        let mut tx = self.store.read().await?;
        let oldest = self.now() - Duration::hours(DRAFT_HOURS);
        let draft = tx.draft(&credentials::token_digest(secret)).await?.filter(|draft| draft.updated_at > oldest);
        let id = draft.and_then(|draft| draft.objection_id).ok_or(RegistryError::NotFound)?;
        let objection = tx.objection(ObjectionId::new(id)).await?.ok_or(RegistryError::NotFound)?;
        drop(tx);
        let act = Act { patient: objection.patient, ..Act::general(Action::ReadForm) };
        self.store.audit_read(self.audit_row(&caller.principal, act)).await?;
        Ok(objection.into())
    }

    /// A secret for a cookie: 256 random bits.
    pub fn fresh_secret(&self) -> String {
        let mut random = [0; 32];
        self.chance.fill(&mut random);
        credentials::hex(&random)
    }

    /// `OB-7K2M-0QXA`: to say on the telephone; it opens nothing.
    pub(crate) fn receipt(&self) -> String {
        let code = credentials::VerifyCode::fresh(&*self.chance).to_string();
        let groups: Vec<&str> = code.split('-').take(2).collect();
        format!("OB-{}", groups.join("-"))
    }
}

/// The same in everything that was typed. Who types less than all of it learns nothing of an earlier form: not that there
/// is one, and none of what stands in it.
fn is_same(one: &Form, other: &Form) -> bool {
    let typed = |form: &Form| Form { signed_on: NaiveDate::default(), language: String::new(), ..form.clone() };
    typed(one) == typed(other)
}
