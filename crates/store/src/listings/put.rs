//! Writing listings whole: row, document and words together.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
};

use sqlx::{AssertSqlSafe, Row as _};
use watches_core::id::ListingId;

use super::{
    Stored, json_ids,
    row::{self, Row, TABLE},
    tally::{self, Facets},
};
use crate::{
    StoreError, Tx,
    batch::Insert,
    cell::{Cell, document_cell},
};

const LISTINGS: Insert = Insert {
    table: TABLE,
    into: "insert into listings (seq, id, source, market_id, url, title, name, brand, family, \
        reference, reference_base, seller, price_minor, price_currency, first_price_minor, \
        first_price_currency, landed_minor, landed_currency, price_rank, drop_ppm, year, condition, \
        set_name, kind, state, ends_at, country, image, photo, first_seen, last_seen, matches, \
        dismissed, words, digest) values",
    on_conflict: "on conflict (seq) do update set id = excluded.id, source = excluded.source, \
        market_id = excluded.market_id, url = excluded.url, title = excluded.title, \
        name = excluded.name, brand = excluded.brand, family = excluded.family, \
        reference = excluded.reference, reference_base = excluded.reference_base, \
        seller = excluded.seller, price_minor = excluded.price_minor, \
        price_currency = excluded.price_currency, first_price_minor = excluded.first_price_minor, \
        first_price_currency = excluded.first_price_currency, landed_minor = excluded.landed_minor, \
        landed_currency = excluded.landed_currency, price_rank = excluded.price_rank, \
        drop_ppm = excluded.drop_ppm, year = excluded.year, condition = excluded.condition, \
        set_name = excluded.set_name, kind = excluded.kind, state = excluded.state, \
        ends_at = excluded.ends_at, country = excluded.country, image = excluded.image, \
        photo = excluded.photo, first_seen = excluded.first_seen, last_seen = excluded.last_seen, \
        matches = excluded.matches, dismissed = excluded.dismissed, words = excluded.words, \
        digest = excluded.digest",
};

const DOCUMENTS: Insert = Insert {
    table: super::documents::TABLE,
    into: "insert into listing_documents (seq, normalised, landed, digest) values",
    on_conflict: "on conflict (seq) do update set normalised = excluded.normalised, \
        landed = excluded.landed, digest = excluded.digest",
};

/// Adds the listings, or changes all of those whose id is there. A source and market id that is there
/// under another id is refused.
pub async fn put(tx: &mut Tx, stored: &[Stored]) -> Result<(), StoreError> {
    let known = known(tx, stored).await?;
    let mut next = next_seq(tx).await?;
    let first_fresh = next;
    let mut rows = Vec::with_capacity(stored.len());
    let mut documents = Vec::with_capacity(stored.len());
    let (mut reworded, mut before) = (Vec::new(), Vec::new());
    for Stored { listing, document } in stored {
        let words = row::words_of(listing);
        let seq = match known.get(&listing.id) {
            Some(old) => {
                if old.words != words {
                    reworded.push(old.seq);
                }
                before.push(old.facets.clone());
                old.seq
            }
            None => {
                next += 1;
                next - 1
            }
        };
        documents.push(vec![
            Cell::from(seq),
            document_cell(super::documents::TABLE, &document.normalised)?,
            match &document.landed {
                Some(landed) => document_cell(super::documents::TABLE, landed)?,
                None => Cell::Null,
            },
        ]);
        rows.push(Row { seq, words, listing: Cow::Borrowed(listing) });
    }
    remember_long_words(tx, &rows).await?;
    save_rows(tx, &rows, before).await?;
    DOCUMENTS.rows(tx, documents).await?;
    index(tx, first_fresh, &reworded).await
}

/// Writes rows whose words are indexed already; `before` is what those that were there counted as.
pub(crate) async fn save_rows(
    tx: &mut Tx,
    rows: &[Row<'_>],
    before: Vec<Facets>,
) -> Result<(), StoreError> {
    LISTINGS.rows(tx, rows.iter().map(row::cells).collect()).await?;
    tally::shift(tx, before, rows.iter().map(|row| Facets::of(&row.listing))).await
}

/// A listing that is there already.
struct Known {
    seq: i64,
    words: String,
    facets: Facets,
}

const KNOWN: &str = "select id, seq, words, source, kind, state, dismissed, matches from listings \
    where id in (select value from json_each(?1))";

async fn known(tx: &mut Tx, stored: &[Stored]) -> Result<HashMap<ListingId, Known>, StoreError> {
    let ids: Vec<ListingId> = stored.iter().map(|one| one.listing.id).collect();
    let rows = sqlx::query(KNOWN).bind(json_ids(&ids)).fetch_all(tx.connection()).await?;
    let mut known = HashMap::with_capacity(rows.len());
    for row in rows {
        let id: String = row.try_get_unchecked(0)?;
        let damaged = StoreError::Damaged { table: TABLE, what: "an id is none" };
        let id = id.parse().map_err(|_| damaged)?;
        let facets = Facets {
            source: row.try_get_unchecked(3)?,
            kind: row.try_get_unchecked(4)?,
            state: row.try_get_unchecked(5)?,
            dismissed: row.try_get_unchecked(6)?,
            matches: row.try_get_unchecked(7)?,
        };
        let words = row.try_get_unchecked(2)?;
        known.insert(id, Known { seq: row.try_get_unchecked(1)?, words, facets });
    }
    Ok(known)
}

const LAST: &str = "select coalesce(max(seq), 0) from listings";

async fn next_seq(tx: &mut Tx) -> Result<i64, StoreError> {
    let row = sqlx::query(LAST).fetch_one(tx.connection()).await?;
    Ok(row.try_get_unchecked::<i64, _>(0)? + 1)
}

const LONG_WORDS: Insert = Insert {
    table: "long_words",
    into: "insert into long_words (word) values",
    on_conflict: "on conflict (word) do nothing",
};

/// Notes the words that no prefix index holds whole.
async fn remember_long_words(tx: &mut Tx, rows: &[Row<'_>]) -> Result<(), StoreError> {
    let long = |word: &&str| word.len() > super::text::INDEXED;
    let words = rows.iter().flat_map(|row| row.words.split(' ').filter(long));
    let distinct: BTreeSet<&str> = words.collect();
    let rows = distinct.into_iter().map(|word| vec![Cell::from(word)]).collect();
    LONG_WORDS.bare(tx, rows).await.map(|_| ())
}

const UNINDEX: &str = "delete from listing_words where rowid in (select value from json_each(?1))";
const INDEX_FRESH: &str =
    "insert into listing_words (rowid, words) select seq, words from listings where seq >= ?1";
const INDEX_AGAIN: &str = "insert into listing_words (rowid, words) select seq, words from listings \
    where seq in (select value from json_each(?1))";

/// Brings the word index in line. One statement for all: FTS5 flushes after each, which is what costs.
async fn index(tx: &mut Tx, first_fresh: i64, reworded: &[i64]) -> Result<(), StoreError> {
    if !reworded.is_empty() {
        let list: Vec<String> = reworded.iter().map(i64::to_string).collect();
        let json = format!("[{}]", list.join(","));
        for sql in [UNINDEX, INDEX_AGAIN] {
            sqlx::query(sql).bind(json.clone()).execute(tx.connection()).await?;
        }
    }
    sqlx::query(INDEX_FRESH).bind(first_fresh).execute(tx.connection()).await?;
    Ok(())
}

/// `select` with the row's columns and what follows `from listings`.
pub(crate) fn select(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("select {} from listings {rest}", row::COLUMNS))
}
