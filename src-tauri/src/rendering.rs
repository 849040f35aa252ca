//! Chooses how WebKitGTK draws, before GTK starts.
//!
//! Without a graphics card WebKit composites in software, and a scripted scroll was late in 417 of
//! 419 frames; with compositing off in 3 (docs/architecture.md). GTK then needs no OpenGL either, and
//! would load Mesa's software renderer, 30 MB of it, even into the tray. A variable that the person
//! set always wins.

/// What is set where drawing is done by the processor: no compositing, and no OpenGL for GTK's visuals.
#[cfg(target_os = "linux")]
const BY_PROCESSOR: [(&str, &str); 2] =
    [("WEBKIT_DISABLE_COMPOSITING_MODE", "1"), ("GDK_GL", "disable")];

/// Tells GTK and WebKit not to composite where there is no graphics card. Other systems need nothing.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    if has_graphics_card() {
        return;
    }
    for (variable, value) in BY_PROCESSOR {
        if std::env::var_os(variable).is_none() {
            // Called first in `main`, while there is one thread; glib's setter is the safe one. If it
            // fails the window is only slower.
            let _slower = gtk::glib::setenv(variable, value, true);
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

/// A render node that this person may use, and no order to ignore it.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let ordered_software = std::env::var("LIBGL_ALWAYS_SOFTWARE")
        .is_ok_and(|value| !matches!(value.as_str(), "" | "0"));
    !ordered_software && usable_node(std::path::Path::new("/dev/dri"))
}

#[cfg(target_os = "linux")]
fn usable_node(folder: &std::path::Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        entry.file_name().to_string_lossy().starts_with("renderD")
            && std::fs::OpenOptions::new().read(true).write(true).open(entry.path()).is_ok()
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_a_render_node_counts_as_a_card() {
        let folder = std::env::temp_dir().join(format!("watches-dri-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("card0"), "").unwrap();
        assert!(!usable_node(&folder));
        std::fs::write(folder.join("renderD128"), "").unwrap();
        assert!(usable_node(&folder));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(!usable_node(&folder));
    }
}
