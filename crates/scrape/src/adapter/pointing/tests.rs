//! Pages changed in every way: what was pointed at is found again or said to be lost, and never wrong.

use super::*;
use crate::{
    adapter::{Lost, parse, read, write},
    page::Page,
};
use watches_core::time::Timestamp;

const PAGE: &str = r#"<!doctype html><html><head><title>Rolex GMT-Master II 16710 | Uhren Keller</title></head><body>
<header><a href="/">Uhren Keller</a><span class="cart">Cart</span></header>
<main class="product"><h1 class="product-name">Rolex GMT-Master II 16710</h1>
<section class="facts"><dl><dt>Asking price</dt><dd class="asking"><span class="amount">€ 9,500</span></dd>
<dt>Shipping</dt><dd class="shipping">€ 45</dd><dt>Year</dt><dd>1999</dd></dl></section>
<p>Full set with box and papers from 1999.</p></main>
<footer>Keller GmbH</footer></body></html>"#;

fn page(text: &str) -> Page {
    let url = Url::parse("https://keller.example/stock/16710").expect("a valid address");
    Page::saved(text.to_owned(), Some(url), Timestamp::from_seconds(1_793_361_600))
}

/// The adapter that pointing at this text's element makes.
#[track_caller]
fn pointed_at(text: &str, price: &str) -> Adapter {
    let page = page(text);
    let document = Document::page(text);
    let outline = crate::adapter::outline(&document);
    let pieces = outline.blocks.iter().flat_map(|block| &block.pieces);
    let node = pieces.clone().find(|piece| piece.text == price).map(|piece| piece.node);
    let node = node.unwrap_or_else(|| {
        panic!("no `{price}` in {pieces:?}", pieces = pieces.collect::<Vec<_>>())
    });
    let url = page.url.as_ref().expect("it has one");
    let (_, title) = headline(&document).expect("it has one");
    let point = Point { field: PointedField::Price, node };
    let currency = Some(Currency::EUR);
    let entry = entry(&document, text, url, &[point], Some(&title), currency);
    put(None, url, entry.unwrap_or_else(|error| panic!("{error}")))
}

/// The price and the title, or what was said instead.
fn reading(adapter: &Adapter, text: &str) -> Result<String, Lost> {
    let reading = read(adapter, &page(text)).expect("the entry is for this page");
    if let Some((_, lost)) = reading.lost.into_iter().next() {
        return Err(lost);
    }
    let price = reading.listings[0].price.expect("no loss means a price");
    Ok(format!("{} {}", price.to_decimal(), price.currency))
}

/// Survives a change with this price.
#[track_caller]
fn survives(what: &str, change: impl Fn(&str) -> String, price: &str) {
    let adapter = pointed_at(PAGE, "€ 9,500");
    let changed = change(PAGE);
    assert_ne!(changed, PAGE, "{what} changes nothing");
    assert_eq!(reading(&adapter, &changed), Ok(price.to_owned()), "{what}\n{}", write(&adapter));
}

/// Says that it is lost; the price named is the one that would be right.
#[track_caller]
fn says_not(what: &str, change: impl Fn(&str) -> String, expected: &str) {
    let adapter = pointed_at(PAGE, "€ 9,500");
    let changed = change(PAGE);
    assert_ne!(changed, PAGE, "{what} changes nothing");
    match reading(&adapter, &changed) {
        Ok(price) => panic!("{what}: read {price}\n{}", write(&adapter)),
        Err(lost) => assert_eq!(lost.to_string(), expected, "{what}"),
    }
}

fn swap(from: &'static str, to: &'static str) -> impl Fn(&str) -> String {
    move |page| page.replace(from, to)
}

#[test]
fn small_changes_are_survived() {
    survives("the price drops", swap("9,500", "8,900"), "8900.00 EUR");
    survives("the class is renamed", swap("class=\"amount\"", "class=\"css-1x9\""), "9500.00 EUR");
    survives(
        "every class is renamed",
        |page| page.replace("class=\"", "class=\"new-"),
        "9500.00 EUR",
    );
    survives(
        "a wrapper is added",
        swap(
            "<span class=\"amount\">€ 9,500</span>",
            "<div class=w><span class=\"amount\">€ 9,500</span></div>",
        ),
        "9500.00 EUR",
    );
    survives(
        "a wrapper is added far out",
        |page| page.replace("<main", "<div id=root><main").replace("</main>", "</main></div>"),
        "9500.00 EUR",
    );
    survives(
        "a wrapper goes away",
        swap("<span class=\"amount\">€ 9,500</span>", "€ 9,500"),
        "9500.00 EUR",
    );
    survives(
        "a banner is put before",
        swap("<header>", "<div class=banner>Free shipping over € 500</div><header>"),
        "9500.00 EUR",
    );
    survives(
        "the cells are put in another order",
        |page| {
            let (price, shipping) = (
                "<dt>Asking price</dt><dd class=\"asking\"><span class=\"amount\">€ 9,500</span></dd>",
                "<dt>Shipping</dt><dd class=\"shipping\">€ 45</dd>",
            );
            page.replace(price, "@").replace(shipping, price).replace('@', shipping)
        },
        "9500.00 EUR",
    );
    survives("the currency changes", swap("€ 9,500", "CHF 9,100"), "9100.00 CHF");
    survives("the amount is written otherwise", swap("€ 9,500", "9.500,00 EUR"), "9500.00 EUR");
    survives(
        "a struck price is put before",
        swap(
            "<span class=\"amount\">€ 9,500</span>",
            "<del>€ 9,500</del> <span class=\"amount\">€ 8,900</span>",
        ),
        "8900.00 EUR",
    );
    survives(
        "an old price is put before",
        swap(
            "<span class=\"amount\">€ 9,500</span>",
            "<span class=\"was-price\">€ 9,500</span> <span class=\"amount\">€ 8,900</span>",
        ),
        "8900.00 EUR",
    );
    survives("the sign is set apart", swap("€ 9,500", "<sup>€</sup><b>9,500</b>"), "9500.00 EUR");
    survives(
        "related watches are shown",
        swap(
            "<footer>",
            "<aside><h3>Others</h3><ul><li><b class=amount>€ 4,000</b><li><b class=amount>€ 12,000</b></ul></aside><footer>",
        ),
        "9500.00 EUR",
    );
    survives("the words for the price change", swap("Asking price", "Our price"), "9500.00 EUR");
    survives("the headline grows", swap("16710</h1>", "16710 – reduced</h1>"), "9500.00 EUR");
}

#[test]
fn great_changes_are_said() {
    let no_price = "where the price stood there is none now";
    says_not("the price is gone", swap("€ 9,500", "Price on request"), no_price);
    says_not(
        "the cell is gone",
        swap(
            "<dt>Asking price</dt><dd class=\"asking\"><span class=\"amount\">€ 9,500</span></dd>",
            "",
        ),
        "none of the marks of the price is on the page any more",
    );
    says_not(
        "another price is put beside, unmarked",
        swap(
            "<span class=\"amount\">€ 9,500</span>",
            "<span class=\"amount\">€ 9,500</span> <span class=x>€ 8,900</span>",
        ),
        "another price stands beside it now: € 8,900",
    );
    says_not(
        "an unmarked old price is put before",
        swap(
            "<span class=\"amount\">€ 9,500</span>",
            "<span class=x>€ 9,500</span><span class=\"amount\">€ 8,900</span>",
        ),
        "the marks of the price point at different places: € 8,900, € 9,500",
    );
    says_not(
        "old and new in one text",
        swap("€ 9,500", "€ 9,500 € 8,900"),
        "the marks of the price point at different places: several prices stand there",
    );
    says_not(
        "a range",
        swap("€ 9,500", "€ 9,000 – € 9,500"),
        "the marks of the price point at different places: several prices stand there",
    );
    says_not(
        "the page is about another watch",
        swap("Rolex GMT-Master II 16710", "Omega Speedmaster 3570.50"),
        "the page names another thing now: Omega Speedmaster 3570.50",
    );
    says_not(
        "a slip of the point",
        |page| page.replace("€ 9,500", "€ 95").replace("class=\"", "class=\"n-"),
        "€ 95 is too far from the € 9,500 that was pointed at",
    );
    says_not(
        "everything is new",
        |_| {
            "<body><h1>Rolex GMT-Master II 16710</h1><table><tr><td>Wire transfer</td><td>€ 9,300</td></tr>\
         <tr><td>Card</td><td>€ 9,700</td></tr></table>".to_owned()
        },
        "none of the marks of the price is on the page any more",
    );
    says_not("the price loses its sign", swap("€ 9,500", "9,500"), no_price);
    says_not(
        "an empty page",
        |_| "<html></html>".to_owned(),
        "none of the marks of the title is on the page any more",
    );
}

/// Whatever is done to a page, a price that is read is one that the page shows as the watch's.
#[test]
fn mutations_of_mutations_are_never_read_wrong() {
    let changes: [(&str, &str); 14] = [
        ("class=\"amount\"", "class=\"css-1x9\""),
        ("class=\"asking\"", "class=\"price-cell\""),
        ("Asking price", "Our price"),
        (
            "<span class=\"amount\">€ 9,500</span>",
            "<div><span class=\"amount\">€ 9,500</span></div>",
        ),
        ("<dl>", "<dl><dt>Was</dt><dd>€ 10,000</dd>"),
        ("<section class=\"facts\">", "<section class=\"facts\"><p>Insurance € 60</p>"),
        (
            "<main class=\"product\">",
            "<p class=\"amount\">€ 10 voucher</p><main class=\"product\">",
        ),
        ("<dt>Year</dt><dd>1999</dd>", "<dt>New</dt><dd class=\"amount\">€ 15,000</dd>"),
        ("€ 45", "€ 95"),
        ("<h1 class=\"product-name\">", "<h1>"),
        ("</h1>", "</h1><div class=\"x\">€ 10,000</div>"),
        ("€ 9,500", "$ 9,900"),
        ("€ 9,500", "sold"),
        ("<span class=\"amount\">€ 9,500", "<del>€ 10,000</del><span class=\"amount\">€ 9,500"),
    ];
    let adapter = pointed_at(PAGE, "€ 9,500");
    let (mut read_right, mut said) = (0, 0);
    for chosen in 0_u32..1 << changes.len() {
        if chosen.count_ones() > 4 {
            continue;
        }
        let mut text = PAGE.to_owned();
        for (place, (from, to)) in changes.iter().enumerate() {
            if chosen & (1 << place) != 0 {
                text = text.replacen(from, to, 1);
            }
        }
        let right = if text.contains("$ 9,900") { "9900.00 USD" } else { "9500.00 EUR" };
        match reading(&adapter, &text) {
            Ok(price) if price == right && !text.contains("sold") => read_right += 1,
            Ok(price) => panic!("read {price} on {text}"),
            Err(_) => said += 1,
        }
    }
    assert!(read_right > 250, "only {read_right} of {} were survived", read_right + said);
}

#[test]
fn a_place_that_cannot_be_pointed_at_is_refused() {
    let document = Document::page(PAGE);
    let url = Url::parse("https://keller.example/stock/16710").expect("a valid address");
    let point = |node| [Point { field: PointedField::Price, node }];
    let refuse =
        |node| entry(&document, PAGE, &url, &point(node), None, None).expect_err("it was taken");
    assert_eq!(refuse(0), NotThere::Several);
    assert_eq!(refuse(100_000), NotThere::NoElement);
    let (headline, words) = headline(&document).expect("it has one");
    assert_eq!(refuse(headline), NotThere::NoPrice(words));
    let bare = "<h1>Rolex</h1><p>9,500</p>";
    let document = Document::page(bare);
    let node =
        (0..document.len()).find(|at| document.length(*at) == 5 && document.end(*at) == at + 1);
    let node = node.expect("there is a p");
    let lost = entry(
        &document,
        bare,
        &url,
        &[Point { field: PointedField::Price, node: node + 1 }],
        None,
        None,
    );
    assert!(matches!(lost, Err(NotThere::NoCurrency(_) | NotThere::NoPrice(_))), "{lost:?}");
}

#[test]
fn what_pointing_makes_survives_its_file() {
    let adapter = pointed_at(PAGE, "€ 9,500");
    let again = parse(&write(&adapter)).expect("what is written can be read");
    assert_eq!(write(&again), write(&adapter));
    assert_eq!(reading(&again, PAGE), Ok("9500.00 EUR".to_owned()));
}

#[test]
fn hostile_pages_are_read_in_time_with_their_length() {
    let adapter = pointed_at(PAGE, "€ 9,500");
    let pages = [
        "<div class=amount>€ 1".repeat(100_000),
        "<dt>Asking price".repeat(100_000),
        format!("{}€ 9,500", "<span class=\"amount\">".repeat(100_000)),
        "<span class=amount>€ 1</span>".repeat(100_000),
    ];
    for text in pages {
        assert!(reading(&adapter, &text).is_err());
    }
}
