//! Submitting an objection to data sharing, or its withdrawal.

use access::Purpose;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    ObjectionId, PatientId, UserId,
    objection::{Form, Outcome, State},
};
use matching::Wanted;
use store::{Objection, Tx};

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    error::to_json,
    sharing::{marks_of, marks_on_file},
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

    /// Submits a form. The same form twice is one form: one that an account has sent, the same in everything that was typed and not decided yet,
    /// is not kept again. Of a form somebody else has sent nobody learns anything, whatever they type.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not submit.
    pub async fn submit_objection(&self, caller: &Caller, form: Form, at_desk: bool) -> Result<Received> {
        self.send_form(caller, form, at_desk, None).await
    }

    /// Submits what the draft under a secret has become, and finishes it: one draft is one form, however often its button is pressed.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not submit.
    pub async fn submit_draft(&self, caller: &Caller, form: Form, at_desk: bool, secret: &str) -> Result<Received> {
        self.send_form(caller, form, at_desk, Some(secret)).await
    }

    async fn send_form(&self, caller: &Caller, form: Form, at_desk: bool, secret: Option<&str>) -> Result<Received> {
        let takes = self.settings.form_takes;
        let mut answered = tokio::time::Instant::now() + takes;
        let sent = self.keep_form(caller, form, at_desk, secret).await;
        // Whoever is on file has more to be looked at than nobody: the answer comes at the same moment, or, where many wait for each other, at
        // one of few.
        while !takes.is_zero() && answered < tokio::time::Instant::now() {
            answered += takes;
        }
        tokio::time::sleep_until(answered).await;
        sent
    }

    async fn keep_form(
        &self,
        caller: &Caller,
        mut form: Form,
        at_desk: bool,
        secret: Option<&str>,
    ) -> Result<Received> {
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
        if let Some(before) = self.sent_before(&mut tx, caller, &form, secret).await? {
            return Ok(Received { id: before.id, receipt: before.receipt, repeated: true });
        }
        let same = tx.same_person(keys).await?;
        let id = ObjectionId::new(self.fresh_address());
        let marks = marks_of(&form);
        // One that contradicts what is on file names somebody else, as far as a program can tell.
        let patient = match same.as_slice() {
            [only] => tx
                .patient(*only)
                .await?
                .map(|row| row.patient())
                .filter(|on_file| site.is_some() || !marks.contradict(&marks_on_file(on_file))),
            _ => None,
        };
        let patient = patient.map(|on_file| on_file.id);
        let typed = to_json(&form, "form")?.to_string();
        let objection = Objection {
            id,
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
        let digest = credentials::sha256(&[typed.as_bytes(), id.to_string().as_bytes()].concat());
        tx.add_objection(&objection, &digest, (keys.last, keys.first), &marks).await?;
        if let Some(secret) = secret {
            // Who was signed in: nobody else is shown the receipt.
            let by = serde_json::json!({ "by": caller.principal.user() });
            tx.save_draft(&credentials::token_digest(secret), &by, Some(id), now).await?;
        }
        let act = Act { patient, ..Act::general(Action::SubmitForm) };
        tx.audit(&self.audit_row(&caller.principal, act)).await?;
        // Everybody it could be is protected until the Department says whom it means.
        let could_be = tx.everybody_called(keys).await?;
        self.settle(&mut tx, &caller.principal, could_be).await?;
        self.commit(tx).await?;
        Ok(Received { id, receipt: objection.receipt, repeated: false })
    }

    /// The form this draft, or this account, has sent already.
    async fn sent_before(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        form: &Form,
        secret: Option<&str>,
    ) -> Result<Option<Objection>> {
        if let Some(secret) = secret
            && let Some(draft) = tx.draft(&credentials::token_digest(secret)).await?
            && let Some(id) = draft.objection_id
        {
            return Ok(tx.objection(ObjectionId::new(id)).await?);
        }
        let Some(account) = caller.principal.user() else { return Ok(None) };
        let wanted = Wanted::named(&form.name, form.born);
        let latest = tx.latest_objection((form.born, wanted.last_key(), wanted.first_key()), account).await?;
        // Once it is decided the same form is a new one, whatever became of it: else sending it again would tell.
        Ok(latest.filter(|latest| is_same(&latest.form, form) && latest.state.is_open()))
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

    /// The forms about a family's person, the newest first: what the Department has said is about them, and what this account has sent. What
    /// somebody else has sent in their name is not theirs until then.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not the person's family.
    pub async fn my_objections(&self, caller: &Caller, patient: PatientId) -> Result<Vec<Objection>> {
        let mut tx = self.store.read().await?;
        self.see(&mut tx, caller, patient, Purpose::OnBehalf).await?.whole()?;
        let account = caller.principal.user().ok_or(RegistryError::NotFound)?;
        let forms = tx.objections_of(patient, account).await?;
        drop(tx);
        self.store.audit_read(self.audit_row(&caller.principal, Act::on(Action::ListOwnForms, patient))).await?;
        Ok(forms)
    }

    /// A submitted form as the Department reads it, with whom it is about.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not decide.
    pub async fn objection(&self, caller: &Caller, id: ObjectionId) -> Result<Objection> {
        Self::may(&caller.principal, access::Task::DecideForms)?;
        let objection = self.store.read().await?.objection(id).await?.ok_or(RegistryError::NotFound)?;
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

    /// Forgets the answers under a secret, and that they have become a form: whoever uses the browser next is somebody else.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn drop_draft(&self, secret: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.drop_draft(&credentials::token_digest(secret)).await?;
        self.commit(tx).await
    }

    /// The form a browser submitted in the last hours.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when it submitted none.
    pub async fn submitted(&self, caller: &Caller, secret: &str) -> Result<SentForm> {
        let mut tx = self.store.read().await?;
        let oldest = self.now() - Duration::hours(DRAFT_HOURS);
        let is_theirs = |draft: &store::Draft| {
            let by = draft.content.get("by").and_then(|by| serde_json::from_value::<Option<UserId>>(by.clone()).ok());
            by.flatten().is_none_or(|by| Some(by) == caller.principal.user())
        };
        let draft = tx.draft(&credentials::token_digest(secret)).await?;
        let draft = draft.filter(|draft| draft.updated_at > oldest && is_theirs(draft));
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

/// The same in everything that was typed.
fn is_same(one: &Form, other: &Form) -> bool {
    let typed = |form: &Form| Form { signed_on: NaiveDate::default(), language: String::new(), ..form.clone() };
    typed(one) == typed(other)
}
