//! Hands every event of the app to the window, and lets tray and autostart follow.

use std::sync::Arc;

use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use watches_app::App;
use watches_ipc::{event::Event, polling::GetStatus, settings::GetSettings};

use crate::{autostart, desktop::Desktop, tray};

/// Runs until the app is gone.
pub(crate) async fn follow(handle: AppHandle, app: Arc<App>, mut events: Receiver<Event>) {
    show_status(&handle, &app).await;
    follow_settings(&handle, &app).await;
    loop {
        match events.recv().await {
            Ok(event) => {
                emit(&handle, &event);
                react(&handle, &app, &event).await;
            }
            // The window missed some: let it read everything again.
            Err(RecvError::Lagged(_)) => {
                for event in
                    [Event::ListingsChanged, Event::WatchlistsChanged, Event::AlertsChanged]
                        .into_iter()
                        .chain([
                            Event::SourcesChanged,
                            Event::SettingsChanged,
                            Event::StatusChanged,
                        ])
                {
                    emit(&handle, &event);
                }
                show_status(&handle, &app).await;
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn emit(handle: &AppHandle, event: &Event) {
    if let Err(error) = handle.emit(Event::CHANNEL, event) {
        tracing::warn!("an event did not reach the window: {error}");
    }
}

async fn react(handle: &AppHandle, app: &App, event: &Event) {
    match event {
        Event::AlertRaised(_)
        | Event::AlertsChanged
        | Event::SourcesChanged
        | Event::StatusChanged
        | Event::PollFinished(_) => show_status(handle, app).await,
        Event::SettingsChanged => follow_settings(handle, app).await,
        Event::ListingsChanged
        | Event::WatchlistsChanged
        | Event::PollProgressed(_)
        | Event::ShowPage(_) => {}
    }
}

async fn show_status(handle: &AppHandle, app: &App) {
    match app.get_status(GetStatus {}).await {
        Ok(status) => tray::refresh(handle, &status),
        Err(fault) => tracing::warn!("the tray shows an old state: {fault}"),
    }
}

async fn follow_settings(handle: &AppHandle, app: &App) {
    match app.get_settings(GetSettings {}).await {
        Ok(settings) => {
            autostart::follow(handle, settings.autostart);
            handle.state::<Desktop>().remember(&settings);
        }
        Err(fault) => tracing::warn!("the settings cannot be followed: {fault}"),
    }
}
