//! Fills a data folder with many listings before the app is started on it.
//!
//! Each is a function of its number, so a screenshot shows the same rows every time.

use std::path::Path;

use anyhow::Result;
use watches_core::{
    condition::Condition,
    id::ListingId,
    listing::{
        extracted::{Extracted, SaleKind, SaleState},
        normalise::Normalised,
    },
    money::{Currency, Money},
    reference::Identified,
    set::{SetName, SetParts},
    time::{Span, Timestamp},
};
use watches_store::{
    Store,
    listings::{self, Document, Listing, Stored},
};

/// Brand, family, reference, base, price in euros.
const WATCHES: &[(&str, &str, &str, &str, i64)] = &[
    ("Rolex", "Submariner Date", "126610LN", "126610", 12_400),
    ("Rolex", "GMT-Master II", "126710BLRO", "126710", 18_900),
    ("Rolex", "Explorer", "124270", "124270", 7_900),
    ("Omega", "Speedmaster Professional", "310.30.42.50.01.001", "310.30.42.50.01.001", 5_600),
    ("Omega", "Seamaster Diver 300M", "210.30.42.20.01.001", "210.30.42.20.01.001", 4_300),
    ("Tudor", "Black Bay 58", "M79030N-0001", "M79030N", 3_150),
    ("Tudor", "Pelagos 39", "M25407N-0001", "M25407N", 3_700),
    ("Patek Philippe", "Aquanaut", "5167A-001", "5167A", 48_500),
    ("Audemars Piguet", "Royal Oak", "15500ST.OO.1220ST.01", "15500ST", 41_000),
    ("Cartier", "Santos", "WSSA0018", "WSSA0018", 6_100),
    ("Jaeger-LeCoultre", "Reverso Classic", "Q2438520", "Q2438520", 6_900),
    ("Grand Seiko", "Heritage", "SBGA211", "SBGA211", 5_200),
];

/// Listings written in one transaction.
const PART: u32 = 10_000;

/// The system's time, for rows that must look fresh beside the app's own clock.
pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX)))
}

/// Writes `count` listings into the folder's store, as first seen over the days before `now`.
///
/// # Errors
/// The store cannot be made or written.
pub async fn listings(data_dir: &Path, count: u32, now: Timestamp) -> Result<()> {
    std::fs::create_dir_all(data_dir)?;
    let store = Store::open(&data_dir.join("watches.db"), now).await?;
    let mut number = 0;
    while number < count {
        let end = count.min(number + PART);
        let rows: Vec<Stored> = (number..end).map(|number| listing(number, count, now)).collect();
        let mut tx = store.write().await?;
        listings::put(&mut tx, &rows).await?;
        tx.commit().await?;
        number = end;
    }
    store.close().await;
    Ok(())
}

fn listing(number: u32, count: u32, now: Timestamp) -> Stored {
    let dice = |sides: u32, salt: u32| (number.wrapping_mul(2_654_435_761) >> salt) % sides;
    let (brand, family, reference, base, euros) = WATCHES[dice(12, 7) as usize];
    let asked = euros * i64::from(85 + dice(30, 11)) / 100 / 10 * 10;
    let price = Money::new(asked * 100, Currency::EUR);
    let first_price = Money::new(asked * 100 * i64::from(100 + dice(8, 3)) / 100, Currency::EUR);
    let first_seen = now - Span::minutes(i64::from(count - number));
    let year = 2010 + u16::try_from(dice(16, 5)).unwrap_or(0);
    let title = format!("{brand} {family} {reference} {year} Full Set Box & Papers top condition");
    let source = ["demo-ebay", "demo-chrono24", "demo-dealer"][dice(3, 9) as usize];
    let url = format!("http://127.0.0.1:9/watch/{number}");
    let extracted = Extracted {
        price: Some(price),
        price_text: Some(price.to_string()),
        seller: Some(format!("seller {}", dice(400, 2))),
        ..Extracted::new(source, number.to_string(), &url, &title)
    };
    let watch = Identified {
        brand: Some(brand.to_owned()),
        family: Some(family.to_owned()),
        reference: Some(reference.to_owned()),
        reference_base: Some(base.to_owned()),
        year: Some(year),
        is_watch: true,
        confidence: 0.98,
        clues: Vec::new(),
    };
    let listing = Listing {
        id: id(number),
        source: source.to_owned(),
        market_id: number.to_string(),
        url,
        title,
        name: format!("{brand} {family} {reference}"),
        brand: watch.brand.clone(),
        family: watch.family.clone(),
        reference: watch.reference.clone(),
        reference_base: watch.reference_base.clone(),
        seller: extracted.seller.clone(),
        price: Some(price),
        first_price: Some(first_price),
        landed: Some(Money::new(price.minor + 4_900, Currency::EUR)),
        price_rank: Some(price.minor),
        year: Some(year),
        condition: Some(Condition::VeryGood),
        set: Some(SetName::FullSet),
        kind: SaleKind::Fixed,
        state: if dice(12, 4) == 0 { SaleState::Sold } else { SaleState::Active },
        ends_at: None,
        country: Some("DE".to_owned()),
        image: None,
        photo: None,
        first_seen,
        last_seen: now,
        matches: false,
        dismissed: false,
    };
    let normalised = Normalised {
        extracted,
        watch,
        condition: listing.condition,
        set: SetParts { parts: Vec::new(), has_box: Some(true), has_papers: Some(true) },
        material: None,
        diameter_mm: None,
    };
    Stored { listing, document: Document { normalised, landed: None } }
}

/// A UUIDv7 in form: version 7, variant 2, then the number.
fn id(number: u32) -> ListingId {
    let text = format!("01930000-0000-7000-8000-{number:012x}");
    text.parse().expect("hexadecimal digits in groups of 8, 4, 4, 4 and 12 are an id")
}
