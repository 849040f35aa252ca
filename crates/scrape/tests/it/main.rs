//! The readers on whole pages, our own fixtures and what chance makes of them; the fetcher on sockets.

mod fetch;
mod fixtures;
mod hostile;
mod mail;
mod oracle;
