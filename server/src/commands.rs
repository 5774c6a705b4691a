//! What the commands of `miis` do, but for serving.

use std::{path::PathBuf, sync::Arc, time::Duration};

use domain::{
    Clock, Principal,
    actor::{Client, Program},
    date::DateOrder,
};
use indicatif::{ProgressBar, ProgressStyle};
use registry::{Caller, FileIn, ImportKind, Registry, RegistryError};
use server::{demo, schedules};
use store::Store;

use crate::{JobsCommand, Outcome, ScheduleCommand};

pub(crate) async fn migrate(store: &Store, registry: &Registry) -> Outcome {
    store.migrate().await?;
    rebuild_keys(registry).await
}

/// Fills an empty database with made-up people.
pub(crate) async fn demo(registry: &Registry, clock: &Arc<dyn Clock>, plan: demo::Plan, if_empty: bool) -> Outcome {
    if registry.count_people().await? > 0 {
        if if_empty {
            println!("the database has people already and is used as it is");
            return Ok(());
        }
        return Err("the database already has people in it; the demo fills only an empty one".into());
    }
    let bar = bar(u64::from(plan.people), "people");
    demo::fill(registry, clock, plan, &|made| bar.set_position(u64::from(made))).await?;
    bar.finish();
    forecast_all(registry).await
}

pub(crate) async fn schedule(registry: &Registry, command: ScheduleCommand) -> Outcome {
    match command {
        ScheduleCommand::Import { path } => println!("{}", schedules::import(registry, &path).await?),
        ScheduleCommand::List => print!("{}", schedules::list(registry).await?),
        ScheduleCommand::Activate { name, overlay, no_errata } => {
            println!("{}", schedules::activate(registry, &name, !no_errata, &overlay).await?);
            forecast_all(registry).await?;
        }
    }
    Ok(())
}

/// Keys of names are made again where this program makes them otherwise than the one before.
async fn rebuild_keys(registry: &Registry) -> Outcome {
    if registry.keys_are_current().await? {
        return Ok(());
    }
    let bar = bar(0, "names");
    let changed = registry
        .rebuild_keys(&Principal::Program(Program::Keys), &|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
    bar.finish_and_clear();
    if changed > 0 {
        println!("{changed} names are found by new keys");
    }
    Ok(())
}

pub(crate) async fn forecast_all(registry: &Registry) -> Outcome {
    let bar = bar(0, "people");
    let done = registry
        .forecast_all(&Principal::Program(Program::Forecasts), Duration::ZERO, &|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
    bar.finish_and_clear();
    println!("forecasts kept: {done}");
    Ok(())
}

pub(crate) async fn jobs(registry: &Registry, command: JobsCommand) -> Outcome {
    let principal = Principal::Program(Program::Jobs);
    match command {
        JobsCommand::List => {
            for job in registry.open_jobs(&principal).await? {
                let far = if job.total > 0 { format!("{} of {}", job.done, job.total) } else { job.done.to_string() };
                let fault = if job.fault.is_empty() { String::new() } else { format!(", {}", job.fault) };
                println!(
                    "{}  {}  {}  since {}  {far}  tries {}{fault}",
                    job.job_id(),
                    job.kind,
                    job.state,
                    job.created_at.format("%Y-%m-%d %H:%M"),
                    job.tries
                );
            }
            Ok(())
        }
        JobsCommand::Retry { job } => {
            let id = job.parse().map_err(|_| format!("{job} is no job's id: `miis jobs list` names them"))?;
            registry.retry_job(&principal, id).await.map_err(|error| match error {
                registry::RegistryError::Conflict => {
                    format!("{job}: the same work was asked for anew, and that is the one")
                }
                _ => format!("{job} was not given up"),
            })?;
            println!("{job} waits: a serving portal takes it within seconds");
            Ok(())
        }
    }
}

pub(crate) async fn import(registry: &Registry, site: &str, file: &PathBuf, order: Option<DateOrder>) -> Outcome {
    let bytes = tokio::fs::read(file).await.map_err(|error| format!("{}: {error}", file.display()))?;
    let office = registry.site_by_code(site).await.map_err(|_| format!("there is no office with the code {site}"))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file_in = FileIn { kind: ImportKind::of(&bytes), name: &name, order, bytes: &bytes };
    let bar = ProgressBar::new_spinner().with_message("messages durable");
    bar.set_style(
        ProgressStyle::with_template("{spinner} {pos} {msg} ({per_sec})")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    let caller = Caller::new(Principal::Client(Client { site: office.site_id() }));
    let import = registry.import_file(&caller, office.site_id(), file_in, &|done| bar.set_position(done)).await;
    let import = import.map_err(|error| match error {
        RegistryError::Invalid("dates", _) => format!(
            "{}: its dates can be read either way: say --dates month-first or --dates day-first",
            file.display()
        ),
        RegistryError::Invalid(..) => format!(
            "{}: neither HL7 vaccination messages nor a table of doses with the columns it needs",
            file.display()
        ),
        other => other.to_string(),
    })?;
    bar.finish();
    let batch = import.batch;
    println!(
        "accepted {}, with warnings {}, refused {}, waiting {}, sent before {}",
        batch.accepted, batch.warned, batch.refused, batch.waiting, batch.repeated
    );
    if batch.refused + batch.waiting > 0 {
        println!("refused and waiting messages are kept for the office: sign in and open Import files");
        return Err(format!("{} of the file's messages wait for somebody", batch.refused + batch.waiting).into());
    }
    Ok(())
}

fn bar(length: u64, what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg} ({eta})")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_message(what).with_style(style)
}
