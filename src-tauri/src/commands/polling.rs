//! The window's commands about polling now, pausing, and the state of it: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    fault::Fault,
    polling::{CancelPoll, GetStatus, PausePolling, PollNow, PollReport, Status},
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn poll_now(
    desktop: State<'_, Desktop>,
    args: PollNow,
) -> Result<PollReport, Fault> {
    desktop.app().await?.poll_now(args).await
}

#[tauri::command]
pub(crate) async fn cancel_poll(
    desktop: State<'_, Desktop>,
    args: CancelPoll,
) -> Result<(), Fault> {
    desktop.app().await?.cancel_poll(args).await
}

#[tauri::command]
pub(crate) async fn pause_polling(
    desktop: State<'_, Desktop>,
    args: PausePolling,
) -> Result<(), Fault> {
    desktop.app().await?.pause_polling(args).await
}

#[tauri::command]
pub(crate) async fn get_status(
    desktop: State<'_, Desktop>,
    args: GetStatus,
) -> Result<Status, Fault> {
    desktop.app().await?.get_status(args).await
}
