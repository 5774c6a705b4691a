//! `miis schedule import | list | activate`.

use std::{error::Error, fmt::Write as _, fs, path::Path};

use domain::{Principal, actor::Program};
use registry::{KeptSchedule, Registry, ScheduleKind};
use schedule::notation::Text;

use crate::release;

/// The one that comes with the program.
const BUILT_IN: &str = "built-in";

type Told = Result<String, Box<dyn Error>>;

/// Keeps the release in a folder, or the overlay in a file.
///
/// # Errors
/// What is wrong with it, with file and line.
pub async fn import(registry: &Registry, path: &Path) -> Told {
    let (kind, files) = if path.is_dir() {
        (ScheduleKind::Release, release::read(path)?)
    } else {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (ScheduleKind::Overlay, vec![Text { name, text }])
    };
    let (name, new) = registry.store_schedule(&Principal::Program(Program::Schedules), kind, &files).await?;
    Ok(match (kind, new) {
        (_, false) => format!("{name} is here already, and says the same"),
        (ScheduleKind::Release, true) => {
            format!("release {name} is kept; `miis schedule activate {name}` puts it in force")
        }
        (ScheduleKind::Overlay, true) => {
            format!("overlay {name} is kept; `miis schedule activate RELEASE --overlay \"{name}\"` puts it in force")
        }
    })
}

/// What is there, what is in force, and which seasons are past.
///
/// # Errors
/// When the database fails.
pub async fn list(registry: &Registry) -> Told {
    let today = registry.today();
    let mut said = String::new();
    for kept in registry.schedules(&Principal::Program(Program::Schedules)).await? {
        let _ = writeln!(said, "{}", line(&kept));
    }
    // Of what is in force, with what is laid over it.
    said.push_str("seasons in force:\n");
    for season in registry.schedule().await?.schedule().seasons() {
        let until = season.to.map_or_else(|| "open".to_owned(), |to| to.to_string());
        let past = if season.to.is_some_and(|to| to < today) { "   PAST" } else { "" };
        let _ = writeln!(said, "    {}: {} to {until}{past}", season.antigen, season.from);
    }
    Ok(said)
}

fn line(kept: &KeptSchedule) -> String {
    let kind = match kept.kind {
        ScheduleKind::Release => "release",
        ScheduleKind::Overlay => "overlay",
    };
    let from = match kept.imported_at {
        _ if kept.built_in => BUILT_IN.to_owned(),
        Some(at) => format!("imported {}", at.date_naive()),
        None => String::new(),
    };
    let mark = if kept.in_force { "*" } else { " " };
    format!("{mark} {kind} {}   {from}", kept.name)
}

/// Puts a release in force.
///
/// # Errors
/// When it is not there, or an overlay does not fit it.
pub async fn activate(registry: &Registry, name: &str, errata: bool, overlays: &[String]) -> Told {
    let release = (name != BUILT_IN).then_some(name);
    let engine = registry.choose_schedule(&Principal::Program(Program::Schedules), release, errata, overlays).await?;
    let schedule = engine.schedule();
    let mut said = format!("in force: {}", schedule.release);
    if !schedule.amendments.is_empty() {
        let _ = write!(said, " with {}", schedule.amendments.join(", "));
    }
    let _ = write!(said, " (SHA-256 {})", schedule.hash);
    for erratum in &schedule.passed_over {
        let _ =
            write!(said, "\nthe erratum \"{erratum}\" was passed over: this release no longer says what it corrects");
    }
    Ok(said)
}
