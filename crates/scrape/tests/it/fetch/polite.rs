//! Manners, counted at the server: robots.txt, pace, patience, retries, breaker, conditions.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use watches_core::time::Span;
use watches_scrape::{
    egress::{Forbidden, GuardedResolver},
    fetch::{Fetch, FetchError, Fetched, HttpFetcher, Remedy, Request, WaitReason},
};

use super::server::{Act, FakeClock, Server, page, say};

const TOTAL: Duration = Duration::from_secs(5);

async fn get(fetcher: &HttpFetcher, server: &Server, path: &str) -> Result<Fetched, FetchError> {
    fetcher.fetch(&Request::page(server.url(path))).await
}

fn robots(body: &str) -> Vec<Act> {
    vec![say("200 OK", "Content-Type: text/plain\r\n", body.as_bytes())]
}

#[tokio::test]
async fn robots_are_asked_once_and_obeyed() {
    let server = Server::start(|_| {
        [
            ("/robots.txt", robots("User-agent: WatchesFyi\nDisallow: /private\n")),
            ("/open", vec![page("x")]),
            ("/private", vec![page("x")]),
        ]
        .into()
    })
    .await;
    let clock = FakeClock::default();
    let fetcher = server.fetcher(&clock, TOTAL);
    assert!(get(&fetcher, &server, "/open").await.is_ok());
    assert!(get(&fetcher, &server, "/open").await.is_ok());
    let refused = get(&fetcher, &server, "/private").await.expect_err("the fetch is refused");
    assert!(matches!(refused, FetchError::Robots { .. }));
    assert_eq!(refused.remedy(), Remedy::GiveUp);
    assert_eq!((server.seen.count("/robots.txt"), server.seen.count("/private")), (1, 0));
    clock.advance(Span::hours(25));
    assert!(get(&fetcher, &server, "/open").await.is_ok());
    assert_eq!(server.seen.count("/robots.txt"), 2);
    assert!(server.seen.all().iter().all(|request| {
        request.to_lowercase().contains("user-agent: watchesfyi/")
            && request.contains("watches.fyi/bot")
    }));
}

#[tokio::test]
async fn a_failing_robots_file_closes_the_site_and_a_missing_one_does_not() {
    let failing = Server::start(|_| {
        [("/robots.txt", vec![say("503 Busy", "", b"")]), ("/x", vec![page("x")])].into()
    })
    .await;
    let fetcher = failing.fetcher(&FakeClock::default(), TOTAL);
    assert!(matches!(get(&fetcher, &failing, "/x").await, Err(FetchError::Robots { .. })));
    assert_eq!(failing.seen.count("/x"), 0);
    let missing = Server::start(|_| [("/x", vec![page("x")])].into()).await;
    let fetcher = missing.fetcher(&FakeClock::default(), TOTAL);
    assert!(get(&fetcher, &missing, "/x").await.is_ok());
}

#[tokio::test]
async fn robots_and_page_share_one_time_and_so_do_those_who_wait_for_them() {
    let server =
        Server::start(|_| [("/robots.txt", vec![Act::Hold]), ("/x", vec![page("x")])].into()).await;
    let total = Duration::from_millis(900);
    let fetcher = server.fetcher(&FakeClock::default(), total);
    let started = std::time::Instant::now();
    let (one, other) = tokio::join!(get(&fetcher, &server, "/x"), get(&fetcher, &server, "/x"));
    for result in [one, other] {
        assert!(matches!(result, Err(FetchError::Timeout { .. })), "{result:?}");
    }
    assert!(started.elapsed() < total * 2, "both waited {:?}", started.elapsed());
    assert_eq!(server.seen.count("/x"), 0);
}

#[tokio::test]
async fn a_robots_file_that_wants_peace_closes_the_site_until_then() {
    let peace = say("429 Slow down", "Retry-After: 3600\r\n", b"");
    let server = Server::start(|_| {
        let rules = robots("User-agent: *\nAllow: /\n").remove(0);
        [("/robots.txt", vec![peace, rules]), ("/x", vec![page("x")])].into()
    })
    .await;
    let clock = FakeClock::default();
    let fetcher = server.fetcher(&clock, TOTAL);
    for _ in 0..3 {
        assert!(get(&fetcher, &server, "/x").await.is_err());
    }
    assert_eq!((server.seen.count("/robots.txt"), server.seen.count("/x")), (1, 0));
    clock.advance(Span::hours(25));
    assert!(get(&fetcher, &server, "/x").await.is_ok());
    assert_eq!((server.seen.count("/robots.txt"), server.seen.count("/x")), (2, 1));
}

#[tokio::test]
async fn a_long_crawl_delay_is_a_typed_wait_and_survives_a_restart() {
    let server = Server::start(|_| {
        [("/robots.txt", robots("User-agent: *\nCrawl-delay: 600\n")), ("/x", vec![page("x")])]
            .into()
    })
    .await;
    let clock = FakeClock::default();
    let fetcher = server.fetcher(&clock, TOTAL);
    assert!(get(&fetcher, &server, "/x").await.is_ok());
    let hosts = fetcher.hosts();
    let restarted = server.fetcher_with(&clock, |options| options.hosts = hosts);
    for fetcher in [&fetcher, &restarted] {
        let waiting = get(fetcher, &server, "/x").await.expect_err("the fetch is refused");
        assert!(matches!(waiting, FetchError::Wait { reason: WaitReason::Pace, .. }));
        let Remedy::RetryAt(until) = waiting.remedy() else { panic!("a wait names its end") };
        assert_eq!((until - clock.now()).as_seconds(), 600);
    }
    assert_eq!((server.seen.count("/x"), server.seen.count("/robots.txt")), (1, 1));
}

#[tokio::test]
async fn retry_after_is_honoured_without_asking_again() {
    let busy = say("429 Slow down", "Retry-After: 120\r\n", b"slow");
    let server = Server::start(|_| [("/x", vec![busy, page("x")])].into()).await;
    let clock = FakeClock::default();
    let fetcher = server.fetcher(&clock, TOTAL);
    let until = clock.now() + Span::seconds(120);
    let refused = get(&fetcher, &server, "/x").await.expect_err("the fetch is refused");
    assert!(matches!(refused, FetchError::Status { retry_at: Some(at), .. } if at == until));
    let waiting = get(&fetcher, &server, "/x").await.expect_err("the fetch is refused");
    assert!(matches!(waiting, FetchError::Wait { reason: WaitReason::RetryAfter, .. }));
    assert_eq!(server.seen.count("/x"), 1);
    clock.advance(Span::seconds(121));
    assert!(get(&fetcher, &server, "/x").await.is_ok());
}

#[tokio::test]
async fn passing_failures_are_retried_and_challenges_are_not() {
    let server = Server::start(|_| {
        let bad = say("502 Bad Gateway", "", b"");
        [
            ("/flaky", vec![bad.clone(), Act::Hang, page("x")]),
            ("/broken", vec![bad]),
            ("/busy", vec![say("503 Busy", "", b"<title>Just a moment...</title>")]),
        ]
        .into()
    })
    .await;
    let fetcher = |()| server.fetcher(&FakeClock::default(), TOTAL);
    assert!(get(&fetcher(()), &server, "/flaky").await.is_ok());
    assert_eq!(server.seen.count("/flaky"), 3);
    assert!(get(&fetcher(()), &server, "/broken").await.is_err());
    assert_eq!(server.seen.count("/broken"), 3);
    let challenge = get(&fetcher(()), &server, "/busy").await.expect_err("the fetch is refused");
    assert_eq!((challenge.remedy(), server.seen.count("/busy")), (Remedy::LookAtPage, 1));
}

#[tokio::test]
async fn five_failures_open_the_breaker_until_a_probe_succeeds() {
    let busy = say("503 Busy", "", b"");
    let server =
        Server::start(|_| [("/x", [vec![busy; 5], vec![page("x")]].concat())].into()).await;
    let clock = FakeClock::default();
    let fetcher = server.fetcher(&clock, TOTAL);
    for _ in 0..5 {
        assert!(matches!(get(&fetcher, &server, "/x").await, Err(FetchError::Status { .. })));
    }
    let open = get(&fetcher, &server, "/x").await.expect_err("the fetch is refused");
    assert!(matches!(open, FetchError::Wait { reason: WaitReason::Breaker, .. }));
    assert_eq!(server.seen.count("/x"), 5);
    clock.advance(Span::minutes(16));
    assert!(get(&fetcher, &server, "/x").await.is_ok());
    assert!(get(&fetcher, &server, "/x").await.is_ok());
}

#[tokio::test]
async fn an_unchanged_page_is_not_sent_twice() {
    let full =
        say("200 OK", "ETag: \"v1\"\r\nLast-Modified: Mon, 02 Nov 2026 08:00:00 GMT\r\n", b"x");
    let unchanged = Act::Say(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec());
    let server = Server::start(|_| [("/x", vec![full, unchanged])].into()).await;
    let fetcher = server.fetcher(&FakeClock::default(), TOTAL);
    let Ok(Fetched::Fresh(document)) = get(&fetcher, &server, "/x").await else {
        panic!("a page was expected")
    };
    let again = Request::page(server.url("/x")).unless_unchanged(document.validators);
    assert_eq!(fetcher.fetch(&again).await.expect("the fetch succeeds"), Fetched::NotModified);
    let last = server.seen.all().pop().expect("the fetch succeeds").to_lowercase();
    assert!(
        last.contains("if-none-match: \"v1\"") && last.contains("if-modified-since: mon, 02 nov")
    );
}

/// A name server that lies: every name is these addresses.
#[derive(Debug)]
struct Lying(Vec<SocketAddr>);

impl Resolve for Lying {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

#[tokio::test]
async fn a_name_with_a_private_address_gets_no_connection() {
    let server = Server::start(|_| [("/x", vec![page("x")])].into()).await;
    let ours: SocketAddr =
        ([127, 0, 0, 1], server.address.port().expect("the fetch succeeds")).into();
    let public: SocketAddr = ([93, 184, 216, 34], 80).into();
    for answer in [vec![ours], vec![public, ours]] {
        let fetcher = server.fetcher_with(&FakeClock::default(), |options| {
            options.resolver = GuardedResolver::over(Arc::new(Lying(answer)));
        });
        let url = url::Url::parse("http://rebind.example:8080/x").expect("the fetch succeeds");
        let result = fetcher.fetch(&Request::page(url)).await;
        assert!(matches!(result, Err(FetchError::Forbidden(Forbidden::Private(_)))), "{result:?}");
    }
    assert_eq!(server.seen.all().len(), 0);
}
