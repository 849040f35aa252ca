//! A server that does what no honest server does: each behaviour at a path of its own, on loopback.
//!
//! [`all`] is the table of behaviours; each names what a polite reader must make of it. The bench `hostile`
//! and its gate run them all against the real fetcher; nothing here knows that fetcher.

mod bodies;
mod charsets;
mod heads;
mod lengths;
mod listings;
mod packing;
mod phases;
mod pieces;
mod redirects;
mod robots;
mod serve;

pub use serve::Server;

use std::time::Duration;

/// Something a server does, and what must come of it.
#[derive(Debug, Clone, Copy)]
pub struct Behaviour {
    pub name: &'static str,
    /// What `/robots.txt` answers, where that is the point; it is not there otherwise.
    pub robots: Option<fn(u16) -> Act>,
    /// What any other path answers; the port is the server's own.
    pub page: fn(u16) -> Act,
    pub end: End,
}

/// How a fetch and a reading must end. Each ends in time, without a panic, and within memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A page came, and exactly so many listings are on it.
    Listings(usize),
    /// There is no page; the word is the harness's for the typed error.
    Refused(&'static str),
    /// A wall is recognised as one.
    Blocked,
    /// The client may have it either way, as long as it ends.
    Either,
}

/// What the server does once it has read a request.
#[derive(Debug, Clone)]
pub enum Act {
    /// These bytes, then the end.
    Say(Vec<u8>),
    /// These bytes, then the same piece so many times, or until the client leaves.
    Repeat { first: Vec<u8>, piece: Vec<u8>, times: Option<u32>, pause: Duration },
    /// These bytes, then nothing, with the connection held open.
    Hold(Vec<u8>),
    /// These bytes, then a reset of the connection.
    Reset(Vec<u8>),
}

/// When the server acts.
pub(crate) const NOW: Duration = Duration::ZERO;

/// Every behaviour there is, each under a name of its own.
pub fn all() -> Vec<Behaviour> {
    [
        packing::TABLE,
        lengths::TABLE,
        heads::TABLE,
        phases::TABLE,
        redirects::TABLE,
        robots::TABLE,
        charsets::TABLE,
        bodies::TABLE,
        listings::TABLE,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_more_than_sixty_each_with_its_own_name() {
        let names: HashSet<&str> = all().iter().map(|one| one.name).collect();
        assert_eq!(names.len(), all().len(), "a name is used twice");
        assert!(names.len() >= 60, "{}", names.len());
    }
}
