//! Area 1: pages to listings, beside extruct (JSON-LD, microdata), selectolax and parsel (cards).
//!
//! Both sides read the same files and must give the same listings. CPU time of one thread, in slices of
//! half a second, alternated. Bad pages are timed against good ones of our own, by the byte.

mod pages;

use std::{fs, hint::black_box, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;
use serde_json::json;
use url::Url;
use watches_core::time::Timestamp;
use watches_scrape::{
    page::Page,
    sites::{Reading, read},
};

use self::pages::Kind;
use crate::{
    Effort,
    alternate::{alternate, calls_per_cpu_second, cpu_time},
    line::{Line, Promise, Verdict, print_all},
    peers::Peer,
};

#[derive(Debug, Args)]
pub struct ExtractArgs {
    #[command(flatten)]
    effort: Effort,
    /// Pages of each kind.
    #[arg(long, default_value_t = 20)]
    pages: u64,
    /// Only these kinds.
    #[arg(long, value_delimiter = ',')]
    kind: Vec<Kind>,
}

/// Title, address, minor units, currency, image, condition: what both sides must agree on.
type Row = (String, String, i64, String, String, String);

/// One comparison: a kind of page, the peer's name in its script, and what is promised.
struct Duel {
    kind: Kind,
    name: &'static str,
    tool: &'static str,
    promise: Promise,
}

const DUELS: [Duel; 4] = [
    Duel {
        kind: Kind::Jsonld,
        name: "jsonld",
        tool: "extruct_ld",
        promise: Promise::AtLeast(20.0),
    },
    Duel { kind: Kind::Cards, name: "cards", tool: "selectolax", promise: Promise::AtLeast(2.5) },
    Duel { kind: Kind::Cards, name: "cards", tool: "parsel", promise: Promise::Reported },
    Duel {
        kind: Kind::Microdata,
        name: "microdata",
        tool: "extruct_microdata",
        promise: Promise::Reported,
    },
];

/// The longest slice of a bad page against a good one, by the byte.
const HOSTILE: Promise = Promise::AtMost(1.2);

pub fn run(args: &ExtractArgs) -> Result<Verdict> {
    let wanted = |kind: Kind| args.kind.is_empty() || args.kind.contains(&kind);
    let folder = write_pages(args)?;
    let mut peer = Peer::start("extract.py", &[folder.to_string_lossy().as_ref()])?;
    let versions: serde_json::Value = peer.ask(&json!({ "do": "versions" }))?;
    let mut lines = Vec::new();
    for duel in DUELS.iter().filter(|duel| wanted(duel.kind)) {
        let version = versions[duel.tool].as_str().unwrap_or(duel.tool);
        lines.push(compare(duel, args, &mut peer, version)?);
    }
    if wanted(Kind::Hostile) {
        lines.extend(hostile(args)?);
    }
    print_all(&lines)
}

/// Writes every page that both sides read into the build directory; returns the folder.
fn write_pages(args: &ExtractArgs) -> Result<PathBuf> {
    let folder = crate::peers::target().join("bench/extract");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (kind, name) in
        [(Kind::Jsonld, "jsonld"), (Kind::Cards, "cards"), (Kind::Microdata, "microdata")]
    {
        for number in 0..args.pages {
            let text = pages::page(kind, args.effort.seed.wrapping_mul(1_000).wrapping_add(number));
            fs::write(folder.join(format!("{name}-{number:03}.html")), text)?;
        }
    }
    Ok(folder)
}

fn load(kind: Kind, args: &ExtractArgs) -> Vec<Page> {
    let seed = |number| args.effort.seed.wrapping_mul(1_000).wrapping_add(number);
    (0..args.pages).map(|number| saved(pages::page(kind, seed(number)))).collect()
}

/// A page as a file: it says itself where it comes from.
fn saved(text: String) -> Page {
    Page::saved(text, None::<Url>, Timestamp(0))
}

#[derive(Debug, Deserialize)]
struct Rows {
    rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Slice {
    pages_per_cpu_s: f64,
}

fn compare(duel: &Duel, args: &ExtractArgs, peer: &mut Peer, version: &str) -> Result<Line> {
    let pages = load(duel.kind, args);
    let mut ours: Vec<Row> = pages.iter().flat_map(rows).collect();
    let request = json!({ "do": "rows", "with": duel.tool, "kind": duel.name });
    let mut theirs = peer.ask::<Rows>(&request).context("the peer's rows")?.rows;
    ours.sort();
    theirs.sort();
    let expected = pages::OFFERS * pages.len();
    if ours != theirs {
        explain(&ours, &theirs);
    }
    let slice = json!({ "do": "slice", "with": duel.tool, "kind": duel.name, "cpu_seconds": 0.5 });
    let mut next = 0_usize;
    // A quick run spends its time on what is promised.
    let brief = !args.effort.full && duel.promise == Promise::Reported;
    let pairs = if brief { args.effort.pairs.min(3) } else { args.effort.pairs };
    let ratios = alternate(
        pairs,
        || {
            let mut one = || {
                black_box(read(None, &pages[next % pages.len()]));
                next += 1;
            };
            Ok(calls_per_cpu_second(Duration::from_millis(500), &mut one))
        },
        || Ok(peer.ask::<Slice>(&slice)?.pages_per_cpu_s),
    )?;
    let metric = format!("pages_per_cpu_s.{}", duel.name);
    let line = Line::new("extract", &metric, pages.len() as u64, version, &ratios, duel.promise);
    Ok(line.equal(ours == theirs && ours.len() == expected))
}

/// What our reader gave, in the form that both sides share.
fn rows(page: &Page) -> Vec<Row> {
    let Reading::Listings(found) = read(None, page) else { return Vec::new() };
    let row = |listing: watches_core::listing::extracted::Extracted| {
        let condition = listing.condition_text.or(listing.condition_code).unwrap_or_default();
        let price = listing.price?;
        Some((
            listing.title,
            listing.url,
            price.minor,
            price.currency.code().to_owned(),
            listing.image.unwrap_or_default(),
            condition.trim_start_matches("schema:").to_owned(),
        ))
    };
    found.listings.into_iter().filter_map(row).collect()
}

/// The first row of each side that the other lacks, for a person.
fn explain(ours: &[Row], theirs: &[Row]) {
    eprintln!("ours {} rows, theirs {} rows", ours.len(), theirs.len());
    eprintln!("only ours:   {:?}", ours.iter().find(|row| !theirs.contains(row)));
    eprintln!("only theirs: {:?}", theirs.iter().find(|row| !ours.contains(row)));
}

/// Nanoseconds a byte on each bad page, against the good page with cards.
fn hostile(args: &ExtractArgs) -> Result<Vec<Line>> {
    let good = load(Kind::Cards, args);
    let pairs = if args.effort.full { args.effort.pairs } else { args.effort.pairs.min(2) };
    let mut lines = Vec::new();
    for (name, text) in pages::hostile(args.effort.seed) {
        let bad = [saved(text)];
        let ratios = alternate(pairs, || Ok(ns_per_byte(&bad)), || Ok(ns_per_byte(&good)))?;
        let metric = format!("ns_per_byte.hostile.{name}");
        lines.push(Line::new(
            "extract",
            &metric,
            bad[0].text.len() as u64,
            "ours, good page",
            &ratios,
            HOSTILE,
        ));
    }
    Ok(lines)
}

/// At least half a second of CPU time over the pages in turn.
fn ns_per_byte(pages: &[Page]) -> f64 {
    let begin = cpu_time();
    let mut bytes = 0_usize;
    loop {
        for page in pages {
            black_box(read(None, page));
            bytes += page.text.len();
        }
        let spent = cpu_time().saturating_sub(begin);
        if spent >= Duration::from_millis(500) {
            return spent.as_nanos() as f64 / bytes as f64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_pages_are_read_in_full() {
        for kind in [Kind::Jsonld, Kind::Cards, Kind::Microdata] {
            let page = saved(pages::page(kind, 7));
            assert!((350_000..480_000).contains(&page.text.len()), "{kind:?} {}", page.text.len());
            assert_eq!(rows(&page).len(), pages::OFFERS, "{kind:?}");
        }
    }
}
