//! Texts in charsets they do not say, do not have, or break off in.

use super::{
    Behaviour,
    End::{Either, Listings},
    pieces::{say, shop},
};

fn watch() -> String {
    shop("Rolex Submariner 126610LN größe", "9000")
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

const HTML: &str = "Content-Type: text/html\r\n";

macro_rules! charset {
    ($name:literal, $page:expr, $end:expr) => {
        Behaviour { name: $name, robots: None, page: $page, end: $end }
    };
}

pub const TABLE: &[Behaviour] = &[
    charset!(
        "says UTF-16, is UTF-8",
        |_| say("200 OK", "Content-Type: text/html; charset=utf-16\r\n", watch().as_bytes()),
        Either
    ),
    charset!(
        "says a charset there is none of",
        |_| say("200 OK", "Content-Type: text/html; charset=klingon-8\r\n", watch().as_bytes()),
        Listings(1)
    ),
    charset!("UTF-16 without saying so", |_| say("200 OK", HTML, &utf16(&watch())), Either),
    charset!(
        "UTF-16 with its mark, said to be Latin",
        |_| {
            let headers = "Content-Type: text/html; charset=iso-8859-1\r\n";
            say("200 OK", headers, &[&[0xff, 0xfe], &utf16(&watch())[..]].concat())
        },
        Listings(1)
    ),
    charset!(
        "UTF-7 scripts",
        |_| {
            let headers = "Content-Type: text/html; charset=utf-7\r\n";
            say("200 OK", headers, b"+ADw-script type=application/ld+json+AD4-{}+ADw-/script+AD4-")
        },
        Listings(0)
    ),
    charset!(
        "ISO-2022-JP escapes without end",
        |_| {
            let headers = "Content-Type: text/html; charset=iso-2022-jp\r\n";
            say("200 OK", headers, &b"\x1b$B\x1b(B".repeat(200_000))
        },
        Listings(0)
    ),
    charset!(
        "a letter cut in the middle",
        |_| say("200 OK", HTML, &[watch().as_bytes(), &[0xe2, 0x82]].concat()),
        Either
    ),
    charset!(
        "only the first bytes of letters",
        |_| say("200 OK", "Content-Type: text/html; charset=utf-8\r\n", &[0xf0; 1_000_000]),
        Listings(0)
    ),
    charset!("nothing but NULs", |_| say("200 OK", HTML, &[0; 1_000_000]), Listings(0)),
    charset!(
        "NULs between all letters",
        |_| say("200 OK", HTML, watch().replace("", "\0").as_bytes()),
        Listings(0)
    ),
    charset!(
        "a thousand charsets in the markup",
        |_| {
            let metas: String = (0..1_000).map(|n| format!("<meta charset=x-{n}>")).collect();
            say("200 OK", HTML, format!("{metas}{}", watch()).as_bytes())
        },
        Listings(1)
    ),
    charset!("a lone mark", |_| say("200 OK", HTML, &[0xef, 0xbb, 0xbf]), Listings(0)),
    charset!("an empty page", |_| say("200 OK", HTML, b""), Listings(0)),
];
