//! `watches extract FILE…`: saved pages in, listings out, one a line.

use std::{io::Read, path::Path, time::UNIX_EPOCH};

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use url::Url;
use watches_core::{
    listing::extracted::{Extracted, SaleKind, SaleState},
    money::Money,
    time::Timestamp,
};
use watches_scrape::{
    page::Page,
    sites::{Reading, read},
};

use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Extract {
    /// Where the page was found; without it the page itself says so.
    #[arg(long)]
    url: Option<Url>,
    /// Saved pages; `-` reads stdin.
    #[arg(required = true)]
    files: Vec<String>,
}

impl Extract {
    /// Exit 3 when a page is a challenge or a login wall.
    pub fn run(self) -> anyhow::Result<Exit> {
        let mut exit = Exit::Done;
        for file in &self.files {
            let page = saved_page(file, self.url.clone())?;
            match read(None, &page) {
                Reading::Listings(found) => {
                    for listing in &found.listings {
                        output::line(&as_line(listing))?;
                    }
                }
                Reading::Blocked(block) => {
                    output::line(&json!({ "blocked": block }))?;
                    exit = Exit::Blocked;
                }
                Reading::Nothing => {}
            }
        }
        Ok(exit)
    }
}

/// A file's own date is when it was saved: times left on the page count from there.
fn saved_page(file: &str, url: Option<Url>) -> anyhow::Result<Page> {
    let mut bytes = Vec::new();
    let saved_at = if file == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        std::time::SystemTime::now()
    } else {
        let path = Path::new(file);
        bytes = std::fs::read(path).with_context(|| format!("cannot read {file}"))?;
        std::fs::metadata(path)?.modified()?
    };
    let since = saved_at.duration_since(UNIX_EPOCH).unwrap_or_default();
    let at = Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    Ok(Page::saved(String::from_utf8_lossy(&bytes).into_owned(), url, at))
}

/// A listing as `contracts.md` prints it: what the page does not say is null.
pub fn as_line(listing: &Extracted) -> Value {
    let stated = &listing.stated;
    json!({
        "source": listing.source,
        "id": listing.id,
        "url": some(&listing.url),
        "title": some(&listing.title),
        "price": listing.price.map(money),
        "price_max": listing.price_max.map(money),
        "price_was": listing.price_was.map(money),
        "price_text": listing.price_text,
        "shipping": listing.shipping.map(money),
        "shipping_text": listing.shipping_text,
        "kind": match listing.kind {
            SaleKind::Fixed => "fixed",
            SaleKind::Auction => "auction",
        },
        "bids": listing.bids,
        "ends_at": listing.ends_at.and_then(Timestamp::to_iso),
        "state": match listing.state {
            SaleState::Active => "active",
            SaleState::Reserved => "reserved",
            SaleState::Sold => "sold",
            SaleState::Ended => "ended",
        },
        "condition_text": listing.condition_text,
        "condition_code": listing.condition_code,
        "brand": stated.brand,
        "model": stated.model,
        "reference": stated.reference,
        "year": stated.year,
        "scope": stated.scope,
        "material": stated.material,
        "diameter_mm": stated.diameter_mm,
        "seller": listing.seller,
        "seller_rating": listing.seller_rating,
        "location": listing.location,
        "country": listing.country,
        "image": listing.image,
        "description": listing.description,
        "listed_at": listing.listed_at.and_then(Timestamp::to_iso),
        "warnings": listing.warnings,
    })
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn money(money: Money) -> Value {
    json!({ "amount": money.to_decimal(), "currency": money.currency.code() })
}
