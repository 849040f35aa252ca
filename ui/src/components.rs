//! The pieces that pages are made of.

pub mod chart;
pub mod controls;
pub mod detail_parts;
pub mod dialog;
pub mod drop_file;
pub mod fault;
pub mod frame;
pub mod icon;
pub mod keys_sheet;
pub mod landed;
pub mod listing_detail;
pub mod listing_row;
pub mod palette;
pub mod panes;
pub mod photo;
pub mod price;
pub mod rule_chip;
pub mod rule_editor;
pub mod rule_preview;
pub mod sidebar;
pub mod states;
pub mod status_line;
pub mod toasts;
pub mod verdicts;
pub mod virtual_list;
pub mod words;
