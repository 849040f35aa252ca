//! Synthetic listings by seed: titles of about 51 bytes, 20,000 references, a few thousand sellers.
//!
//! Every row is a function of seed and number, so both sides get the same ones in any order.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    time::Instant,
};

use anyhow::Result;
use tokio::runtime::Runtime;
use watches_core::{
    condition::Condition,
    id::ListingId,
    listing::{
        extracted::{Extracted, SaleKind, SaleState},
        normalise::Normalised,
    },
    money::{Currency, Money},
    reference::Identified,
    set::SetParts,
};
use watches_store::{
    Store,
    listings::{self, Document, Listing, Stored},
    words,
};

use super::NOW;
use crate::{
    alternate::Ratios,
    line::{Line, Promise},
    peers::Peer,
    random::Random,
};

/// Listings written in one transaction.
pub(super) const PART: u64 = 10_000;

const BRANDS: &[(&str, &[&str])] = &[
    ("Rolex", &["Submariner Date", "Datejust", "GMT-Master II", "Explorer", "Daytona", "Day-Date"]),
    ("Omega", &["Speedmaster Professional", "Seamaster Diver", "Constellation", "De Ville"]),
    ("Patek Philippe", &["Nautilus", "Aquanaut", "Calatrava", "Complications"]),
    ("Audemars Piguet", &["Royal Oak", "Royal Oak Offshore", "Code"]),
    ("Tudor", &["Black Bay", "Pelagos", "Ranger"]),
    ("Cartier", &["Santos", "Tank Must", "Ballon Bleu"]),
    ("Jaeger-LeCoultre", &["Reverso Classic", "Master Control", "Polaris"]),
    ("Breitling", &["Navitimer", "Superocean", "Chronomat"]),
    ("Grand Seiko", &["Spring Drive", "Snowflake", "Heritage"]),
    ("IWC", &["Portugieser", "Pilot Mark", "Portofino"]),
    ("Longines", &["HydroConquest", "Spirit", "Master Collection"]),
    ("Seiko", &["Prospex", "Presage", "Alpinist"]),
];
const EXTRAS: &[&str] = &[
    "automatic",
    "full set",
    "box papers",
    "steel",
    "unworn",
    "mint",
    "black dial",
    "blue dial",
    "ceramic bezel",
    "gold",
    "bracelet",
    "chronograph",
    "serviced",
    "vintage",
    "limited edition",
    "warranty",
    "automatically wound",
    "green",
    "white",
    "titanium",
    "jubilee",
    "oyster",
    "nos",
];

/// The numbers of one row or one purpose: every row is made alone, in any order.
pub(super) fn numbers(seed: u64, stream: u64) -> Random {
    Random::new(
        seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ stream.wrapping_mul(0xd134_2543_de82_ef95),
    )
}

/// Listing `number`, counted from 1 as the store counts places.
pub(super) fn listing(seed: u64, number: u64) -> Stored {
    let mut numbers = numbers(seed, number);
    let (brand, families) = *numbers.pick(BRANDS);
    let family = *numbers.pick(families);
    let reference = reference(seed, numbers.below(20_000));
    let (first, second) = (*numbers.pick(EXTRAS), *numbers.pick(EXTRAS));
    let title = format!("{brand} {family} {reference} {first} {second}");
    let price =
        Money::new(50_000 + i64::try_from(numbers.below(5_000_000)).unwrap_or(0), Currency::EUR);
    let auction = numbers.below(10) == 0;
    let ends =
        NOW + watches_core::time::Span::minutes(i64::try_from(numbers.below(14_400)).unwrap_or(0));
    let source = *numbers.pick(&["ebay", "chrono24"]);
    let url = format!("https://market.example/itm/{number}");
    let mut extracted = Extracted::new(source, number.to_string(), &url, &title);
    extracted.price = Some(price);
    extracted.price_text = Some(price.to_string());
    extracted.image = Some(format!("https://img.market.example/{number}.jpg"));
    let seller = format!("dealer{} watches", numbers.below(4_000));
    extracted.seller = Some(seller.clone());
    let kind = if auction { SaleKind::Auction } else { SaleKind::Fixed };
    extracted.kind = kind;
    let listing = Listing {
        id: ListingId(uuid::Uuid::from_u128(
            (0x0193_u128 << 112) | (0x7 << 76) | u128::from(number),
        )),
        source: source.to_owned(),
        market_id: number.to_string(),
        url,
        title: title.clone(),
        name: format!("{brand} {family} {reference}"),
        brand: Some(brand.to_owned()),
        family: Some(family.to_owned()),
        reference: Some(reference.clone()),
        reference_base: Some(reference.clone()),
        seller: Some(seller),
        price: Some(price),
        first_price: Some(price),
        landed: Some(price.scaled_ppm(1_050_000)),
        price_rank: Some(price.minor),
        year: Some(2000 + u16::try_from(numbers.below(26)).unwrap_or(0)),
        condition: Some(Condition::VeryGood),
        set: None,
        kind,
        state: if numbers.below(20) == 0 { SaleState::Sold } else { SaleState::Active },
        ends_at: auction.then_some(ends),
        country: Some("DE".to_owned()),
        image: extracted.image.clone(),
        photo: None,
        first_seen: NOW,
        last_seen: NOW,
        matches: false,
        dismissed: false,
    };
    let watch = Identified {
        brand: listing.brand.clone(),
        family: listing.family.clone(),
        reference: listing.reference.clone(),
        is_watch: true,
        confidence: 0.9,
        ..Identified::default()
    };
    let normalised = Normalised {
        extracted,
        watch,
        condition: listing.condition,
        set: SetParts::default(),
        material: None,
        diameter_mm: None,
    };
    Stored { listing, document: Document { normalised, landed: None } }
}

/// Reference `number` of a seed: five or six digits and a suffix, as the markets write them.
fn reference(seed: u64, number: u64) -> String {
    let mut numbers = numbers(seed ^ 0x5eed, number);
    let digits = 10_000 + numbers.below(290_000);
    format!("{digits}{}", numbers.pick(&["", "LN", "LV", "BLRO", "A", "PS", "ST"]))
}

/// The words a listing is found by: what the store itself derives.
pub(super) fn words_of(listing: &Listing) -> String {
    let known = [&listing.brand, &listing.family, &listing.reference, &listing.seller];
    let known = known.into_iter().flatten().map(String::as_str);
    words::line(std::iter::once(listing.title.as_str()).chain(known))
}

/// Fills the store and tantivy with the same rows. The line says whether inserting slows down as the
/// store grows: the last tenth's rate beside the rate up to 100,000 rows.
pub(super) fn fill(
    store: &Store,
    runtime: &Runtime,
    folder: &Path,
    peer: &mut Peer,
    seed: u64,
    rows: u64,
) -> Result<Vec<Line>> {
    let index = folder.join("tantivy");
    std::fs::create_dir_all(&index)?;
    let _made: serde_json::Value =
        peer.ask(&serde_json::json!({"do": "make_words", "path": index}))?;
    let file = folder.join("words.tsv");
    let mut rates = Vec::new();
    for part in 0..rows.div_ceil(PART) {
        let numbers = part * PART + 1..=((part + 1) * PART).min(rows);
        let stored: Vec<Stored> = numbers.clone().map(|number| listing(seed, number)).collect();
        let begun = Instant::now();
        put(store, runtime, &stored)?;
        rates.push(stored.len() as f64 / begun.elapsed().as_secs_f64());
        let mut lines = BufWriter::new(File::create(&file)?);
        for (number, one) in numbers.zip(&stored) {
            writeln!(lines, "{number}\t{}", words_of(&one.listing).trim_start())?;
        }
        lines.flush()?;
        let _added: serde_json::Value =
            peer.ask(&serde_json::json!({"do": "add_words", "path": file}))?;
    }
    let _finished: serde_json::Value = peer.ask(&serde_json::json!({"do": "finish_words"}))?;
    let early: Vec<f64> = rates.iter().copied().take(10).collect();
    let late: Vec<f64> = rates.iter().copied().rev().take(rates.len().div_ceil(10)).collect();
    let pair = (crate::alternate::median(late), crate::alternate::median(early));
    let ratios = Ratios::of(&[pair]);
    let metric = "insert_rows_per_s_last_tenth_vs_first_100k";
    Ok(vec![
        Line::new("store", metric, rows, "ours, small", &ratios, Promise::Reported).wall_clock(),
    ])
}

/// One transaction, as a poll's page is one.
pub(super) fn put(store: &Store, runtime: &Runtime, stored: &[Stored]) -> Result<()> {
    runtime.block_on(async {
        let mut tx = store.write().await?;
        listings::put(&mut tx, stored).await?;
        tx.commit().await?;
        Ok(())
    })
}
