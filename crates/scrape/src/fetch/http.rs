//! The fetcher that goes out: reqwest behind manners and bounds.
//!
//! Each hop of each attempt passes the egress guard, the host's breaker, its robots.txt and its
//! token bucket. The clock and chance are passed in; only waiting itself uses the runtime's timer.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{
    Method, StatusCode,
    header::{self, HeaderMap, HeaderName},
};
use url::Url;
use watches_core::time::{Span, Timestamp};

use super::{
    Document, Fetch, FetchError, FetchFuture, Fetched, HostState, Pace, Request, Validators,
    admission::{Hosts, host_key},
    backoff::full_jitter,
    body::{self, ReceiveError, WIRE_BYTES},
    host::RobotsRules,
    outgoing::{Outgoing, RobotsDuty, outgoing, redirected},
    retry_after::retry_after,
    verdict::{cause, may_pass, speaks_against_host},
};
use crate::egress::{Egress, Forbidden, GuardedResolver};

/// Redirects followed; each is checked like a first request.
const REDIRECTS: u32 = 5;

/// Attempts after the first, for failures that may pass.
const RETRIES: u32 = 2;

/// The network time of one fetch. With the reading after it a page takes at most 20 seconds.
const TOTAL: Duration = Duration::from_millis(19_000);

/// The name under which robots.txt files may speak of us.
const PRODUCT: &str = "WatchesFyi";

/// How a fetcher is made.
pub struct HttpOptions {
    /// Sent with every request, and honest: product, version, where to read about us.
    pub user_agent: String,
    /// The one loopback origin that may be reached.
    pub demo_market: Option<Url>,
    /// What was remembered of hosts when the app last ran.
    pub hosts: BTreeMap<String, HostState>,
    pub pace: Pace,
    /// The longest network time of one fetch: redirects, retries and body, not our own waiting.
    pub total: Duration,
    /// The longest a fetch waits for its turn before it says [`FetchError::Wait`].
    pub longest_wait: Span,
    pub resolver: GuardedResolver,
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Random numbers, for jitter.
    pub chance: Box<dyn Fn() -> u64 + Send + Sync>,
}

impl HttpOptions {
    pub fn new(
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        chance: impl Fn() -> u64 + Send + Sync + 'static,
    ) -> HttpOptions {
        let version = env!("CARGO_PKG_VERSION");
        HttpOptions {
            user_agent: format!("{PRODUCT}/{version} (+https://watches.fyi/bot)"),
            demo_market: None,
            hosts: BTreeMap::new(),
            pace: Pace::POLITE,
            total: TOTAL,
            longest_wait: Span::seconds(30),
            resolver: GuardedResolver::system(),
            clock: Box::new(clock),
            chance: Box::new(chance),
        }
    }
}

impl std::fmt::Debug for HttpOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpOptions").field("user_agent", &self.user_agent).finish_non_exhaustive()
    }
}

/// Fetches over HTTP, politely and within bounds.
pub struct HttpFetcher {
    client: reqwest::Client,
    egress: Egress,
    hosts: Hosts,
    pace: Pace,
    total: Duration,
    longest_wait: Span,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    chance: Box<dyn Fn() -> u64 + Send + Sync>,
}

impl std::fmt::Debug for HttpFetcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpFetcher").field("egress", &self.egress).finish_non_exhaustive()
    }
}

/// Network time left for one fetch, its robots.txt and its pauses between attempts included.
struct Budget(Duration);

impl Budget {
    fn spend(&mut self, since: Instant) {
        self.0 = self.0.saturating_sub(since.elapsed());
    }
}

enum Answer {
    Final(Fetched),
    Redirect(Url),
}

impl HttpFetcher {
    /// # Errors
    /// When the system's TLS cannot be set up, or the user agent is no header value.
    pub fn new(options: HttpOptions) -> Result<HttpFetcher, reqwest::Error> {
        let client = reqwest::Client::builder()
            .user_agent(options.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .dns_resolver(Arc::new(options.resolver))
            .connect_timeout(Duration::from_secs(10).min(options.total))
            .timeout(options.total)
            .pool_idle_timeout(Duration::from_secs(60))
            .http2_max_header_list_size(64 * 1024)
            .build()?;
        Ok(HttpFetcher {
            client,
            egress: Egress::new(options.demo_market.as_ref()),
            hosts: Hosts::new(options.hosts),
            pace: options.pace,
            total: options.total,
            longest_wait: options.longest_wait,
            clock: options.clock,
            chance: options.chance,
        })
    }

    /// What to store so that the next start is as polite as this run.
    pub fn hosts(&self) -> BTreeMap<String, HostState> {
        self.hosts.snapshot()
    }

    /// The passed-in clock, for those who keep tokens.
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(super) fn egress(&self) -> &Egress {
        &self.egress
    }

    /// Waits for the turn of a page that a browser is to fetch, or says why not.
    pub(super) async fn admit_page(&self, url: &Url) -> Result<(), FetchError> {
        let mut budget = Budget(self.total);
        self.admit(&outgoing(&Request::page(url.clone())), &mut budget).await
    }

    /// Keeps in the host's memory how a visit by a browser went.
    pub(super) fn note(&self, url: &Url, answer: &Result<Fetched, FetchError>) {
        self.remember(&host_key(url), answer.as_ref().err());
    }

    fn remember(&self, host: &str, error: Option<&FetchError>) {
        match error {
            Some(error) if speaks_against_host(error) => self.hosts.failed(host, (self.clock)()),
            Some(_) | None => self.hosts.succeeded(host),
        }
    }

    /// Sends a request with all manners and bounds; retries what may pass.
    pub(crate) async fn exchange(&self, outgoing: &Outgoing) -> Result<Fetched, FetchError> {
        let mut budget = Budget(self.total);
        let mut attempt = 0;
        loop {
            let error = match self.follow(outgoing, &mut budget).await {
                Ok(fetched) => return Ok(fetched),
                Err(error) => error,
            };
            if attempt >= RETRIES || !may_pass(&error) || budget.0 < Duration::from_secs(1) {
                return Err(error);
            }
            let started = Instant::now();
            sleep(full_jitter(attempt, (self.chance)())).await;
            budget.spend(started);
            attempt += 1;
        }
    }

    async fn follow(&self, first: &Outgoing, budget: &mut Budget) -> Result<Fetched, FetchError> {
        let mut outgoing = first.clone();
        for _ in 0..=REDIRECTS {
            self.admit(&outgoing, budget).await?;
            match self.ask(&outgoing, budget).await? {
                Answer::Final(fetched) => return Ok(fetched),
                Answer::Redirect(next) => outgoing = redirected(outgoing, next),
            }
        }
        Err(FetchError::TooManyRedirects { limit: REDIRECTS })
    }

    /// Waits for the host's turn, or says why not.
    async fn admit(&self, outgoing: &Outgoing, budget: &mut Budget) -> Result<(), FetchError> {
        let url = &outgoing.url;
        self.egress.check(url)?;
        let host = host_key(url);
        let mut pace = if self.egress.is_demo(url) { Pace::GENEROUS } else { self.pace };
        if outgoing.robots == RobotsDuty::Obey {
            let rules = self.robots(url, &host, budget).await?;
            let (allowed, delay) = rules.answer(PRODUCT, url.as_str());
            if !allowed {
                return Err(FetchError::Robots { host });
            }
            pace = pace.with_delay(delay);
        }
        let now = (self.clock)();
        let at = self.hosts.admit(&host, pace, self.longest_wait, now)?;
        sleep(at - now).await;
        Ok(())
    }

    /// The host's robots.txt, remembered or fetched.
    async fn robots(
        &self,
        url: &Url,
        host: &str,
        budget: &mut Budget,
    ) -> Result<RobotsRules, FetchError> {
        let gate = self.hosts.robots_gate(host);
        let started = Instant::now();
        let turn = tokio::time::timeout(budget.0, gate.lock()).await;
        budget.spend(started);
        let _one_at_a_time = turn.map_err(|_| FetchError::Timeout { limit: self.total })?;
        if let Some(rules) = self.hosts.robots(host, (self.clock)()) {
            return Ok(rules);
        }
        let mut address = url.clone();
        address.set_path("/robots.txt");
        address.set_query(None);
        address.set_fragment(None);
        let outgoing = Outgoing {
            method: Method::GET,
            url: address,
            headers: HeaderMap::new(),
            body: None,
            robots: RobotsDuty::Exempt,
        };
        // Boxed: following may itself come back here, though not for an exempt request.
        let rules = match Box::pin(self.follow(&outgoing, budget)).await {
            Ok(Fetched::Fresh(document)) => {
                RobotsRules::Body(String::from_utf8_lossy(&document.body).into_owned())
            }
            Ok(Fetched::NotModified) => RobotsRules::AllowAll,
            Err(FetchError::Status { document, retry_at }) => match document.status {
                // 429 is a 4xx, yet it says "not now" and not "there is none".
                429 | 500.. => {
                    retry_at.into_iter().for_each(|at| self.hosts.leave_alone(host, at));
                    RobotsRules::DisallowAll
                }
                _ => RobotsRules::AllowAll,
            },
            // RFC 9309 section 2.3.1.2: after five redirects it may count as unavailable.
            Err(FetchError::TooManyRedirects { .. } | FetchError::BadRedirect) => {
                RobotsRules::AllowAll
            }
            Err(error) => return Err(error),
        };
        self.hosts.remember_robots(host, rules.clone(), (self.clock)());
        Ok(rules)
    }

    /// One hop, timed, with the host's memory told how it went.
    async fn ask(&self, outgoing: &Outgoing, budget: &mut Budget) -> Result<Answer, FetchError> {
        let started = Instant::now();
        let host = host_key(&outgoing.url);
        let answer = tokio::time::timeout(budget.0, self.send(outgoing, &host)).await;
        budget.spend(started);
        let answer = answer.unwrap_or(Err(FetchError::Timeout { limit: self.total }));
        self.remember(&host, answer.as_ref().err());
        answer
    }

    async fn send(&self, outgoing: &Outgoing, host: &str) -> Result<Answer, FetchError> {
        let mut request = self
            .client
            .request(outgoing.method.clone(), outgoing.url.clone())
            .headers(outgoing.headers.clone())
            .header(header::ACCEPT_ENCODING, body::ACCEPT_ENCODING);
        if let Some(body) = &outgoing.body {
            request = request.body(body.clone());
        }
        let mut response = request.send().await.map_err(|error| self.connection(host, error))?;
        if let Some(answer) = early_answer(&outgoing.url, &response)? {
            return Ok(answer);
        }
        let now = (self.clock)();
        let wire = body::receive(&mut response).await.map_err(|error| match error {
            ReceiveError::TooLarge => FetchError::TooLarge { limit: WIRE_BYTES },
            ReceiveError::Broken(error) => self.connection(host, error),
        })?;
        let document = document(&outgoing.url, &response, wire, now).await?;
        if response.status().is_success() {
            return Ok(Answer::Final(Fetched::Fresh(document)));
        }
        let retry_at = text(response.headers(), header::RETRY_AFTER)
            .and_then(|value| retry_after(&value, now).ok())
            .inspect(|at| self.hosts.leave_alone(host, *at));
        Err(FetchError::Status { document: Box::new(document), retry_at })
    }

    /// The typed cause behind the client's error: our own guard, a deadline, or the network.
    fn connection(&self, host: &str, error: reqwest::Error) -> FetchError {
        if let Some(forbidden) = cause::<Forbidden>(&error) {
            return FetchError::Forbidden(forbidden.clone());
        }
        if error.is_timeout() && !error.is_connect() {
            return FetchError::Timeout { limit: self.total };
        }
        FetchError::Connection { host: host.to_owned(), source: error }
    }
}

impl Fetch for HttpFetcher {
    fn fetch<'a>(&'a self, request: &'a Request) -> FetchFuture<'a> {
        Box::pin(async move { self.exchange(&outgoing(request)).await })
    }
}

/// Answers that need no body.
fn early_answer(url: &Url, response: &reqwest::Response) -> Result<Option<Answer>, FetchError> {
    match response.status() {
        StatusCode::NOT_MODIFIED => Ok(Some(Answer::Final(Fetched::NotModified))),
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let location = text(response.headers(), header::LOCATION);
            let next = location.and_then(|location| url.join(&location).ok());
            Ok(Some(Answer::Redirect(next.ok_or(FetchError::BadRedirect)?)))
        }
        _ => Ok(None),
    }
}

async fn document(
    url: &Url,
    response: &reqwest::Response,
    wire: Vec<u8>,
    now: Timestamp,
) -> Result<Document, FetchError> {
    let headers = response.headers();
    let encoding = text(headers, header::CONTENT_ENCODING).unwrap_or_default();
    // Unpacking up to 16 MiB would hold up the runtime's own thread.
    let unpacked = tokio::task::spawn_blocking(move || body::unpack(wire, &encoding)).await;
    Ok(Document {
        url: url.clone(),
        status: response.status().as_u16(),
        content_type: text(headers, header::CONTENT_TYPE).unwrap_or_default(),
        body: unpacked.map_err(|error| FetchError::Damaged(std::io::Error::other(error)))??,
        validators: Validators {
            etag: text(headers, header::ETAG),
            last_modified: text(headers, header::LAST_MODIFIED),
        },
        fetched_at: now,
    })
}

/// A header as text; `None` when it is missing or not text.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

async fn sleep(span: Span) {
    if let Ok(micros) = u64::try_from(span.0) {
        tokio::time::sleep(Duration::from_micros(micros)).await;
    }
}
