//! Reddit's r/Watchexchange: its JSON, and its pages in the old and the new layout.
//!
//! Only posts that sell or trade are listings. The price stands in the title, in the text, or in the
//! author's own comment; a sold flair ends it. The subreddit wants a photo with name and date: a text
//! without any mention of it gets a warning.

mod html;
mod json;

use url::Url;
use watches_core::{
    listing::{
        extracted::{Extracted, SaleState, Warning},
        origin::{Field, Strategy},
    },
    time::Timestamp,
};

use super::{Found, posts};
use crate::page::Page;

/// A description is cut here.
const LONGEST_TEXT: usize = 8 * 1024;

/// Reads a page of Reddit; a text that begins like JSON is JSON.
pub fn read(page: &Page, base: Option<&Url>) -> Found {
    if page.text.trim_start().starts_with(['{', '[']) {
        json::read(page, base)
    } else {
        html::read(page, base)
    }
}

/// A post as any of the three forms gives it.
#[derive(Debug)]
struct Post {
    id: String,
    title: String,
    /// `None` where a page does not show texts.
    text: Option<String>,
    author: Option<String>,
    /// The post's path: `/r/Watchexchange/comments/abc/…/`.
    path: String,
    flair: Option<String>,
    image: Option<String>,
    photos: Vec<String>,
    posted: Option<Timestamp>,
    removed: bool,
    strategy: Strategy,
}

impl Post {
    /// A post of which nothing is known but how it is read.
    fn by(strategy: Strategy) -> Post {
        Post {
            id: String::new(),
            title: String::new(),
            text: None,
            author: None,
            path: String::new(),
            flair: None,
            image: None,
            photos: Vec::new(),
            posted: None,
            removed: false,
            strategy,
        }
    }

    /// The listing; `None` for a post that offers nothing.
    fn listing(self) -> Option<Extracted> {
        let mut tags = posts::tags(&self.title);
        if let Some(flair) = &self.flair {
            tags.add(flair);
        }
        if self.id.is_empty() || !tags.is_offer(false) {
            return None;
        }
        let url = format!("https://www.reddit.com{}", self.path);
        let mut listing = Extracted::new("reddit", &self.id, url, &self.title);
        let asked = posts::price::asked(&self.title, self.text.as_deref());
        listing.price = asked.price;
        listing.price_max = asked.price_max;
        listing.price_was = asked.price_was;
        listing.price_text = asked.text;
        listing.state = if self.removed { SaleState::Ended } else { tags.state };
        listing.country = tags.country;
        listing.seller = self.author.filter(|author| author != "[deleted]");
        listing.image = self.image.or_else(|| self.photos.first().cloned());
        listing.photos = self.photos;
        listing.listed_at = self.posted;
        if let Some(text) = self.text.filter(|text| !text.is_empty()) {
            if !mentions_timestamp(&text) {
                let message = "the post mentions no photo with name and date".to_owned();
                listing.warnings.push(Warning { field: "timestamp".to_owned(), message });
            }
            listing.description = Some(text[..text.floor_char_boundary(LONGEST_TEXT)].to_owned());
        }
        // People write prices in prose.
        listing.came_by(self.strategy);
        listing.origins.set_if_filled(Field::Price, Strategy::Heuristic);
        Some(listing)
    }
}

/// The photo that the subreddit asks for, or an album that holds it.
fn mentions_timestamp(text: &str) -> bool {
    let small = text.to_lowercase();
    ["timestamp", "time stamp", "time-stamp", "imgur.com", "preview.redd.it", "i.redd.it"]
        .iter()
        .any(|word| small.contains(word))
}
