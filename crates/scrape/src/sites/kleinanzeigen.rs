//! Kleinanzeigen: search results in the layouts of 2023 (`aditem`) and 2026 (utility classes), and ad pages.
//!
//! German only. Ads of people who search (`Gesuch`) are no offers and are left out.

mod card;
mod item;
mod words;

use memchr::memmem;
use url::Url;

use super::{Found, address};
use crate::{
    html::{self, fragment::Fragment, tag_with},
    page::Page,
};

/// The market's home, for pages whose own address is unknown.
const HOME: &str = "https://www.kleinanzeigen.de";

/// Where similar ads begin that no search asked for.
const BEYOND_THE_RESULTS: &str = "srchrslt-adtable-altads";

/// Reads a page of Kleinanzeigen.
pub fn read(page: &Page, base: Option<&Url>) -> Found {
    let home = Url::parse(HOME).ok();
    let base = base.or(home.as_ref());
    let text = page.text.as_str();
    if item::is_item_page(text, base) {
        return Found {
            listings: item::read(page, base).into_iter().collect(),
            ..Found::default()
        };
    }
    let results = memmem::find(text.as_bytes(), BEYOND_THE_RESULTS.as_bytes());
    let listings = card::read_all(page, &text[..results.unwrap_or(text.len())], base);
    let next = tag_with(text, "pagination-next").or_else(|| html::next_link(text));
    let next = next.and_then(|tag| tag.decoded("href").or_else(|| tag.decoded("data-url")));
    let next = next.and_then(|href| address::absolute(&href, base));
    Found { listings, next, total: total(text), ..Found::default() }
}

/// The ad's number in its address: `/s-anzeige/rolex-submariner/3508015590-157-3343`.
fn ad_id(address: &str) -> Option<&str> {
    const PATH: &str = "/s-anzeige/";
    let path = &address[address.find(PATH)? + PATH.len()..];
    let last = path.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
    let id = last.split('-').next()?;
    let is_id = (6..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    is_id.then_some(id)
}

/// An ad's address without the visit.
fn ad_address(href: &str, base: Option<&Url>) -> Option<String> {
    let mut url = address::absolute(href, base)?;
    url.set_query(None);
    url.set_fragment(None);
    Some(url.to_string())
}

/// The heading over the results: `1 - 25 von 1.234 Ergebnissen für …`, `Es wurden keine Ergebnisse …`.
fn total(text: &str) -> Option<u32> {
    let at = memmem::find(text.as_bytes(), b"breadcrump-summary")?;
    let (start, _) = html::tag_around(text, at)?;
    let heading = Fragment::element(text, start, start + 4096).text(0);
    if heading.contains("keine Ergebnisse") {
        return Some(0);
    }
    super::count(heading.split_once(" von ").map_or(heading.as_str(), |(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heading: &str, expected: Option<u32>) {
        let page = format!("<h1><span class=\"breadcrump-summary\">{heading}</span></h1>");
        assert_eq!(total(&page), expected, "{heading}");
    }

    #[test]
    fn the_heading_counts_the_results() {
        check("1 - 25 von 1.234 Ergebnissen für „rolex“ in Deutschland", Some(1_234));
        check("Es wurden keine Ergebnisse für „rolex 1“ gefunden.", Some(0));
        check("Uhren &amp; Schmuck", None);
    }

    #[test]
    fn an_ad_has_a_number() {
        let id = |address| ad_id(address);
        assert_eq!(id("/s-anzeige/rolex-sub/3508015590-157-3343?x=1"), Some("3508015590"));
        assert_eq!(
            id("https://www.kleinanzeigen.de/s-anzeige/3508015590-157-3343"),
            Some("3508015590")
        );
        assert_eq!(id("/s-anzeige/rolex-sub/"), None);
        assert_eq!(id("/s-rolex/k0"), None);
    }
}
