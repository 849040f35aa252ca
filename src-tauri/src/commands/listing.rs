//! The window's commands about listings and pages dropped on the window: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    fault::Fault,
    listing::{
        DismissListing, GetListing, ImportPage, ImportReport, ListListings, ListingDetail,
        ListingPage, OpenListing,
    },
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn list_listings(
    desktop: State<'_, Desktop>,
    args: ListListings,
) -> Result<ListingPage, Fault> {
    desktop.app().await?.list_listings(args).await
}

#[tauri::command]
pub(crate) async fn get_listing(
    desktop: State<'_, Desktop>,
    args: GetListing,
) -> Result<ListingDetail, Fault> {
    desktop.app().await?.get_listing(args).await
}

#[tauri::command]
pub(crate) async fn dismiss_listing(
    desktop: State<'_, Desktop>,
    args: DismissListing,
) -> Result<(), Fault> {
    desktop.app().await?.dismiss_listing(args).await
}

#[tauri::command]
pub(crate) async fn open_listing(
    desktop: State<'_, Desktop>,
    args: OpenListing,
) -> Result<(), Fault> {
    desktop.app().await?.open_listing(args).await
}

#[tauri::command]
pub(crate) async fn import_page(
    desktop: State<'_, Desktop>,
    args: ImportPage,
) -> Result<ImportReport, Fault> {
    desktop.app().await?.import_page(args).await
}
