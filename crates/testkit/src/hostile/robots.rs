//! robots.txt files that flood, loop, fail or mean harm; the page behind them is a good one.

use std::time::Duration;

use super::{
    Act, Behaviour,
    End::{Either, Listings, Refused},
    pieces::{bomb, endless, gzip_zeros, html, raw, say, shop},
};

fn good(_port: u16) -> Act {
    html(&shop("Rolex Submariner 126610LN", "9000"))
}

fn rules(body: &str) -> Act {
    say("200 OK", "Content-Type: text/plain\r\n", body.as_bytes())
}

macro_rules! robots {
    ($name:literal, $robots:expr, $end:expr) => {
        Behaviour { name: $name, robots: Some($robots), page: good, end: $end }
    };
}

pub const TABLE: &[Behaviour] = &[
    robots!(
        "robots.txt without end",
        |_| endless("HTTP/1.1 200 OK\r\n\r\n", &b"Disallow: /x\n".repeat(5_000)),
        Either
    ),
    robots!(
        "robots.txt of four megabytes",
        |_| rules(&format!("User-agent: *\n{}", "Disallow: /private\n".repeat(220_000))),
        Listings(1)
    ),
    robots!(
        "robots.txt with one line of four megabytes",
        |_| rules(&format!("User-agent: *\nDisallow: /{}", "x".repeat(4_000_000))),
        Listings(1)
    ),
    robots!(
        "robots.txt with patterns that make matchers despair",
        |_| rules(&format!("User-agent: *\nDisallow: /{}$\n", "*a".repeat(5_000))),
        Listings(1)
    ),
    robots!(
        "robots.txt that redirects for ever",
        |_| say("302 Found", "Location: /robots.txt?again\r\n", b""),
        Either
    ),
    robots!(
        "robots.txt in a private network",
        |_| say("302 Found", "Location: http://10.0.0.1/robots.txt\r\n", b""),
        Either
    ),
    robots!("robots.txt fails", |_| say("503 Busy", "", b""), Refused("robots")),
    robots!(
        "robots.txt wants peace",
        |_| say("429 Slow", "Retry-After: 60\r\n", b""),
        Refused("robots")
    ),
    robots!("robots.txt is a bomb", |_| bomb("gzip", gzip_zeros(), 2_000), Either),
    robots!(
        "robots.txt is noise",
        |_| rules(&"\u{0}\u{fffd}\u{202e}:".repeat(20_000)),
        Listings(1)
    ),
    robots!(
        "robots.txt a byte a second",
        |_| Act::Repeat {
            first: b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
            piece: b"U".to_vec(),
            times: None,
            pause: Duration::from_secs(1),
        },
        Refused("timeout")
    ),
    robots!("robots.txt is silence", |_| Act::Hold(Vec::new()), Refused("timeout")),
    robots!("robots.txt hangs up", |_| raw(""), Refused("connection")),
    robots!(
        "robots.txt asks for a delay of for ever",
        |_| rules("User-agent: *\nCrawl-delay: 1e308\nCrawl-delay: 99999999999999999999\n"),
        Listings(1)
    ),
    robots!("robots.txt forbids all", |_| rules("User-agent: *\nDisallow: /\n"), Refused("robots")),
];
