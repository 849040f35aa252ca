//! Calls every command of `watches-ipc` through Tauri's mock runtime, permissions included.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use serde_json::{Value, json};
use tauri::{
    WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};
use tokio::sync::watch;
use watches_app::{
    App,
    config::Config,
    env::{Shell, Toast},
};
use watches_ipc::fault::{Fault, FaultCode};

use crate::{arguments::Arguments, desktop::Desktop, window, words::Words};

const NO_ID: &str = "00000000-0000-7000-8000-000000000000";

/// Arguments for every command, with what must come of them on an empty store.
fn calls() -> Vec<(&'static str, Value, Result<(), FaultCode>)> {
    let page = json!({ "filter": {}, "sort": "newest", "offset": 0, "limit": 50 });
    let (missing, bad) = (Err(FaultCode::NotFound), Err(FaultCode::BadRequest));
    let no_folder = json!({ "place": { "kind": "folder", "path": "/no/such" }, "password": null });
    vec![
        ("list_alerts", json!({ "filter": "inbox", "offset": 0, "limit": 50 }), Ok(())),
        ("mark_alerts", json!({ "ids": [], "mark": "read" }), Ok(())),
        ("mute_rule", json!({ "rule": NO_ID, "until": null }), missing),
        ("list_listings", page, Ok(())),
        ("get_listing", json!({ "id": NO_ID }), missing),
        ("dismiss_listing", json!({ "id": NO_ID, "dismissed": true }), missing),
        ("open_listing", json!({ "id": NO_ID }), missing),
        (
            "import_page",
            json!({ "file_name": "a.html", "html": "<p>no watch", "url": null }),
            Err(FaultCode::BadFile),
        ),
        ("read_page", json!({ "url": "ftp://a.example/" }), bad),
        ("follow_page", json!({ "url": "no address" }), bad),
        ("take_back_page", json!({ "key": "nobody" }), missing),
        ("add_mail_source", no_folder.clone(), Err(FaultCode::BadFile)),
        ("test_mail_source", no_folder, Err(FaultCode::BadFile)),
        ("set_mail_password", json!({ "key": "nobody", "password": "" }), missing),
        ("restore_mail_source", json!({ "key": "nobody" }), missing),
        ("import_mail", json!({ "file_name": "a.eml", "base64": "?" }), bad),
        ("list_quarantine", json!({}), Ok(())),
        ("reread_mail", json!({ "id": "nobody" }), missing),
        ("delete_quarantined", json!({ "id": "nobody", "deleted": true }), missing),
        ("poll_now", json!({ "watchlist": null }), Ok(())),
        ("cancel_poll", json!({}), Ok(())),
        ("pause_polling", json!({ "minutes": 5 }), Ok(())),
        ("get_status", json!({}), Ok(())),
        ("get_settings", json!({}), Ok(())),
        ("save_settings", json!({ "settings": {} }), Ok(())),
        ("remember_window", json!({ "memory": "{}" }), Ok(())),
        ("get_data_folder", json!({}), Ok(())),
        ("open_data_folder", json!({}), Ok(())),
        ("back_up_now", json!({}), Ok(())),
        ("restore_backup", json!({ "path": "/nowhere" }), Err(FaultCode::BadFile)),
        ("list_sources", json!({}), Ok(())),
        ("change_source", json!({ "key": "nobody" }), missing),
        ("choose_way", json!({ "key": "nobody", "way": "webview" }), missing),
        ("add_dealer", json!({ "url": "no address", "name": null }), bad),
        ("remove_source", json!({ "key": "nobody" }), missing),
        ("resolve_needs_you", json!({ "key": "nobody" }), missing),
        // Whole keys would go into this machine's keyring.
        ("set_ebay_keys", json!({ "client_id": "half of them" }), bad),
        ("list_watchlists", json!({}), Ok(())),
        (
            "save_watchlist",
            json!({ "id": null, "name": "Subs", "query": "rolex 126610", "sources": [],
                    "rules": [], "interval_minutes": null, "paused": false }),
            Ok(()),
        ),
        ("delete_watchlist", json!({ "id": NO_ID }), missing),
        ("restore_watchlist", json!({ "id": NO_ID }), missing),
        ("preview_rule", json!({ "text": "when nonsense", "watchlist": null }), Ok(())),
        ("identify_wanted", json!({ "text": "126610LN", "currency": "EUR" }), Ok(())),
        ("complete_rule_value", json!({ "field": "brand", "prefix": "Ro" }), Ok(())),
    ]
}

#[test]
fn every_command_answers_and_no_other_is_allowed() {
    let called: BTreeSet<&str> = calls().iter().map(|(name, ..)| *name).collect();
    assert_eq!(called, watches_ipc::command_names().collect(), "a command is not in this table");
    let bench = Bench::open();
    let mut surprises = Vec::new();
    for (name, args, expected) in calls() {
        let answer = match bench.call(name, args) {
            Ok(_) => Ok(()),
            Err(fault) => match serde_json::from_value::<Fault>(fault.clone()) {
                Ok(fault) => Err(fault.code),
                Err(_) if fault.to_string().contains("invalid args") => Err(FaultCode::BadRequest),
                Err(_) => panic!("{name} was not answered by us: {fault}"),
            },
        };
        if answer != expected {
            surprises.push((name, answer, expected));
        }
    }
    assert!(surprises.is_empty(), "name, answer, expected: {surprises:#?}");
    assert!(bench.call("no_such_command", json!({})).is_err());
}

#[test]
fn arguments_of_another_form_are_refused_and_not_run() {
    let bench = Bench::open();
    for (name, ..) in calls() {
        let answer = bench.call(name, json!("not an object"));
        assert!(answer.is_err(), "{name} took a text for its arguments");
    }
}

#[test]
fn a_sites_window_can_call_nothing() {
    let bench = Bench::open();
    let address = "https://a.example/".parse().expect("an address");
    let site = tauri::WebviewUrl::External(address);
    let site = WebviewWindowBuilder::new(&bench.app, "site-a", site).build().expect("a window");
    let local = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
    for (name, args, _) in calls() {
        // Also when a frame of the page shows our own address.
        for from in ["https://a.example/", local] {
            let refused = get_ipc_response(&site, request(name, from, args.clone()));
            let refusal = refused.expect_err(name).to_string();
            assert!(refusal.contains("not allowed"), "{name} from {from}: {refusal}");
        }
    }
}

fn request(name: &str, from: &str, args: Value) -> InvokeRequest {
    InvokeRequest {
        cmd: name.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: from.parse().expect("an address"),
        body: InvokeBody::Json(json!({ "args": args })),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    }
}

/// An app on an empty folder behind a mock window.
struct Bench {
    window: WebviewWindow<MockRuntime>,
    app: tauri::App<MockRuntime>,
    folder: std::path::PathBuf,
}

impl Bench {
    fn open() -> Bench {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("watches-commands-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let opened = App::open(Config::new(&folder), Arc::new(Nobody));
        let opened = tauri::async_runtime::block_on(opened).map_err(Fault::from);
        let (_, watched) = watch::channel(Some(opened));
        let desktop = Desktop::new(watched, Arguments::default(), Words::english());
        let app = mock_builder()
            .manage(desktop)
            .invoke_handler(super::handler())
            .build(tauri::generate_context!(test = true))
            .unwrap();
        let window =
            WebviewWindowBuilder::new(&app, window::LABEL, tauri::WebviewUrl::default()).build();
        Bench { window: window.unwrap(), app, folder }
    }

    fn call(&self, name: &str, args: Value) -> Result<Value, Value> {
        let local = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
        get_ipc_response(&self.window, request(name, local, args))
            .map(|body| body.deserialize().unwrap())
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // A folder left in the system's temporary place harms nobody.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// A session in which nothing can be shown.
struct Nobody;

impl Shell for Nobody {
    fn notify(&self, _: &Toast) -> Result<(), String> {
        Err("no session".to_owned())
    }

    fn open_url(&self, _: &str) -> Result<(), String> {
        Err("no session".to_owned())
    }

    fn open_folder(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}
