//! 5c: open the store and read the first 50 rows, beside sqlite3 with the same query on the same file.
//!
//! Ours takes the lock, looks at the header, reads the identity, checks the rows' digests and has the total.

use std::{path::Path, time::Instant};

use anyhow::Result;
use serde::Deserialize;
use tokio::runtime::Runtime;
use watches_store::{
    Cancel, Store,
    listings::{Query, Sort},
};

use super::NOW;
use crate::{alternate::alternate, line::Line, peers::Peer};

/// The window's first query as a script would write it.
const SQL: &str = "select market_id, id, source, url, title, name, brand, family, reference, \
    reference_base, seller, price_minor, price_currency, first_price_minor, first_price_currency, \
    landed_minor, landed_currency, price_rank, drop_ppm, year, condition, set_name, kind, state, ends_at, \
    country, image, photo, first_seen, last_seen, matches, dismissed from listings \
    where state = 'active' and dismissed = 0 order by seq desc limit 50";

#[derive(Debug, Deserialize)]
struct Opened {
    seconds: f64,
    ids: Vec<String>,
}

pub(super) fn run(
    path: &Path,
    runtime: &Runtime,
    peer: &mut Peer,
    pairs: usize,
    rows: u64,
) -> Result<Vec<Line>> {
    let mut ours_ids = Vec::new();
    let mut peer_ids = Vec::new();
    let ours = || {
        let begun = Instant::now();
        let query = Query { sort: Sort::Newest, limit: 50, ..Query::default() };
        let (store, page) = runtime.block_on(async {
            let store = Store::open(path, NOW).await?;
            let page = store.listings(&query, &Cancel::new()).await?;
            Ok::<_, anyhow::Error>((store, page))
        })?;
        let seconds = begun.elapsed().as_secs_f64();
        ours_ids = page.rows.into_iter().map(|row| row.market_id).collect();
        runtime.block_on(store.close());
        Ok(seconds * 1_000.0)
    };
    let theirs = || {
        let opened: Opened =
            peer.ask(&serde_json::json!({"do": "open", "path": path, "sql": SQL}))?;
        peer_ids = opened.ids;
        Ok(opened.seconds * 1_000.0)
    };
    let ratios = alternate(pairs, ours, theirs)?;
    let name = "python sqlite3, same query and file";
    let line =
        Line::new("store", "open_first_50_ms", rows, name, &ratios, super::at_a_million(rows, 2.0));
    Ok(vec![line.equal(ours_ids == peer_ids && !ours_ids.is_empty()).wall_clock()])
}
