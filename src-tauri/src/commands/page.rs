//! The window's commands about any page: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    fault::Fault,
    page::{FollowPage, FollowedPage, PageReading, ReadPage, TakeBackPage},
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn read_page(
    desktop: State<'_, Desktop>,
    args: ReadPage,
) -> Result<PageReading, Fault> {
    desktop.app().await?.read_page(args).await
}

#[tauri::command]
pub(crate) async fn follow_page(
    desktop: State<'_, Desktop>,
    args: FollowPage,
) -> Result<FollowedPage, Fault> {
    desktop.app().await?.follow_page(args).await
}

#[tauri::command]
pub(crate) async fn take_back_page(
    desktop: State<'_, Desktop>,
    args: TakeBackPage,
) -> Result<(), Fault> {
    desktop.app().await?.take_back_page(args).await
}
