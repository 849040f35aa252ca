//! Bodies whose length is a lie, has no end, or comes a byte at a time.

use std::time::Duration;

use super::{
    Act, Behaviour,
    End::{Either, Listings, Refused},
    pieces::{chunked, endless, raw},
};

const SECOND: Duration = Duration::from_secs(1);

fn drip(first: &str, piece: &[u8], pause: Duration) -> Act {
    let (first, piece) = (first.as_bytes().to_vec(), piece.to_vec());
    Act::Repeat { first, piece, times: None, pause }
}

pub const TABLE: &[Behaviour] = &[
    Behaviour {
        name: "a body without end",
        robots: None,
        page: |_| endless("HTTP/1.1 200 OK\r\n\r\n", &[b'x'; 65_536]),
        end: Refused("too large"),
    },
    Behaviour {
        name: "chunks without end",
        robots: None,
        page: |_| endless(&chunked(""), &[b"10000\r\n", &[b'x'; 65_536][..], b"\r\n"].concat()),
        end: Refused("too large"),
    },
    Behaviour {
        name: "small chunks without end",
        robots: None,
        page: |_| {
            endless(&chunked(""), &[&b"64\r\n"[..], &[b'x'; 100], b"\r\n"].concat().repeat(1_000))
        },
        end: Refused("too large"),
    },
    Behaviour {
        name: "a byte a second",
        robots: None,
        page: |_| drip("HTTP/1.1 200 OK\r\n\r\n", b"x", SECOND),
        end: Refused("timeout"),
    },
    Behaviour {
        name: "a header byte a second",
        robots: None,
        page: |_| drip("HTTP/1.1 200 OK\r\nX-A: ", b"x", SECOND),
        end: Refused("timeout"),
    },
    Behaviour {
        name: "a chunk a second",
        robots: None,
        page: |_| drip(&chunked(""), b"1\r\nx\r\n", SECOND),
        end: Refused("timeout"),
    },
    Behaviour {
        name: "one chunk extension without end",
        robots: None,
        page: |_| endless(&chunked("1;x="), &[b'y'; 65_536]),
        end: Refused("connection"),
    },
    Behaviour {
        name: "claims a terabyte",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\nx"),
        end: Refused("too large"),
    },
    Behaviour {
        name: "claims more than can be counted",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "claims more than it sends",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "claims less than it sends",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nxxxxxxxx"),
        end: Listings(0),
    },
    Behaviour {
        name: "two lengths",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 3\r\n\r\nxxx"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "a negative length",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nxxx"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "a length and chunks",
        robots: None,
        page: |_| {
            raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n\
                1\r\nx\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nsmuggled")
        },
        end: Either,
    },
    Behaviour {
        name: "a chunk length that is none",
        robots: None,
        page: |_| raw(&chunked("zz\r\nxxx\r\n0\r\n\r\n")),
        end: Refused("connection"),
    },
    Behaviour {
        name: "a chunk longer than can be counted",
        robots: None,
        page: |_| raw(&chunked("ffffffffffffffffff\r\nx")),
        end: Refused("connection"),
    },
    Behaviour {
        name: "a chunk that is cut",
        robots: None,
        page: |_| raw(&chunked("10\r\nxxx")),
        end: Refused("connection"),
    },
    Behaviour {
        name: "trailers without end",
        robots: None,
        page: |_| endless(&chunked("1\r\nx\r\n0\r\n"), &b"X-T: y\r\n".repeat(8_000)),
        end: Refused("connection"),
    },
];
