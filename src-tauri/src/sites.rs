//! The browser that the desktop lends: unseen windows for a look, a visible one for the person.
//!
//! Each source has a profile folder of its own, so a sign-in outlives a restart and no site sees
//! another's cookies. A site's window can call nothing of ours (`isolation`), goes only where egress
//! allows, takes no downloads, and is destroyed after the look or when the person closes it.

mod isolation;
mod settling;
mod window;

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tauri::{AppHandle, Manager, WindowEvent};
use watches_app::browser::{Browser, BrowserError, RenderFuture, Rendered, Site, Visit, Webview};

use crate::{
    desktop::{Desktop, Lease},
    fresh_start,
};

use window::Seen;

#[derive(Clone)]
pub(crate) struct SiteBrowser {
    app: AppHandle,
    profiles: PathBuf,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Labels of the windows that a person has open, by profile.
    open: Mutex<HashSet<String>>,
    /// One look at a time per profile.
    turns: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    looks: AtomicU64,
}

impl SiteBrowser {
    pub fn new(app: AppHandle, profiles: PathBuf) -> SiteBrowser {
        SiteBrowser { app, profiles, shared: Arc::default() }
    }

    fn open_windows(&self) -> MutexGuard<'_, HashSet<String>> {
        // Only whole labels go in and out.
        self.shared.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self, profile: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.shared.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.entry(profile.to_owned()).or_default().clone()
    }

    fn profile(&self, visit: &Visit) -> Result<PathBuf, std::io::Error> {
        let folder = self.profiles.join(word(&visit.profile));
        window::make_private(&folder)?;
        Ok(folder)
    }

    async fn look(&self, visit: &Visit) -> Result<Rendered, BrowserError> {
        let turn = self.turn(&visit.profile);
        let _one_at_a_time = turn.lock().await;
        if self.open_windows().contains(&label(&visit.profile)) {
            return Err(BrowserError::InUse);
        }
        let folder = self.profile(visit).map_err(BrowserError::failed)?;
        let number = self.shared.looks.fetch_add(1, Ordering::Relaxed);
        let label = format!("look-{number}");
        let window = window::build(&self.app, &label, visit, &folder, Seen::ByNobody)
            .map_err(BrowserError::failed)?;
        let rendered = settling::rendered(&window, visit).await;
        drop(window);
        fresh_start::after_look(&self.app);
        rendered
    }

    /// What happens when the person has closed the window: the source is read again at once.
    fn closed(&self, profile: &str, key: String, lease: Lease) {
        self.open_windows().remove(&label(profile));
        tauri::async_runtime::spawn(async move {
            if let Err(fault) = lease.site_closed(&key).await {
                tracing::warn!("{key} is not read after its window was closed: {fault}");
            }
        });
    }
}

impl Browser for SiteBrowser {
    fn render<'a>(&'a self, visit: &'a Visit) -> RenderFuture<'a> {
        Box::pin(self.look(visit))
    }
}

impl Webview for SiteBrowser {
    fn open(&self, visit: &Visit, site: &Site) -> Result<(), String> {
        let label = label(&visit.profile);
        if let Some(window) = self.app.get_webview_window(&label) {
            return window.set_focus().map_err(|error| error.to_string());
        }
        // Held until the window is gone: the process must not replace itself under the person.
        let lease = self.app.state::<Desktop>().lease().ok_or("the app is not open yet")?;
        let folder = self.profile(visit).map_err(|error| error.to_string())?;
        self.open_windows().insert(label.clone());
        let built = window::build(&self.app, &label, visit, &folder, Seen::By(&site.name));
        let window = built.map_err(|error| {
            self.open_windows().remove(&label);
            error.to_string()
        })?;
        let (browser, profile) = (self.clone(), visit.profile.clone());
        let lease = Mutex::new(Some((site.key.clone(), lease)));
        window.keep().on_window_event(move |event| {
            if let WindowEvent::Destroyed = event
                && let Some((key, lease)) =
                    lease.lock().unwrap_or_else(PoisonError::into_inner).take()
            {
                browser.closed(&profile, key, lease);
            }
        });
        Ok(())
    }
}

impl std::fmt::Debug for SiteBrowser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SiteBrowser").field("profiles", &self.profiles).finish_non_exhaustive()
    }
}

/// The label of the person's window: never that of the app's own.
fn label(profile: &str) -> String {
    format!("site-{}", word(profile))
}

/// A source's key as a folder and a label: letters, digits and hyphens, and no two alike.
fn word(key: &str) -> String {
    let mut word = String::with_capacity(key.len());
    for letter in key.chars() {
        match letter {
            'a'..='z' | '0'..='9' | '-' => word.push(letter),
            other => word.push_str(&format!("_{:x}_", u32::from(other))),
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, expected: &str) {
        assert_eq!(word(key), expected);
    }

    #[test]
    fn no_key_leaves_the_folder_or_meets_another() {
        check("demo-members", "demo-members");
        check("dealer:a.example", "dealer_3a_a_2e_example");
        check("../..", "_2e__2e__2f__2e__2e_");
        check("A", "_41_");
        assert_ne!(label("main"), crate::window::LABEL);
    }
}
