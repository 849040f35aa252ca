//! A site's window: its profile, where it may go, and what it may not do.

use std::{ops::Deref, path::Path};

use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{DownloadEvent, NewWindowResponse, PermissionResponse},
};
use watches_app::browser::Visit;

use super::isolation;
use crate::desktop::Desktop;

/// Who looks at the window.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seen<'a> {
    ByNobody,
    /// The person, with the site's name in the title.
    By(&'a str),
}

/// A site's window, destroyed when dropped unless it is kept.
pub(super) struct SiteWindow(Option<WebviewWindow>);

impl SiteWindow {
    /// Leaves the window to the person.
    pub fn keep(mut self) -> WebviewWindow {
        self.0.take().expect("a window is taken once, here")
    }
}

impl Deref for SiteWindow {
    type Target = WebviewWindow;

    fn deref(&self) -> &WebviewWindow {
        self.0.as_ref().expect("only `keep` takes it, and ends the life of this value")
    }
}

impl Drop for SiteWindow {
    fn drop(&mut self) {
        if let Some(window) = self.0.take()
            && let Err(error) = window.destroy()
        {
            tracing::warn!("a site's window stays: {error}");
        }
    }
}

/// Opens a window on the visit's page, with the profile in `folder`.
pub(super) fn build(
    app: &AppHandle,
    label: &str,
    visit: &Visit,
    folder: &Path,
    seen: Seen<'_>,
) -> tauri::Result<SiteWindow> {
    let egress = visit.egress.clone();
    let start = isolation::start(&visit.url);
    let builder = WebviewWindowBuilder::new(app, label, WebviewUrl::External(start))
        .data_directory(folder.to_owned())
        .disable_drag_drop_handler()
        .on_navigation(move |url| inner(url) || egress.check(url).is_ok())
        .on_download(|_, event| !matches!(event, DownloadEvent::Requested { .. }))
        .on_permission_request(|_, _| PermissionResponse::Deny);
    #[cfg(target_os = "macos")]
    let builder = builder.data_store_identifier(store_identifier(folder));
    let window = match seen {
        Seen::ByNobody => builder
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .visible(false)
            .focused(false)
            .skip_taskbar(true)
            .inner_size(1280.0, 1600.0)
            .build()?,
        Seen::By(name) => builder
            .on_new_window(|url, _| {
                open_elsewhere(&url);
                NewWindowResponse::Deny
            })
            .title(app.state::<Desktop>().words.named("site-window", name))
            .inner_size(1100.0, 820.0)
            .build()?,
    };
    isolation::isolate(&window, &visit.url, matches!(seen, Seen::ByNobody))?;
    Ok(SiteWindow(Some(window)))
}

/// Addresses that a page makes for its own frames; none of them leads out.
fn inner(url: &Url) -> bool {
    matches!(url.scheme(), "about" | "blob")
}

/// A page wants another window: the person gets it in the system's browser.
fn open_elsewhere(url: &Url) {
    if matches!(url.scheme(), "http" | "https")
        && let Err(error) = open::that_detached(url.as_str())
    {
        tracing::warn!("a site's other window is not opened: {error}");
    }
}

/// Makes a folder that only this person may read: it holds their sign-in.
pub(super) fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// macOS keeps profiles by number instead of by folder (FNV-1a, 128 bits).
#[cfg(target_os = "macos")]
fn store_identifier(folder: &Path) -> [u8; 16] {
    let start = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    let hash = folder.to_string_lossy().bytes().fold(start, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    });
    hash.to_be_bytes()
}
