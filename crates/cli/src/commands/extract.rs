//! `watches extract FILE…`: saved pages and mails in, listings out, one a line.

use std::{
    io::{Read, Write},
    path::Path,
    time::UNIX_EPOCH,
};

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use url::Url;
use watches_core::{
    condition::Condition,
    listing::{
        extracted::{Extracted, SaleKind, SaleState},
        normalise::normalise,
        origin::Origins,
    },
    money::Money,
    reference::Catalogue,
    time::Timestamp,
};
use watches_scrape::{
    mail::{self, MailReading},
    page::Page,
    sites::{Reading, read},
};

use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Extract {
    /// Where the page was found; without it the page itself says so.
    #[arg(long)]
    url: Option<Url>,
    /// Saved pages, messages (`.eml`) and mailboxes (`.mbox`); `-` reads stdin.
    #[arg(required = true)]
    files: Vec<String>,
}

impl Extract {
    /// Exit 3 when a page is a challenge or a login wall.
    pub fn run(self) -> anyhow::Result<Exit> {
        let mut exit = Exit::Done;
        for file in &self.files {
            let (bytes, saved_at) = contents(file)?;
            if is_mail(file, &bytes) {
                mails(file, &bytes)?;
                continue;
            }
            let page = page_of(&bytes, self.url.clone(), saved_at);
            match read(None, &page) {
                Reading::Listings(found) => {
                    for listing in found.listings {
                        output::line(&as_line(listing, Catalogue::bundled()))?;
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

pub fn saved_page(file: &str, url: Option<Url>) -> anyhow::Result<Page> {
    let (bytes, saved_at) = contents(file)?;
    Ok(page_of(&bytes, url, saved_at))
}

fn page_of(bytes: &[u8], url: Option<Url>, saved_at: Timestamp) -> Page {
    Page::saved(String::from_utf8_lossy(bytes).into_owned(), url, saved_at)
}

/// A file's own date is when it was saved: times left on the page count from there.
fn contents(file: &str) -> anyhow::Result<(Vec<u8>, Timestamp)> {
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
    Ok((bytes, at))
}

/// A page saved with all its parts (`.mhtml`) is a message by its form only.
pub fn is_mail(file: &str, bytes: &[u8]) -> bool {
    let small = file.to_ascii_lowercase();
    !small.ends_with(".mhtml") && !small.ends_with(".mht") && mail::looks_like_mail(bytes)
}

/// The listings of a message or mailbox; what could not be read is told on stderr.
fn mails(file: &str, bytes: &[u8]) -> anyhow::Result<()> {
    for message in mail::messages(bytes) {
        let letter = mail::read(&message);
        match letter.reading {
            MailReading::Listings { listings, .. } => {
                for listing in listings {
                    output::line(&as_line(listing, Catalogue::bundled()))?;
                }
            }
            MailReading::Unknown(why) => {
                let subject = letter.subject;
                writeln!(std::io::stderr().lock(), "{file}: \"{subject}\" is not read: {why}")?;
            }
            MailReading::NotFromMarket => {}
        }
    }
    Ok(())
}

/// A listing as `contracts.md` prints it, read in our terms: what the page does not say is null.
pub fn as_line(listing: Extracted, catalogue: &Catalogue) -> Value {
    let normalised = normalise(listing, catalogue);
    let listing = &normalised.extracted;
    let (stated, watch) = (&listing.stated, &normalised.watch);
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
        "condition": normalised.condition.map(Condition::step),
        "brand": watch.brand.as_ref().or(stated.brand.as_ref()),
        "family": watch.family,
        "model": stated.model,
        "reference": watch.reference.as_ref().or(stated.reference.as_ref()),
        "year": watch.year.or(stated.year),
        "box": normalised.set.has_box,
        "papers": normalised.set.has_papers,
        "scope": stated.scope,
        "material": normalised.material,
        "diameter_mm": normalised.diameter_mm,
        "seller": listing.seller,
        "seller_rating": listing.seller_rating,
        "location": listing.location,
        "country": listing.country,
        "image": listing.image,
        "description": listing.description,
        "listed_at": listing.listed_at.and_then(Timestamp::to_iso),
        "warnings": listing.warnings,
        "read_by": read_by(listing.origins),
    })
}

/// The strategy that won each field, and how far it is believed.
fn read_by(origins: Origins) -> Value {
    let fields = origins.iter().map(|(field, origin)| {
        let confidence = (origin.confidence() * 1_000.0).round() / 1_000.0;
        (field.name().to_owned(), json!({ "strategy": origin.strategy, "second": origin.second, "confidence": confidence }))
    });
    Value::Object(fields.collect())
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn money(money: Money) -> Value {
    json!({ "amount": money.to_decimal(), "currency": money.currency.code() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_printed_in_our_terms() {
        let mut listing = Extracted::new(
            "ebay",
            "1",
            "https://www.ebay.com/itm/1",
            "Rolex Submariner 16610 box & papers",
        );
        listing.condition_code = Some("ebay:3000".to_owned());
        listing.price = Money::whole(9_189, watches_core::money::Currency::EUR);
        listing.came_by(watches_core::listing::origin::Strategy::Layout);
        let line = as_line(listing, Catalogue::bundled());
        assert_eq!(line["price"], json!({ "amount": "9189.00", "currency": "EUR" }));
        assert_eq!(line["reference"], json!("16610"));
        let origin = json!({ "strategy": "layout", "second": "not_asked", "confidence": 0.93 });
        assert_eq!(line["read_by"]["price"], origin);
        assert_eq!((&line["condition"], &line["box"]), (&json!(3), &json!(true)));
        assert_eq!((&line["shipping"], &line["seller"]), (&Value::Null, &Value::Null));
    }
}
