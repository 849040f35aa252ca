//! 5a: searchable rows a CPU second, beside sqlite3 with a row trigger that fills the word index.
//!
//! Both write the same columns, indexes, prefix indexes and document text. Ours also folds the words,
//! seals each row with its digest and counts; the peer is handed the folded words ready-made.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::runtime::Runtime;
use watches_store::{
    Cancel, Store,
    listings::{Filter, Query, Stored},
};

use super::{NOW, synthetic};
use crate::{
    alternate::Ratios,
    line::{Line, Promise},
    peers::{self, Peer},
};

/// Rows per transaction on the peer's side: the setting of the figure in performance.md.
const PEER_TRANSACTION: u64 = 1_000;

#[derive(Debug, Deserialize)]
struct Seconds {
    seconds: f64,
}

#[derive(Debug, Deserialize)]
struct Found {
    ids: Vec<i64>,
    rows: u64,
}

pub(super) fn run(
    folder: &Path,
    runtime: &Runtime,
    peer: &mut Peer,
    seed: u64,
    rows: u64,
    name: &str,
) -> Result<Vec<Line>> {
    let path = folder.join("insert/watches.sqlite");
    let store = runtime.block_on(Store::open(&path, NOW)).context("an empty store opens")?;
    let migration = peers::root().join("migrations/client/0001_start.sql");
    let place = folder.join("rows.sqlite");
    let _made: serde_json::Value =
        peer.ask(&serde_json::json!({"do": "make_rows", "path": place, "migration": migration}))?;
    let file = folder.join("rows.jsonl");
    let mut pairs = Vec::new();
    // The first part warms both up and is not counted.
    for part in 0..=rows.div_ceil(synthetic::PART) {
        let numbers = part * synthetic::PART + 1..=(part + 1) * synthetic::PART;
        let stored: Vec<Stored> = numbers.map(|number| synthetic::listing(seed, number)).collect();
        let before = process_time();
        synthetic::put(&store, runtime, &stored)?;
        let ours = (process_time() - before).as_secs_f64();
        write_rows(&file, part * synthetic::PART, &stored)?;
        let ask =
            serde_json::json!({"do": "insert", "path": file, "transaction": PEER_TRANSACTION});
        let theirs: Seconds = peer.ask(&ask)?;
        let count = stored.len() as f64;
        pairs.push((count / ours, count / theirs.seconds));
    }
    let equal = same_hits(&store, runtime, peer, seed)?;
    runtime.block_on(store.close());
    let counted = pairs.get(1..).context("at least one counted part")?;
    let ratios = Ratios::of(counted);
    let line =
        Line::new("store", "insert_rows_per_cpu_s", rows, name, &ratios, Promise::AtLeast(4.0));
    Ok(vec![line.equal(equal)])
}

/// CPU time of all threads of this process: SQLite runs on one of its own.
fn process_time() -> Duration {
    let at = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(at.tv_sec.unsigned_abs(), u32::try_from(at.tv_nsec).unwrap_or(0))
}

/// The rows for the peer: the table's columns in order, the digest as 0, and the document's text.
fn write_rows(file: &Path, before: u64, stored: &[Stored]) -> Result<()> {
    let mut lines = BufWriter::new(File::create(file)?);
    for (seq, one) in (before + 1..).zip(stored) {
        let row = &one.listing;
        let money = row.price.map(|money| (money.minor, money.currency.code()));
        let (minor, currency) = money.unzip();
        let landed = row.landed.map(|money| money.minor);
        let kind = format!("{:?}", row.kind).to_lowercase();
        let state = format!("{:?}", row.state).to_lowercase();
        let listing = serde_json::json!([
            seq,
            row.id,
            row.source,
            row.market_id,
            row.url,
            row.title,
            row.name,
            row.brand,
            row.family,
            row.reference,
            row.reference_base,
            row.seller,
            minor,
            currency,
            minor,
            currency,
            landed,
            currency,
            row.price_rank,
            0,
            row.year,
            "very_good",
            null,
            kind,
            state,
            row.ends_at,
            row.country,
            row.image,
            row.photo,
            row.first_seen,
            row.last_seen,
            0,
            0,
            synthetic::words_of(row),
            0
        ]);
        let document = serde_json::to_string(&one.document.normalised)?;
        serde_json::to_writer(
            &mut lines,
            &serde_json::json!({"listing": listing, "document": document}),
        )?;
        writeln!(lines)?;
    }
    lines.flush()?;
    Ok(())
}

/// Both sides find the same newest rows for words of the rows themselves.
fn same_hits(store: &Store, runtime: &Runtime, peer: &mut Peer, seed: u64) -> Result<bool> {
    let mut numbers = synthetic::numbers(seed, 1 << 40);
    let mut equal = true;
    for _ in 0..100 {
        let stored = synthetic::listing(seed, 1 + numbers.below(synthetic::PART));
        let all: Vec<String> =
            synthetic::words_of(&stored.listing).split_whitespace().map(str::to_owned).collect();
        let words: Vec<&String> = all.iter().step_by(2).take(2).collect();
        let text = words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" ");
        let filter = Filter { text, include_gone: true, ..Filter::default() };
        let query = Query { filter, limit: 50, ..Query::default() };
        let page = runtime.block_on(store.listings(&query, &Cancel::new()))?;
        let ours: Vec<i64> =
            page.rows.iter().filter_map(|row| row.market_id.parse().ok()).collect();
        let theirs: Found = peer.ask(&serde_json::json!({"do": "find_rows", "words": words}))?;
        ensure!(theirs.rows > 0, "the peer has rows");
        equal &= ours == theirs.ids;
    }
    Ok(equal)
}
