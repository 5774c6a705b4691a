//! Work the program does by itself. A job is taken by whoever finds it first, for a while; a lease is its number of tries, and
//! whoever holds an older one writes nothing any more.

use chrono::{DateTime, Utc};
use domain::JobId;
use uuid::Uuid;

use crate::{Part, Result, StoreError, Tx};

/// A job.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Job {
    /// Opaque.
    pub id: Uuid,
    /// What kind of work: `import`, `forecasts`, `sweep`.
    pub kind: String,
    /// The same work twice is one job, as long as it is not finished.
    pub once_key: String,
    /// `waiting`, `running`, `asks`, `done`, `dead`.
    pub state: String,
    /// The office it is for.
    pub site_id: Option<Uuid>,
    /// What it needs to know, as JSON.
    pub payload: serde_json::Value,
    /// How far it is.
    pub done: i64,
    /// Of how much; 0 while nobody knows.
    pub total: i64,
    /// How often it was begun: the number of the lease.
    pub tries: i64,
    /// The try after which it is given up.
    pub last_try: i64,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// Somebody works on it until then.
    pub leased_until: Option<DateTime<Utc>>,
    /// What it asks, or what it came to.
    pub outcome: String,
    /// Why the last try failed.
    pub fault: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was finished.
    pub finished_at: Option<DateTime<Utc>>,
}

impl Job {
    /// Opaque.
    pub const fn job_id(&self) -> JobId {
        JobId::new(self.id)
    }
}

/// The query of a [`Job`].
macro_rules! jobs {
    ($($rest:tt)+) => {
        concat!(
            "select id, kind, once_key, state, site_id, payload, done, total, tries, last_try, run_at, leased_until, outcome, fault, created_at, finished_at from job ",
            $($rest)+
        )
    };
}

/// The jobs that are not done, nor asked for anew since.
macro_rules! open {
    () => {
        "where state in ('waiting', 'running', 'asks', 'dead') \
         and not exists (select 1 from job later where later.once_key = job.once_key and later.created_at > job.created_at)"
    };
}

impl Tx {
    /// Adds a job that waits.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the same work waits already or is being done.
    pub async fn add_job(&mut self, job: &Job) -> Result<()> {
        exec!(
            self,
            "insert into job (id, kind, once_key, state, site_id, payload, done, total, tries, last_try, run_at, outcome, fault, created_at) \
             values ($1, $2, $3, 'waiting', $4, $5, 0, $6, 0, $7, $8, '', '', $9)",
            job.id,
            &job.kind,
            &job.once_key,
            job.site_id,
            &job.payload,
            job.total,
            job.last_try,
            job.run_at,
            job.created_at
        );
        Ok(())
    }

    /// Keeps the file of a job.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_job_file(&mut self, job: JobId, content: &[u8]) -> Result<()> {
        exec!(self, "insert into job_file (job_id, content) values ($1, $2)", job.uuid(), content);
        Ok(())
    }

    /// The file of a job, as long as it is not finished.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn job_file(&mut self, job: JobId) -> Result<Option<Vec<u8>>> {
        #[derive(sqlx::FromRow)]
        struct File {
            content: Vec<u8>,
        }
        Ok(row!(self, File, "select content from job_file where job_id = $1", job.uuid()).map(|file| file.content))
    }

    /// One job.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn job(&mut self, id: JobId) -> Result<Option<Job>> {
        Ok(row!(self, Job, jobs!("where id = $1"), id.uuid()))
    }

    /// The job of the same work that is not finished.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn open_job(&mut self, once_key: &str) -> Result<Option<Job>> {
        Ok(row!(self, Job, jobs!("where once_key = $1 and state in ('waiting', 'running', 'asks')"), once_key))
    }

    /// The job that was last asked for under a key, whatever became of it.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn last_job(&mut self, once_key: &str) -> Result<Option<Job>> {
        Ok(row!(self, Job, jobs!("where once_key = $1 order by created_at desc, id desc limit 1"), once_key))
    }

    /// The jobs that are not done: those that were given up first, each the newest first. What was given up and asked for anew since is
    /// left to the new one.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn open_jobs(&mut self, part: Part) -> Result<Vec<Job>> {
        Ok(rows!(
            self,
            Job,
            jobs!(
                open!(),
                " order by case when state = 'dead' then 0 else 1 end, created_at desc, id limit $1 offset $2"
            ),
            part.most,
            part.skip
        ))
    }

    /// How many of them there are.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn count_open_jobs(&mut self) -> Result<i64> {
        Ok(count!(self, concat!("select count(*) as count from job ", open!())))
    }

    /// Jobs that could be taken now: those that wait, and those whose holder has not been heard of. Those of a newer program, which runs
    /// beside this one during an update, are left to it.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn due_jobs(&mut self, now: DateTime<Utc>, limit: i64) -> Result<Vec<Job>> {
        Ok(rows!(
            self,
            Job,
            jobs!(
                "where state in ('waiting', 'running') and run_at <= $1 and (state = 'waiting' or leased_until < $1) \
                 and kind in ('import', 'forecasts', 'sweep') order by run_at, id limit $2"
            ),
            now,
            limit
        ))
    }

    /// Takes a job as it was seen, until an instant; `None` when somebody else was faster.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn lease_job(&mut self, seen: &Job, until: DateTime<Utc>) -> Result<Option<Job>> {
        let touched = exec!(
            self,
            "update job set state = 'running', tries = tries + 1, leased_until = $1 where id = $2 and tries = $3 and state = $4",
            until,
            seen.id,
            seen.tries,
            &seen.state
        );
        let taken = Job { state: "running".into(), tries: seen.tries + 1, leased_until: Some(until), ..seen.clone() };
        Ok((touched == 1).then_some(taken))
    }

    /// Says how far a job is, and goes on holding it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the lease is not held any more.
    pub async fn hold_job(&mut self, job: &Job, done: i64, total: i64, until: DateTime<Utc>) -> Result<()> {
        let touched = exec!(
            self,
            "update job set done = $1, total = $2, leased_until = $3 where id = $4 and tries = $5 and state = 'running'",
            done,
            total,
            until,
            job.id,
            job.tries
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Puts a job that is held into another state: `done` or `dead` with what it came to, `asks` with what, `waiting` until `run_at`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the lease is not held any more.
    pub async fn leave_job(&mut self, job: &Job, left: &JobLeft<'_>, now: DateTime<Utc>) -> Result<()> {
        let touched = exec!(
            self,
            "update job set state = $1, outcome = $2, fault = $3, run_at = $4, leased_until = null, finished_at = $5 \
             where id = $6 and tries = $7 and state = 'running'",
            left.state,
            left.outcome,
            left.fault,
            left.run_at,
            (left.state == "done").then_some(now),
            job.id,
            job.tries
        );
        if touched != 1 {
            return Err(StoreError::Conflict);
        }
        if left.state == "done" {
            exec!(self, "delete from job_file where job_id = $1", job.id);
        }
        Ok(())
    }

    /// Gives up a job as it was seen, whose holder was not heard of any more after its last try; false when somebody has been.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn give_up_job(&mut self, seen: &Job, fault: &str, now: DateTime<Utc>) -> Result<bool> {
        let touched = exec!(
            self,
            "update job set state = 'dead', fault = $1, run_at = $2, leased_until = null \
             where id = $3 and tries = $4 and state = 'running' and leased_until < $5",
            fault,
            now,
            seen.id,
            seen.tries,
            now
        );
        Ok(touched == 1)
    }

    /// Lets a job wait again that asked something or was given up; with what it is to know by now, and the try after which it is given
    /// up again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is in another state than it was seen in, [`StoreError::Duplicate`] when the same work was asked
    /// for anew.
    pub async fn revive_job(
        &mut self,
        seen: &Job,
        payload: &serde_json::Value,
        last_try: i64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let touched = exec!(
            self,
            "update job set state = 'waiting', payload = $1, last_try = $2, run_at = $3, outcome = '', fault = '' \
             where id = $4 and tries = $5 and state = $6",
            payload,
            last_try,
            now,
            seen.id,
            seen.tries,
            &seen.state
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Forgets a job that is done, asks or is given up, with its file.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is being worked on.
    pub async fn drop_job(&mut self, seen: &Job) -> Result<()> {
        exec!(self, "delete from job_file where job_id = $1", seen.id);
        let touched = exec!(
            self,
            "delete from job where id = $1 and tries = $2 and state in ('asks', 'done', 'dead')",
            seen.id,
            seen.tries
        );
        if touched == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// Throws away the files nobody has said a word about since an instant: those that ask, and those that were given up.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn forget_files(&mut self, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
        // The jobs first: whoever says a word at the same moment finds it done, or has taken it from here.
        let forgotten = exec!(
            self,
            "update job set state = 'done', outcome = 'forgotten', finished_at = $1 \
             where kind = 'import' and state in ('asks', 'dead') and run_at < $2",
            now,
            before
        );
        exec!(
            self,
            "delete from job_file where job_id in (select id from job where state = 'done' and outcome = 'forgotten')"
        );
        Ok(forgotten)
    }

    /// Forgets jobs that were done before an instant, and those of the program's own that were given up before it.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn sweep_jobs(&mut self, before: DateTime<Utc>) -> Result<u64> {
        let given_up = exec!(
            self,
            "delete from job where state = 'dead' and kind in ('forecasts', 'sweep') and run_at < $1",
            before
        );
        Ok(given_up + exec!(self, "delete from job where state = 'done' and finished_at < $1", before))
    }
}

/// How a job is left.
#[derive(Debug, Clone, Copy)]
pub struct JobLeft<'a> {
    /// `done`, `dead`, `asks` or `waiting`.
    pub state: &'a str,
    /// What it asks, or came to.
    pub outcome: &'a str,
    /// Why it failed.
    pub fault: &'a str,
    /// Not before.
    pub run_at: DateTime<Utc>,
}
