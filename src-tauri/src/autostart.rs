//! Starts with the session, hidden, exactly when the setting says so.

use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt;

/// Writes or removes the system's entry if it differs from `wanted`.
pub(crate) fn follow(app: &AppHandle, wanted: bool) {
    let entry = app.autolaunch();
    let outcome = match entry.is_enabled() {
        Ok(present) if present == wanted => Ok(()),
        Ok(_) if wanted => entry.enable(),
        Ok(_) => entry.disable(),
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        tracing::warn!("starting with the session is not set: {error}");
    }
}
