//! Connections that end, or do not, at each point of an answer.

use super::{
    Act, Behaviour,
    End::{Either, Listings, Refused},
    pieces::{say, shop},
};

fn until(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// A whole good answer as bytes.
fn whole() -> Vec<u8> {
    let page = shop("Rolex Submariner 126610LN", "9000");
    match say("200 OK", "Content-Type: text/html\r\n", page.as_bytes()) {
        Act::Say(bytes) | Act::Hold(bytes) | Act::Reset(bytes) => bytes,
        Act::Repeat { first, .. } => first,
    }
}

pub const TABLE: &[Behaviour] = &[
    Behaviour {
        name: "hangs up without a word",
        robots: None,
        page: |_| Act::Say(Vec::new()),
        end: Refused("connection"),
    },
    Behaviour {
        name: "reset without a word",
        robots: None,
        page: |_| Act::Reset(Vec::new()),
        end: Refused("connection"),
    },
    Behaviour {
        name: "reset in the status line",
        robots: None,
        page: |_| Act::Reset(until("HTTP/1.1 20")),
        end: Refused("connection"),
    },
    Behaviour {
        name: "reset in the head",
        robots: None,
        page: |_| Act::Reset(until("HTTP/1.1 200 OK\r\nContent-Le")),
        end: Refused("connection"),
    },
    Behaviour {
        name: "reset after the head",
        robots: None,
        page: |_| Act::Reset(until("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")),
        end: Refused("connection"),
    },
    Behaviour {
        name: "reset in the body",
        robots: None,
        page: |_| {
            let bytes = whole();
            Act::Reset(bytes[..bytes.len() - 20].to_vec())
        },
        end: Refused("connection"),
    },
    Behaviour {
        name: "reset after the body",
        robots: None,
        page: |_| Act::Reset(whole()),
        end: Either,
    },
    Behaviour {
        name: "silence",
        robots: None,
        page: |_| Act::Hold(Vec::new()),
        end: Refused("timeout"),
    },
    Behaviour {
        name: "silence after the head",
        robots: None,
        page: |_| Act::Hold(until("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<html>")),
        end: Refused("timeout"),
    },
    Behaviour {
        name: "the whole page, then held open",
        robots: None,
        page: |_| Act::Hold(whole()),
        end: Listings(1),
    },
];
