//! The app's own window: built when wanted, destroyed when closed, so that its memory is given back.
//!
//! `show` may be called from anywhere: the tray, a second start, the start itself.

use tauri::{
    AppHandle, Emitter, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window,
    WindowEvent, window::Color,
};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};
use watches_ipc::event::Event;

use crate::{desktop::Desktop, fresh_start};

/// The only label in `capabilities/main.json`.
pub(crate) const LABEL: &str = "main";

/// Whether the window is shown is decided by how the app was started, not by the last time.
pub(crate) const REMEMBERED: StateFlags =
    StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);

/// Brings the window to the front, building it if there is none, on `page` if one is named.
pub(crate) fn show(app: &AppHandle, page: Option<&'static str>) {
    app.state::<Desktop>().want_window(true);
    let app = app.clone();
    // Never on the caller's thread: building a window inside a handler deadlocks on Windows.
    tauri::async_runtime::spawn(async move {
        let outcome = match app.get_webview_window(LABEL) {
            Some(window) => raise(&window, page),
            None => build(&app, page).map(drop),
        };
        if let Err(error) = outcome {
            tracing::error!("the window cannot be shown: {error}");
        }
    });
}

fn raise(window: &WebviewWindow, page: Option<&'static str>) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()?;
    match page {
        Some(page) => window.emit(Event::CHANNEL, Event::ShowPage(page.to_owned())),
        None => Ok(()),
    }
}

/// Builds the window. A page to begin with stands in the address, where the router reads it.
pub(crate) fn build(app: &AppHandle, page: Option<&'static str>) -> tauri::Result<WebviewWindow> {
    let address =
        page.map_or_else(|| "index.html".to_owned(), |page| format!("index.html#/{page}"));
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(address.into()))
        .title(app.state::<Desktop>().words.say("app-name"))
        .inner_size(1200.0, 800.0)
        .min_inner_size(400.0, 480.0)
        // Saved pages are dropped on the page itself, which reads them.
        .disable_drag_drop_handler()
        .background_color(paper(app))
        // Here and not in the configuration: that would freeze it on every site's pages too.
        .initialization_script("Object.freeze(Object.prototype)")
        // Our own pages only: a link to a market opens in the system's browser.
        .on_navigation(|url| is_ours(url.scheme(), url.host_str()))
        .build()
}

fn is_ours(scheme: &str, host: Option<&str>) -> bool {
    scheme == "tauri" || (matches!(scheme, "http" | "https") && host == Some("tauri.localhost"))
}

/// The colour before the first paint: paper in light, bench in dark, so that nothing flashes.
fn paper(app: &AppHandle) -> Color {
    if app.state::<Desktop>().dark() { Color(28, 27, 25, 255) } else { Color(250, 249, 246, 255) }
}

/// Called for every event of every window.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    // A site's window lives and ends by itself (`sites`).
    if window.label() != LABEL {
        return;
    }
    let app = window.app_handle();
    match event {
        WindowEvent::CloseRequested { .. } => {
            app.state::<Desktop>().want_window(false);
            if let Err(error) = app.save_window_state(REMEMBERED) {
                tracing::warn!("the window's place is not kept: {error}");
            }
        }
        WindowEvent::Destroyed => fresh_start::after_close(app),
        // Tauri's enum, not ours: the rest is not our business.
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scheme: &str, host: &str, expected: bool) {
        assert_eq!(is_ours(scheme, Some(host)), expected);
    }

    #[test]
    fn only_our_own_pages_are_shown() {
        check("tauri", "localhost", true);
        check("http", "tauri.localhost", true);
        check("https", "example.com", false);
        check("http", "tauri.localhost.example.com", false);
        check("file", "", false);
        check("data", "", false);
    }
}
