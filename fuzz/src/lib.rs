//! What must hold whatever a reader is given: one function for each reader, called by `fuzz_targets`.
//!
//! None may panic (overflow and assertions are on), and each ends in time linear in its input: some inputs
//! are read again a thousand times as long, under libFuzzer's time limit. A price must stand on its page.

mod digits;
mod listings;

use std::hint::black_box;

use watches_core::{
    alert,
    date_text::{Zone, read_date},
    listing::price_text::read_price,
    reference::{Catalogue, identify},
    time::{Span, Timestamp},
};
use watches_scrape::{
    canonical::{self, Keep, Spelling},
    fetch,
    robots::Robots,
};

pub use self::listings::{adapter, api, mail, page};

/// Short inputs are repeated up to here, to find what takes more than linear time.
const REPEATED: usize = 128 * 1024;

/// 30 October 2026, noon in UTC.
fn now() -> Timestamp {
    Timestamp::from_seconds(1_793_361_600)
}

/// How often an input is to be said again and again, if it is one of those that are: the short ones of some
/// lengths.
fn times(data: &[u8]) -> Option<usize> {
    let repeated = !data.is_empty() && data.len() <= 96 && data.len() % 4 == 0;
    repeated.then(|| REPEATED / data.len())
}

/// An input, and sometimes what it becomes when a page says the same again and again.
fn texts(data: &[u8]) -> impl Iterator<Item = String> {
    let text = String::from_utf8_lossy(data).into_owned();
    let again = times(data).map(|times| text.repeat(times));
    std::iter::once(text).chain(again)
}

/// A price text: the amount's digits stand in it, and its parts are parts of it.
pub fn price(data: &[u8]) {
    for text in texts(data) {
        let (shown, currency) = text.split_once('\t').unwrap_or((&text, ""));
        let read = read_price(shown, Some(currency).filter(|hint| !hint.is_empty()));
        if let Some(symbol) = read.symbol {
            assert!(shown.contains(symbol) || currency.contains(symbol), "{symbol} of {text}");
        }
        if let Some(money) = read.money(None) {
            assert!(money.minor >= 0 && digits::stand_on(shown, money), "{money:?} of {text}");
        }
    }
}

/// A robots.txt: answers for any path, and its own address is always open.
pub fn robots(data: &[u8]) {
    for text in texts(data) {
        let robots = Robots::parse(text.as_bytes());
        let path: String = text.chars().rev().take(200).collect();
        black_box(robots.allows("WatchesFyi", &path));
        black_box(
            robots.allows("WatchesFyi", "https://shop.example/aaaaaaaaaaaaaaaaaaaaaaaa/b?c=d"),
        );
        assert!(robots.allows("WatchesFyi", "/robots.txt"), "{text}");
        let delay = robots.crawl_delay("WatchesFyi");
        assert!(delay.is_none_or(|delay| delay >= Span(0)), "{text}");
        black_box((robots.request_rate("*"), robots.visit_time("*"), robots.sitemaps()));
    }
}

/// A Retry-After header: never before now, never more than a day.
pub fn retry_after(data: &[u8]) {
    let now = now();
    for text in texts(data) {
        if let Ok(at) = fetch::retry_after(&text, now) {
            assert!(at >= now && at <= now + Span::hours(24), "{text}");
        }
    }
}

/// A body: its first line is the Content-Type.
pub fn charset(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let content_type = String::from_utf8_lossy(&data[..end]);
    let body = &data[end..];
    let text = fetch::decode_text(body.to_vec(), &content_type);
    assert!(text.len() <= body.len() * 3 + 3, "no byte becomes more than U+FFFD");
    if let Some(times) = times(body) {
        black_box(fetch::decode_text(body.repeat(times), &content_type));
    }
}

/// An alert rule: what is read prints, and its print is the same rule.
pub fn rule(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match alert::parse(&text) {
        Ok(rule) => {
            let printed = rule.to_string();
            let again = alert::parse(&printed);
            assert_eq!(again.as_ref().map(ToString::to_string), Ok(printed.clone()), "{text}");
        }
        Err(error) => assert!(error.at <= text.len(), "{error:?} in {text}"),
    }
    if let Some(times) = times(data) {
        black_box(alert::parse(&text.repeat(times)).is_ok());
    }
}

/// A title and, after a line's end, a description: nothing is named that no text holds.
pub fn title(data: &[u8]) {
    for text in texts(data) {
        let (title, description) = text.split_once('\n').unwrap_or((&text, ""));
        let watch = identify(title, Some(description), Catalogue::bundled());
        assert!((0.0..=1.0).contains(&watch.confidence), "{watch:?}");
        assert!(watch.year.is_none_or(|year| (1800..=2100).contains(&year)), "{watch:?}");
    }
}

/// A date text: what is read can be written, and white space around it means nothing.
pub fn date(data: &[u8]) {
    for text in texts(data) {
        for zone in [Zone::Utc, Zone::CentralEurope] {
            let Some(at) = read_date(&text, now(), zone) else { continue };
            let written = at.to_iso().unwrap_or_else(|| panic!("{at:?} of {text} has no ISO form"));
            assert_eq!(Timestamp::parse_iso(&written), Some(at), "{text}");
            assert_eq!(read_date(&format!("\n {text}\t"), now(), zone), Some(at), "{text}");
        }
    }
}

/// An address: its one spelling is its own one spelling, without a space or a control character.
pub fn address(data: &[u8]) {
    for text in texts(data) {
        black_box(canonical::safe(&text, Spelling::default()).is_ok());
        let Ok(once) = canonical::canonical(&text, Spelling::default(), Keep::default()) else {
            continue;
        };
        let sendable = |letter: char| letter.is_ascii_graphic() || !letter.is_ascii();
        assert!(once.chars().all(sendable), "{once} of {text}");
        // A host with an empty label is left as it stands.
        assert!(once.is_ascii() || once.contains("..") || once.contains("/."), "{once} of {text}");
        let twice = canonical::canonical(&once, Spelling::default(), Keep::default());
        assert_eq!(twice.as_deref(), Ok(once.as_str()), "{text}");
    }
}
