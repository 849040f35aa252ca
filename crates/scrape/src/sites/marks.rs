//! Which site a page is of: by its host, else by markup that only that site has.

use memchr::memmem;
use url::Url;

use super::{SiteKind, forum};

/// A site by a label of its host: `www.ebay.co.uk`.
const HOSTS: [(&str, SiteKind); 5] = [
    ("ebay", SiteKind::Ebay),
    ("chrono24", SiteKind::Chrono24),
    ("facebook", SiteKind::Facebook),
    ("kleinanzeigen", SiteKind::Kleinanzeigen),
    ("reddit", SiteKind::Reddit),
];

/// Bytes that only one site's pages hold, the more telling first.
const MARKS: [(SiteKind, &[&str]); 5] = [
    (SiteKind::Ebay, &["s-card__title", "s-item__title", "x-item-title__mainTitle"]),
    (
        SiteKind::Chrono24,
        &["wt-listing-item", "js-listing-item", "wt-search-result", "js-article-item"],
    ),
    (SiteKind::Facebook, &["\"marketplace_listing_title\":", "href=\"/marketplace/item/"]),
    (SiteKind::Kleinanzeigen, &["href=\"/s-anzeige/", "id=\"viewad-title\"", "breadcrump-summary"]),
    (
        SiteKind::Reddit,
        &["<shreddit-post ", "data-fullname=\"t3_", "\"kind\": \"t3\"", "\"kind\":\"t3\""],
    ),
];

/// The site that a page is of; any other page is a dealer's.
pub(super) fn recognise(text: &str, base: Option<&Url>) -> SiteKind {
    let host = base.and_then(Url::host_str).unwrap_or_default();
    let named = |name: &str| host.split('.').any(|label| label == name);
    if let Some((_, kind)) = HOSTS.iter().find(|(name, _)| named(name)) {
        return *kind;
    }
    if forum::is_forum(text) {
        return SiteKind::Forum;
    }
    // A host of its own that is none of these may well show somebody's cards; its own data says more.
    if base.is_some() && host != "localhost" && host != "127.0.0.1" {
        return SiteKind::Dealer;
    }
    let has = |mark: &&str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let marked = MARKS.iter().find(|(_, marks)| marks.iter().any(has));
    marked.map_or(SiteKind::Dealer, |(kind, _)| *kind)
}
