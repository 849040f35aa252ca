//! Servers that lie, drip, bomb and loop: each fetch ends soon, with the right typed error.

use std::{io::Write, time::Duration};

use flate2::{Compression, write::GzEncoder};
use watches_scrape::{
    egress::Forbidden,
    fetch::{Fetch, FetchError, Fetched, Request},
};

use super::server::{Act, FakeClock, Server, page, redirect, say};

/// Network time that a test allows; the real limit is twenty seconds.
const TOTAL: Duration = Duration::from_millis(900);

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

fn raw(text: &str) -> Act {
    Act::Say(text.as_bytes().to_vec())
}

fn endless(first: &str, piece: Vec<u8>, pause_ms: u64) -> Act {
    Act::Repeat { first: first.as_bytes().to_vec(), piece, pause: Duration::from_millis(pause_ms) }
}

fn chunked(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}")
}

fn kind(result: &Result<Fetched, FetchError>) -> &'static str {
    match result {
        Ok(Fetched::Fresh(_)) => "fresh",
        Ok(Fetched::NotModified) => "not modified",
        Err(FetchError::Forbidden(Forbidden::Private(_))) => "private",
        Err(FetchError::Forbidden(Forbidden::Scheme(_))) => "scheme",
        Err(FetchError::Forbidden(_)) => "forbidden",
        Err(FetchError::TooManyRedirects { .. }) => "too many redirects",
        Err(FetchError::BadRedirect) => "bad redirect",
        Err(FetchError::TooLarge { .. }) => "too large",
        Err(FetchError::Bomb) => "bomb",
        Err(FetchError::UnknownEncoding(_)) => "unknown encoding",
        Err(FetchError::Damaged(_)) => "damaged",
        Err(FetchError::Timeout { .. }) => "timeout",
        Err(FetchError::Connection { .. }) => "connection",
        Err(FetchError::Status { .. }) => "status",
        Err(FetchError::Browser(_)) => "browser",
        Err(FetchError::Robots { .. } | FetchError::Wait { .. } | FetchError::NotRecorded(_)) => {
            "manners"
        }
    }
}

/// Each behaviour with the error it must end in.
fn behaviours(port: u16) -> Vec<(&'static str, Act, &'static str)> {
    let gz = "Content-Encoding: gzip\r\n";
    let many_headers = (0..5000).map(|n| format!("X-{n}: y\r\n")).collect::<String>();
    let long_header = format!("X-Long: {}\r\n", "y".repeat(1_000_000));
    let cookies =
        (0..200).map(|n| format!("Set-Cookie: c{n}={}\r\n", "z".repeat(4096))).collect::<String>();
    vec![
        ("/bomb", say("200 OK", gz, &gzip(&vec![0; 15_000_000])), "bomb"),
        ("/huge-bomb", say("200 OK", gz, &gzip(&vec![0; 40_000_000])), "bomb"),
        (
            "/nested-bomb",
            say("200 OK", "Content-Encoding: gzip, gzip\r\n", &gzip(&gzip(&vec![0; 30_000_000]))),
            "bomb",
        ),
        (
            "/three-layers",
            say("200 OK", "Content-Encoding: gzip, gzip, gzip\r\n", &gzip(b"x")),
            "unknown encoding",
        ),
        (
            "/zstd",
            say("200 OK", "Content-Encoding: zstd\r\n", b"\x28\xb5\x2f\xfd"),
            "unknown encoding",
        ),
        ("/cut-gzip", say("200 OK", gz, &gzip(&[7; 9000])[..20]), "damaged"),
        ("/not-gzip", say("200 OK", gz, b"plain text"), "damaged"),
        ("/not-brotli", say("200 OK", "Content-Encoding: br\r\n", &[0xff; 64]), "damaged"),
        ("/endless", endless("HTTP/1.1 200 OK\r\n\r\n", vec![b'x'; 65_536], 0), "too large"),
        (
            "/endless-chunks",
            endless(&chunked(""), [b"10000\r\n", &[b'x'; 65_536][..], b"\r\n"].concat(), 0),
            "too large",
        ),
        ("/drip", endless("HTTP/1.1 200 OK\r\n\r\n", b"x".to_vec(), 40), "timeout"),
        ("/drip-headers", endless("HTTP/1.1 200 OK\r\nX-A: ", b"x".to_vec(), 40), "timeout"),
        ("/drip-chunks", endless(&chunked(""), b"1\r\nx\r\n".to_vec(), 40), "timeout"),
        (
            "/continue-for-ever",
            endless("", b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(), 5),
            "timeout",
        ),
        ("/silence", Act::Hold, "timeout"),
        ("/hang-up", Act::Hang, "connection"),
        (
            "/claims-a-terabyte",
            raw("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\nx"),
            "too large",
        ),
        ("/claims-more", raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx"), "connection"),
        (
            "/claims-less",
            raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nxxxxxxxx"),
            "fresh",
        ),
        (
            "/claims-twice",
            raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 3\r\n\r\nxxx"),
            "connection",
        ),
        ("/negative-length", raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nxxx"), "connection"),
        ("/bad-chunk", raw(&chunked("zz\r\nxxx\r\n0\r\n\r\n")), "connection"),
        ("/vast-chunk", raw(&chunked("ffffffffffffffffff\r\nx")), "connection"),
        ("/cut-chunk", raw(&chunked("10\r\nxxx")), "connection"),
        ("/garbage", Act::Say(vec![0xfe; 4000]), "connection"),
        ("/no-http", raw("SSH-2.0-OpenSSH_9.2\r\n"), "connection"),
        ("/old-http", raw("hello without any head"), "connection"),
        ("/many-headers", say("200 OK", &many_headers, b"x"), "connection"),
        ("/long-header", say("200 OK", &long_header, b"x"), "connection"),
        ("/cookies", say("200 OK", &cookies, b"x"), "connection"),
        (
            "/endless-header",
            endless("HTTP/1.1 200 OK\r\nX-A: ", vec![b'x'; 65_536], 0),
            "connection",
        ),
        ("/loop", redirect("/loop"), "too many redirects"),
        ("/nowhere", say("302 Found", "", b""), "bad redirect"),
        ("/empty-scheme", redirect("http://"), "bad redirect"),
        ("/to-file", redirect("file:///etc/passwd"), "scheme"),
        ("/to-data", redirect("data:text/html,x"), "scheme"),
        ("/to-private", redirect("http://10.0.0.1/"), "private"),
        ("/to-metadata", redirect("http://169.254.169.254/latest/"), "private"),
        ("/to-localhost", redirect(&format!("http://localhost:{port}/")), "forbidden"),
        ("/to-other-port", redirect("http://127.0.0.1:80/"), "private"),
        ("/to-decimal", redirect("http://2130706433/"), "private"),
        ("/to-mapped", redirect("http://[::ffff:127.0.0.1]/"), "private"),
        ("/to-user", redirect(&format!("http://a:b@127.0.0.1:{port}/")), "forbidden"),
        ("/to-shell", redirect("http://example.com:22/"), "forbidden"),
        ("/not-modified", raw("HTTP/1.1 304 Not Modified\r\n\r\n"), "not modified"),
        ("/no-content", raw("HTTP/1.1 204 No Content\r\n\r\n"), "fresh"),
        ("/gone", say("410 Gone", "", b"gone"), "status"),
        (
            "/challenge",
            say("403 Forbidden", "Content-Type: text/html\r\n", b"<title>Just a moment...</title>"),
            "status",
        ),
        ("/status-999", raw("HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n"), "status"),
        (
            "/latin-bytes",
            say("200 OK", "Content-Type: text/html; charset=\u{fffd}\r\n", &[0xe9, 0xff, 0x00]),
            "fresh",
        ),
        ("/deep", page(&"<div>".repeat(1_000_000)), "fresh"),
        ("/attributes", page(&format!("<a {}>", "b=c ".repeat(1_000_000))), "fresh"),
        ("/nul", page("\0\0\0"), "fresh"),
        ("/empty", page(""), "fresh"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_hostile_behaviour_ends_soon_and_is_named() {
    let mut cases = Vec::new();
    let server = Server::start(|address| {
        cases = behaviours(address.port().expect("a test server has a port"));
        cases.iter().map(|(path, act, _)| (*path, vec![act.clone()])).collect()
    })
    .await;
    assert!(cases.len() >= 50);
    for (path, _, expected) in cases {
        // A fetcher of its own, so that no breaker hides the next behaviour.
        let fetcher = server.fetcher(&FakeClock::default(), TOTAL);
        let started = std::time::Instant::now();
        let result = fetcher.fetch(&Request::page(server.url(path))).await;
        assert_eq!(
            kind(&result),
            expected,
            "{path}: {result:?}",
            result = result.map(|_| "fetched")
        );
        assert!(started.elapsed() < Duration::from_secs(4), "{path} took {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn five_redirects_are_followed_and_six_are_not() {
    let server = Server::start(|_| {
        let hop = |to: &'static str| vec![redirect(to)];
        [
            ("/6", hop("/5")),
            ("/5", hop("/4")),
            ("/4", hop("/3")),
            ("/3", hop("/2")),
            ("/2", hop("/1")),
            ("/1", hop("/0")),
            ("/0", vec![page("arrived")]),
        ]
        .into()
    })
    .await;
    let fetcher = server.fetcher(&FakeClock::default(), TOTAL);
    let fetched =
        fetcher.fetch(&Request::page(server.url("/5"))).await.expect("the fetch succeeds");
    let Fetched::Fresh(document) = fetched else { panic!("a page was expected") };
    assert_eq!(document.url.path(), "/0");
    assert_eq!(document.into_page().text, "arrived");
    let fetched = fetcher.fetch(&Request::page(server.url("/6"))).await;
    assert_eq!(kind(&fetched), "too many redirects");
}
