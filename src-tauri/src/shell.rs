//! What the app may ask of the session: a notification, the browser, the file manager.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use tauri::AppHandle;
use watches_app::{
    browser::Webview,
    env::{Shell, Toast},
};

use crate::sites::SiteBrowser;

pub(crate) struct DesktopShell {
    #[cfg_attr(target_os = "linux", expect(dead_code, reason = "Linux notifies without Tauri"))]
    app: AppHandle,
    sites: Arc<SiteBrowser>,
}

impl DesktopShell {
    /// `profiles` is the folder of the sites' cookies.
    pub fn new(app: AppHandle, profiles: PathBuf) -> DesktopShell {
        let sites = Arc::new(SiteBrowser::new(app.clone(), profiles));
        DesktopShell { app, sites }
    }
}

impl Shell for DesktopShell {
    /// Straight to the bus: the plugin answers Ok even where no notification service runs, and the
    /// inbox would show an alert as delivered that nobody saw.
    #[cfg(target_os = "linux")]
    fn notify(&self, toast: &Toast) -> Result<(), String> {
        use notify_rust::{Hint, Notification, Urgency};
        let urgency = if toast.critical { Urgency::Critical } else { Urgency::Normal };
        let shown = Notification::new()
            .appname("Watches.fyi")
            .summary(&toast.title)
            .body(&escaped(&toast.body))
            .icon("watches-desktop")
            .hint(Hint::DesktopEntry("watches-desktop".to_owned()))
            .urgency(urgency)
            .show();
        shown.map(drop).map_err(|error| error.to_string())
    }

    #[cfg(not(target_os = "linux"))]
    fn notify(&self, toast: &Toast) -> Result<(), String> {
        use tauri_plugin_notification::NotificationExt;
        let toast = self.app.notification().builder().title(&toast.title).body(&toast.body);
        toast.show().map_err(|error| error.to_string())
    }

    fn open_url(&self, url: &str) -> Result<(), String> {
        if !(url.starts_with("https://") || url.starts_with("http://")) {
            return Err("only web addresses are opened".to_owned());
        }
        open::that_detached(url).map_err(|error| error.to_string())
    }

    fn open_folder(&self, path: &Path) -> Result<(), String> {
        open::that_detached(path).map_err(|error| error.to_string())
    }

    fn webview(&self) -> Option<Arc<dyn Webview>> {
        Some(Arc::clone(&self.sites) as Arc<dyn Webview>)
    }
}

/// The Linux notification service reads a body as markup, and a seller's title is not ours.
#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_never_markup() {
        assert_eq!(escaped("<b>A & B</b>"), "&lt;b&gt;A &amp; B&lt;/b&gt;");
    }
}
