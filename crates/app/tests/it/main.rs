//! The app on a store of its own: with recorded pages, with the demo market, and with a clock that
//! the test moves.

mod browsers;
mod flow;
mod layout;
mod mail;
mod pages;
mod redesign;
mod reparse;
mod support;
mod time;
mod undo;
