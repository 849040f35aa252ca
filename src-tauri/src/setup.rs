//! Puts the window together: runtime, plugins, shared state, and what happens at which moment.

use anyhow::Context as _;
use tauri::{AppHandle, Manager, RunEvent, Wry};
use tokio::sync::watch;
use watches_app::config::Config;

use crate::{
    arguments::Arguments,
    commands,
    desktop::Desktop,
    fresh_start,
    opening::{self, Running},
    photo, tray, window,
    words::Words,
};

/// Runs the app until it is quit.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    // Two threads: the app waits for the network most of its life, and each idle thread costs.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("starting the runtime")?;
    tauri::async_runtime::set(runtime.handle().clone());
    if arguments.successor {
        fresh_start::take_leave_of_inherited_children();
    }
    let mut context = tauri::generate_context!();
    if let Some(folder) = &arguments.data_dir {
        // Another data folder is another app to the session: own window place, own single instance.
        context.config_mut().identifier = identifier_for(folder);
    }
    let data_dir = arguments.data_dir().context("no home folder to keep the data in")?;
    let app =
        builder(arguments, Config::new(data_dir)).build(context).context("building the app")?;
    app.run(on_moment);
    Ok(())
}

fn builder(arguments: Arguments, config: Config) -> tauri::Builder<Wry> {
    let (opened, watched) = watch::channel(None);
    let hidden = arguments.hidden;
    let config =
        Config { demo_market: arguments.demo_market.clone().or(config.demo_market), ..config };
    let desktop = Desktop::new(watched, arguments.clone(), Words::english());
    with_plugins(tauri::Builder::default())
        .manage(desktop)
        .manage(Running::default())
        .register_asynchronous_uri_scheme_protocol(photo::SCHEME, photo::serve)
        .invoke_handler(commands::handler())
        .on_window_event(window::on_event)
        .setup(move |app| {
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(opening::open(handle, arguments, config, opened));
            if !hidden {
                window::build(app.handle(), None)?;
            }
            tray::install(app.handle());
            Ok(())
        })
}

/// The single instance first: a second start must end before it touches anything.
fn with_plugins(builder: tauri::Builder<Wry>) -> tauri::Builder<Wry> {
    let builder = builder
        .plugin(tauri_plugin_single_instance::init(|app, line, _folder| second_start(app, &line)))
        .plugin(
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(window::REMEMBERED)
                .with_filter(|label| label == window::LABEL)
                .build(),
        )
        .plugin(tauri_plugin_autostart::Builder::new().arg("--hidden").build());
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(tauri_plugin_notification::init());
    builder
}

/// Someone started the app again: show the window, unless the session only wants it in the tray.
fn second_start(app: &AppHandle, line: &[String]) {
    if !line.iter().any(|argument| argument == "--hidden") {
        window::show(app, None);
    }
}

fn on_moment(app: &AppHandle, moment: RunEvent) {
    match moment {
        // No window is a normal life in the tray; only `exit` with a code ends the app.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::Exit => tauri::async_runtime::block_on(opening::close(&app.state::<Running>())),
        // macOS: a click on the dock's icon.
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::show(app, None),
        // Tauri's enum, not ours: the rest is not our business.
        _ => {}
    }
}

/// A name that is valid on D-Bus and stable for one folder (FNV-1a, 64 bits).
fn identifier_for(folder: &std::path::Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let hash = folder.to_string_lossy().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("fyi.watches.desktop.d{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_data_folder_is_an_app_of_its_own() {
        let of = |folder: &str| identifier_for(std::path::Path::new(folder));
        assert_eq!(of("/a"), of("/a"));
        assert_ne!(of("/a"), of("/b"));
        assert!(
            of("/a")
                .split('.')
                .all(|part| part.starts_with(|first: char| first.is_ascii_lowercase()))
        );
    }
}
