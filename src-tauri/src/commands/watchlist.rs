//! The window's commands about watchlists and their rules: one line each, the work is in `watches_app`.

use tauri::State;
use watches_ipc::{
    fault::Fault,
    watchlist::{
        CompleteRuleValue, DeleteWatchlist, IdentifyWanted, ListWatchlists, PreviewRule,
        RestoreWatchlist, RulePreview, SaveWatchlist, Wanted, Watchlist,
    },
};

use crate::desktop::Desktop;

#[tauri::command]
pub(crate) async fn list_watchlists(
    desktop: State<'_, Desktop>,
    args: ListWatchlists,
) -> Result<Vec<Watchlist>, Fault> {
    desktop.app().await?.list_watchlists(args).await
}

#[tauri::command]
pub(crate) async fn save_watchlist(
    desktop: State<'_, Desktop>,
    args: SaveWatchlist,
) -> Result<Watchlist, Fault> {
    desktop.app().await?.save_watchlist(args).await
}

#[tauri::command]
pub(crate) async fn delete_watchlist(
    desktop: State<'_, Desktop>,
    args: DeleteWatchlist,
) -> Result<(), Fault> {
    desktop.app().await?.delete_watchlist(args).await
}

#[tauri::command]
pub(crate) async fn restore_watchlist(
    desktop: State<'_, Desktop>,
    args: RestoreWatchlist,
) -> Result<(), Fault> {
    desktop.app().await?.restore_watchlist(args).await
}

#[tauri::command]
pub(crate) async fn preview_rule(
    desktop: State<'_, Desktop>,
    args: PreviewRule,
) -> Result<RulePreview, Fault> {
    desktop.app().await?.preview_rule(args).await
}

#[tauri::command]
pub(crate) async fn identify_wanted(
    desktop: State<'_, Desktop>,
    args: IdentifyWanted,
) -> Result<Wanted, Fault> {
    desktop.app().await?.identify_wanted(args).await
}

#[tauri::command]
pub(crate) async fn complete_rule_value(
    desktop: State<'_, Desktop>,
    args: CompleteRuleValue,
) -> Result<Vec<String>, Fault> {
    desktop.app().await?.complete_rule_value(args).await
}
