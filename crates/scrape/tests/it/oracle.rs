//! A browser-grade parser as the judge of our small one: the same elements, the same text.

use scraper::{Html, Selector};
use watches_scrape::html::{fragment::Fragment, tags_with_class};

use crate::fixtures;

const CLASSES: [&str; 10] = [
    "s-card",
    "s-card__title",
    "s-card__price",
    "s-item",
    "s-item__title",
    "wt-search-result",
    "text-ellipsis",
    "js-conditions",
    "x-price-primary",
    "ux-labels-values",
];

fn words(text: &str) -> String {
    text.split_whitespace().collect::<String>()
}

/// What our reader finds of a class: the text of each element.
fn ours(page: &str, class: &str) -> Vec<String> {
    let tags = tags_with_class(page, class);
    tags.map(|(start, _)| words(&Fragment::element(page, start, page.len()).text(0))).collect()
}

fn theirs(page: &str, class: &str) -> Vec<String> {
    let selector = Selector::parse(&format!(".{class}")).expect("a class selector");
    let document = Html::parse_document(page);
    document.select(&selector).map(|element| words(&element.text().collect::<String>())).collect()
}

#[test]
fn elements_and_texts_are_those_of_a_browser() {
    for (path, page, _) in fixtures::all() {
        for class in CLASSES {
            let (ours, theirs) = (ours(&page.text, class), theirs(&page.text, class));
            assert_eq!(ours, theirs, "{} .{class}", path.display());
        }
    }
}
