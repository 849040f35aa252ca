//! Heads that are floods, lies or no heads at all.

use std::time::Duration;

use super::{
    Act, Behaviour,
    End::{Blocked, Either, Listings, Refused},
    pieces::{endless, raw, say, shop},
};

fn watch() -> String {
    shop("Rolex Submariner 126610LN", "9000")
}

pub const TABLE: &[Behaviour] = &[
    Behaviour {
        name: "five thousand headers",
        robots: None,
        page: |_| {
            let headers: String = (0..5_000).map(|n| format!("X-{n}: y\r\n")).collect();
            say("200 OK", &headers, b"x")
        },
        end: Refused("connection"),
    },
    Behaviour {
        name: "a header of a megabyte",
        robots: None,
        page: |_| say("200 OK", &format!("X-Long: {}\r\n", "y".repeat(1_000_000)), b"x"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "a header without end",
        robots: None,
        page: |_| endless("HTTP/1.1 200 OK\r\nX-A: ", &[b'x'; 65_536]),
        end: Refused("connection"),
    },
    Behaviour {
        name: "headers without end",
        robots: None,
        page: |_| endless("HTTP/1.1 200 OK\r\n", &b"X-A: y\r\n".repeat(8_000)),
        end: Refused("connection"),
    },
    Behaviour {
        name: "two hundred cookies of 4 kB",
        robots: None,
        page: |_| {
            let cookie = |n| format!("Set-Cookie: c{n}={}\r\n", "z".repeat(4_096));
            say("200 OK", &(0..200).map(cookie).collect::<String>(), b"x")
        },
        end: Refused("connection"),
    },
    Behaviour {
        name: "bytes that are no HTTP",
        robots: None,
        page: |_| Act::Say(vec![0xfe; 4_000]),
        end: Refused("connection"),
    },
    Behaviour {
        name: "another protocol",
        robots: None,
        page: |_| raw("SSH-2.0-OpenSSH_9.2\r\n"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "HTTP/0.9: a body without a head",
        robots: None,
        page: |_| raw("<html>hello</html>"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "HTTP/2 on a plain connection: settings and goaways",
        robots: None,
        page: |_| {
            let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
            let goaway = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            let piece = goaway.repeat(1_000);
            let pause = Duration::ZERO;
            Act::Repeat { first: settings.to_vec(), piece, times: None, pause }
        },
        end: Refused("connection"),
    },
    Behaviour {
        name: "continue for ever",
        robots: None,
        page: |_| Act::Repeat {
            first: Vec::new(),
            piece: b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(),
            times: None,
            pause: Duration::from_millis(20),
        },
        end: Refused("timeout"),
    },
    Behaviour {
        name: "a NUL in a header",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 1\r\n\r\nx"),
        end: Refused("connection"),
    },
    Behaviour {
        name: "a folded header",
        robots: None,
        page: |_| raw("HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 1\r\n\r\nx"),
        end: Either,
    },
    Behaviour {
        name: "status 999",
        robots: None,
        page: |_| raw("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n"),
        end: Refused("status"),
    },
    Behaviour {
        name: "not modified, unasked",
        robots: None,
        page: |_| raw("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n"),
        end: Refused("not modified"),
    },
    Behaviour {
        name: "no content with content",
        robots: None,
        page: |_| raw("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"),
        end: Listings(0),
    },
    Behaviour {
        name: "a part nobody asked for",
        robots: None,
        page: |_| say("206 Partial Content", "Content-Range: bytes 0-9/1000\r\n", b"0123456789"),
        end: Either,
    },
    Behaviour {
        name: "three content types",
        robots: None,
        page: |_| {
            let headers = "Content-Type: image/png\r\nContent-Type: text/html; charset=utf-16\r\n\
                Content-Type: text/html; charset=utf-8\r\n";
            say("200 OK", headers, watch().as_bytes())
        },
        end: Listings(1),
    },
    Behaviour {
        name: "a challenge with status 403",
        robots: None,
        page: |_| {
            let page = "<html><head><title>Just a moment...</title></head><body>\
                <script src=\"/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1\"></script>\
                <div id=\"challenge-error-text\">Enable JavaScript and cookies</div></body></html>";
            say("403 Forbidden", "Content-Type: text/html\r\n", page.as_bytes())
        },
        end: Blocked,
    },
    Behaviour {
        name: "come back in three million years",
        robots: None,
        page: |_| say("429 Slow down", "Retry-After: 99999999999999\r\n", b"slow"),
        end: Refused("status"),
    },
    Behaviour {
        name: "come back at a time that is none",
        robots: None,
        page: |_| say("503 Busy", "Retry-After: Blursday, 99 Foo 0000 99:99:99 GMT\r\n", b"busy"),
        end: Refused("status"),
    },
    Behaviour {
        name: "come back before you came",
        robots: None,
        page: |_| say("503 Busy", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n", b"busy"),
        end: Refused("status"),
    },
];
