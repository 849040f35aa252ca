//! The plain text of a saved-search mail -> its listings, and the lines of any card -> its fields.
//!
//! In plain text a listing is a paragraph with one address of a listing; paragraphs with none belong to the
//! address below them.

use std::collections::HashSet;

use watches_core::{
    condition::Condition,
    listing::{
        extracted::{Extracted, SaleKind, Warning},
        price_text::read_price,
    },
    reference::Catalogue,
};

use super::{MailSite, PartRead, links, words};
use crate::{
    html::text::fold,
    sites::{country, currency, ebay},
};

/// Lines of one listing that are looked at.
const MOST_LINES: usize = 40;

pub(super) fn read(text: &str, site: MailSite) -> PartRead {
    let mut found = PartRead::default();
    let mut seen = HashSet::new();
    let mut waiting: Vec<String> = Vec::new();
    let mut fresh_paragraph = true;
    for line in text.lines() {
        let line = fold(line);
        if line.is_empty() {
            fresh_paragraph = true;
            continue;
        }
        let target = addresses(&line).find_map(|address| links::listing(address, site));
        let Some(target) = target else {
            // A new paragraph begins a new listing unless the one before only led to it.
            if std::mem::take(&mut fresh_paragraph)
                && waiting.iter().any(|line| words::is_price(line))
            {
                waiting.clear();
            }
            waiting.push(line);
            if waiting.len() > MOST_LINES {
                waiting.remove(0);
            }
            continue;
        };
        fresh_paragraph = false;
        found.links += 1;
        let lines = std::mem::take(&mut waiting);
        if seen.len() >= super::MOST_LISTINGS || !seen.insert(target.id.clone()) {
            continue;
        }
        found.listings.extend(listing(&lines, &target, site));
    }
    found
}

/// The addresses that a line holds, without the brackets around them.
fn addresses(line: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '[' | ']' | '(' | ')');
    line.split(ends).filter(|word| word.starts_with("https://") || word.starts_with("http://"))
}

/// The title is the last line before the price that can be one: headings stand further up.
fn listing(lines: &[String], target: &links::Target, site: MailSite) -> Option<Extracted> {
    let price_at = lines.iter().position(|line| words::is_price(line)).unwrap_or(lines.len());
    let title_at = lines[..price_at]
        .iter()
        .rposition(|line| words::is_title(line) && !is_condition(line))
        .or_else(|| lines.iter().position(|line| words::is_title(line)))?;
    let title = lines[title_at].trim_start_matches(['*', '-', '•', '#', ' ']);
    let mut listing = Extracted::new(site.source_key(), &target.id, &target.url, title);
    let after = lines[title_at + 1..].iter().map(|line| (line.as_str(), false));
    fill(&mut listing, after, site);
    Some(listing)
}

/// Every field that the lines of a card state; the first line that states one wins.
pub(super) fn fill<'a>(
    listing: &mut Extracted,
    lines: impl Iterator<Item = (&'a str, bool)>,
    site: MailSite,
) {
    let hint = currency::of_address(&listing.url);
    for (line, struck) in lines.take(MOST_LINES) {
        if words::is_shipping(line) {
            if listing.shipping_text.is_none() {
                listing.shipping = ebay::words::shipping_cost(line, hint);
                listing.shipping_text = Some(line.to_owned());
            }
        } else if words::is_price(line) {
            let price = read_price(line, None).money(Some(hint));
            if struck {
                listing.price_was = listing.price_was.or(price);
            } else if listing.price_text.is_none() {
                listing.price = price;
                listing.price_text = Some(line.to_owned());
            }
        } else if words::is_no_price(line) && listing.price_text.is_none() {
            listing.price_text = Some(line.to_owned());
        } else if let Some(bids) = words::bids(line).filter(|_| site == MailSite::Ebay) {
            listing.bids = listing.bids.or(Some(bids));
            listing.kind = SaleKind::Auction;
        } else {
            place(listing, line, site);
        }
        if listing.condition_text.is_none() && is_condition(line) {
            listing.condition_text = Some(line.to_owned());
        }
    }
    if listing.price.is_none()
        && let Some(shown) = listing.price_text.as_ref().filter(|text| words::is_price(text))
    {
        let message = format!("cannot tell the currency of `{shown}`");
        listing.warnings.push(Warning { field: "price".to_owned(), message });
    }
}

fn place(listing: &mut Extracted, line: &str, site: MailSite) {
    if listing.location.is_some() {
        return;
    }
    if let Some(code) = words::country(line) {
        listing.country = Some(code);
        listing.location = Some(line.to_owned());
    } else if site == MailSite::Kleinanzeigen && words::is_german_place(line) {
        listing.country = Some("DE".to_owned());
        listing.location = Some(line.to_owned());
    } else if let Some(place) = ebay::words::place(line).filter(|_| site == MailSite::Ebay) {
        listing.country = country::code_of_place(place);
        listing.location = listing.country.is_some().then(|| place.to_owned());
    } else if let Some(code) = country::code_of_place(line).filter(|_| line.contains(", ")) {
        // Two letters after a comma are a state of the USA as often as a country.
        let names_country = line.rsplit(", ").next().is_some_and(|last| last.len() > 2);
        listing.country = names_country.then_some(code);
        listing.location = Some(line.to_owned());
    }
}

/// A market's words for a condition, and nothing else.
pub(super) fn is_condition(line: &str) -> bool {
    line.len() <= 48
        && !line.bytes().any(|byte| byte.is_ascii_digit())
        && line.split_whitespace().count() <= 5
        && Condition::from_market_text(line, Catalogue::bundled()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_with_an_address_is_a_listing() {
        let text = "Neue Anzeigen zu deiner Suche \"Rolex\"\n\nRolex Submariner 16610\n8.500 € VB\n\
            10115 Berlin Mitte\nhttps://www.kleinanzeigen.de/s-anzeige/rolex/2712345678-156-3331?utm=1\n\n\
            Omega Speedmaster\nVB\n<https://www.kleinanzeigen.de/s-anzeige/omega/2712345679-156-9>\n\n\
            Alle ansehen: https://www.kleinanzeigen.de/s-uhren/k0\n";
        let read = read(text, MailSite::Kleinanzeigen);
        let shown: Vec<_> = read
            .listings
            .iter()
            .map(|one| {
                let price = one.price.map(watches_core::money::Money::to_decimal);
                (&*one.id, &*one.title, price, one.location.as_deref())
            })
            .collect();
        let price = Some("8500.00".to_owned());
        assert_eq!(
            shown,
            [
                ("2712345678", "Rolex Submariner 16610", price, Some("10115 Berlin Mitte")),
                ("2712345679", "Omega Speedmaster", None, None),
            ]
        );
    }
}
