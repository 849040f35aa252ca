//! One function per command of `watches-ipc`, one line each; `build.rs` allows exactly these.
//!
//! A test at the end calls every name through Tauri's mock runtime.

mod alert;
mod listing;
mod mail;
mod page;
mod polling;
mod settings;
mod source;
mod watchlist;

use tauri::{Runtime, ipc::Invoke};

/// Answers the window's commands.
pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        alert::list_alerts,
        alert::mark_alerts,
        alert::mute_rule,
        listing::list_listings,
        listing::get_listing,
        listing::dismiss_listing,
        listing::open_listing,
        listing::import_page,
        page::read_page,
        page::follow_page,
        page::take_back_page,
        mail::add_mail_source,
        mail::test_mail_source,
        mail::set_mail_password,
        mail::restore_mail_source,
        mail::import_mail,
        mail::list_quarantine,
        mail::reread_mail,
        mail::delete_quarantined,
        polling::poll_now,
        polling::cancel_poll,
        polling::pause_polling,
        polling::get_status,
        settings::get_settings,
        settings::save_settings,
        settings::remember_window,
        settings::get_data_folder,
        settings::open_data_folder,
        settings::back_up_now,
        settings::restore_backup,
        source::list_sources,
        source::change_source,
        source::choose_way,
        source::add_dealer,
        source::remove_source,
        source::resolve_needs_you,
        source::set_ebay_keys,
        watchlist::list_watchlists,
        watchlist::save_watchlist,
        watchlist::delete_watchlist,
        watchlist::restore_watchlist,
        watchlist::preview_rule,
        watchlist::identify_wanted,
        watchlist::complete_rule_value,
    ]
}

#[cfg(test)]
mod tests;
