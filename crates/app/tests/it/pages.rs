//! A page nobody knows: read, pointed at, followed; its layout changes a little, then a lot.

use watches_core::{money::Money, time::Span};
use watches_ipc::{
    fault::FaultCode,
    listing::{ListListings, ListingRow},
    page::{
        FollowPage, FoundHow, PageField, PageReading, Point, PointedField, ReadPage, TakeBackPage,
    },
    source::{ListSources, Source, SourceKind, SourceState},
};

use crate::support::{House, hunt, poll};

const ADDRESS: &str = "https://keller.test/stock/16710";

const PAGE: &str = r#"<html><head><title>Rolex GMT-Master II 16710 | Keller</title></head><body>
<div class="top">Free shipping over € 500</div>
<main><h1>Rolex GMT-Master II 16710</h1><p>Box and papers, 1999.</p>
<dl><dt>Asking price</dt><dd class="ask"><b class="amount">€ 9,500</b></dd><dt>Shipping</dt><dd>€ 45</dd></dl>
</main></body></html>"#;

fn ask(points: &[Point]) -> ReadPage {
    ReadPage { url: ADDRESS.to_owned(), points: points.to_vec(), currency: None }
}

/// The place of a piece of the outline.
fn at(reading: &PageReading, text: &str) -> u32 {
    let mut pieces = reading.outline.iter().flat_map(|block| &block.pieces);
    pieces.find(|piece| piece.text == text).unwrap_or_else(|| panic!("no `{text}`")).node
}

async fn point_at(house: &House, text: &str) -> Vec<Point> {
    let reading = house.app.read_page(ask(&[])).await.expect("it is read");
    vec![Point { field: PointedField::Price, node: at(&reading, text) }]
}

async fn follow(house: &House, points: Vec<Point>) -> Source {
    let command = FollowPage { url: ADDRESS.to_owned(), points, currency: None };
    house.app.follow_page(command).await.expect("it is followed").source
}

async fn listing(house: &House) -> ListingRow {
    let all = ListListings { limit: 10, ..ListListings::default() };
    let mut rows = house.app.list_listings(all).await.expect("rows").rows;
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

async fn price(house: &House) -> String {
    listing(house).await.price.map(Money::to_decimal).unwrap_or_default()
}

async fn state(house: &House) -> SourceState {
    let sources = house.app.list_sources(ListSources {}).await.expect("sources");
    let page = sources.into_iter().find(|source| source.kind == SourceKind::Page);
    page.expect("the page is a source").state
}

#[tokio::test]
async fn a_pointed_at_price_survives_or_is_said_to_be_lost() {
    let house = House::new().await;
    house.shelf.put(ADDRESS, 200, PAGE);
    let reading = house.app.read_page(ask(&[])).await.expect("it is read");
    assert!(!reading.readable && reading.price.is_none(), "three prices, and none is guessed");
    assert_eq!(reading.fields[0].field, PageField::Title);

    let points = point_at(&house, "€ 9,500").await;
    let pointed = house.app.read_page(ask(&points)).await.expect("it is read again");
    assert!(pointed.readable);
    assert_eq!(pointed.price.map(Money::to_decimal).as_deref(), Some("9500.00"));
    let found = pointed.fields.iter().find(|field| field.field == PageField::Price);
    assert!(matches!(found.map(|it| &it.how), Some(FoundHow::Pointed { marks: 4.. })), "{found:?}");
    assert_eq!(house.shelf.times_asked(), 2, "pointing asks nobody again");

    let source = follow(&house, points).await;
    assert_eq!((source.kind, source.address.as_str()), (SourceKind::Page, ADDRESS));
    assert_eq!(
        (price(&house).await.as_str(), listing(&house).await.name.as_str()),
        ("9500.00", "Rolex GMT-Master II 16710")
    );
    let file = house.folder.path().join("adapters/keller.test.toml");
    let text = std::fs::read_to_string(&file).expect("the rule is a file");
    assert!(text.contains("seen = \"€ 9,500\""), "{text}");

    // A little: classes renamed, a wrapper, an old price struck through, and it got cheaper.
    let little = PAGE.replace("amount", "css-9x").replace(
        "<b class=\"css-9x\">€ 9,500</b>",
        "<div><s>€ 9,500</s> <b class=\"css-9x\">€ 8,900</b></div>",
    );
    house.shelf.put(ADDRESS, 200, little);
    hunt(&house.app, "GMT", &["when price drops by 5% vs first_seen then toast"], &["ebay"]).await;
    house.clock.advance(Span::hours(1));
    let report = poll(&house.app).await;
    assert_eq!(price(&house).await, "8900.00", "{report:?}");
    assert_eq!((state(&house).await, report.alerts), (SourceState::Ok, 1), "{report:?}");
    let told = house.ear.heard().len();

    // A lot: nothing is where it was.
    let lot = "<h1>Rolex GMT-Master II 16710</h1><table><tr><td>Wire</td><td>€ 8,700</td></tr>\
               <tr><td>Card</td><td>€ 9,100</td></tr></table>";
    house.shelf.put(ADDRESS, 200, lot);
    for _ in 0..2 {
        house.clock.advance(Span::hours(1));
        let report = poll(&house.app).await;
        assert!(report.problems.iter().any(|it| it.contains("pointed at again")), "{report:?}");
    }
    assert_eq!(price(&house).await, "8900.00", "the last good price stays");
    assert!(matches!(state(&house).await, SourceState::Degraded { .. }));
    let notices = house.ear.heard().split_off(told);
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!(notices[0].title, "keller.test must be pointed at again");

    // Pointed at again, it is well again.
    let points = point_at(&house, "€ 8,700").await;
    let source = follow(&house, points).await;
    assert_eq!((price(&house).await.as_str(), state(&house).await), ("8700.00", SourceState::Ok));
    poll(&house.app).await;
    assert_eq!((price(&house).await.as_str(), state(&house).await), ("8700.00", SourceState::Ok));

    // Taken back, the rule before it stands.
    house.app.take_back_page(TakeBackPage { key: source.key.clone() }).await.expect("taken back");
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), text);
    let twice = house.app.take_back_page(TakeBackPage { key: source.key }).await;
    assert_eq!(twice.expect_err("nothing is left").code, FaultCode::NotFound);
}

#[tokio::test]
async fn a_page_that_states_its_watch_needs_no_pointing_and_can_be_taken_back() {
    let house = House::new().await;
    let stated = r#"<script type="application/ld+json">{"@type":"Product","name":"Omega Speedmaster 3570.50",
        "offers":{"price":"4200","priceCurrency":"EUR"}}</script><h1>Omega Speedmaster 3570.50</h1><p>€ 4,200</p>"#;
    house.shelf.put(ADDRESS, 200, stated);
    let reading = house.app.read_page(ask(&[])).await.expect("it is read");
    assert!(reading.readable);
    assert!(
        reading.fields.iter().all(|field| field.how == FoundHow::Stated),
        "{:?}",
        reading.fields
    );
    let source = follow(&house, Vec::new()).await;
    assert_eq!(price(&house).await, "4200.00");
    assert!(!house.folder.path().join("adapters").exists(), "nothing was pointed at");
    house.shelf.put(ADDRESS, 200, stated.replace("4200", "3900"));
    poll(&house.app).await;
    assert_eq!(price(&house).await, "3900.00", "without a watchlist too");
    house.app.take_back_page(TakeBackPage { key: source.key }).await.expect("taken back");
    let sources = house.app.list_sources(ListSources {}).await.expect("sources");
    assert!(sources.iter().all(|source| source.kind != SourceKind::Page));
    let all = ListListings { limit: 10, ..ListListings::default() };
    assert_eq!(house.app.list_listings(all).await.expect("rows").rows.len(), 0);
}

#[tokio::test]
async fn what_cannot_be_read_or_followed_is_said() {
    let house = House::new().await;
    let refused = house.app.read_page(ask(&[])).await.expect_err("there is no page");
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (FaultCode::BadRequest, "the page answers with status 404")
    );
    house.shelf.put(ADDRESS, 200, PAGE);
    let command = FollowPage { url: ADDRESS.to_owned(), ..FollowPage::default() };
    let refused = house.app.follow_page(command).await.expect_err("it shows several prices");
    assert_eq!(refused.code, FaultCode::BadRequest);
    let reading = house.app.read_page(ask(&[])).await.expect("it is read");
    let wrong = [Point { field: PointedField::Price, node: at(&reading, "Asking price") }];
    let refused = house.app.read_page(ask(&wrong)).await.expect_err("no price stands there");
    assert!(refused.message.contains("`Asking price` is no price"), "{}", refused.message);
    // The person's own file is wrong: it is said with its place.
    let folder = house.folder.path().join("adapters");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("mine.toml"), "format = 1\nhosts = [\"keller.test\"\n")
        .expect("written");
    let refused = house.app.read_page(ask(&[])).await.expect_err("the file is wrong");
    assert_eq!(refused.code, FaultCode::BadFile);
    assert!(refused.message.contains("mine.toml, line 2"), "{}", refused.message);
}
