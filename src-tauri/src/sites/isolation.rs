//! A site's page gets nothing of ours: no script, no channel to the app, no dialog on an unseen window.
//!
//! Tauri puts its bridge into every webview, and `capabilities/main.json` lets only the app's own window
//! use it. WebKitGTK lets us go further: the window opens empty, the bridge and its channel are taken
//! out, and only then it goes to the site. Elsewhere the capabilities are the guard.

use tauri::{Url, WebviewWindow};

/// Where the window begins.
#[cfg(target_os = "linux")]
pub(super) fn start(_page: &Url) -> Url {
    Url::parse("about:blank").expect("a constant address parses")
}

#[cfg(not(target_os = "linux"))]
pub(super) fn start(page: &Url) -> Url {
    page.clone()
}

/// Takes out the bridge, keeps an unseen page quiet, and goes to the page.
#[cfg(target_os = "linux")]
pub(super) fn isolate(window: &WebviewWindow, page: &Url, unseen: bool) -> tauri::Result<()> {
    use webkit2gtk::{UserContentManagerExt, WebViewExt};
    let page = page.clone();
    window.with_webview(move |webview| {
        let view = webview.inner();
        if let Some(manager) = view.user_content_manager() {
            manager.remove_all_scripts();
            manager.unregister_script_message_handler("ipc");
        }
        if unseen {
            view.set_is_muted(true);
            // `true` says that it was answered: nobody is there to do so.
            view.connect_script_dialog(|_, _| true);
            view.connect_print(|_, _| true);
            view.connect_authenticate(|_, request| {
                webkit2gtk::AuthenticationRequestExt::cancel(request);
                true
            });
        }
        view.load_uri(page.as_str());
    })
}

#[cfg(not(target_os = "linux"))]
pub(super) fn isolate(_window: &WebviewWindow, _page: &Url, _unseen: bool) -> tauri::Result<()> {
    Ok(())
}
