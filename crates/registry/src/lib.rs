//! The use cases: the one door to the store. Each decides (access), acts (store) and records (audit).
//!
//! A use case takes first who asks. What they may not see and what does not exist look the same:
//! [`RegistryError::NotFound`].

mod audit;
mod auth;
mod board;
mod certificate;
mod certified;
mod chart;
mod complete;
mod desk;
mod dose;
mod error;
mod family;
mod feedback;
mod forecast;
mod import;
mod import_again;
mod import_apply;
mod import_job;
mod import_read;
mod import_review;
mod jobs;
mod keys;
mod listed;
mod login;
mod look;
mod newcomer;
mod objection;
mod objection_queue;
mod objection_wait;
mod open;
mod overdue;
mod paged;
mod people;
mod press;
mod record;
mod reported;
mod request;
mod roster;
mod roster_file;
mod roster_find;
mod roster_match;
mod roster_review;
mod roster_twice;
mod schedules;
mod seed;
mod sharing;
mod sweep;
mod verify;
mod wanted;
mod whose;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Chance, Clock, Principal};
use store::Store;
use uuid::Uuid;

pub use audit::Looked;
pub use auth::{Caller, MyStanding, SearchTerms, SignedIn};
pub use board::{Board, BoardLine, StatusLine, StudentSheet};
pub use certified::{CertificateFate, Certified};
pub use dose::DoseEntry;
pub use error::RegistryError;
pub use family::OwnPerson;
pub use forecast::ForecastGroup;
pub use import::{Import, taken_of};
pub use import_again::Resent;
pub use import_job::FileState;
pub use import_read::{FileIn, ImportKind, UNREADABLE_LINE};
pub use import_review::{PersonBeside, WaitingMessage};
pub use jobs::JobKind;
pub use listed::ListedElsewhere;
pub use login::login_digest;
pub use objection::{ObjectionPreview, Received, SentForm};
pub use objection_queue::{Decision, QueueEntry};
pub use objection_wait::{Queue, WaitingForms};
pub use open::{Masked, Shown, Subject};
pub use overdue::{Overdue, OverdueLine};
pub use paged::Paged;
pub use people::SearchHit;
pub use press::Pressed;
pub use record::Record;
pub use request::{Asked, RequestReview};
pub use roster_review::{
    Ask, Candidate, ClassesShown, Match, ReviewLine, RosterAnswer, RosterReview, SaveAs, WhyReason,
};
pub use schedules::{KeptSchedule, ScheduleError, ScheduleKind};
pub use seed::Seeder;
pub use store::{Account, AuditRow, Batch, Certificate, Enrolment, Feedback, Job, Message, Objection, Request, Site};
pub use verify::Verification;

/// What every use case returns.
pub type Result<T> = std::result::Result<T, RegistryError>;

/// Does work that takes its time apart from the threads that answer: a paper, a school's whole board.
///
/// # Errors
/// [`RegistryError::Stopped`] when it broke.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| RegistryError::Stopped)
}

/// The registry. Cheap to clone.
#[derive(Clone)]
pub struct Registry {
    store: Store,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    settings: Settings,
    decoy: Arc<std::sync::OnceLock<String>>,
    hashing: Arc<tokio::sync::Semaphore>,
    at_work: Arc<tokio::sync::Semaphore>,
    loaded: Arc<std::sync::RwLock<Option<schedules::Loaded>>>,
}

/// What the Department decides about the registry; every value marked [M] in docs/rules waits for its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Minutes without a request after which a session ends.
    pub idle_minutes: i64,
    /// Hours after which a session ends whatever happens.
    pub session_hours: i64,
    /// A submitted objection blocks until the Department decides [M].
    pub provisional_block: bool,
    /// A record an office says is protected (HL7 PD1-12) is kept back as if an objection waited, until the family says otherwise [M].
    pub protected_blocks: bool,
    /// How long the answer to a form takes at least: whether somebody is on file must not be read off the time.
    pub form_takes: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_minutes: 30,
            session_hours: 10,
            provisional_block: true,
            protected_blocks: true,
            form_takes: Duration::from_millis(300),
        }
    }
}

impl Registry {
    /// Opens the door.
    pub fn new(store: Store, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, settings: Settings) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            store,
            clock,
            chance,
            settings,
            decoy: Arc::default(),
            hashing: Arc::new(tokio::sync::Semaphore::new(cores)),
            at_work: Arc::new(tokio::sync::Semaphore::new(jobs::AT_ONCE)),
            loaded: Arc::default(),
        }
    }

    /// The calendar day in Massachusetts.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// The instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Can the store be reached, and is its schema current?
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn ready(&self) -> Result<bool> {
        Ok(self.store.is_current().await?)
    }

    fn fresh(&self) -> Uuid {
        self.chance.id(self.clock.now())
    }

    /// An id that stands in addresses: it tells nobody since when what it names is there.
    fn fresh_address(&self) -> Uuid {
        self.chance.random_id()
    }

    fn may(principal: &Principal, task: access::Task) -> Result<()> {
        if access::may(principal, task) { Ok(()) } else { Err(RegistryError::NotFound) }
    }

    /// The office or school the caller does a task for.
    fn site_for(caller: &Caller, task: access::Task) -> Result<domain::SiteId> {
        Self::may(&caller.principal, task)?;
        caller.principal.site().ok_or(RegistryError::NotFound)
    }
}
