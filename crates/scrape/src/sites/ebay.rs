//! eBay: search results in the layouts of 2025 (`s-item`) and 2026 (`s-card`), and item pages.
//!
//! All country sites share the markup; words (bids, shipping, ended) are known in several languages.

mod card;
mod item;
pub(crate) mod words;

use memchr::memmem;
use url::Url;

use super::{Found, address};
use crate::{
    html::{self, fragment::Fragment, tag_with},
    page::Page,
};

/// Reads a page of an eBay market; `base` resolves relative addresses.
pub fn read(page: &Page, base: Option<&Url>) -> Found {
    let text = page.text.as_str();
    let mut found = Found::default();
    if item::is_item_page(text, base) {
        found.listings.extend(item::read(page, base));
        return found;
    }
    let starts = card::starts(text);
    found.listings = card::read_all(page, base, &starts);
    // The heading stands before the cards, the way to the next page behind the first of them.
    let (before, after) = text.split_at(starts.first().copied().unwrap_or(0));
    if let Some(tag) = tag_with(after, "pagination__next").filter(|tag| tag.is("a")) {
        found.next = tag.decoded("href").and_then(|href| address::absolute(&href, base));
    }
    found.total = total(if starts.is_empty() { text } else { before });
    found
}

/// The number in the heading over the results: `1.300+ Ergebnisse für …`.
fn total(text: &str) -> Option<u32> {
    let at = memmem::find(text.as_bytes(), b"srp-controls__count-heading")?;
    let (start, _) = html::tag_around(text, at)?;
    let heading = Fragment::element(text, start, start + 4096).text(0);
    super::count(&heading)
}

/// The id in an item's address: the last path segment that is a number.
pub(crate) fn item_id(path: &str) -> Option<&str> {
    let after = &path[path.find("/itm/")? + 5..];
    let path = after.split(['?', '#']).next().unwrap_or_default();
    let mut numbers =
        path.rsplit('/').filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    numbers.find(|part| !part.is_empty() && part.len() <= 20)
}

/// The one address of an item on its market, in the folder the market stands in.
pub(super) fn item_address(href: &str, id: &str, base: Option<&Url>) -> String {
    let folder_of = |path: &str| path.find("/itm/").unwrap_or(0);
    let before_query = href.split(['?', '#']).next().unwrap_or_default();
    if let Some(path) = address::plain_path(before_query) {
        let folder = before_query.len() - path.len() + folder_of(path);
        return [&before_query[..folder], "/itm/", id].concat();
    }
    let market = address::absolute(href, base)
        .map(|url| format!("{}{}", address::origin(&url), &url.path()[..folder_of(url.path())]));
    format!("{}/itm/{id}", market.unwrap_or_else(|| "https://www.ebay.com".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_one_address_without_the_visit() {
        assert_eq!(
            item_id("https://www.ebay.com/itm/306812345678?_skw=a&hash=item1"),
            Some("306812345678")
        );
        assert_eq!(
            item_id("https://www.ebay.de/itm/rolex-sub/123456789012#x"),
            Some("123456789012")
        );
        assert_eq!(item_id("https://www.ebay.de/sch/i.html"), None);
        let url = item_address("https://www.ebay.de/itm/12?x=1", "12", None);
        assert_eq!(url, "https://www.ebay.de/itm/12");
        let url = item_address("http://127.0.0.1:80/ebay/itm/rolex/12", "12", None);
        assert_eq!(url, "http://127.0.0.1/ebay/itm/12");
        let url = item_address("https://shop.example/ebay/itm/rolex/12#x", "12", None);
        assert_eq!(url, "https://shop.example/ebay/itm/12");
    }
}
