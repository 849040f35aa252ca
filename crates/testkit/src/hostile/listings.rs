//! Listings whose data is cut, deep, huge, circular or dressed up.

use super::{
    Act, Behaviour,
    End::{Either, Listings},
    pieces::{html, packed_html, shop},
};

fn data(json: &str) -> Act {
    html(&format!("<script type=\"application/ld+json\">{json}</script>"))
}

fn packed_data(json: &str) -> Act {
    packed_html(&format!("<script type=\"application/ld+json\">{json}</script>"))
}

fn watch(price: &str) -> String {
    format!(
        r#"{{"@type":"Product","name":"Omega","sku":"1","url":"/1","offers":{{"price":{price},"priceCurrency":"EUR"}}}}"#
    )
}

macro_rules! listing {
    ($name:literal, $page:expr, $end:expr) => {
        Behaviour { name: $name, robots: None, page: $page, end: $end }
    };
}

pub const TABLE: &[Behaviour] = &[
    listing!("data cut in the middle", |_| data(&watch("9000")[..60]), Either),
    listing!("data in a million brackets", |_| data(&"[".repeat(1_000_000)), Listings(0)),
    listing!(
        "data in half a million objects",
        |_| data(&"{\"@graph\":".repeat(500_000)),
        Listings(0)
    ),
    listing!(
        "data that points at itself",
        |_| data(
            r##"{"@id":"#a","@type":"Product","name":"x","isVariantOf":{"@id":"#a"},"offers":{"@id":"#a"}}"##
        ),
        Either
    ),
    listing!("a price of a thousand digits", |_| data(&watch(&"9".repeat(1_000))), Either),
    listing!(
        "a price of a million digits",
        |_| data(&watch(&format!("\"{}\"", "9".repeat(1_000_000)))),
        Either
    ),
    listing!("a price beyond floats", |_| data(&watch("1e308")), Either),
    listing!("a price that is no number", |_| data(&watch("NaN")), Either),
    listing!("a price below nothing", |_| data(&watch("-9000")), Either),
    listing!("a price of nothing but points", |_| data(&watch("\"..,,..,,\"")), Listings(1)),
    listing!(
        "fifty thousand watches",
        |_| {
            let item = |n: u32| {
                format!(
                    r#"{{"@type":"Product","name":"W","sku":"{n}","url":"/{n}","offers":{{"price":1,"priceCurrency":"EUR"}}}}"#
                )
            };
            packed_data(&format!("[{}]", (0..50_000).map(item).collect::<Vec<_>>().join(",")))
        },
        Either
    ),
    listing!(
        "a watch with fifty thousand offers",
        |_| {
            let offers = vec![r#"{"price":1,"priceCurrency":"EUR"}"#; 50_000].join(",");
            data(&format!(
                r#"{{"@type":"Product","name":"W","sku":"1","url":"/1","offers":[{offers}]}}"#
            ))
        },
        Either
    ),
    listing!(
        "a title that reads backwards",
        |_| html(&shop("\u{202e}xeloR \u{200f}\u{2066}\u{1b}[31m\u{7}126610LN", "9000")),
        Listings(1)
    ),
    listing!(
        "a title of a megabyte",
        |_| html(&shop(&"Rolex ".repeat(170_000), "9000")),
        Listings(1)
    ),
    listing!(
        "a title of accents",
        |_| html(&shop(&format!("Z{}", "\u{301}".repeat(200_000)), "9000")),
        Listings(1)
    ),
    listing!(
        "a title that is a script",
        |_| html(&shop("<img src=x onerror=alert(1)>", "9000")),
        Listings(1)
    ),
    listing!(
        "addresses that are scripts",
        |_| data(
            r#"{"@type":"Product","name":"Omega","sku":"1","url":"javascript:alert(1)","image":"data:image/svg+xml,<svg/>","offers":{"price":1,"priceCurrency":"EUR"}}"#
        ),
        Either
    ),
    listing!(
        "strings full of escapes",
        |_| data(&watch(&format!("\"{}\"", "\\u0039\\ud83d".repeat(300_000)))),
        Either
    ),
    listing!(
        "a string that never closes",
        |_| data(&format!("{{\"name\":\"{}", "x\\\"".repeat(2_000_000))),
        Listings(0)
    ),
    listing!(
        "a script that closes in a string",
        |_| data(r#"{"@type":"Product","name":"</script><script>","offers":{}}"#),
        Either
    ),
];
