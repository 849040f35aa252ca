//! The fetcher against real sockets on loopback: hostile servers, and polite manners counted.

#[cfg(feature = "chromium")]
mod chromium;
mod hostile;
mod polite;
mod server;
