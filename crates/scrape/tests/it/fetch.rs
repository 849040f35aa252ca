//! The fetcher against real sockets on loopback: hostile servers, and polite manners counted.

mod hostile;
mod polite;
mod server;
