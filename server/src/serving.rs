//! Serving the portal, with what runs beside it, until somebody stops it.

use std::{net::SocketAddr, time::Duration};

use registry::{JobKind, Registry};

use crate::{
    config::Config,
    http::{Portal, router},
};

/// Serves until the process is asked to stop.
///
/// # Errors
/// When the schedule in force cannot be read, or the address is taken.
pub async fn serve(registry: Registry, config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    // Before anybody asks: a new program may carry another schedule, or no longer read one that was imported.
    let engine =
        registry.begin_schedule().await.map_err(|error| format!("the schedule in force: {}", domain::chain(&error)))?;
    tracing::info!(release = engine.schedule().release, "schedule in force");
    let portal = Portal::new(registry.clone(), config);
    if !config.assets.join("style.css").exists() {
        tracing::warn!(folder = %config.assets.display(), "no styles there: pages will be bare. `cargo xtask site` builds them");
    }
    let listener =
        tokio::net::TcpListener::bind(config.listen).await.map_err(|error| format!("{}: {error}", config.listen))?;
    tracing::info!(address = %config.listen, "serving");
    let (worker, asker) = (tokio::spawn(work(registry.clone())), tokio::spawn(ask(registry)));
    let app = router(portal).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stop()).await?;
    worker.abort();
    asker.abort();
    Ok(())
}

/// Does what waits to be done: what was just handed in is begun at once, so this finds what a server left that stopped.
async fn work(registry: Registry) {
    loop {
        if let Err(error) = registry.work_through().await {
            tracing::warn!(error = domain::chain(&error), "the queue of jobs cannot be read");
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

/// Asks for what is to be done now and then: sweeping every ten minutes, and the forecasts of everybody when a day or a schedule has
/// begun.
async fn ask(registry: Registry) {
    let mut asked = None;
    loop {
        if let Err(error) = registry.ask_for(JobKind::Sweep, "").await {
            tracing::warn!(error = domain::chain(&error), "sweeping cannot be asked for");
        }
        match registry.forecast_key().await {
            Ok((schedule, day)) => {
                let wanted = format!("{schedule} {day}");
                match ask_for_forecasts(&registry, &wanted, asked.as_ref() == Some(&wanted)).await {
                    Ok(()) => asked = Some(wanted),
                    Err(error) => tracing::warn!(error = domain::chain(&error), "forecasts cannot be asked for"),
                }
            }
            Err(error) => tracing::warn!(error = domain::chain(&error), "the schedule in force cannot be read"),
        }
        tokio::time::sleep(Duration::from_mins(10)).await;
    }
}

/// When a day or a schedule has begun, also one that was in force before; after that only where it was given up.
async fn ask_for_forecasts(registry: &Registry, wanted: &str, already: bool) -> Result<(), registry::RegistryError> {
    if already && !registry.was_given_up(JobKind::Forecasts, wanted).await? {
        return Ok(());
    }
    registry.ask_for(JobKind::Forecasts, wanted).await
}

/// Ctrl-C, or the service manager's wish.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => {
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
    tracing::info!("stopping");
}
