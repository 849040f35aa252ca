//! The market's pages, imitating the structure of three kinds of real ones; hand-written.

pub mod challenge;
pub mod chrono24;
pub mod dealer;
pub mod ebay;
pub mod home;
pub mod members;

use watches_core::time::Timestamp;

use crate::{listing::Listing, market::Market};

/// What a page needs to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub market: &'a Market,
    /// `http://127.0.0.1:4567`, without a slash at the end.
    pub address: &'a str,
    /// The real instant, for "time left".
    pub now: Timestamp,
    /// Turns market time into real instants.
    pub clock: &'a crate::clock::MarketClock,
}

/// One page of search results.
#[derive(Debug, Clone)]
pub struct Search {
    pub query: String,
    /// From 1.
    pub page: usize,
    pub auctions_only: bool,
}

impl Search {
    /// The listings of this page, how many there are in all, and whether there is a next page.
    fn cut<'a>(&self, found: Vec<&'a Listing>, per_page: usize) -> (Vec<&'a Listing>, usize, bool) {
        let total = found.len();
        let from = self.page.saturating_sub(1).saturating_mul(per_page);
        let page: Vec<&Listing> = found.into_iter().skip(from).take(per_page).collect();
        let more = from.saturating_add(page.len()) < total;
        (page, total, more)
    }
}

impl View<'_> {
    pub fn photo(&self, listing: &Listing) -> String {
        format!("{}/photos/{}.png", self.address, listing.id)
    }
}

/// Text for HTML, attribute values included.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A value in JSON inside `<script>`: no `</script>` can end it early.
pub fn script_json(value: &serde_json::Value) -> String {
    value.to_string().replace("</", "<\\/")
}

/// Whole units with thousands grouped: `11,250`.
pub fn grouped(whole: i64) -> String {
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The frame of a whole page.
pub fn document(lang: &str, title: &str, head: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title>{head}<style>{BASE_STYLE}{style}</style></head><body>\
         <p class=\"demo-note\">Demo market of Watches.fyi: nothing here is for sale.</p>{body}</body></html>",
        escape(title)
    )
}

const BASE_STYLE: &str = "*{box-sizing:border-box}body{margin:0;font:16px/1.45 system-ui,sans-serif;color:#1d1f22;\
background:#fafaf8}a{color:inherit}img{max-width:100%;display:block}.demo-note{margin:0;padding:.4rem 1rem;\
background:#22252a;color:#f3efe6;font-size:.8rem;text-align:center}main,header{max-width:70rem;margin:0 auto;padding:1rem}\
ul{list-style:none;margin:0;padding:0}.clipped{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\
form input{font:inherit;padding:.5rem .8rem;border:1px solid #b9b6ae;border-radius:.4rem;min-width:18rem}\
form button{font:inherit;padding:.5rem 1rem;border:0;border-radius:.4rem;background:#22252a;color:#fff}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_text_is_escaped() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(950), "950");
        assert_eq!(escape("A & <b> \"c\""), "A &amp; &lt;b&gt; &quot;c&quot;");
    }
}
