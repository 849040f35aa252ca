//! 5b: search as you type, newest 50, beside tantivy, one keystroke after the other on both sides.
//!
//! Ours is the whole answer the window gets: rows read and checked, and the total. The peer's is the
//! search alone: the numbers of the hits.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::runtime::Runtime;
use watches_store::{
    Cancel, Store,
    listings::{Filter, Query, Sort},
    words,
};

use super::{StoreArgs, synthetic};
use crate::{
    alternate::Ratios,
    line::{Line, Promise},
    peers::Peer,
};

#[derive(Debug, Deserialize)]
struct Found {
    seconds: f64,
    ids: Vec<i64>,
}

pub(super) fn run(
    store: &Store,
    runtime: &Runtime,
    peer: &mut Peer,
    args: &StoreArgs,
    rows: u64,
    name: &str,
) -> Result<Vec<Line>> {
    let typed = keystrokes(args.effort.seed, rows, args.keystrokes);
    // Rounds of the same keystrokes; the first warms both up.
    let rounds = if args.effort.full { 5 } else { 2 };
    let (mut p50, mut p95, mut p99) = (Vec::new(), Vec::new(), Vec::new());
    let mut equal = true;
    for round in 0..=rounds {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for text in &typed {
            let (mine, seconds) = ask_ours(store, runtime, text, Sort::Newest)?;
            let found: Found =
                peer.ask(&serde_json::json!({"do": "search", "words": words::fold(text)}))?;
            if mine != found.ids {
                eprintln!("`{text}`: ours {mine:?}, theirs {:?}", found.ids);
                equal = false;
            }
            ours.push(seconds * 1_000.0);
            theirs.push(found.seconds * 1_000.0);
        }
        if round > 0 {
            p50.push((at(&mut ours, 0.50)?, at(&mut theirs, 0.50)?));
            p95.push((at(&mut ours, 0.95)?, at(&mut theirs, 0.95)?));
            p99.push((at(&mut ours, 0.99)?, at(&mut theirs, 0.99)?));
        }
    }
    let line = |metric: &str, pairs: &[(f64, f64)], promise| {
        Line::new("store", metric, rows, name, &Ratios::of(pairs), promise)
            .equal(equal)
            .wall_clock()
    };
    let mut lines = vec![
        line("keystroke_newest_p50_ms", &p50, Promise::Reported),
        line("keystroke_newest_p95_ms", &p95, Promise::Reported),
        line("keystroke_newest_p99_ms", &p99, super::at_a_million(rows, 0.5)),
    ];
    for (metric, sort) in
        [("keystroke_price_p99_ms", Sort::PriceUp), ("keystroke_ending_p99_ms", Sort::EndingSoon)]
    {
        let mut ours = Vec::new();
        for text in &typed {
            ours.push(ask_ours(store, runtime, text, sort)?.1 * 1_000.0);
        }
        // The peer is asked newest first even here: orientation, not a promise.
        let peer_p99 = crate::alternate::median(p99.iter().map(|pair| pair.1).collect());
        lines.push(line(metric, &[(at(&mut ours, 0.99)?, peer_p99)], Promise::Reported));
    }
    Ok(lines)
}

fn ask_ours(store: &Store, runtime: &Runtime, text: &str, sort: Sort) -> Result<(Vec<i64>, f64)> {
    // All states, as tantivy's index knows none.
    let filter = Filter { text: text.to_owned(), include_gone: true, ..Filter::default() };
    let query = Query { filter, sort, offset: 0, limit: 50 };
    let begun = Instant::now();
    let page = runtime.block_on(store.listings(&query, &Cancel::new()))?;
    let seconds = begun.elapsed().as_secs_f64();
    Ok((page.rows.iter().filter_map(|row| row.market_id.parse().ok()).collect(), seconds))
}

/// What a person types, letter by letter: one to three words of some listing, until there are enough.
fn keystrokes(seed: u64, rows: u64, most: usize) -> Vec<String> {
    let mut numbers = synthetic::numbers(seed, 1 << 41);
    let mut typed = Vec::with_capacity(most);
    while typed.len() < most {
        let stored = synthetic::listing(seed, 1 + numbers.below(rows));
        let words: Vec<&str> = stored.listing.title.split_whitespace().collect();
        let first = numbers.below(words.len() as u64);
        let taken = 1 + numbers.below(3);
        let (first, taken) = (usize::try_from(first), usize::try_from(taken));
        let chosen: Vec<&str> =
            words.iter().copied().skip(first.unwrap_or(0)).take(taken.unwrap_or(1)).collect();
        let text = chosen.join(" ").to_lowercase();
        for (end, letter) in text.char_indices() {
            let so_far = text.get(..end + letter.len_utf8()).unwrap_or(&text);
            if letter.is_alphanumeric() && typed.len() < most {
                typed.push(so_far.to_owned());
            }
        }
    }
    typed
}

/// The value at a share of the sorted values.
fn at(values: &mut [f64], share: f64) -> Result<f64> {
    ensure!(!values.is_empty(), "something was measured");
    values.sort_by(f64::total_cmp);
    let index = ((values.len() - 1) as f64 * share).round();
    values.get(index as usize).copied().context("a value at that share")
}
