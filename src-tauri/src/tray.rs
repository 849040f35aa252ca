//! The tray icon: one of four states, and the menu that reaches everything the tray promises.
//!
//! Clicks on the icon itself may never arrive (Linux), so nothing depends on them; and where a
//! session has no tray at all, a second start of the app shows the window.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
};

use tauri::{
    AppHandle, Manager,
    image::Image,
    include_image,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, TrayIcon, TrayIconBuilder, TrayIconEvent},
};
use watches_ipc::polling::{PausePolling, PollNow, Status};

use crate::{
    desktop::Desktop,
    panel::{self, Panel},
    window,
};

/// What the icon says at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Idle,
    Unread,
    Paused,
    NeedsYou,
}

impl Mood {
    /// News first: that is what the tray is for. Then what stops news from coming.
    fn of(unread: u32, needs_you: u32, paused: bool) -> Mood {
        match (unread, needs_you, paused) {
            (1.., _, _) => Mood::Unread,
            (0, 1.., _) => Mood::NeedsYou,
            (0, 0, true) => Mood::Paused,
            (0, 0, false) => Mood::Idle,
        }
    }
}

pub(crate) struct Tray {
    icon: TrayIcon,
    /// Asked once, on the main thread, where the toolkit answers.
    panel: Panel,
    inbox: MenuItem<tauri::Wry>,
    pause: MenuItem<tauri::Wry>,
    shown: Mutex<(Mood, Status)>,
}

/// Puts the icon into the tray. A session without one, or without its library, is normal.
pub(crate) fn install(app: &AppHandle) {
    // The Linux library is loaded at run time and panics when it is missing.
    match catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(tray)) => {
            app.manage(tray);
        }
        Ok(Err(error)) => tracing::warn!("no tray icon: {error}"),
        Err(_) => tracing::warn!("no tray icon: the appindicator library is missing"),
    }
}

fn build(app: &AppHandle) -> tauri::Result<Tray> {
    let words = &app.state::<Desktop>().words;
    let item = |id: &str, text: String| MenuItem::with_id(app, id, text, true, None::<&str>);
    let open = item("open", words.say("tray-open"))?;
    let inbox = item("inbox", words.count("tray-inbox", 0))?;
    let poll = item("poll", words.say("tray-poll-now"))?;
    let pause = item("pause", words.say("tray-pause"))?;
    let quit = item("quit", words.say("tray-quit"))?;
    let line = || PredefinedMenuItem::separator(app);
    let menu = Menu::with_items(app, &[&open, &inbox, &line()?, &poll, &pause, &line()?, &quit])?;
    let panel = panel::current();
    let icon = TrayIconBuilder::with_id("watches")
        .icon(picture(Mood::Idle, panel))
        .icon_as_template(true)
        .tooltip(words.say("app-name"))
        .menu(&menu)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(chosen)
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::DoubleClick { button: MouseButton::Left, .. } = event {
                window::show(icon.app_handle(), None);
            }
        })
        .build(app)?;
    Ok(Tray { icon, panel, inbox, pause, shown: Mutex::new((Mood::Idle, Status::default())) })
}

/// Shows what is going on. Draws only what changed: each new icon is a file to the panel on Linux.
pub(crate) fn refresh(app: &AppHandle, status: &Status) {
    let Some(tray) = app.try_state::<Tray>() else { return };
    let words = &app.state::<Desktop>().words;
    let mut shown = tray.shown.lock().unwrap_or_else(PoisonError::into_inner);
    let mood = Mood::of(status.unread, status.needs_you, status.paused_until.is_some());
    let outcome = (|| {
        if shown.0 != mood {
            tray.icon.set_icon_with_as_template(Some(picture(mood, tray.panel)), true)?;
        }
        if shown.1.unread != status.unread {
            tray.inbox.set_text(words.count("tray-inbox", status.unread))?;
        }
        if shown.1.paused_until.is_some() != status.paused_until.is_some() {
            let text = if status.paused_until.is_some() { "tray-resume" } else { "tray-pause" };
            tray.pause.set_text(words.say(text))?;
        }
        tray.icon.set_tooltip(Some(tooltip(app, mood, status)))
    })();
    if let Err(error) = outcome {
        tracing::warn!("the tray was not updated: {error}");
    }
    *shown = (mood, status.clone());
}

fn tooltip(app: &AppHandle, mood: Mood, status: &Status) -> String {
    let words = &app.state::<Desktop>().words;
    let state = match mood {
        Mood::Idle => words.say("tooltip-idle"),
        Mood::Unread => words.count("tooltip-unread", status.unread),
        Mood::Paused => words.say("tooltip-paused"),
        Mood::NeedsYou => words.say("tooltip-needs-you"),
    };
    format!("{} · {state}", words.say("app-name"))
}

#[expect(clippy::needless_pass_by_value, reason = "Tauri's handlers take the event by value")]
fn chosen(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        "open" => window::show(app, None),
        "inbox" => window::show(app, Some("inbox")),
        "poll" => poll(app.clone()),
        "pause" => pause(app.clone()),
        "quit" => app.exit(0),
        other => tracing::warn!("a menu item that nobody made: {other}"),
    }
}

fn poll(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let polled =
            async { app.state::<Desktop>().app().await?.poll_now(PollNow::default()).await };
        if let Err(fault) = polled.await {
            tracing::warn!("polling from the tray: {fault}");
        }
    });
}

/// Pauses for an hour, or resumes: the item says which.
fn pause(app: AppHandle) {
    let paused = app.try_state::<Tray>().is_some_and(|tray| {
        tray.shown.lock().unwrap_or_else(PoisonError::into_inner).1.paused_until.is_some()
    });
    let wanted = PausePolling { minutes: if paused { None } else { Some(60) } };
    tauri::async_runtime::spawn(async move {
        let done = async { app.state::<Desktop>().app().await?.pause_polling(wanted).await };
        if let Err(fault) = done.await {
            tracing::warn!("pausing from the tray: {fault}");
        }
    });
}

/// macOS inks a template itself; elsewhere dark ink stands on a light panel and light ink on a dark one.
fn picture(mood: Mood, panel: Panel) -> Image<'static> {
    if cfg!(target_os = "macos") {
        return match mood {
            Mood::Idle => include_image!("icons/tray/template-idle.png"),
            Mood::Unread => include_image!("icons/tray/template-unread.png"),
            Mood::Paused => include_image!("icons/tray/template-paused.png"),
            Mood::NeedsYou => include_image!("icons/tray/template-needs-you.png"),
        };
    }
    match (panel, mood) {
        (Panel::Light, Mood::Idle) => include_image!("icons/tray/light-idle.png"),
        (Panel::Light, Mood::Unread) => include_image!("icons/tray/light-unread.png"),
        (Panel::Light, Mood::Paused) => include_image!("icons/tray/light-paused.png"),
        (Panel::Light, Mood::NeedsYou) => include_image!("icons/tray/light-needs-you.png"),
        (Panel::Dark, Mood::Idle) => include_image!("icons/tray/dark-idle.png"),
        (Panel::Dark, Mood::Unread) => include_image!("icons/tray/dark-unread.png"),
        (Panel::Dark, Mood::Paused) => include_image!("icons/tray/dark-paused.png"),
        (Panel::Dark, Mood::NeedsYou) => include_image!("icons/tray/dark-needs-you.png"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(unread: u32, needs_you: u32, paused: bool, expected: Mood) {
        assert_eq!(Mood::of(unread, needs_you, paused), expected);
    }

    #[test]
    fn news_comes_before_what_stops_news() {
        check(0, 0, false, Mood::Idle);
        check(2, 1, true, Mood::Unread);
        check(0, 1, true, Mood::NeedsYou);
        check(0, 0, true, Mood::Paused);
    }
}
