//! A file an office hands in is kept at once and taken by a job: whoever handed it in sees how far it is, and nothing of it is lost
//! when a server stops in the middle.

use std::{sync::Arc, time::Duration};

use access::Task;
use domain::{
    BatchId, Invalid, JobId, Principal, Role, SiteId, Standing, UserId,
    actor::{Assurance, Person},
    date::DateOrder,
};
use serde::{Deserialize, Serialize};
use store::{Job, StoreError};

use crate::{
    Caller, FileIn, ImportKind, Registry, RegistryError, Result,
    import::{Work, taken_of},
    jobs::{Came, JobKind},
};

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// It is being taken, or waits to be.
    AtWork {
        /// Messages taken.
        done: i64,
        /// Of how many; 0 where that is known only at the end.
        total: i64,
    },
    /// Its dates can be read either way: somebody has to say how.
    AsksForOrder,
    /// It is no file of its kind.
    Refused(Invalid),
    /// It could not be taken, however often that was tried.
    GivenUp,
    /// It asked or was given up, and nobody said a word for so long that it was thrown away.
    Forgotten,
    /// It is taken.
    Done,
}

/// What a job needs to know of a file.
#[derive(Serialize, Deserialize)]
struct HandedIn {
    kind: String,
    order: Option<String>,
    by: By,
}

/// Who handed it in: the file is taken in their name.
#[derive(Serialize, Deserialize)]
struct By {
    user: UserId,
    name: String,
    role: String,
    site: SiteId,
}

impl By {
    fn of(caller: &Caller, site: SiteId) -> Result<Self> {
        let person = caller.principal.person().ok_or(RegistryError::NotFound)?;
        Ok(Self { user: person.user, name: person.name.clone(), role: person.standing.role().key().into(), site })
    }
}

/// Asked where the dates of a table can be read either way.
const ORDER: &str = "order";
/// Faults of a file, with the word they are kept by.
const REFUSED: [(&str, Invalid); 4] = [
    ("refused missing", Invalid::Missing),
    ("refused choice", Invalid::Choice),
    ("refused too long", Invalid::TooLong),
    ("refused character", Invalid::Character),
];
/// Between two looks at a job somebody waits for.
const LOOK: Duration = Duration::from_millis(40);

impl Registry {
    /// Keeps a file of the caller's office for a job to take. The same file handed in again, as long as the first is not taken, is the
    /// same.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not report.
    pub async fn hand_in(&self, caller: &Caller, file: FileIn<'_>) -> Result<BatchId> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let by = By::of(caller, site)?;
        let order = file.order.map(|order| order.key().to_owned());
        let handed_in = HandedIn { kind: file.kind.key().to_owned(), order, by };
        let payload = serde_json::to_value(&handed_in).map_err(|_| unreadable())?;
        let digest = credentials::hex(&credentials::sha256(file.bytes));
        let once = format!("import {site} {digest}");
        let id = self.fresh();
        let mut tx = self.store.write().await?;
        if let Some(same) = tx.open_job(&once).await? {
            return Ok(BatchId::new(same.id));
        }
        self.begin_batch(&mut tx, caller, id, site, file.kind, file.name).await?;
        let job = JobId::new(id);
        match self.add_job(&mut tx, job, JobKind::Import, &once, Some(site), payload).await {
            Err(RegistryError::Store(StoreError::Duplicate)) => {
                drop(tx);
                let same = { self.store.read().await?.open_job(&once).await? };
                return Ok(BatchId::new(same.ok_or(RegistryError::Conflict)?.id));
            }
            other => other?,
        }
        tx.add_job_file(job, file.bytes).await?;
        self.commit(tx).await?;
        self.start_job(job);
        Ok(BatchId::new(id))
    }

    /// Where a file of the caller's office stands, after waiting for it at most so long.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's.
    pub async fn file_state(&self, caller: &Caller, id: BatchId, most: Duration) -> Result<FileState> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut waited = Duration::ZERO;
        loop {
            let job = {
                let mut tx = self.store.read().await?;
                tx.batch(site, id).await?.ok_or(RegistryError::NotFound)?;
                tx.job(JobId::new(id.uuid())).await?
            };
            let state = job.map_or(FileState::Done, |job| state_of(&job));
            if !matches!(state, FileState::AtWork { .. }) || waited >= most {
                return Ok(state);
            }
            tokio::time::sleep(LOOK).await;
            waited += LOOK;
        }
    }

    /// Says how the dates of a file are to be read.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, [`RegistryError::Conflict`] for one that does not ask.
    pub async fn say_order(&self, caller: &Caller, id: BatchId, order: DateOrder) -> Result<()> {
        self.revive(caller, id, "asks", Some(order)).await
    }

    /// Tries a file again that was given up, in the name of whoever says so.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, [`RegistryError::Conflict`] for one that was not given up.
    pub async fn try_file_again(&self, caller: &Caller, id: BatchId) -> Result<()> {
        self.revive(caller, id, "dead", None).await
    }

    async fn revive(&self, caller: &Caller, id: BatchId, state: &str, order: Option<DateOrder>) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        tx.batch(site, id).await?.ok_or(RegistryError::NotFound)?;
        let seen = tx.job(JobId::new(id.uuid())).await?.filter(|job| job.state == state);
        let seen = seen.ok_or(RegistryError::Conflict)?;
        let before: HandedIn = serde_json::from_value(seen.payload.clone()).map_err(|_| unreadable())?;
        let order = order.map(|order| order.key().to_owned()).or(before.order);
        let now = HandedIn { kind: before.kind, order, by: By::of(caller, site)? };
        let payload = serde_json::to_value(&now).map_err(|_| unreadable())?;
        match self.begin_again(&mut tx, &seen, &payload).await {
            // The same work was asked for anew meanwhile: that is the one.
            Err(StoreError::Duplicate) => return Err(RegistryError::Conflict),
            other => other?,
        }
        self.commit(tx).await?;
        self.start_job(seen.job_id());
        Ok(())
    }

    /// Forgets a file nothing was taken of: one that was refused, that asks or was given up.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for another office's, [`RegistryError::Conflict`] for one that was taken in part or is being taken.
    pub async fn forget_file(&self, caller: &Caller, id: BatchId) -> Result<()> {
        let site = Self::site_for(caller, Task::ReportDoses)?;
        let mut tx = self.store.write().await?;
        let batch = tx.batch(site, id).await?.ok_or(RegistryError::NotFound)?;
        let job = tx.job(JobId::new(id.uuid())).await?.ok_or(RegistryError::Conflict)?;
        if taken_of(&batch) > 0 {
            return Err(RegistryError::Conflict);
        }
        tx.drop_job(&job).await?;
        tx.drop_batch(id).await?;
        self.commit(tx).await
    }

    /// Takes a file that was handed in, from where it was left.
    pub(crate) async fn do_import(&self, job: &Job) -> Result<Came> {
        let handed_in: HandedIn = serde_json::from_value(job.payload.clone()).map_err(|_| unreadable())?;
        let HandedIn { kind, order, by } = handed_in;
        let role = Role::from_key(&by.role).ok_or_else(unreadable)?;
        let standing = Standing::new(role, Some(by.site)).ok_or_else(unreadable)?;
        if !self.store.read().await?.has_standing(by.user, &by.role, by.site).await? {
            return Ok(Came::GivenUp("whoever handed it in may not report any more"));
        }
        let person = Person { user: by.user, name: by.name, standing, assurance: Assurance::One };
        let caller = Caller::new(Principal::Person(person));
        let kind = if kind == ImportKind::Hl7.key() { ImportKind::Hl7 } else { ImportKind::Csv };
        let (office, batch, bytes) = {
            let mut tx = self.store.read().await?;
            let office = tx.site(by.site).await?.ok_or_else(unreadable)?;
            let batch = tx.batch(by.site, BatchId::new(job.id)).await?.ok_or_else(unreadable)?;
            (office, batch, tx.job_file(job.job_id()).await?.ok_or_else(unreadable)?)
        };
        let skip = usize::try_from(taken_of(&batch)).unwrap_or(0);
        let order = order.as_deref().and_then(DateOrder::from_key);
        match self.read_file(kind, order, Arc::from(bytes), skip).await {
            Err(RegistryError::Invalid("dates", _)) => Ok(Came::Asks(ORDER)),
            Err(RegistryError::Invalid(_, why)) => {
                let word =
                    REFUSED.iter().find(|(_, known)| *known == why).map_or("refused character", |(word, _)| word);
                Ok(Came::Done(word.to_owned()))
            }
            Err(other) => Err(other),
            Ok(read) => {
                let work = Work { lease: Some(job), instead: None };
                self.import_lines(&caller, &office, batch, read, work, &|_| {}).await?;
                Ok(Came::Done("taken".to_owned()))
            }
        }
    }
}

fn state_of(job: &Job) -> FileState {
    match job.state.as_str() {
        "asks" => FileState::AsksForOrder,
        "dead" => FileState::GivenUp,
        "done" if job.outcome == "forgotten" => FileState::Forgotten,
        "done" => match REFUSED.iter().find(|(word, _)| *word == job.outcome) {
            Some((_, why)) => FileState::Refused(*why),
            None => FileState::Done,
        },
        _ => FileState::AtWork { done: job.done, total: job.total },
    }
}

fn unreadable() -> RegistryError {
    RegistryError::Store(StoreError::Unreadable("job"))
}
