//! Opens the app beside the window that is already being drawn, and closes it before an end.
//!
//! A store that is damaged or too new is no crash: the fault goes to every command, and the window
//! offers a backup.

use std::sync::{Arc, Mutex, PoisonError};

use tauri::{AppHandle, Manager};
use tokio::{sync::watch, task::JoinHandle};
use watches_app::{App, config::Config};
use watches_demo::{DemoMarket, DemoOptions};
use watches_ipc::fault::{Fault, FaultCode};

use crate::{arguments::Arguments, desktop::Opened, events, shell::DesktopShell};

/// What runs in the background until the end.
#[derive(Default)]
pub(crate) struct Running {
    shutdown: watch::Sender<bool>,
    schedule: Mutex<Option<JoinHandle<()>>>,
    market: Mutex<Option<DemoMarket>>,
}

/// Opens the app, tells the waiting commands, then starts polling and the forwarding of events.
pub(crate) async fn open(
    handle: AppHandle,
    arguments: Arguments,
    config: Config,
    opened: watch::Sender<Opened>,
) {
    let outcome = open_app(&handle, &arguments, config).await;
    if let Err(fault) = &outcome {
        tracing::error!("the app did not open: {fault}");
    }
    // Nobody waiting is fine.
    opened.send_replace(Some(outcome.clone()));
    let Ok(app) = outcome else { return };
    let running = handle.state::<Running>();
    let schedule = tokio::spawn(Arc::clone(&app).run(running.shutdown.subscribe()));
    *running.schedule.lock().unwrap_or_else(PoisonError::into_inner) = Some(schedule);
    let events = app.events();
    events::follow(handle.clone(), app, events).await;
}

async fn open_app(
    handle: &AppHandle,
    arguments: &Arguments,
    mut config: Config,
) -> Result<Arc<App>, Fault> {
    if arguments.demo {
        config.demo_market = Some(start_market(&handle.state::<Running>()).await?);
    }
    let shell = Arc::new(DesktopShell::new(handle.clone(), config.profiles()));
    App::open(config, shell).await.map_err(Fault::from)
}

async fn start_market(running: &Running) -> Result<url::Url, Fault> {
    let refused = |error: &dyn std::fmt::Display| {
        Fault::new(FaultCode::Internal, format!("the imitation market did not start: {error}"))
    };
    let market =
        DemoMarket::start(DemoOptions::default()).await.map_err(|error| refused(&error))?;
    let address = market.address().to_string().parse().map_err(|error| refused(&error))?;
    *running.market.lock().unwrap_or_else(PoisonError::into_inner) = Some(market);
    Ok(address)
}

/// Stops polling after the step it is in. The store needs no goodbye: every answer was committed.
pub(crate) async fn close(running: &Running) {
    running.shutdown.send_replace(true);
    let schedule = running.schedule.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(schedule) = schedule
        && let Err(error) = schedule.await
    {
        tracing::warn!("polling did not end well: {error}");
    }
}
