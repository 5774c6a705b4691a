//! Serving the portal, with what runs beside it, until somebody stops it.

use std::{net::SocketAddr, time::Duration};

use domain::{Actor, actor::Program};
use registry::Registry;

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
    let engine = registry.begin_schedule().await.map_err(|error| format!("the schedule in force: {error}"))?;
    tracing::info!(release = engine.schedule().release, "schedule in force");
    let portal = Portal::new(registry.clone(), config);
    if !config.assets.join("style.css").exists() {
        tracing::warn!(folder = %config.assets.display(), "no styles there: pages will be bare. `cargo xtask site` builds them");
    }
    let listener =
        tokio::net::TcpListener::bind(config.listen).await.map_err(|error| format!("{}: {error}", config.listen))?;
    tracing::info!(address = %config.listen, "serving");
    let (sweeper, forecaster) = (tokio::spawn(sweep(registry.clone())), tokio::spawn(keep_forecasts(registry)));
    let app = router(portal).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stop()).await?;
    sweeper.abort();
    forecaster.abort();
    Ok(())
}

/// Ended sessions and unfinished forms, every ten minutes.
async fn sweep(registry: Registry) {
    loop {
        tokio::time::sleep(Duration::from_mins(10)).await;
        if registry.sweep().await.is_err() {
            tracing::warn!("sweeping failed");
        }
    }
}

/// When a day or a schedule has begun, what is due is worked out anew for everybody, with pauses for those who work.
async fn keep_forecasts(registry: Registry) {
    let mut kept = None;
    loop {
        match registry.forecast_key().await {
            Ok(wanted) if kept.as_ref() != Some(&wanted) => {
                match registry
                    .forecast_all(&Actor::Program(Program::Forecasts), Duration::from_millis(50), &|_, _| {})
                    .await
                {
                    Ok(done) => {
                        kept = Some(wanted);
                        tracing::info!(people = done, "forecasts are of today");
                    }
                    Err(error) => tracing::warn!(%error, "forecasting failed and will be tried again"),
                }
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the schedule in force cannot be read"),
        }
        tokio::time::sleep(Duration::from_mins(10)).await;
    }
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
