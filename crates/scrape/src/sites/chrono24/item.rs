//! One Chrono24 item page -> its listing: JSON-LD, then the table of facts by its structure.

use memchr::memmem;
use url::Url;
use watches_core::listing::{extracted::Extracted, origin::Strategy, price_text::read_price};

use super::{listing_id, words};
use crate::{
    html::{
        fragment::Fragment,
        head, meta, tags_with_class,
        text::{fold, some},
    },
    page::Page,
    sites::{address, country, currency, millimetres},
    structured,
};

/// The id of the listing that the page is about; `None` for a results page.
pub(super) fn id_of_page(text: &str, base: Option<&Url>) -> Option<String> {
    let canonical = head(text).canonical;
    let own = canonical.as_deref().or_else(|| base.map(Url::path));
    own.and_then(listing_id).or_else(|| base.map(Url::path).and_then(listing_id)).map(str::to_owned)
}

pub(super) fn read(page: &Page, id: &str, base: Option<&Url>) -> Option<Extracted> {
    let text = page.text.as_str();
    let address = own_address(text, base)?;
    let stated = structured::read(page, base);
    let about = |listing: &&Extracted| listing_id(&listing.url) == Some(id);
    let stated = stated.iter().find(about).cloned();
    let title = heading(text).or_else(|| stated.as_ref().map(|listing| listing.title.clone()))?;
    let mut listing = stated.unwrap_or_else(|| Extracted::new("chrono24", id, &address, &title));
    let before = listing.clone();
    listing.source = "chrono24".to_owned();
    listing.id = id.to_owned();
    listing.url = address;
    add_json_facts(&mut listing, text);
    add_table(&mut listing, text);
    add_price(&mut listing, text);
    add_condition(&mut listing, text);
    if listing.seller.is_none() {
        listing.seller = merchant(text);
    }
    listing.overridden(&before, Strategy::Layout);
    Some(listing)
}

fn own_address(text: &str, base: Option<&Url>) -> Option<String> {
    let canonical = head(text).canonical.and_then(|href| address::absolute(&href, base));
    let own = canonical.filter(|url| listing_id(url.path()).is_some()).or_else(|| base.cloned());
    own.map(|mut url| {
        url.set_query(None);
        url.set_fragment(None);
        url.to_string()
    })
}

fn heading(text: &str) -> Option<String> {
    let at = memmem::find(text.as_bytes(), b"<h1")?;
    some(Fragment::element(text, at, at + 4096).text(0))
}

/// Here `sku` is the reference, and the description is Chrono24's own list of facts.
fn add_json_facts(listing: &mut Extracted, text: &str) {
    let value_of = |name: &str| {
        let at = memmem::find(text.as_bytes(), format!("\"{name}\":\"").as_bytes())?;
        let value = text.get(at + name.len() + 4..)?;
        let value = value.get(..value.find('"').filter(|length| *length < 200)?)?;
        some(fold(value))
    };
    listing.stated.reference = listing.stated.reference.take().or_else(|| value_of("sku"));
    listing.stated.diameter_mm = value_of("caseDiameter").as_deref().and_then(millimetres);
    listing.stated.scope = listing.description.take();
}

/// The rows of the first table, known by what they hold: the condition's link, the row after it.
fn add_table(listing: &mut Extracted, text: &str) {
    let Some(start) = memmem::find(text.as_bytes(), b"<table") else { return };
    let table = Fragment::element(text, start, start + 128 * 1024);
    let Some(body) = table.elements().find(|(_, tag)| tag.is("tbody")).map(|(at, _)| at) else {
        return;
    };
    let rows: Vec<(usize, usize)> = table
        .inside(body)
        .filter(|(_, tag)| tag.is("tr"))
        .filter_map(|(row, _)| {
            let mut cells = table.inside(row).filter(|(_, tag)| tag.is("td"));
            Some((row, cells.nth(1)?.0))
        })
        .collect();
    let value = |cell: usize| some(table.text_without(cell, |tag| tag.is("button")));
    for (index, (_, cell)) in rows.iter().enumerate() {
        let href = table.inside(*cell).find_map(|(_, tag)| tag.attribute("href"));
        let leads_to = |part: &str| href.is_some_and(|href| href.contains(part));
        if table.inside(*cell).any(|(_, tag)| tag.has_class("js-conditions")) {
            let scope = rows.get(index + 1).and_then(|(_, cell)| value(*cell));
            listing.stated.scope = scope.or(listing.stated.scope.take());
        } else if leads_to("--mod") {
            listing.stated.model = listing.stated.model.take().or_else(|| value(*cell));
        } else if leads_to("/ref-") {
            listing.stated.reference = listing.stated.reference.take().or_else(|| value(*cell));
        }
    }
    add_last_row(listing, rows.last().and_then(|(_, cell)| value(*cell)));
    if listing.stated.diameter_mm.is_none() {
        let spans = table.elements().filter(|(_, tag)| tag.is("span"));
        let texts = spans.map(|(at, _)| table.text(at));
        listing.stated.diameter_mm =
            texts.filter(|text| text.ends_with("mm")).find_map(|text| millimetres(&text));
    }
}

/// The basic facts end with the place: `Italien, carmagnola`, the country first.
fn add_last_row(listing: &mut Extracted, place: Option<String>) {
    let Some(place) = place else { return };
    let Some(code) = place.split(',').next().and_then(country::code) else { return };
    listing.country = Some(code);
    listing.location = Some(place);
}

fn add_price(listing: &mut Extracted, text: &str) {
    let Some((start, _)) = tags_with_class(text, "js-price-shipping-country").next() else {
        return;
    };
    let shown = Fragment::element(text, start, start + 2048).text(0);
    if listing.price.is_none() {
        let hint = currency::of_address(&listing.url);
        listing.price = read_price(&shown, None).money(Some(hint));
    }
    listing.price_text = some(shown).or(listing.price_text.take());
}

/// The link to the conditions holds the label; a bare head says it among the facts.
fn add_condition(listing: &mut Extracted, text: &str) {
    let shown = tags_with_class(text, "js-conditions").next().and_then(|(start, _)| {
        let label = Fragment::element(text, start, start + 1024).text(0);
        some(label.trim_matches(['(', ')', ' ']).to_owned())
    });
    let in_head = || {
        let description = meta(text, "description")?;
        words::condition_in_facts(&fold(&description))
    };
    listing.condition_text = shown.or_else(in_head);
    let code = listing.condition_text.as_deref().and_then(words::condition_code);
    listing.condition_code = code.or(listing.condition_code.take());
}

/// The seller's login in the page's own data.
fn merchant(text: &str) -> Option<String> {
    const MARK: &str = "\"merchantLogin\":\"";
    let at = memmem::find(text.as_bytes(), MARK.as_bytes())? + MARK.len();
    let rest = text.get(at..)?;
    some(rest.get(..rest.find('"').filter(|length| *length < 100)?)?.to_owned())
}
