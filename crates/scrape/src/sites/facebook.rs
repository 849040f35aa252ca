//! Facebook Marketplace: search results and item pages, as a person who is logged in sees them.
//!
//! Its classes change every week, so nothing is read by class. The embedded state comes first (member
//! names have stayed for years), then the page as it is laid out: links to items and lines of text.

mod cards;
mod item;
mod state;
mod words;

use url::Url;
use watches_core::listing::extracted::Extracted;

use super::{Found, complete::complete};
use crate::page::Page;

/// The market's home, for pages whose own address is unknown.
const HOME: &str = "https://www.facebook.com";

/// Reads a page of Marketplace.
pub fn read(page: &Page, base: Option<&Url>) -> Found {
    let text = page.text.as_str();
    let states = state::listings(text, base);
    let listings = match item_of(text, base, &states) {
        Some(id) => item::read(page, &id, states, base).into_iter().collect(),
        None => results(text, states, base),
    };
    Found { listings, ..Found::default() }
}

/// The id in an item's address: `/marketplace/item/123/`.
fn item_id(address: &str) -> Option<&str> {
    const PATH: &str = "/marketplace/item/";
    let after = &address[address.find(PATH)? + PATH.len()..];
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    (5..=20).contains(&digits).then(|| &after[..digits])
}

/// An item's one address, on the host that the page came from.
fn item_address(id: &str, base: Option<&Url>) -> String {
    let host = base.map_or_else(|| HOME.to_owned(), super::address::origin);
    format!("{host}/marketplace/item/{id}/")
}

/// The item that the page is about: by its address, else by the state that only an item's page has.
fn item_of(text: &str, base: Option<&Url>, states: &[Extracted]) -> Option<String> {
    if let Some(base) = base {
        return item_id(base.path()).map(str::to_owned);
    }
    state::is_item_page(text).then(|| states.first().map(|listing| listing.id.clone()))?
}

/// The cards in their order, each completed from the state; the state alone where nothing is laid out.
fn results(text: &str, states: Vec<Extracted>, base: Option<&Url>) -> Vec<Extracted> {
    let cards = cards::read_all(text, base);
    if cards.is_empty() {
        return states;
    }
    let with_state = |card: Extracted| match states.iter().find(|state| state.id == card.id) {
        Some(state) => complete(state.clone(), card),
        None => card,
    };
    cards.into_iter().map(with_state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_one_address() {
        assert_eq!(item_id("/marketplace/item/1234567890/?ref=search"), Some("1234567890"));
        assert_eq!(item_id("/marketplace/london/search/"), None);
        assert_eq!(
            item_address("1234567890", None),
            "https://www.facebook.com/marketplace/item/1234567890/"
        );
    }
}
