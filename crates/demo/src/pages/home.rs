//! The demo market's front page: where the three shops are.

use super::{View, document, grouped};
use crate::listing::{Site, State};

pub fn page(view: &View<'_>) -> String {
    let count = |site: Site| {
        let of_site = |listing: &&crate::listing::Listing| {
            listing.site == site && listing.state == State::Active
        };
        grouped(view.market.listings.iter().filter(of_site).count() as i64)
    };
    let body = format!(
        "<main><h1>Demo market</h1><p>Three imitation shops with invented sellers and drawn photos, for trying Watches.fyi.</p><ul>\
         <li><a href=\"/ebay/\">Demo eBay</a>: {} listings</li><li><a href=\"/chrono24/\">Demo Chrono24</a>: {} listings</li>\
         <li><a href=\"/dealer/\">Meridian Clockworks</a>: {} listings</li></ul></main>",
        count(Site::Ebay),
        count(Site::Chrono24),
        count(Site::Dealer)
    );
    document("en", "Demo market", "", "li{padding:.4rem 0}", &body)
}
