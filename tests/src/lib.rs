//! What the journeys stand on: a private desktop session, the real window, its notifications and
//! its tray menu.
//!
//! Nothing here sleeps or tries again: every wait is for a condition, with a deadline that names it.

pub mod axe;
pub mod bus;
#[cfg(unix)]
pub mod mail_server;
pub mod market;
pub mod program;
pub mod screen;
pub mod seed;
pub mod serve;
pub mod session;
pub mod tray;
pub mod waiting;
pub mod window;
