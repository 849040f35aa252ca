//! Pages as chance and malice make them: never a panic, never a listing without an id or with a script as photo.

use proptest::{prelude::*, sample::Index};
use watches_scrape::{
    page::Page,
    sites::{Reading, SiteKind, read},
};

use crate::fixtures;

/// Every reader gets every page.
const KINDS: [Option<SiteKind>; 8] = [
    None,
    Some(SiteKind::Ebay),
    Some(SiteKind::Chrono24),
    Some(SiteKind::Facebook),
    Some(SiteKind::Kleinanzeigen),
    Some(SiteKind::Reddit),
    Some(SiteKind::Forum),
    Some(SiteKind::Dealer),
];

/// One change to a page, by positions that are a share of its length.
#[derive(Debug, Clone)]
enum Change {
    Cut(Index, Index),
    Double(Index, Index),
    Insert(Index, &'static str),
    End(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "\"",
        "'",
        "</div>",
        "<div>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "{",
        "}",
        "[",
        "\\",
        "&#",
        "é",
        "\u{0}",
        "--id1.htm",
        "/itm/",
        " s-card ",
        "ld+json",
        "99999999999999999999 €",
        "itemscope ",
        "\"marketplace_listing_title\":",
        "/marketplace/item/12345/",
        "data-adid=",
        "\"kind\":\"t3\"",
        "structItem--thread",
        "$1.5k ~~",
    ]);
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(from, to)| Change::Cut(from, to)),
        (at(), at()).prop_map(|(from, to)| Change::Double(from, to)),
        (at(), pieces).prop_map(|(at, piece)| Change::Insert(at, piece)),
        at().prop_map(Change::End),
    ]
}

fn apply(text: &mut String, change: &Change) {
    let place =
        |text: &String, index: &Index| text.floor_char_boundary(index.index(text.len() + 1));
    match change {
        Change::Cut(from, length) => {
            let from = place(text, from);
            let to = text.floor_char_boundary(from + length.index(400));
            text.replace_range(from..to.max(from), "");
        }
        Change::Double(from, length) => {
            let from = place(text, from);
            let to = text.floor_char_boundary(from + length.index(400));
            let piece = text[from..to.max(from)].to_owned();
            text.insert_str(from, &piece);
        }
        Change::Insert(at, piece) => text.insert_str(place(text, at), piece),
        Change::End(at) => text.truncate(place(text, at)),
    }
}

fn check(kind: Option<SiteKind>, page: &Page) -> Result<(), TestCaseError> {
    let Reading::Listings(found) = read(kind, page) else { return Ok(()) };
    for listing in found.listings {
        prop_assert!(!listing.id.is_empty(), "{kind:?}: {}", listing.title);
        for photo in listing.image.iter().chain(&listing.photos) {
            prop_assert!(!photo.trim_start().starts_with("javascript:"), "{kind:?}: {photo}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_damaged_page_never_panics(which in any::<Index>(), changes in prop::collection::vec(change(), 1..12)) {
        let fixtures = fixtures::all();
        let (_, mut page, _) = fixtures[which.index(fixtures.len())].clone();
        for change in &changes {
            apply(&mut page.text, change);
        }
        for kind in KINDS {
            check(kind, &page)?;
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let page = Page::saved(text, None, watches_core::time::Timestamp(0));
        for kind in KINDS {
            check(kind, &page)?;
        }
    }
}
