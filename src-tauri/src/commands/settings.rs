//! The window's commands about settings, backups and the data folder: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    fault::Fault,
    settings::{
        BackUpNow, Backup, DataFolder, GetDataFolder, GetSettings, OpenDataFolder, RememberWindow,
        RestoreBackup, SaveSettings, Settings,
    },
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn get_settings(
    desktop: State<'_, Desktop>,
    args: GetSettings,
) -> Result<Settings, Fault> {
    desktop.app().await?.get_settings(args).await
}

#[tauri::command]
pub(crate) async fn save_settings(
    desktop: State<'_, Desktop>,
    args: SaveSettings,
) -> Result<(), Fault> {
    desktop.app().await?.save_settings(args).await
}

#[tauri::command]
pub(crate) async fn remember_window(
    desktop: State<'_, Desktop>,
    args: RememberWindow,
) -> Result<(), Fault> {
    desktop.app().await?.remember_window(args).await
}

#[tauri::command]
pub(crate) async fn get_data_folder(
    desktop: State<'_, Desktop>,
    args: GetDataFolder,
) -> Result<DataFolder, Fault> {
    desktop.app().await?.get_data_folder(args).await
}

#[tauri::command]
pub(crate) async fn open_data_folder(
    desktop: State<'_, Desktop>,
    args: OpenDataFolder,
) -> Result<(), Fault> {
    desktop.app().await?.open_data_folder(args).await
}

#[tauri::command]
pub(crate) async fn back_up_now(
    desktop: State<'_, Desktop>,
    args: BackUpNow,
) -> Result<Backup, Fault> {
    desktop.app().await?.back_up_now(args).await
}

#[tauri::command]
pub(crate) async fn restore_backup(
    desktop: State<'_, Desktop>,
    args: RestoreBackup,
) -> Result<(), Fault> {
    desktop.app().await?.restore_backup(args).await
}
