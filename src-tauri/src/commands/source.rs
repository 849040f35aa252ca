//! The window's commands about marketplaces, dealers and files: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    fault::Fault,
    source::{
        AddDealer, ChangeSource, ChooseWay, ListSources, RemoveSource, ResolveNeedsYou,
        SetEbayKeys, Source,
    },
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn list_sources(
    desktop: State<'_, Desktop>,
    args: ListSources,
) -> Result<Vec<Source>, Fault> {
    desktop.app().await?.list_sources(args).await
}

#[tauri::command]
pub(crate) async fn change_source(
    desktop: State<'_, Desktop>,
    args: ChangeSource,
) -> Result<(), Fault> {
    desktop.app().await?.change_source(args).await
}

#[tauri::command]
pub(crate) async fn choose_way(desktop: State<'_, Desktop>, args: ChooseWay) -> Result<(), Fault> {
    desktop.app().await?.choose_way(args).await
}

#[tauri::command]
pub(crate) async fn add_dealer(
    desktop: State<'_, Desktop>,
    args: AddDealer,
) -> Result<Source, Fault> {
    desktop.app().await?.add_dealer(args).await
}

#[tauri::command]
pub(crate) async fn remove_source(
    desktop: State<'_, Desktop>,
    args: RemoveSource,
) -> Result<(), Fault> {
    desktop.app().await?.remove_source(args).await
}

#[tauri::command]
pub(crate) async fn resolve_needs_you(
    desktop: State<'_, Desktop>,
    args: ResolveNeedsYou,
) -> Result<(), Fault> {
    desktop.app().await?.resolve_needs_you(args).await
}

#[tauri::command]
pub(crate) async fn set_ebay_keys(
    desktop: State<'_, Desktop>,
    args: SetEbayKeys,
) -> Result<(), Fault> {
    desktop.app().await?.set_ebay_keys(args).await
}
