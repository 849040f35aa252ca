//! Chrono24: search results and item pages in any of its languages.
//!
//! Read by structure, not by words: ids from `--id123.htm`, fields from classes and places. Words are
//! used only where a page says something in no other way (free shipping, the condition in a head).

mod item;
mod results;
mod words;

use url::Url;

use super::Found;
use crate::page::Page;

/// Reads a page of Chrono24; `base` resolves relative addresses.
pub fn read(page: &Page, base: Option<&Url>) -> Found {
    let guessed;
    let base = match base {
        Some(base) => Some(base),
        None => {
            guessed = words::host_by_language(&page.text);
            guessed.as_ref()
        }
    };
    if let Some(id) = item::id_of_page(&page.text, base) {
        return Found {
            listings: item::read(page, &id, base).into_iter().collect(),
            ..Found::default()
        };
    }
    results::read(page, base)
}

/// The id in a listing's address: `/rolex/submariner--id123.htm`.
pub(crate) fn listing_id(address: &str) -> Option<&str> {
    let after = &address[address.rfind("--id")? + 4..];
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let ends = after[digits..].starts_with(".htm");
    ((1..=12).contains(&digits) && ends).then(|| &after[..digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_number_before_the_ending() {
        assert_eq!(listing_id("/rolex/rolex-sub--id49103365.htm"), Some("49103365"));
        assert_eq!(listing_id("https://www.chrono24.de/a--id1.htm?x=1"), Some("1"));
        assert_eq!(listing_id("/rolex/submariner--mod981.htm"), None);
        assert_eq!(listing_id("/a--id.htm"), None);
    }
}
