//! The readers on whole pages: our own fixtures, and what chance makes of them.

mod fixtures;
mod hostile;
mod oracle;
