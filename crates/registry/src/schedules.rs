//! Which schedule is in force: one of CDC's releases, with the project's errata and the Department's overlays.

use std::sync::{Arc, PoisonError};

use access::Task;
use chrono::{DateTime, Utc};
use domain::{Principal, actor::Program};
use schedule::{
    Engine, Schedule, data,
    notation::{self, NotationError, Text},
};
use serde_json::{Value, json};
use store::{ScheduleChoice, ScheduleText, StoreError, Tx};
use uuid::Uuid;

use crate::{
    Registry, RegistryError, Result,
    audit::{Act, Action},
    error::from_json,
};

/// What can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleKind {
    /// A whole schedule.
    Release,
    /// Changes to one.
    Overlay,
}

impl ScheduleKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Overlay => "overlay",
        }
    }
}

/// A release or an overlay that can be put in force.
#[derive(Debug, Clone)]
pub struct KeptSchedule {
    /// Which of the two.
    pub kind: ScheduleKind,
    /// Its name.
    pub name: String,
    /// It comes with the program.
    pub built_in: bool,
    /// When it was imported.
    pub imported_at: Option<DateTime<Utc>>,
    /// It is in force.
    pub in_force: bool,
}

/// Why a schedule was not taken or not put in force.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// Its text is not understood, or does not fit.
    #[error(transparent)]
    Notation(#[from] NotationError),
    /// Another one of this name is there. A release is never changed under its name.
    #[error("there is another one named {0}: a schedule is never changed under its name, so give this one its own")]
    Taken(String),
    /// There is none of this name.
    #[error("there is none named {0}: `miis schedule list` names them")]
    Unknown(String),
    /// It is named more than once.
    #[error("{0} is named more than once")]
    Twice(String),
    /// It has no name.
    #[error("it has no name")]
    Nameless,
    /// Anything else.
    #[error(transparent)]
    Registry(#[from] RegistryError),
}

impl From<StoreError> for ScheduleError {
    fn from(error: StoreError) -> Self {
        Self::Registry(error.into())
    }
}

/// The engine of the schedule in force, and which decision put it there.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    choice: Option<Uuid>,
    engine: Arc<Engine>,
}

/// What a schedule is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    /// `None` for the one that comes with the program.
    release: Option<String>,
    errata: bool,
    overlays: Vec<String>,
}

impl Registry {
    /// The engine of the schedule in force, as this transaction sees it. Read once, and again when somebody has decided.
    pub(crate) async fn engine(&self, tx: &mut Tx) -> Result<Arc<Engine>> {
        let choice = tx.schedule_choice().await?;
        let id = choice.as_ref().map(|choice| choice.id);
        let known = self.loaded.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.choice == id) {
            return Ok(known.engine);
        }
        // What is kept was read when it was imported and when it was put in force.
        let unreadable = |_| RegistryError::Store(StoreError::Unreadable("schedule"));
        let engine = Arc::new(Engine::new(compose(tx, &Parts::of(choice.as_ref())?).await.map_err(unreadable)?));
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) =
            Some(Loaded { choice: id, engine: Arc::clone(&engine) });
        Ok(engine)
    }

    /// Makes sure that the schedule in force can be read, before anybody asks for it; and notes it when it is another than it was:
    /// a new program may carry a new one.
    ///
    /// # Errors
    /// [`ScheduleError`], with file and line, when it cannot be put together any more.
    pub async fn begin_schedule(&self) -> std::result::Result<Arc<Engine>, ScheduleError> {
        let mut tx = self.store.write().await?;
        let choice = tx.schedule_choice().await?;
        let parts = Parts::of(choice.as_ref())?;
        let engine = Arc::new(Engine::new(compose(&mut tx, &parts).await?));
        if choice.is_none_or(|choice| choice.digest != engine.schedule().hash) {
            self.record_choice(&mut tx, &Principal::Program(Program::Schedules), &parts, &engine).await?;
        }
        self.commit(tx).await?;
        Ok(engine)
    }

    async fn record_choice(&self, tx: &mut Tx, principal: &Principal, parts: &Parts, engine: &Engine) -> Result<()> {
        let schedule = engine.schedule();
        // The newest decision holds, also when two are made in one moment.
        let before = tx.schedule_choice().await?.map(|choice| choice.chosen_at + chrono::Duration::milliseconds(1));
        tx.choose_schedule(&ScheduleChoice {
            id: self.fresh(),
            release: schedule.release.clone(),
            built_in: parts.release.is_none(),
            digest: schedule.hash.clone(),
            errata: parts.errata,
            overlays: json!(parts.overlays),
            chosen_at: before.map_or(self.now(), |before| before.max(self.now())),
        })
        .await?;
        let parts = std::iter::once(&schedule.release).chain(&schedule.amendments).chain([&schedule.hash]);
        let what: Vec<&str> = parts.map(String::as_str).collect();
        tx.audit(&self.audit_row(principal, Act::general(Action::ChooseSchedule).because(&what.join(", ")))).await?;
        Ok(())
    }

    /// The engine of the schedule in force: for who asks without a record.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn schedule(&self) -> Result<Arc<Engine>> {
        let mut tx = self.store.read().await?;
        self.engine(&mut tx).await
    }

    /// Keeps a release or an overlay under its name. False if the very same is there already.
    ///
    /// # Errors
    /// [`ScheduleError`]; an overlay has to fit the schedule in force.
    pub async fn store_schedule(
        &self,
        principal: &Principal,
        kind: ScheduleKind,
        files: &[Text],
    ) -> std::result::Result<(String, bool), ScheduleError> {
        Self::may(principal, Task::ChooseSchedule)?;
        let mut tx = self.store.write().await?;
        let (name, digest) = match kind {
            ScheduleKind::Release => {
                let schedule = notation::read(files)?;
                (schedule.release, schedule.hash)
            }
            ScheduleKind::Overlay => {
                let [file] = files else { return Err(ScheduleError::Nameless) };
                let digest = hex(&credentials::sha256(file.text.as_bytes()));
                // One that is in force already cannot be laid over itself.
                let same = |text: &ScheduleText| text.kind == kind.key() && text.digest == digest;
                if let Some(known) = tx.schedule_texts().await?.into_iter().find(same) {
                    return Ok((known.name, false));
                }
                let parts = Parts::of(tx.schedule_choice().await?.as_ref())?;
                let mut schedule = compose(&mut tx, &parts).await?;
                let amendment = notation::amend(&mut schedule, file)?;
                (amendment.name.trim_start_matches("overlay ").to_owned(), digest)
            }
        };
        if name.is_empty() {
            return Err(ScheduleError::Nameless);
        }
        if let Some(known) = tx.schedule_text(kind.key(), &name).await? {
            return if known.digest == digest { Ok((name, false)) } else { Err(ScheduleError::Taken(name)) };
        }
        let files: Vec<Value> = files.iter().map(|file| json!({ "name": file.name, "text": file.text })).collect();
        tx.add_schedule_text(&ScheduleText {
            id: self.fresh(),
            kind: kind.key().to_owned(),
            name: name.clone(),
            files: Value::Array(files),
            digest,
            imported_at: self.now(),
        })
        .await?;
        tx.audit(&self.audit_row(principal, Act::general(Action::ImportSchedule).because(&name))).await?;
        self.commit(tx).await?;
        Ok((name, true))
    }

    /// Puts a schedule in force: a release by its name (or the one that comes with the program), with or without errata, and
    /// overlays by their names in the order they are laid over it. Stored forecasts of another schedule are renewed by
    /// [`Registry::forecast_all`].
    ///
    /// # Errors
    /// [`ScheduleError`] for what is not there or does not fit together.
    pub async fn choose_schedule(
        &self,
        principal: &Principal,
        release: Option<&str>,
        errata: bool,
        overlays: &[String],
    ) -> std::result::Result<Arc<Engine>, ScheduleError> {
        Self::may(principal, Task::ChooseSchedule)?;
        let mut tx = self.store.write().await?;
        for (place, name) in overlays.iter().enumerate() {
            if overlays.iter().take(place).any(|before| before == name) {
                return Err(ScheduleError::Twice(name.clone()));
            }
        }
        let parts = Parts { release: release.map(str::to_owned), errata, overlays: overlays.to_vec() };
        let engine = Arc::new(Engine::new(compose(&mut tx, &parts).await?));
        self.record_choice(&mut tx, principal, &parts, &engine).await?;
        self.commit(tx).await?;
        Ok(engine)
    }

    /// Every schedule that can be put in force, the one of the program first.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who may not choose.
    pub async fn schedules(&self, principal: &Principal) -> std::result::Result<Vec<KeptSchedule>, ScheduleError> {
        Self::may(principal, Task::ChooseSchedule)?;
        let mut tx = self.store.read().await?;
        let parts = Parts::of(tx.schedule_choice().await?.as_ref())?;
        let own = data::release()?;
        let mut all = vec![KeptSchedule {
            kind: ScheduleKind::Release,
            name: own.release.clone(),
            built_in: true,
            imported_at: None,
            in_force: parts.release.is_none(),
        }];
        for text in tx.schedule_texts().await? {
            let kind = if text.kind == "release" { ScheduleKind::Release } else { ScheduleKind::Overlay };
            all.push(KeptSchedule {
                kind,
                in_force: match kind {
                    ScheduleKind::Release => parts.release.as_ref() == Some(&text.name),
                    ScheduleKind::Overlay => parts.overlays.contains(&text.name),
                },
                name: text.name,
                built_in: false,
                imported_at: Some(text.imported_at),
            });
        }
        Ok(all)
    }
}

impl Parts {
    /// What was decided; without a decision the program's own schedule with its errata.
    fn of(choice: Option<&ScheduleChoice>) -> Result<Self> {
        Ok(match choice {
            None => Self { release: None, errata: true, overlays: Vec::new() },
            Some(choice) => Self {
                release: Some(choice.release.clone()).filter(|_| !choice.built_in),
                errata: choice.errata,
                overlays: from_json(choice.overlays.clone(), "overlays")?,
            },
        })
    }
}

/// Puts a schedule together.
async fn compose(tx: &mut Tx, parts: &Parts) -> std::result::Result<Schedule, ScheduleError> {
    let mut schedule = match &parts.release {
        None => data::release()?,
        Some(release) => notation::read(&files_of(&text(tx, ScheduleKind::Release, release).await?))?,
    };
    if parts.errata {
        notation::amend(&mut schedule, &data::errata())?;
    }
    for name in &parts.overlays {
        for file in files_of(&text(tx, ScheduleKind::Overlay, name).await?) {
            notation::amend(&mut schedule, &file)?;
        }
    }
    Ok(schedule)
}

async fn text(tx: &mut Tx, kind: ScheduleKind, name: &str) -> std::result::Result<ScheduleText, ScheduleError> {
    tx.schedule_text(kind.key(), name).await?.ok_or_else(|| ScheduleError::Unknown(name.to_owned()))
}

fn files_of(text: &ScheduleText) -> Vec<Text> {
    let part = |file: &Value, key: &str| file.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let files = text.files.as_array().map(Vec::as_slice).unwrap_or_default();
    files.iter().map(|file| Text { name: part(file, "name"), text: part(file, "text") }).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
