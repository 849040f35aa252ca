//! A saved page or mail dropped anywhere on the window, or chosen as a file: read, sent, reported.

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use watches_ipc::{
    listing::{ImportPage, ImportReport},
    mail::ImportMail,
};
use web_sys::{DragEvent, File};
use yew::prelude::*;

use crate::{
    components::{dialog::Dialog, icon::Icon},
    router::{self, Page, Route},
    shell::{self, ShellHandle, use_shell},
    state::shell::{Action, Overlay},
    t,
};

/// Larger files are refused before they are read: no listing page is that big.
const LARGEST: f64 = 64_000_000.0;

/// Hears drags over the whole window. WebKit keeps them from the page unless Tauri's own
/// `dragDropEnabled` is off in `tauri.conf.json`.
#[hook]
pub fn use_drop(shell: &ShellHandle) {
    let newest = use_mut_ref(|| shell.clone());
    *newest.borrow_mut() = shell.clone();
    use_effect_with((), move |()| {
        let over = newest.clone();
        let on_over = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
            event.prevent_default();
            let shell = over.borrow().clone();
            if shell.overlay != Some(Overlay::Drop) {
                shell.dispatch(Action::Show(Some(Overlay::Drop)));
            }
        });
        let left = newest.clone();
        let on_leave = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
            // Leaving the window has no next element; moving between elements does.
            if event.related_target().is_none() {
                left.borrow().dispatch(Action::Show(None));
            }
        });
        let on_drop = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
            event.prevent_default();
            let shell = newest.borrow().clone();
            shell.dispatch(Action::Show(None));
            let files = event.data_transfer().and_then(|data| data.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                import(&shell, file);
            }
        });
        if let Some(window) = web_sys::window() {
            for (name, listener) in
                [("dragover", &on_over), ("dragleave", &on_leave), ("drop", &on_drop)]
            {
                let listener = listener.as_ref().unchecked_ref();
                window.add_event_listener_with_callback(name, listener).unwrap_or_default();
            }
        }
        // The frame lives as long as the window.
        on_over.forget();
        on_leave.forget();
        on_drop.forget();
    });
}

/// Reads a file and sends it to the app.
pub fn import(shell: &ShellHandle, file: File) {
    let shell = shell.clone();
    if file.size() > LARGEST {
        shell::say(&shell, t!("import-too-large", file = file.name()), None);
        return;
    }
    if is_mail(&file.name()) {
        return import_mail(shell, file);
    }
    spawn_local(async move {
        let read =
            JsFuture::from(file.text()).await.ok().and_then(|text: JsValue| text.as_string());
        let Some(html) = read else {
            return shell::say(&shell, t!("import-unreadable", file = file.name()), None);
        };
        let said = shell.clone();
        let page = ImportPage { file_name: file.name(), html, url: None };
        shell::perform(&shell, page, move |report| reported(&said, &report));
    });
}

fn is_mail(name: &str) -> bool {
    let small = name.to_lowercase();
    [".eml", ".mbox", ".mbx"].iter().any(|ending| small.ends_with(ending))
}

/// Messages are bytes: one in Latin-1 would not survive being read as text.
fn import_mail(shell: ShellHandle, file: File) {
    spawn_local(async move {
        let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
            return shell::say(&shell, t!("import-unreadable", file = file.name()), None);
        };
        let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
        let said = shell.clone();
        let mail = ImportMail { file_name: file.name(), base64: BASE64.encode(bytes) };
        shell::perform(&shell, mail, move |report| reported(&said, &report));
    });
}

fn reported(shell: &ShellHandle, report: &ImportReport) {
    let text = match (report.listings.len(), report.warnings.first()) {
        (0, Some(warning)) => t!("import-nothing-because", reason = warning.clone()),
        (0, None) => t!("import-nothing"),
        (_, _) => t!(
            "import-done",
            source = report.source_name.clone(),
            added = report.added,
            updated = report.updated
        ),
    };
    shell::say(shell, text, None);
    if let Some(first) = report.listings.first() {
        router::go(&Route::with(Page::Listings, first));
    }
}

#[component]
pub fn DropVeil() -> Html {
    let shell = use_shell();
    if shell.overlay != Some(Overlay::Drop) {
        return html! {};
    }
    html! {
        <Dialog label={t!("drop-title")} class="drop">
            <Icon name="file-down" class="blank-icon" />
            <p class="blank-title">{ t!("drop-title") }</p>
            <p class="blank-text">{ t!("drop-text") }</p>
        </Dialog>
    }
}
