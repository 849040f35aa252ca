//! The pages, one file each; what is long on a page is a file beside it.

pub mod alert_detail;
pub mod alert_row;
pub mod backups;
pub mod inbox;
pub mod listing_filters;
pub mod listings;
pub mod mail_source;
pub mod quarantine;
pub mod read_page;
pub mod settings;
pub mod source_detail;
pub mod sources;
pub mod watchlist;
pub mod watchlist_editor;
pub mod welcome;
