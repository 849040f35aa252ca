//! An adapter and a page -> listings, and for each field the strategy that won.

use url::Url;
use watches_core::{
    listing::extracted::{Extracted, Warning},
    money::Currency,
};

pub use super::agree::Lost;
use super::{
    Adapter, Entry, EntryKind, Field, FieldName, Rule,
    agree::{self, Agreed, Pointed},
    document::Document,
    field,
    strategy::Css,
};
use crate::{html, page::Page, sites::address, structured::Context};

const MOST_CARDS: usize = 500;
/// A card without a next one ends here.
const LONGEST_CARD: usize = 256 * 1024;

/// What an adapter read on a page.
#[derive(Debug, Default)]
pub struct AdapterReading {
    pub listings: Vec<Extracted>,
    /// Of each listing, how its fields were found.
    pub won: Vec<Vec<Won>>,
    pub next: Option<Url>,
    /// Pointed-at fields that were not found again.
    pub lost: Vec<(FieldName, Lost)>,
    pub warnings: Vec<Warning>,
}

/// The strategy that gave a field its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Won {
    pub field: FieldName,
    pub text: String,
    /// As a person reads it: `css .price ins`.
    pub by: String,
    /// Counted from 1.
    pub rank: usize,
    pub of: usize,
}

/// Reads a page by the entry for its path; `None` where the adapter has none for it.
pub fn read(adapter: &Adapter, page: &Page) -> Option<AdapterReading> {
    let url = page.url.as_ref()?;
    Some(read_entry(adapter, adapter.entry(url)?, page))
}

/// Reads a page by this entry.
pub fn read_entry(adapter: &Adapter, entry: &Entry, page: &Page) -> AdapterReading {
    let context = Context::new(&page.text, page.url.as_ref());
    let currency = entry.currency.or(adapter.currency);
    let mut reading = AdapterReading::default();
    match &entry.kind {
        EntryKind::Item => {
            let document = Document::page(&page.text);
            let listing = blank(page.url.as_ref());
            one(entry, &document, &page.text, listing, currency, &context, &mut reading);
        }
        EntryKind::Results { card, next } => {
            for (raw, document) in cards(card, &page.text) {
                let listing = Extracted::new("", "", "", "");
                one(entry, &document, &raw, listing, currency, &context, &mut reading);
            }
            reading.next = next.as_ref().and_then(|next| next_page(next, page));
        }
    }
    reading
}

/// A listing of the page's own address.
fn blank(url: Option<&Url>) -> Extracted {
    let url = url.cloned().map(address::without_tracking);
    let id = url.as_ref().map(|url| url.path().trim_matches('/').to_owned());
    let address = url.map(|url| url.to_string()).unwrap_or_default();
    Extracted::new("", id.filter(|id| !id.is_empty()).unwrap_or("page".to_owned()), address, "")
}

fn one(
    entry: &Entry,
    document: &Document,
    raw: &str,
    mut listing: Extracted,
    currency: Option<Currency>,
    context: &Context,
    reading: &mut AdapterReading,
) {
    let mut won = Vec::new();
    for (name, field) in &entry.fields {
        match value(*name, field, document, raw, currency) {
            Ok(Some(agreed)) => {
                field::put(&mut listing, *name, &agreed.text, currency, context);
                let by = field.strategies.get(agreed.by).map(super::strategy::Strategy::describe);
                won.push(Won {
                    field: *name,
                    text: agreed.text,
                    by: by.unwrap_or_default(),
                    rank: agreed.by + 1,
                    of: field.strategies.len(),
                });
            }
            Ok(None) => {}
            Err(lost) => reading.lost.push((*name, lost)),
        }
    }
    if listing.id.is_empty() {
        let url = Url::parse(&listing.url).ok();
        listing.id = url.map(|url| url.path().trim_matches('/').to_owned()).unwrap_or_default();
    }
    let named = !listing.title.is_empty() || listing.price.is_some();
    if listing.id.is_empty() || !named {
        if named {
            let message = "a card without `id` and `url` was left out".to_owned();
            reading.warnings.push(Warning { field: "id".to_owned(), message });
        }
        return;
    }
    reading.listings.push(listing);
    reading.won.push(won);
}

fn value(
    name: FieldName,
    field: &Field,
    document: &Document,
    raw: &str,
    currency: Option<Currency>,
) -> Result<Option<Agreed>, Lost> {
    match &field.rule {
        Rule::First => {
            let mut tries = field.strategies.iter().enumerate();
            Ok(tries.find_map(|(by, strategy)| {
                let text = strategy.find(document, raw)?;
                // A price that cannot be read is none: the next strategy may know better.
                let readable = !name.is_price() || field::money(&text, currency).is_some();
                readable.then_some(Agreed { text, by })
            }))
        }
        Rule::Agree { seen, beside } if name.is_price() => {
            let pointed = Pointed { seen, beside: *beside, currency };
            agree::price(document, raw, &field.strategies, pointed).map(Some)
        }
        Rule::Agree { seen, .. } => agree::title(document, raw, &field.strategies, seen).map(Some),
    }
}

/// The cards of a page: by byte search where the selector is one class, else through the whole tree.
fn cards(card: &Css, text: &str) -> Vec<(String, Document)> {
    let class = card.text.strip_prefix('.').filter(|class| {
        class.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    });
    let Some(class) = class else {
        let whole = Document::page(text);
        let found = whole.select(&card.selector).take(MOST_CARDS);
        let written = found.map(|element| element.html());
        return written.map(|raw| (raw.clone(), Document::card(&raw, 0, raw.len()))).collect();
    };
    let starts: Vec<usize> =
        html::tags_with_class(text, class).take(MOST_CARDS).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let end = text.floor_char_boundary(end.min(start + LONGEST_CARD));
            (text[*start..end].to_owned(), Document::card(text, *start, end))
        })
        .collect()
}

fn next_page(next: &Css, page: &Page) -> Option<Url> {
    let document = Document::page(&page.text);
    let found = document.select(&next.selector).next()?;
    address::absolute(found.attr("href")?, page.url.as_ref())
}

#[cfg(test)]
mod tests {
    use watches_core::{listing::extracted::SaleState, time::Timestamp};

    use super::*;
    use crate::adapter::{BUNDLED, parse};

    fn read_at(path: &str, text: &str) -> AdapterReading {
        let adapter = parse(BUNDLED[0].1).expect("the bundled file is good");
        let url = Url::parse("https://shop.example").and_then(|url| url.join(path));
        let page = Page::saved(text.to_owned(), url.ok(), Timestamp(0));
        read(&adapter, &page).expect("an entry for the path")
    }

    #[test]
    fn cards_are_listings_and_the_first_strategy_that_finds_something_wins() {
        let page = r#"<ul><li class="product-card"><a class="product-link" href="/watches/1?utm_source=x">
            <img data-src="/1.jpg" src="blank.gif"><h3 class="product-name">Rolex 16610</h3></a>
            <p class="price"><del>10.000 €</del> <ins>9.500 €</ins></p></li>
            <li class="product-card wide"><a class="product-link" href="/watches/2"><h3>Omega 3570.50</h3></a>
            <p class="price">4.200</p><b class="badge-sold">sold</b></li>
            <li class="product-card"><h3>No address</h3></li></ul>
            <p class="product-cards">no card</p><a rel="next" href="?page=2">more</a>"#;
        let reading = read_at("/watches", page);
        let line = |listing: &Extracted| {
            let price =
                listing.price.map(|price| format!("{} {}", price.to_decimal(), price.currency));
            format!("{} {} {}", listing.id, listing.title, price.unwrap_or_default())
        };
        let lines: Vec<String> = reading.listings.iter().map(line).collect();
        assert_eq!(
            lines,
            ["watches/1 Rolex 16610 9500.00 EUR", "watches/2 Omega 3570.50 4200.00 EUR"]
        );
        let first = &reading.listings[0];
        assert_eq!(first.price_was.map(|price| price.minor), Some(1_000_000));
        assert_eq!(first.image.as_deref(), Some("https://shop.example/1.jpg"));
        assert_eq!(reading.listings[1].state, SaleState::Sold);
        let ranks = |place: usize, name: FieldName| {
            reading.won[place].iter().find(|won| won.field == name).map(|won| (won.rank, won.of))
        };
        assert_eq!(ranks(0, FieldName::Title), Some((1, 2)));
        assert_eq!(
            (ranks(1, FieldName::Title), ranks(1, FieldName::Price)),
            (Some((2, 2)), Some((2, 2)))
        );
        assert_eq!(
            reading.next.map(String::from).as_deref(),
            Some("https://shop.example/watches?page=2")
        );
        assert_eq!(reading.warnings.len(), 1);
    }

    #[test]
    fn an_items_page_is_one_listing_at_its_own_address() {
        let page = r#"<script>window.__STATE__ = {"product":{"price":{"display":"9.500 €"}}}</script>
            <meta property="og:title" content="Rolex 16610 | Shop"><table><tr><th>Reference</th><td>16610</td></tr>
            <tr><th>Condition:</th><td>very good</td></tr></table>"#;
        let reading = read_at("/watches/16610", page);
        let listing = &reading.listings[0];
        assert_eq!((listing.id.as_str(), listing.title.as_str()), ("watches/16610", "Rolex 16610"));
        assert_eq!(listing.price.map(|price| price.minor), Some(950_000));
        assert_eq!(listing.stated.reference.as_deref(), Some("16610"));
        assert_eq!(listing.condition_text.as_deref(), Some("very good"));
    }

    #[test]
    fn hostile_pages_of_results_are_read() {
        let card = "<li class=\"product-card\"><a class=product-link href=/1>".repeat(50_000);
        let pages = [
            card,
            "product-card ".repeat(200_000),
            "<b><a href=x class=\"product-card".repeat(50_000),
        ];
        for page in pages {
            assert!(read_at("/watches", &page).listings.len() <= MOST_CARDS);
        }
    }
}
