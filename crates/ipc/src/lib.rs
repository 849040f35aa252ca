//! Every command and event between the window and the app, and the one error the window sees.
//!
//! A command is a type that both sides name: the window calls `ipc::call(ListWatchlists {}).await`,
//! `src-tauri` and `watches serve` dispatch it by [`Command::NAME`]. Builds for wasm32.

pub mod alert;
pub mod event;
pub mod fault;
pub mod listing;
pub mod mail;
pub mod page;
pub mod polling;
pub mod settings;
pub mod source;
pub mod watchlist;

use serde::{Serialize, de::DeserializeOwned};

/// A request from the window, with the type of its answer.
pub trait Command: Serialize + DeserializeOwned {
    /// The name on the wire: `save_watchlist`.
    const NAME: &'static str;
    type Reply: Serialize + DeserializeOwned;
}

/// Implements [`Command`] for `Type => "name" -> Reply` rows, and lists their names in `NAMES`.
macro_rules! commands {
    ($($name:ident => $wire:literal -> $reply:ty;)*) => {
        $(
            impl $crate::Command for $name {
                const NAME: &'static str = $wire;
                type Reply = $reply;
            }
        )*

        /// The names of this module's commands.
        pub(crate) const NAMES: &[&str] = &[$($wire),*];
    };
}
pub(crate) use commands;

/// The name of every command, for the window's permissions and for tests that must miss none.
pub fn command_names() -> impl Iterator<Item = &'static str> {
    [
        alert::NAMES,
        listing::NAMES,
        page::NAMES,
        mail::NAMES,
        polling::NAMES,
        settings::NAMES,
        source::NAMES,
        watchlist::NAMES,
    ]
    .into_iter()
    .flatten()
    .copied()
}
