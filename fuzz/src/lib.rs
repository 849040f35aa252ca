//! What must hold whatever a reader is given: one function for each reader, called by `fuzz_targets`.
//!
//! None may panic (overflow and assertions are on), and each ends in time linear in its input: some inputs
//! are read again a thousand times as long, under libFuzzer's time limit. A price must stand on its page.

mod digits;

use std::hint::black_box;

use url::Url;
use watches_core::{
    alert,
    listing::{extracted::Extracted, normalise::normalise, price_text::read_price},
    reference::{Catalogue, identify},
    time::{Span, Timestamp},
};
use watches_scrape::{
    fetch,
    page::Page,
    robots::Robots,
    sites::{self, Reading, SiteKind},
};

/// Titles of the longest inputs are read in full only so often: a page may hold thousands.
const MOST_LISTINGS: usize = 50;
/// Short inputs are repeated up to here, to find what takes more than linear time.
const REPEATED: usize = 128 * 1024;

/// An input, and sometimes what it becomes when a page says the same again and again.
fn texts(data: &[u8]) -> impl Iterator<Item = String> {
    let text = String::from_utf8_lossy(data).into_owned();
    let again = (!text.is_empty() && data.len() <= 96 && data[0] % 4 == 0)
        .then(|| text.repeat(REPEATED / text.len()));
    std::iter::once(text).chain(again)
}

/// A page of some site: any listing's price stands on it.
pub fn page(kind: Option<SiteKind>, data: &[u8]) {
    for text in texts(data) {
        let url = Url::parse("https://www.market.example/watches?page=2").ok();
        let page = Page::saved(text, url, Timestamp::from_seconds(1_793_361_600));
        let Reading::Listings(found) = sites::read(kind, &page) else { continue };
        for listing in found.listings.into_iter().take(MOST_LISTINGS) {
            check(&page.text, &listing);
            black_box(normalise(listing, Catalogue::bundled()));
        }
    }
}

/// What no listing may be, whatever its page.
fn check(page: &str, listing: &Extracted) {
    let prices = [listing.price, listing.price_max, listing.price_was, listing.shipping];
    for price in prices.into_iter().flatten() {
        assert!(price.minor >= 0, "a price below nothing: {listing:?}");
        assert!(digits::stand_on(page, price), "a price that is not on the page: {listing:?}");
    }
    for address in [Some(&listing.url), listing.image.as_ref()].into_iter().flatten() {
        let scheme = Url::parse(address).map(|url| url.scheme().to_owned()).unwrap_or_default();
        let known = ["", "http", "https"].contains(&scheme.as_str());
        assert!(known, "an address that is none of the web's: {listing:?}");
    }
    assert!(
        listing.seller_rating.is_none_or(|share| (0.0..=100.0).contains(&share)),
        "{listing:?}"
    );
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
    let now = Timestamp::from_seconds(1_793_361_600);
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
    if body.len() <= 96 {
        black_box(fetch::decode_text(body.repeat(REPEATED / body.len().max(1)), &content_type));
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
    if data.len() <= 96 && data.first().is_some_and(|byte| byte % 4 == 0) {
        black_box(alert::parse(&text.repeat(REPEATED / text.len().max(1))).is_ok());
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
