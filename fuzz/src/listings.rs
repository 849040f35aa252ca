//! Readers whose outcome is listings: pages, mails, the API's JSON, and pages by an adapter's file.

use std::hint::black_box;

use url::Url;
use watches_core::{
    listing::{extracted::Extracted, normalise::normalise},
    reference::Catalogue,
};
use watches_scrape::{
    adapter, ebay_api,
    mail::{self as letters, MailReading},
    page::Page,
    sites::{self, Reading, SiteKind},
};

use super::{digits, now, texts, times};

/// Titles of the longest inputs are read in full only so often: a page may hold thousands.
const MOST_LISTINGS: usize = 50;

/// A page of some site: any listing's price stands on it.
pub fn page(kind: Option<SiteKind>, data: &[u8]) {
    for text in texts(data) {
        let page = saved(text);
        let Reading::Listings(found) = sites::read(kind, &page) else { continue };
        check_all(found.listings, Some(&page.text));
    }
}

/// An answer of eBay's API.
pub fn api(data: &[u8]) {
    for text in texts(data) {
        let Ok(found) = ebay_api::read("ebay", text.as_bytes(), now()) else { continue };
        check_all(found.listings, Some(&text));
    }
}

/// A message or a mailbox: its listings lie on the web, and a plain mail holds their prices.
pub fn mail(data: &[u8]) {
    black_box(letters::looks_like_mail(data));
    for message in letters::messages(data) {
        black_box(letters::is_worth_reading(&message));
        let MailReading::Listings { listings, .. } = letters::read(&message).reading else {
            continue;
        };
        assert!(!listings.is_empty(), "a saved search of nothing");
        let text = String::from_utf8_lossy(&message);
        check_all(listings, is_plain(&text).then_some(&*text));
    }
    if let Some(times) = times(data) {
        let again = data.repeat(times);
        black_box(letters::messages(&again).len());
        black_box(letters::read(&again));
    }
}

/// Whether a mail's digits are written as digits: neither encoded nor in a charset of its own.
fn is_plain(message: &str) -> bool {
    let lower = message.to_ascii_lowercase();
    !["base64", "quoted-printable", "charset", "=?"].iter().any(|mark| lower.contains(mark))
}

/// Between an adapter's file and a page.
const PAGE: &str = "\n===\n";

/// An adapter's file and, after a line `===`, a page: what is written of the file is the same adapter, and
/// what it finds stands on the page.
pub fn adapter(data: &[u8]) {
    for text in texts(data) {
        let (file, shown) = text.split_once(PAGE).unwrap_or((&text, ""));
        let Ok(known) = adapter::parse(file) else { continue };
        let written = adapter::write(&known);
        let again = adapter::parse(&written).map(|again| adapter::write(&again));
        assert_eq!(again.as_ref(), Ok(&written), "{file}");
        let page = saved(shown.to_owned());
        for entry in &known.entries {
            check_all(adapter::read_entry(&known, entry, &page).listings, Some(&page.text));
        }
    }
}

fn saved(text: String) -> Page {
    let url = Url::parse("https://www.market.example/watches?page=2").ok();
    Page::saved(text, url, now())
}

/// `source` is the text that must hold the prices, where it can be searched.
fn check_all(listings: Vec<Extracted>, source: Option<&str>) {
    for listing in listings.into_iter().take(MOST_LISTINGS) {
        check(source, &listing);
        black_box(normalise(listing, Catalogue::bundled()));
    }
}

/// What no listing may be, whatever it was read from.
fn check(source: Option<&str>, listing: &Extracted) {
    let prices = [listing.price, listing.price_max, listing.price_was, listing.shipping];
    for price in prices.into_iter().flatten() {
        assert!(price.minor >= 0, "a price below nothing: {listing:?}");
        assert!(
            source.is_none_or(|text| digits::stand_on(text, price)),
            "a price that stands nowhere: {listing:?}"
        );
    }
    let addresses = std::iter::once(&listing.url).chain(&listing.image).chain(&listing.photos);
    for address in addresses {
        let scheme = Url::parse(address).map(|url| url.scheme().to_owned()).unwrap_or_default();
        let known = ["", "http", "https"].contains(&scheme.as_str());
        assert!(known, "an address that is none of the web's: {listing:?}");
    }
    assert!(
        listing.seller_rating.is_none_or(|share| (0.0..=100.0).contains(&share)),
        "{listing:?}"
    );
}
