//! The window's commands about the inbox: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    alert::{AlertPage, ListAlerts, MarkAlerts, MuteRule},
    fault::Fault,
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn list_alerts(
    desktop: State<'_, Desktop>,
    args: ListAlerts,
) -> Result<AlertPage, Fault> {
    desktop.app().await?.list_alerts(args).await
}

#[tauri::command]
pub(crate) async fn mark_alerts(
    desktop: State<'_, Desktop>,
    args: MarkAlerts,
) -> Result<(), Fault> {
    desktop.app().await?.mark_alerts(args).await
}

#[tauri::command]
pub(crate) async fn mute_rule(desktop: State<'_, Desktop>, args: MuteRule) -> Result<(), Fault> {
    desktop.app().await?.mute_rule(args).await
}
