//! A listing to the cells of its row and back.

use std::borrow::Cow;

use super::Listing;
use crate::{
    StoreError,
    cell::{Cell, Cells, money_cells},
    codes, words,
};

pub(crate) const TABLE: &str = "listings";

/// The columns in the order of [`cells`], the digest last. Statements are built around it.
pub(crate) const COLUMNS: &str = "seq, id, source, market_id, url, title, name, brand, family, \
    reference, reference_base, seller, price_minor, price_currency, first_price_minor, \
    first_price_currency, landed_minor, landed_currency, price_rank, drop_ppm, year, condition, \
    set_name, kind, state, ends_at, country, image, photo, first_seen, last_seen, matches, dismissed, \
    words, digest";

/// A listing with its place in the order of first sight.
pub(crate) struct Row<'a> {
    pub(crate) seq: i64,
    pub(crate) words: String,
    pub(crate) listing: Cow<'a, Listing>,
}

/// The words by which a listing is found.
pub(crate) fn words_of(listing: &Listing) -> String {
    let known = [&listing.brand, &listing.family, &listing.reference, &listing.seller];
    let known = known.into_iter().flatten().map(String::as_str);
    words::line(std::iter::once(listing.title.as_str()).chain(known))
}

/// How far the price fell since it was first seen; 0 when that cannot be told.
fn drop_ppm(listing: &Listing) -> i64 {
    match (listing.first_price, listing.price) {
        (Some(first), Some(now)) if first.currency == now.currency && first.minor > 0 => {
            let fell = i128::from(first.minor) - i128::from(now.minor);
            let ppm = fell * 1_000_000 / i128::from(first.minor);
            i64::try_from(ppm).unwrap_or(i64::MIN)
        }
        _ => 0,
    }
}

pub(crate) fn cells(row: &Row<'_>) -> Vec<Cell> {
    let one = row.listing.as_ref();
    let mut cells = Vec::with_capacity(35);
    cells.extend([
        Cell::from(row.seq),
        Cell::from(one.id.to_string()),
        Cell::from(&one.source),
        Cell::from(&one.market_id),
        Cell::from(&one.url),
        Cell::from(&one.title),
        Cell::from(&one.name),
        Cell::from(one.brand.as_deref()),
        Cell::from(one.family.as_deref()),
        Cell::from(one.reference.as_deref()),
        Cell::from(one.reference_base.as_deref()),
        Cell::from(one.seller.as_deref()),
    ]);
    cells.extend(money_cells(one.price));
    cells.extend(money_cells(one.first_price));
    cells.extend(money_cells(one.landed));
    cells.extend([
        Cell::from(one.price_rank),
        Cell::from(drop_ppm(one)),
        Cell::from(one.year.map(u32::from)),
        Cell::from(one.condition.map(codes::condition_word)),
        Cell::from(one.set.map(codes::set_word)),
        Cell::from(codes::kind_word(one.kind)),
        Cell::from(codes::state_word(one.state)),
        Cell::from(one.ends_at),
        Cell::from(one.country.as_deref()),
        Cell::from(one.image.as_deref()),
        Cell::from(one.photo.as_deref()),
        Cell::from(one.first_seen),
        Cell::from(one.last_seen),
        Cell::from(one.matches),
        Cell::from(one.dismissed),
        Cell::from(&row.words),
    ]);
    cells
}

pub(crate) fn from_cells(mut cells: Cells) -> Result<Row<'static>, StoreError> {
    let seq = cells.int()?;
    let listing = Listing {
        id: cells.id()?,
        source: cells.text()?,
        market_id: cells.text()?,
        url: cells.text()?,
        title: cells.text()?,
        name: cells.text()?,
        brand: cells.opt_text()?,
        family: cells.opt_text()?,
        reference: cells.opt_text()?,
        reference_base: cells.opt_text()?,
        seller: cells.opt_text()?,
        price: cells.money()?,
        first_price: cells.money()?,
        landed: cells.money()?,
        price_rank: cells.opt_int()?,
        year: {
            cells.int()?;
            cells.opt_number()?
        },
        condition: cells.opt_word(codes::read_condition)?,
        set: cells.opt_word(codes::read_set)?,
        kind: cells.word(codes::read_kind)?,
        state: cells.word(codes::read_state)?,
        ends_at: cells.opt_at()?,
        country: cells.opt_text()?,
        image: cells.opt_text()?,
        photo: cells.opt_text()?,
        first_seen: cells.at()?,
        last_seen: cells.at()?,
        matches: cells.flag()?,
        dismissed: cells.flag()?,
    };
    Ok(Row { seq, words: cells.text()?, listing: Cow::Owned(listing) })
}
