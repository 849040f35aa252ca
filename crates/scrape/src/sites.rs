//! Every site we read, one file each. Adding one: a file, a line here, a fixture folder.

pub(crate) mod address;
pub(crate) mod chrono24;
mod complete;
pub(crate) mod country;
pub(crate) mod currency;
pub(crate) mod ebay;
mod facebook;
mod forum;
mod kleinanzeigen;
mod marks;
mod posts;
mod reddit;
mod search;
mod when;

use serde::{Deserialize, Serialize};
use url::Url;
use watches_core::listing::{
    extracted::{Extracted, Warning},
    origin::Strategy,
    price_text::read_price,
};

pub use self::search::search_url;
use crate::{block, fetch::Way, html, page::Page, structured};

/// Longer pages are read up to here; the fetcher refuses them already.
const LONGEST_PAGE: usize = 16 * 1024 * 1024;

/// What a page turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A results page or one listing's page.
    Listings(Found),
    /// A challenge or a login wall: the person must act. Never an empty result.
    Blocked(Block),
    /// A page of ours that simply holds no listing, or one that no reader knows.
    Nothing,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    pub listings: Vec<Extracted>,
    /// The next page of results, if the page names one.
    pub next: Option<Url>,
    /// How many results the market says there are in all.
    pub total: Option<u32>,
    /// What was wrong with the page as a whole.
    pub warnings: Vec<Warning>,
}

/// Why a page shows no listings to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Cloudflare,
    Datadome,
    Akamai,
    Perimeterx,
    Captcha,
    Login,
}

/// The markup family that a source speaks; the address says whose. A demo market speaks eBay's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    Ebay,
    Chrono24,
    Facebook,
    Kleinanzeigen,
    /// r/Watchexchange.
    Reddit,
    /// A forum on XenForo.
    Forum,
    /// Any page with schema.org data.
    Dealer,
}

impl SiteKind {
    /// Every kind, for those who try them all.
    pub const ALL: &[SiteKind] = &[
        SiteKind::Ebay,
        SiteKind::Chrono24,
        SiteKind::Facebook,
        SiteKind::Kleinanzeigen,
        SiteKind::Reddit,
        SiteKind::Forum,
        SiteKind::Dealer,
    ];

    /// How its pages are best fetched, where nobody chose another way.
    pub fn prefers(self) -> Way {
        match self {
            SiteKind::Ebay
            | SiteKind::Kleinanzeigen
            | SiteKind::Reddit
            | SiteKind::Forum
            | SiteKind::Dealer => Way::Http,
            // Plain requests are refused there; a browser with a person beside it is not.
            SiteKind::Chrono24 | SiteKind::Facebook => Way::Webview,
        }
    }
}

/// Reads a page. `kind` is the source's markup; `None` recognises it from the address and the page.
///
/// Pure, linear in the page, and never panics: rubbish is [`Reading::Nothing`]. A wall is told from an
/// empty page only where no listing was found, so a captcha script on a good page does not matter.
pub fn read(kind: Option<SiteKind>, page: &Page) -> Reading {
    if page.text.len() > LONGEST_PAGE {
        let text = page.text[..page.text.floor_char_boundary(LONGEST_PAGE)].to_owned();
        let (url, media_type) = (page.url.clone(), page.media_type.clone());
        let Page { status, fetched_at, .. } = *page;
        return read(kind, &Page { url, status, media_type, text, fetched_at });
    }
    let mut found = listings(kind, page);
    // What a reader does not say of itself is read by where the site puts it.
    found.listings.iter_mut().for_each(|listing| listing.came_by(Strategy::Layout));
    // Whatever a page calls a picture: one of another scheme is none that we could show.
    for listing in &mut found.listings {
        listing.image = listing.image.take().filter(|image| address::may_be_of_the_web(image));
        listing.photos.retain(|photo| address::may_be_of_the_web(photo));
    }
    if !found.listings.is_empty() {
        return Reading::Listings(found);
    }
    match block::recognise(page) {
        Some(block) => Reading::Blocked(block),
        None if found.total == Some(0) => Reading::Listings(found),
        None => Reading::Nothing,
    }
}

fn listings(kind: Option<SiteKind>, page: &Page) -> Found {
    let base = address_of(page);
    let base = base.as_ref();
    match kind.unwrap_or_else(|| marks::recognise(&page.text, base)) {
        SiteKind::Ebay => ebay::read(page, base),
        SiteKind::Chrono24 => chrono24::read(page, base),
        SiteKind::Facebook => facebook::read(page, base),
        SiteKind::Kleinanzeigen => kleinanzeigen::read(page, base),
        SiteKind::Reddit => reddit::read(page, base),
        SiteKind::Forum => forum::read(page, base),
        SiteKind::Dealer => {
            let listings = structured::read(page, base);
            let next = html::next_link(&page.text).and_then(|tag| tag.decoded("href"));
            Found {
                listings,
                next: next.and_then(|href| address::absolute(&href, base)),
                ..Found::default()
            }
        }
    }
}

/// Where a page lies: where it was fetched, else where it says so itself.
fn address_of(page: &Page) -> Option<Url> {
    let own = || html::head(&page.text).canonical.and_then(|href| address::absolute(&href, None));
    page.url.clone().or_else(own)
}

/// The first whole number of a text, its grouping removed: `1.300+ Ergebnisse`, `1 311 annonces`.
fn count(text: &str) -> Option<u32> {
    read_price(text, None).amount?.to_decimal().parse().ok()
}

/// The first number before `mm` or alone: `40 mm`, `38 x 11 mm`; only sizes that watches have.
fn millimetres(text: &str) -> Option<f64> {
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    let number: String = text[start..]
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ','))
        .map(|letter| if letter == ',' { '.' } else { letter })
        .collect();
    number.parse().ok().filter(|size| (10.0..=80.0).contains(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_tried() {
        // A new kind does not compile here until it has its place; `ALL` names them in this order.
        let place = |kind: &SiteKind| match kind {
            SiteKind::Ebay => 0,
            SiteKind::Chrono24 => 1,
            SiteKind::Facebook => 2,
            SiteKind::Kleinanzeigen => 3,
            SiteKind::Reddit => 4,
            SiteKind::Forum => 5,
            SiteKind::Dealer => 6,
        };
        assert_eq!(SiteKind::ALL.iter().map(place).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn numbers_of_results_and_sizes_are_read() {
        assert_eq!(count("1.300+ Ergebnisse für x"), Some(1_300));
        assert_eq!(count("12,000,000+ results"), Some(12_000_000));
        assert_eq!(count("1 311 annonces"), Some(1_311));
        assert_eq!(count("15 bids"), Some(15));
        assert_eq!(count("no bids"), None);
        assert_eq!(millimetres("38 x 11 mm"), Some(38.0));
        assert_eq!(millimetres("40,5 mm"), Some(40.5));
        assert_eq!(millimetres("100 m"), None);
    }
}
