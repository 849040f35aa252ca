//! The child of `bench hostile`: fetches, reads by every reader, says a line for each run.
//!
//! Behaviours that end by patience run beside each other, as all they do is wait; the others one after the
//! other, as the app asks its sources. The peak is the kernel's own (`VmHWM`), reset once idle.

use std::{
    io::{Read, Write},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use url::Url;
use watches_core::{
    date_text::{Zone, read_date},
    listing::normalise::normalise,
    reference::Catalogue,
    time::{Span, Timestamp},
};
use watches_scrape::{
    fetch::{Fetch, FetchError, Fetched, HttpFetcher, HttpOptions, Request},
    page::Page,
    sites::{self, Reading, SiteKind},
};
use watches_testkit::hostile::{self, Behaviour, End};

use super::figures::{Run, Said};

/// What the child is told on stdin.
#[derive(Debug, Serialize, Deserialize)]
pub struct Orders {
    pub rounds: u32,
    pub visits: Vec<Visit>,
}

/// Which behaviour of the table, and where it is served.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Visit {
    pub index: usize,
    pub port: u16,
    /// Of the behaviour on that port.
    pub number: usize,
}

impl Visit {
    fn market(self) -> Result<Url> {
        Ok(Url::parse(&format!("http://127.0.0.1:{}/", self.port))?)
    }

    fn page(self) -> Result<Url> {
        Ok(self.market()?.join(&format!("/{}/watches", self.number))?)
    }
}

/// Rounds of waiting that go on at once: more would be an app that asks each source several times at a time.
const PATIENT_ROUNDS: u32 = 1;

pub async fn run() -> Result<()> {
    let mut orders = String::new();
    std::io::stdin().lock().read_to_string(&mut orders)?;
    let Orders { rounds, visits } = serde_json::from_str(&orders).context("reading the orders")?;
    let table = hostile::all();
    let wanted: Vec<(Behaviour, Visit)> = visits
        .into_iter()
        .map(|visit| Ok((*table.get(visit.index).context("no such behaviour")?, visit)))
        .collect::<Result<_>>()?;
    let (patient, busy): (Vec<_>, Vec<_>) =
        wanted.into_iter().partition(|(one, _)| one.end == End::Refused("timeout"));
    warm_up();
    let idle = settle()?;
    let waiting = tokio::spawn(wait_out(patient, rounds));
    let mut peak = idle;
    let shared = busy.iter().find(|(one, _)| one.robots.is_none());
    let shared = shared.map(|(_, visit)| fetcher(*visit)).transpose()?;
    for _ in 0..rounds {
        for (behaviour, visit) in busy.iter().copied() {
            let mut run = match (&shared, behaviour.robots) {
                (Some(shared), None) => meet(behaviour, visit, shared).await?,
                (_, Some(_)) | (None, None) => meet(behaviour, visit, &fetcher(visit)?).await?,
            };
            let reached = status("VmHWM:")?;
            run.above_idle_kib = reached.saturating_sub(idle);
            peak = peak.max(reached);
            say(&Said::Run(run))?;
            settle()?;
        }
    }
    waiting.await??;
    let peak_kib = peak.max(status("VmHWM:")?);
    say(&Said::Memory { idle_kib: idle, peak_kib })
}

async fn wait_out(patient: Vec<(Behaviour, Visit)>, rounds: u32) -> Result<()> {
    let mut left = rounds;
    while left > 0 {
        let now = left.min(PATIENT_ROUNDS);
        let mut set = Vec::new();
        for (behaviour, visit) in patient.iter().copied() {
            for _ in 0..now {
                // A fetcher asks a failing host one question at a time; here all wait at once.
                let own = fetcher(visit)?;
                set.push(tokio::spawn(async move { meet(behaviour, visit, &own).await }));
            }
        }
        for one in set {
            say(&Said::Run(one.await??))?;
        }
        left -= now;
    }
    Ok(())
}

/// The readers, the catalogue and the words of dates, as an app that has polled before has them.
fn warm_up() {
    let page = "<script type=\"application/ld+json\">{\"@type\":\"Product\",\"name\":\"Rolex 126610LN\",\
        \"sku\":\"1\",\"url\":\"/1\",\"offers\":{\"price\":9000,\"priceCurrency\":\"EUR\"}}</script>";
    let url = Url::parse("https://example.com/1").expect("an address");
    read_all(&Page::saved(page.to_owned(), Some(url), Timestamp(0)));
    let yesterday = read_date("yesterday", Timestamp(0) + Span::days(2), Zone::Utc);
    assert!(yesterday.is_some(), "the words of dates are bundled");
}

/// Resident kilobytes now; the peak starts anew from here.
fn settle() -> Result<u64> {
    std::fs::write("/proc/self/clear_refs", "5").context("resetting the peak")?;
    status("VmRSS:")
}

fn status(name: &str) -> Result<u64> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.with_context(|| format!("the kernel does not say {name}"))
}

fn say(said: &Said) -> Result<()> {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, said)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// One fetch and all readings of it.
async fn meet(behaviour: Behaviour, visit: Visit, fetcher: &HttpFetcher) -> Result<Run> {
    // A day passes between any two: whoever wanted peace has had it, and no breaker is open.
    DAYS.fetch_add(1, Ordering::SeqCst);
    let started = Instant::now();
    let fetched = fetcher.fetch(&Request::page(visit.page()?)).await;
    let fetch = started.elapsed();
    let (end, read) = match fetched {
        Ok(Fetched::Fresh(document)) => readings(document.into_page()).await?,
        Ok(Fetched::NotModified) => ("not modified".to_owned(), Duration::ZERO),
        Err(FetchError::Status { document, .. }) => match readings(document.into_page()).await? {
            (end, read) if end == "blocked" => (end, read),
            (_, read) => ("status".to_owned(), read),
        },
        Err(error) => (word(&error).to_owned(), Duration::ZERO),
    };
    let right = match behaviour.end {
        End::Listings(count) => end == format!("{count} listings"),
        End::Refused(why) => end == why,
        End::Blocked => end == "blocked",
        End::Either => true,
    };
    let milliseconds = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    let (fetch_ms, read_ms) = (milliseconds(fetch), milliseconds(read));
    let name = behaviour.name.to_owned();
    Ok(Run { name, end, right, fetch_ms, read_ms, above_idle_kib: 0 })
}

static DAYS: AtomicI64 = AtomicI64::new(0);

/// The app's fetcher, with the server in the place of the demo market.
fn fetcher(visit: Visit) -> Result<HttpFetcher> {
    let started = Instant::now();
    let clock = move || {
        let passed = i64::try_from(started.elapsed().as_micros()).unwrap_or(i64::MAX);
        let days = DAYS.load(Ordering::SeqCst);
        Timestamp::from_seconds(1_793_000_000) + Span::hours(25 * days) + Span(passed)
    };
    let mut options = HttpOptions::new(clock, || 7);
    options.demo_market = Some(visit.market()?);
    Ok(HttpFetcher::new(options)?)
}

/// By every reader in turn; the time is the slowest one's.
async fn readings(page: Page) -> Result<(String, Duration)> {
    Ok(tokio::task::spawn_blocking(move || read_all(&page)).await?)
}

fn read_all(page: &Page) -> (String, Duration) {
    let mut slowest = Duration::ZERO;
    let mut end = String::new();
    for kind in std::iter::once(None).chain(SiteKind::ALL.iter().copied().map(Some)) {
        let started = Instant::now();
        let found = match sites::read(kind, page) {
            Reading::Listings(found) => {
                let count = found.listings.len();
                // As the flow does: what one page shows is taken up to here.
                for listing in found.listings.into_iter().take(1_000) {
                    std::hint::black_box(normalise(listing, Catalogue::bundled()));
                }
                format!("{count} listings")
            }
            Reading::Blocked(_) => "blocked".to_owned(),
            Reading::Nothing => "0 listings".to_owned(),
        };
        slowest = slowest.max(started.elapsed());
        if kind.is_none() {
            end = found;
        }
    }
    (end, slowest)
}

fn word(error: &FetchError) -> &'static str {
    match error {
        FetchError::Forbidden(_) => "forbidden",
        FetchError::Robots { .. } => "robots",
        FetchError::Wait { .. } => "wait",
        FetchError::Status { .. } => "status",
        FetchError::TooManyRedirects { .. } => "too many redirects",
        FetchError::BadRedirect => "bad redirect",
        FetchError::TooLarge { .. } => "too large",
        FetchError::Bomb => "bomb",
        FetchError::UnknownEncoding(_) => "unknown encoding",
        FetchError::Damaged(_) => "damaged",
        FetchError::Timeout { .. } => "timeout",
        FetchError::Connection { .. } => "connection",
        FetchError::Browser(_) => "browser",
        FetchError::NotRecorded(_) => "not recorded",
    }
}
