//! After the window was closed: the process replaces itself by a fresh hidden one.
//!
//! A destroyed webview leaves 79 MB here and a network process of 32 MB, a fresh hidden start takes
//! 45 (docs/architecture.md). Everything that matters is in the store, so nothing is lost; it waits
//! only until no poll and no command is at work, so that nothing is cut off.

use tauri::{AppHandle, Manager};
use watches_app::App;
use watches_ipc::polling::GetStatus;

use crate::{
    arguments::Window,
    desktop::Desktop,
    opening::{self, Running},
    window,
};

/// Called when the window is gone.
pub(crate) fn after_close(handle: &AppHandle) {
    let desktop = handle.state::<Desktop>();
    if !desktop.close_to_tray() || (desktop.settled() && desktop.open_app().is_none()) {
        // Nothing would be watched in the tray: the person chose so, or the store cannot be opened.
        handle.exit(0);
        return;
    }
    if desktop.arguments.demo {
        // The imitation market lives in this process: replacing it would restart the market.
        return;
    }
    if desktop.begin_leaving() {
        leave(handle.clone());
    }
}

/// Waits until nothing is at work, then replaces the process, unless the window is wanted meanwhile.
fn leave(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let desktop = handle.state::<Desktop>();
        if wait_until_idle(&desktop).await == Wanted::Nothing {
            desktop.stay();
            return;
        }
        opening::close(&handle.state::<Running>()).await;
        let successor = handle.clone();
        // On the main thread, so that no menu choice falls between the last look and the end.
        if let Err(error) = handle.run_on_main_thread(move || replace(&successor)) {
            tracing::error!("the process stays as it is: {error}");
        }
    });
}

/// Called after an unseen look at a site: WebKit's processes and caches stay behind after it as after
/// our own window, so without a window the process starts afresh when the poll is done.
pub(crate) fn after_look(handle: &AppHandle) {
    let desktop = handle.state::<Desktop>();
    let in_the_tray =
        handle.get_webview_window(window::LABEL).is_none() && !desktop.window_wanted();
    if in_the_tray && !desktop.arguments.demo && desktop.begin_leaving() {
        leave(handle.clone());
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    FreshStart,
    /// The window was opened again meanwhile.
    Nothing,
}

async fn wait_until_idle(desktop: &Desktop) -> Wanted {
    let Ok(lease) = desktop.app().await else { return Wanted::Nothing };
    let mut events = lease.events();
    drop(lease);
    let mut at_work = desktop.at_work();
    loop {
        if desktop.window_wanted() {
            return Wanted::Nothing;
        }
        let Some(app) = desktop.open_app() else { return Wanted::Nothing };
        if *at_work.borrow_and_update() == 0 && !is_polling(&app).await {
            return Wanted::FreshStart;
        }
        tokio::select! {
            // Lagged or not: something happened, look again.
            event = events.recv() => drop(event),
            changed = at_work.changed() => drop(changed),
        }
    }
}

async fn is_polling(app: &App) -> bool {
    app.get_status(GetStatus {}).await.is_ok_and(|status| status.polling.is_some())
}

fn replace(handle: &AppHandle) {
    let desktop = handle.state::<Desktop>();
    let window = if desktop.window_wanted() { Window::Shown } else { Window::Hidden };
    let line = desktop.arguments.for_successor(window);
    match tauri::process::current_binary(&handle.env()) {
        Ok(program) => {
            // Takes the icon out of the tray and frees the name of the single instance.
            handle.cleanup_before_exit();
            let error = become_successor(std::process::Command::new(program).args(line));
            tracing::error!("the successor did not start: {error}");
            handle.exit(1);
        }
        Err(error) => tracing::error!("the program's own file is gone: {error}"),
    }
}

/// Returns only if it failed.
#[cfg(unix)]
fn become_successor(command: &mut std::process::Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

#[cfg(windows)]
fn become_successor(command: &mut std::process::Command) -> std::io::Error {
    match command.spawn() {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
}

/// A successor on Linux inherits the webview's processes as children; they end with their socket,
/// and somebody must take note of it or they stay as zombies.
#[cfg(target_os = "linux")]
pub(crate) fn take_leave_of_inherited_children() {
    std::thread::spawn(|| {
        while rustix::process::wait(rustix::process::WaitOptions::empty()).is_ok() {}
    });
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn take_leave_of_inherited_children() {}
