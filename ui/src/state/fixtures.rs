//! Listing rows for tests of this folder.

use watches_core::{
    id::ListingId,
    listing::extracted::{SaleKind, SaleState},
    money::{Currency, Money},
    time::Timestamp,
};
use watches_ipc::listing::ListingRow;

pub fn row(number: u32) -> ListingRow {
    ListingRow {
        id: ListingId(uuid::Uuid::from_u128(u128::from(number))),
        name: format!("Rolex Submariner {number}"),
        title: "Rolex Submariner".to_owned(),
        source: "ebay".to_owned(),
        source_name: "eBay".to_owned(),
        price: Some(Money::new(1_000_000 + i64::from(number), Currency::EUR)),
        first_price: None,
        landed: None,
        year: None,
        condition: None,
        set: None,
        kind: SaleKind::Fixed,
        state: SaleState::Active,
        ends_at: None,
        country: None,
        photo: None,
        first_seen: Timestamp(0),
        last_seen: Timestamp(0),
        matches: false,
        dismissed: false,
        spark: Vec::new(),
    }
}
