//! Packed answers: bombs in every encoding, encodings in encodings, damaged and unasked ones.

use super::{
    Act, Behaviour,
    End::{Listings, Refused},
    NOW,
    pieces::{bomb, brotli_zeros, endless, gzip, gzip_zeros, head, html, say, shop, zlib_zeros},
};

const GZ: &str = "Content-Encoding: gzip\r\n";
const TEN_GIGABYTES: u32 = 10_240;
/// What fits on the wire before the client leaves.
const SEVEN_GIGABYTES: u32 = 7_168;

pub const TABLE: &[Behaviour] = &[
    Behaviour {
        name: "gzip bomb of 7 GB",
        robots: None,
        page: |_| bomb("gzip", gzip_zeros(), SEVEN_GIGABYTES),
        end: Refused("too large"),
    },
    Behaviour {
        name: "gzip bomb without end",
        robots: None,
        page: |_| bomb("gzip", gzip_zeros(), u32::MAX),
        end: Refused("too large"),
    },
    Behaviour {
        name: "deflate bomb of 7 GB",
        robots: None,
        page: |_| bomb("deflate", zlib_zeros(), SEVEN_GIGABYTES),
        end: Refused("too large"),
    },
    Behaviour {
        name: "brotli bomb of 10 GB",
        robots: None,
        page: |_| bomb("br", brotli_zeros(), TEN_GIGABYTES),
        end: Refused("bomb"),
    },
    Behaviour {
        name: "small gzip bomb",
        robots: None,
        page: |_| say("200 OK", GZ, &gzip(&vec![0; 15_000_000])),
        end: Refused("bomb"),
    },
    Behaviour {
        name: "gzip bomb in gzip, 10 GB",
        robots: None,
        page: |_| nested(),
        end: Refused("bomb"),
    },
    Behaviour {
        name: "three encodings in each other",
        robots: None,
        page: |_| say("200 OK", "Content-Encoding: gzip, gzip, gzip\r\n", &gzip(b"x")),
        end: Refused("unknown encoding"),
    },
    Behaviour {
        name: "a thousand encodings named",
        robots: None,
        page: |_| {
            let names = vec!["gzip"; 1_000].join(", ");
            say("200 OK", &format!("Content-Encoding: {names}\r\n"), &gzip(b"x"))
        },
        end: Refused("unknown encoding"),
    },
    Behaviour {
        name: "zstd bomb nobody asked for",
        robots: None,
        page: |_| {
            let packed = zstd::bulk::compress(&vec![0; 64 << 20], 1).expect("packing zeros");
            say("200 OK", "Content-Encoding: zstd\r\n", &packed)
        },
        end: Refused("unknown encoding"),
    },
    Behaviour {
        name: "an encoding nobody knows",
        robots: None,
        page: |_| say("200 OK", "Content-Encoding: pied-piper\r\n", b"x"),
        end: Refused("unknown encoding"),
    },
    Behaviour {
        name: "gzip cut in the middle",
        robots: None,
        page: |_| say("200 OK", GZ, &gzip(&[7; 9_000])[..20]),
        end: Refused("damaged"),
    },
    Behaviour {
        name: "gzip that is none",
        robots: None,
        page: |_| say("200 OK", GZ, b"<html>plain text</html>"),
        end: Refused("damaged"),
    },
    Behaviour {
        name: "brotli that is none",
        robots: None,
        page: |_| say("200 OK", "Content-Encoding: br\r\n", &[0xff; 64]),
        end: Refused("damaged"),
    },
    Behaviour {
        name: "gzip of fifty thousand empty members",
        robots: None,
        page: |_| {
            let empty = gzip(b"");
            let body = empty.repeat(1_000_000 / empty.len());
            Act::Say([head("200 OK", GZ, body.len()).as_bytes(), &body].concat())
        },
        end: Listings(0),
    },
    Behaviour {
        name: "gzip with a file name without end",
        robots: None,
        page: |_| {
            let first = format!("HTTP/1.1 200 OK\r\n{GZ}\r\n\u{1f}");
            let mut first = first.into_bytes();
            first.extend_from_slice(&[0x8b, 8, 8, 0, 0, 0, 0, 0, 3]);
            Act::Repeat { first, piece: vec![b'n'; 65_536], times: None, pause: NOW }
        },
        end: Refused("too large"),
    },
    Behaviour {
        name: "a good page said to be packed twice",
        robots: None,
        page: |_| {
            let page = gzip(shop("Rolex Submariner 126610LN", "9000").as_bytes());
            say("200 OK", "Content-Encoding: gzip, gzip\r\n", &page)
        },
        end: Refused("damaged"),
    },
    Behaviour {
        name: "an empty encoding",
        robots: None,
        page: |_| {
            let page = shop("Rolex Submariner 126610LN", "9000");
            let headers = "Content-Type: text/html\r\nContent-Encoding: , ,identity\r\n";
            say("200 OK", headers, page.as_bytes())
        },
        end: Listings(1),
    },
    Behaviour {
        name: "packed chunks without end",
        robots: None,
        page: |_| {
            let first = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{GZ}\r\n");
            endless(&first, &[&b"1000\r\n"[..], &[0; 4_096], b"\r\n"].concat())
        },
        end: Refused("too large"),
    },
    Behaviour {
        name: "a good page",
        robots: None,
        page: |_| html(&shop("Rolex Submariner 126610LN", "9000")),
        end: Listings(1),
    },
];

/// Ten gigabytes of zeros in gzip are ten megabytes of the same kilobyte, which pack again.
fn nested() -> Act {
    let pieces = gzip_zeros();
    let mut inner = pieces.first;
    (0..TEN_GIGABYTES).for_each(|_| inner.extend_from_slice(&pieces.again));
    say("200 OK", "Content-Encoding: gzip, gzip\r\n", &gzip(&inner))
}
