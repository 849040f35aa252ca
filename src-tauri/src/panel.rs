//! Is the panel that carries the tray icon dark? Decides between light and dark ink.
//!
//! macOS needs no answer: it inks the template image itself.

/// The ink that reads well on this session's panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    Light,
    Dark,
}

/// Asks the desktop. Must run on the main thread, after GTK started.
#[cfg(target_os = "linux")]
pub(crate) fn current() -> Panel {
    use gtk::prelude::GtkSettingsExt;

    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    let settings = gtk::Settings::default();
    let theme = settings.as_ref().and_then(GtkSettingsExt::gtk_theme_name).unwrap_or_default();
    let prefers_dark =
        settings.is_some_and(|settings| settings.is_gtk_application_prefer_dark_theme());
    of_session(&desktop, &theme, prefers_dark)
}

/// The taskbar's own switch, apart from the one for windows; absent means light since Windows 10 1903.
#[cfg(windows)]
pub(crate) fn current() -> Panel {
    const PERSONALISE: &str = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize";
    let light = windows_registry::CURRENT_USER
        .open(PERSONALISE)
        .and_then(|key| key.get_u32("SystemUsesLightTheme"))
        .unwrap_or(1);
    if light == 0 { Panel::Dark } else { Panel::Light }
}

#[cfg(target_os = "macos")]
pub(crate) fn current() -> Panel {
    Panel::Light
}

/// GNOME, Unity, Budgie, Xfce (since 4.16) and Cinnamon keep a dark bar whatever the theme; elsewhere
/// the panel follows it.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux has many desktops"))]
fn of_session(desktop: &str, theme: &str, prefers_dark: bool) -> Panel {
    let dark_bar = ["GNOME", "Unity", "Budgie", "XFCE", "X-Cinnamon"];
    if desktop.split(':').any(|name| dark_bar.contains(&name))
        || prefers_dark
        || theme.to_lowercase().contains("dark")
    {
        Panel::Dark
    } else {
        Panel::Light
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(desktop: &str, theme: &str, prefers_dark: bool, expected: Panel) {
        assert_eq!(of_session(desktop, theme, prefers_dark), expected);
    }

    #[test]
    fn the_panel_follows_desktop_and_theme() {
        check("ubuntu:GNOME", "Yaru", false, Panel::Dark);
        check("KDE", "Breeze", false, Panel::Light);
        check("KDE", "Breeze-Dark", false, Panel::Dark);
        check("XFCE", "Adwaita", false, Panel::Dark);
        check("MATE", "Adwaita", true, Panel::Dark);
        check("", "", false, Panel::Light);
    }
}
