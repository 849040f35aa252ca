//! Commands about settings, backups and the data folder.

use serde::{Deserialize, Serialize};
use watches_core::{money::Currency, time::Timestamp};

use crate::commands;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Landed costs are shown in it.
    pub currency: Currency,
    /// Destination of landed costs, ISO 3166-1 alpha-2.
    pub country: String,
    /// Minutes between polls of a watchlist.
    pub interval_minutes: u32,
    pub quiet_hours: Option<QuietHours>,
    pub appearance: Appearance,
    /// BCP 47; empty follows the system.
    pub locale: String,
    pub autostart: bool,
    pub close_to_tray: bool,
    /// Set once the first-run page is done.
    pub welcomed: bool,
    /// Megabytes of fetched pages to keep, packed, for reading them again; 0 keeps none.
    pub page_quota_mb: u32,
    /// Opaque to the app: panes, filters and scroll places the window wants back, as JSON text. Filled
    /// when settings are read; [`RememberWindow`] writes it, [`SaveSettings`] leaves it as it is.
    pub window_memory: String,
}

/// `from` and `to` are minutes after midnight in `zone`; 22:00 to 07:00 is one window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    pub from: u16,
    pub to: u16,
    /// IANA zone; empty follows the system.
    pub zone: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    #[default]
    System,
    Light,
    Dark,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            currency: Currency::EUR,
            country: "DE".to_owned(),
            interval_minutes: 60,
            quiet_hours: None,
            appearance: Appearance::System,
            locale: String::new(),
            autostart: false,
            close_to_tray: true,
            welcomed: false,
            page_quota_mb: 256,
            window_memory: String::new(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetSettings {}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveSettings {
    pub settings: Settings,
}

/// Keeps what the window wants back. Apart from [`SaveSettings`], which is a person's choice: a window that
/// only scrolled must not write an older copy of the choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberWindow {
    pub memory: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetDataFolder {}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFolder {
    pub path: String,
    pub bytes: u64,
    pub backups: Vec<Backup>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    pub path: String,
    pub at: Timestamp,
    pub bytes: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDataFolder {}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackUpNow {}

/// Puts a backup in place of the store; the present store is backed up first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreBackup {
    pub path: String,
}

commands! {
    GetSettings => "get_settings" -> Settings;
    SaveSettings => "save_settings" -> ();
    RememberWindow => "remember_window" -> ();
    GetDataFolder => "get_data_folder" -> DataFolder;
    OpenDataFolder => "open_data_folder" -> ();
    BackUpNow => "back_up_now" -> Backup;
    RestoreBackup => "restore_backup" -> ();
}
