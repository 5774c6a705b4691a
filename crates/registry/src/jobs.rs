//! The queue of work the program does by itself: at least once, by one server at a time, tried again with pauses, and given up visibly.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use access::Task;
use chrono::{DateTime, Utc};
use domain::{JobId, Principal, SiteId, actor::Program, chain};
use serde_json::Value;
use store::{Job, JobLeft, Part, StoreError, Tx};

use crate::{
    Registry, RegistryError, Result,
    audit::{Act, Action},
    paged::{Paged, Place},
};

/// How long a job is held without a word from its holder.
const LEASE_SECONDS: i64 = 60;
/// How often a holder says that it is at work.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often a job is begun before it is given up.
const MOST_TRIES: i64 = 6;
/// Seconds to the second try; each pause after it is four times as long.
const FIRST_PAUSE_SECONDS: i64 = 5;
/// Jobs looked at for one that is free.
const LOOKED_AT: i64 = 20;
/// Jobs at work at once in one program: the others wait.
pub(crate) const AT_ONCE: usize = 2;
/// How long it is known that a job was done.
pub(crate) const KEPT_DAYS: i64 = 30;

/// How long what was given up is left alone before it is asked for anew.
const REST: chrono::Duration = chrono::Duration::hours(1);
/// How long what has ended the program, or lost its lease, at each try is left alone.
const LONG_REST: chrono::Duration = chrono::Duration::days(1);
/// Why a job was given up that nobody was heard of any more who began it.
const STOPPED: &str = "the program stopped";

fn key_of(kind: JobKind, once_key: &str) -> String {
    format!("{} {once_key}", kind.key())
}

/// What the program does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum JobKind {
    /// Takes a file an office has handed in.
    Import,
    /// Works out what is due for everybody.
    Forecasts,
    /// Forgets what nobody needs any more.
    Sweep,
}

impl JobKind {
    /// All of them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Reads the store's word; none for a kind of a newer program.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Forecasts => "forecasts",
            Self::Sweep => "sweep",
        }
    }
}

/// What a job came to.
pub(crate) enum Came {
    /// It is done, with a word on what it came to.
    Done(String),
    /// Somebody has to say something first.
    Asks(&'static str),
    /// It cannot be done as it was asked for: why.
    GivenUp(&'static str),
}

impl Registry {
    /// Adds a job in a transaction; the one that is there already where the same work waits or is being done.
    pub(crate) async fn add_job(
        &self,
        tx: &mut Tx,
        id: JobId,
        kind: JobKind,
        once_key: &str,
        site: Option<SiteId>,
        payload: Value,
    ) -> Result<()> {
        let job = Job {
            id: id.uuid(),
            kind: kind.key().to_owned(),
            once_key: once_key.to_owned(),
            state: String::new(),
            site_id: site.map(SiteId::uuid),
            payload,
            done: 0,
            total: 0,
            tries: 0,
            last_try: MOST_TRIES,
            run_at: self.now(),
            leased_until: None,
            outcome: String::new(),
            fault: String::new(),
            created_at: self.now(),
            finished_at: None,
        };
        Ok(tx.add_job(&job).await?)
    }

    /// Asks for what the program does now and then: the renewal of forecasts, sweeping. The same work that waits already is not asked for
    /// twice. What was given up is asked for anew after an hour; what has ended the program at each try after a day.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ask_for(&self, kind: JobKind, once_key: &str) -> Result<()> {
        let key = key_of(kind, once_key);
        let mut tx = self.store.write().await?;
        if let Some(last) = tx.last_job(&key).await?.filter(|last| last.state == "dead")
            && self.now() < last.run_at + if last.fault == STOPPED { LONG_REST } else { REST }
        {
            return Ok(());
        }
        match self.add_job(&mut tx, JobId::new(self.fresh()), kind, &key, None, Value::Null).await {
            Err(RegistryError::Store(StoreError::Duplicate)) => Ok(()),
            other => {
                other?;
                self.commit(tx).await
            }
        }
    }

    /// Was the work of a key given up when it was last asked for?
    ///
    /// # Errors
    /// When the store fails.
    pub async fn was_given_up(&self, kind: JobKind, once_key: &str) -> Result<bool> {
        let last = { self.store.read().await?.last_job(&key_of(kind, once_key)).await? };
        Ok(last.is_some_and(|last| last.state == "dead"))
    }

    /// Does every job that is due, until there is none.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn work_through(&self) -> Result<()> {
        loop {
            // The turn first: a job that is taken is worked on.
            let _turn = self.at_work.acquire().await.ok();
            let Some(job) = self.lease_due().await? else { return Ok(()) };
            self.work_on(job).await?;
        }
    }

    /// Begins a job at once beside whoever asked for it, if nobody else has.
    pub fn start_job(&self, id: JobId) {
        let registry = self.clone();
        tokio::spawn(async move {
            let _turn = registry.at_work.acquire().await.ok();
            let begun = async {
                let seen = { registry.store.read().await?.job(id).await? };
                match seen.filter(|job| job.state == "waiting") {
                    Some(seen) => registry.lease_job(&seen).await,
                    None => Ok(None),
                }
            };
            let worked = match begun.await {
                Ok(Some(job)) => registry.work_on(job).await,
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            // It is taken up again when its turn comes.
            if let Err(error) = worked {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "a job could not be begun");
            }
        });
    }

    async fn lease_job(&self, seen: &Job) -> Result<Option<Job>> {
        let mut tx = self.store.write().await?;
        let taken = tx.lease_job(seen, self.lease()).await?;
        self.commit(tx).await?;
        Ok(taken)
    }

    async fn lease_due(&self) -> Result<Option<Job>> {
        let due = { self.store.read().await?.due_jobs(self.now(), LOOKED_AT).await? };
        for seen in due {
            if seen.tries >= seen.last_try {
                // Whoever held it was not heard of any more: it may be the job that ends the program.
                let mut tx = self.store.write().await?;
                let given_up = tx.give_up_job(&seen, STOPPED, self.now()).await?;
                self.commit(tx).await?;
                if given_up {
                    tracing::error!(kind = seen.kind, "a job was given up: whoever began it was not heard of any more");
                }
                continue;
            }
            if let Some(job) = self.lease_job(&seen).await? {
                return Ok(Some(job));
            }
        }
        Ok(None)
    }

    pub(crate) fn lease(&self) -> DateTime<Utc> {
        self.now() + chrono::Duration::seconds(LEASE_SECONDS)
    }

    /// Does a job that was taken, and says what it came to.
    async fn work_on(&self, job: Job) -> Result<()> {
        let (registry, taken) = (self.clone(), job.clone());
        // In a task of its own: whatever breaks in it does not break the queue.
        let came = tokio::spawn(async move { registry.do_job(&taken).await }).await;
        let now = self.now();
        let left = |state, outcome, fault, run_at| JobLeft { state, outcome, fault, run_at };
        let came = came.unwrap_or(Err(RegistryError::Stopped));
        let fault = came.as_ref().err().map(|error| chain(error)).unwrap_or_default();
        let (done, pause) = match &came {
            Ok(Came::Done(outcome)) => (left("done", outcome, "", now), None),
            Ok(Came::Asks(what)) => (left("asks", what, "", now), None),
            Ok(Came::GivenUp(why)) => (left("dead", "", why, now), None),
            // Somebody else holds it by now.
            Err(RegistryError::Conflict) => return Ok(()),
            Err(_) if job.tries >= job.last_try => (left("dead", "", &fault, now), None),
            Err(_) => {
                let tried = u32::try_from(MOST_TRIES - 1 - (job.last_try - job.tries)).unwrap_or(0).min(10);
                let pause = chrono::Duration::seconds(FIRST_PAUSE_SECONDS * 4_i64.pow(tried));
                (left("waiting", "", &fault, now + pause), Some(pause))
            }
        };
        if !done.fault.is_empty() {
            tracing::warn!(kind = job.kind, fault = done.fault, again_in = ?pause, "a job failed");
        }
        let mut tx = self.store.write().await?;
        match tx.leave_job(&job, &done, now).await {
            Err(StoreError::Conflict) => Ok(()),
            other => {
                other?;
                self.commit(tx).await
            }
        }
    }

    async fn do_job(&self, job: &Job) -> Result<Came> {
        match JobKind::from_key(&job.kind) {
            Some(JobKind::Import) => self.do_import(job).await,
            Some(JobKind::Forecasts) => self.do_forecasts(job).await,
            Some(JobKind::Sweep) => {
                let swept = self.sweep(&Principal::Program(Program::Sweeping)).await?;
                Ok(Came::Done(swept.to_string()))
            }
            // Of a newer program.
            None => Err(RegistryError::Store(StoreError::Unreadable("job"))),
        }
    }

    async fn do_forecasts(&self, job: &Job) -> Result<Came> {
        let far = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
        let holding = {
            let (registry, job, far) = (self.clone(), job.clone(), Arc::clone(&far));
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(HEARTBEAT).await;
                    let [done, total] = [0, 1].map(|at| i64::try_from(far[at].load(Ordering::Relaxed)).unwrap_or(0));
                    if registry.hold(&job, done, total).await.is_err() {
                        return;
                    }
                }
            })
        };
        let principal = Principal::Program(Program::Forecasts);
        let note = |done, total| {
            far[0].store(done, Ordering::Relaxed);
            far[1].store(total, Ordering::Relaxed);
        };
        // With pauses, to leave room for those who work.
        let worked = self.forecast_all(&principal, Duration::from_millis(50), &note).await;
        holding.abort();
        Ok(Came::Done(worked?.to_string()))
    }

    /// Lets a job wait again, with as many tries as a new one.
    pub(crate) async fn begin_again(
        &self,
        tx: &mut Tx,
        seen: &Job,
        payload: &Value,
    ) -> std::result::Result<(), StoreError> {
        tx.revive_job(seen, payload, seen.tries + MOST_TRIES, self.now()).await
    }

    async fn hold(&self, job: &Job, done: i64, total: i64) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.hold_job(job, done, total, self.lease()).await?;
        self.commit(tx).await
    }

    /// The jobs that are not done, those that were given up first: for whoever has the server or manages the portal.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn open_jobs(&self, principal: &Principal) -> Result<Vec<Job>> {
        Self::may(principal, Task::TendJobs)?;
        Ok(self.store.read().await?.open_jobs(Part { most: 500, skip: 0 }).await?)
    }

    /// As [`Self::open_jobs`], a page, each with the office it is for.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn jobs_page(&self, principal: &Principal, page: i64) -> Result<Paged<(Job, String)>> {
        Self::may(principal, Task::TendJobs)?;
        let mut tx = self.store.read().await?;
        let place = Place::new(page, tx.count_open_jobs().await?);
        let mut jobs = Vec::new();
        for job in tx.open_jobs(place.part()).await? {
            let office = match job.site_id {
                Some(site) => tx.site(SiteId::new(site)).await?.map(|site| site.name).unwrap_or_default(),
                None => String::new(),
            };
            jobs.push((job, office));
        }
        Ok(place.of(jobs))
    }

    /// Lets a job begin again that was given up.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not, and for a job that was not given up; [`RegistryError::Conflict`] when the same work was
    /// asked for anew: that is the one.
    pub async fn retry_job(&self, principal: &Principal, id: JobId) -> Result<()> {
        Self::may(principal, Task::TendJobs)?;
        let mut tx = self.store.write().await?;
        let seen = tx.job(id).await?.filter(|job| job.state == "dead").ok_or(RegistryError::NotFound)?;
        if JobKind::from_key(&seen.kind).is_none() {
            // Of a newer program, which runs beside this one: left to it.
            return Err(RegistryError::NotFound);
        }
        // The same work was asked for anew since, and done or not: that is the one.
        if tx.last_job(&seen.once_key).await?.is_some_and(|last| last.created_at > seen.created_at) {
            return Err(RegistryError::Conflict);
        }
        match self.begin_again(&mut tx, &seen, &seen.payload).await {
            // A colleague was quicker: it was not given up any more.
            Err(StoreError::Conflict) => return Err(RegistryError::NotFound),
            Err(StoreError::Duplicate) => return Err(RegistryError::Conflict),
            other => other?,
        }
        let which = format!("{} {id}", seen.kind);
        tx.audit(&self.audit_row(principal, Act::general(Action::RestartJob).because(&which))).await?;
        self.commit(tx).await
    }
}
