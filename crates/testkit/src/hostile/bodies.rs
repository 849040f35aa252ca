//! Markup that makes parsers recurse, copy or look twice: depth, width, and things left open.

use super::{
    Act, Behaviour,
    End::{Either, Listings, Refused},
    pieces::{html, packed_html, shop},
};

fn watch() -> String {
    shop("Rolex Submariner 126610LN", "9000")
}

/// A good watch behind many pieces of rubbish. Not packed: rubbish that packs this well is refused unread.
fn behind(piece: &str, times: usize) -> Act {
    html(&format!("{}{}", piece.repeat(times), watch()))
}

macro_rules! body {
    ($name:literal, $page:expr, $end:expr) => {
        Behaviour { name: $name, robots: None, page: $page, end: $end }
    };
}

pub const TABLE: &[Behaviour] = &[
    body!("a million nested divs", |_| behind("<div>", 1_000_000), Listings(1)),
    body!("a million closing divs", |_| behind("</div>", 1_000_000), Listings(1)),
    body!("half a million cards in each other", |_| behind("<li class=s-card>", 450_000), Either),
    body!(
        "a hundred thousand listings in each other",
        |_| behind("<div class=\"js-listing-item wt-search-result\"><a href=/x--id1.htm>", 100_000),
        Either
    ),
    body!(
        "ten million attributes",
        |_| packed_html(&format!("<a {}>", "b ".repeat(10_000_000))),
        Refused("bomb")
    ),
    body!(
        "four million attributes",
        |_| html(&format!("<a {}>{}", "b ".repeat(3_900_000), watch())),
        Either
    ),
    body!(
        "an attribute of a megabyte",
        |_| html(&format!("<a href=\"{}\">{}", "x".repeat(1_000_000), watch())),
        Listings(1)
    ),
    body!("tags that never close", |_| behind("<a b=c ", 1_000_000), Either),
    body!("quotes that never close", |_| behind("<a b=\"", 1_000_000), Either),
    body!("comments that never close", |_| behind("<!-- ", 1_000_000), Either),
    body!("scripts that never close", |_| behind("<script>", 1_000_000), Either),
    body!(
        "data scripts that never close",
        |_| behind("<script type=application/ld+json>", 250_000),
        Either
    ),
    body!("a million entities", |_| behind("&notin;&#x1F600;&amp", 350_000), Listings(1)),
    body!(
        "an entity without end",
        |_| html(&format!("&{}{}", "a".repeat(2_000_000), watch())),
        Listings(1)
    ),
    body!("half a million empty tags", |_| behind("<>< /><//><?><!>", 480_000), Listings(1)),
    body!(
        "property on property",
        |_| behind("<div itemscope itemtype=http://schema.org/Product itemprop=offers>", 100_000),
        Either
    ),
    body!(
        "a hundred thousand prices for one watch",
        |_| behind(
            "<meta property=og:title content=x><meta property=product:price:amount content=1>",
            90_000
        ),
        Either
    ),
    body!(
        "fifteen megabytes without a tag",
        |_| packed_html(&(0..650_000).map(|n| format!("Rolex {n} 9.{n} € ")).collect::<String>()),
        Either
    ),
    body!(
        "links to files by the thousand",
        |_| behind("<a rel=\"next\" href=\"file:///etc/passwd\">1</a>", 160_000),
        Listings(1)
    ),
    body!(
        "a base that leads away",
        |_| html(&format!("<base href=\"javascript:alert(1)//\">{}", watch())),
        Either
    ),
];
