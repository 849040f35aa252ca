//! Area 4: the reference in a title, beside pyahocorasick, Python's re with a dict, and rapidfuzz.
//!
//! All read the same titles and the same list. The exact ones must name the same reference of every title;
//! rapidfuzz, which answers by likeness, is compared in speed alone. CPU time of one thread, alternated.

use std::{collections::HashSet, fs, hint::black_box, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;
use serde_json::json;
use watches_core::reference::{Finder, Key};

use crate::{
    Effort,
    alternate::{alternate, calls_per_cpu_second},
    line::{Line, Promise, Verdict, print_all},
    peers::Peer,
    random::Random,
};

#[derive(Debug, Args)]
pub struct RefsArgs {
    #[command(flatten)]
    effort: Effort,
    /// Titles that both sides read; quick: 50,000.
    #[arg(long)]
    titles: Option<usize>,
    /// Lengths of the list of references; growth is judged between the first and the last.
    #[arg(long, value_delimiter = ',', default_value = "1000,20000,100000")]
    refs: Vec<usize>,
    /// The share of titles whose reference is mistyped.
    #[arg(long, default_value_t = 0.05)]
    typos: f64,
}

/// The list that the peers are judged on.
const JUDGED: usize = 20_000;

#[derive(Debug, Deserialize)]
struct Ids {
    ids: Vec<i64>,
}

#[derive(Debug, Deserialize)]
struct Slice {
    titles_per_cpu_s: f64,
}

pub fn run(args: &RefsArgs) -> Result<Verdict> {
    let titles = args.titles.unwrap_or(if args.effort.full { 200_000 } else { 50_000 });
    let most = args.refs.iter().copied().max().unwrap_or(JUDGED).max(JUDGED);
    let mut random = Random::new(args.effort.seed);
    let references = references(&mut random, most);
    // Titles name references of the shortest list, so that every list finds as many.
    let named = &references[..args.refs.iter().copied().min().unwrap_or(JUDGED)];
    let titles: Vec<String> = (0..titles).map(|_| title(&mut random, named, args.typos)).collect();
    let folder = write(&titles, &references)?;
    let mut peer = Peer::start("refs.py", &[folder.to_string_lossy().as_ref()])?;
    let versions: serde_json::Value = peer.ask(&json!({ "do": "versions" }))?;
    let _loaded: serde_json::Value = peer.ask(&json!({ "do": "load", "refs": JUDGED }))?;
    let finder = finder(&references[..JUDGED]);
    let mut lines = Vec::new();
    for (tool, promise) in [
        ("ahocorasick", Promise::AtLeast(4.0)),
        ("re", Promise::Reported),
        ("rapidfuzz", Promise::AtLeast(5_000.0)),
    ] {
        let version = versions[tool].as_str().unwrap_or(tool);
        lines.push(compare(args, &finder, &titles, &mut peer, tool, version, promise)?);
    }
    lines.push(growth(args, &references, &titles)?);
    print_all(&lines)
}

fn finder(references: &[String]) -> Finder {
    Finder::new(references.iter().map(String::as_str))
}

fn write(titles: &[String], references: &[String]) -> Result<PathBuf> {
    let folder = crate::peers::target().join("bench/refs");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("titles.txt"), titles.join("\n"))?;
    fs::write(folder.join(format!("refs-{JUDGED}.txt")), references[..JUDGED].join("\n"))?;
    Ok(folder)
}

fn compare(
    args: &RefsArgs,
    finder: &Finder,
    titles: &[String],
    peer: &mut Peer,
    tool: &str,
    version: &str,
    promise: Promise,
) -> Result<Line> {
    let exact = tool != "rapidfuzz";
    let equal = if exact { same_ids(finder, titles, peer, tool)? } else { true };
    let slice =
        json!({ "do": "slice", "with": tool, "cpu_seconds": if exact { 0.5 } else { 1.0 } });
    let brief = !args.effort.full && !exact;
    let ratios = alternate(
        if brief { args.effort.pairs.min(3) } else { args.effort.pairs },
        || Ok(rate(finder, titles)),
        || Ok(peer.ask::<Slice>(&slice)?.titles_per_cpu_s),
    )?;
    let metric = format!("titles_per_cpu_s.{tool}");
    Ok(Line::new("refs", &metric, JUDGED as u64, version, &ratios, promise).equal(equal))
}

fn same_ids(finder: &Finder, titles: &[String], peer: &mut Peer, tool: &str) -> Result<bool> {
    let request = json!({ "do": "ids", "with": tool, "titles": titles.len() });
    let theirs = peer.ask::<Ids>(&request).context("the peer's ids")?.ids;
    let ours = titles.iter().map(|title| finder.first(title).map_or(-1, i64::from));
    let other = ours.zip(&theirs).position(|(ours, theirs)| ours != *theirs);
    if let Some(at) = other {
        eprintln!(
            "{tool}: {:?} ours {:?} theirs {}",
            titles[at],
            finder.first(&titles[at]),
            theirs[at]
        );
    }
    Ok(other.is_none() && theirs.len() == titles.len())
}

/// Titles a CPU second, over half a second.
fn rate(finder: &Finder, titles: &[String]) -> f64 {
    const BATCH: usize = 1_000;
    let mut batches = titles.chunks_exact(BATCH).cycle();
    let calls = calls_per_cpu_second(Duration::from_millis(500), || {
        for title in batches.next().unwrap_or_default() {
            black_box(finder.first(title));
        }
    });
    calls * BATCH as f64
}

/// Nanoseconds a title against the longest list, beside the shortest.
fn growth(args: &RefsArgs, references: &[String], titles: &[String]) -> Result<Line> {
    let (least, most) = (
        args.refs.iter().copied().min().unwrap_or(JUDGED),
        args.refs.iter().copied().max().unwrap_or(JUDGED),
    );
    let (short, long) = (finder(&references[..least]), finder(&references[..most]));
    let ratios = alternate(
        args.effort.pairs,
        || Ok(1e9 / rate(&long, titles)),
        || Ok(1e9 / rate(&short, titles)),
    )?;
    let peer = format!("ours, {least} references");
    Ok(Line::new("refs", "ns_per_title.growth", most as u64, &peer, &ratios, Promise::AtMost(1.3)))
}

/// As brands write them: digits and letters, groups with dots, slashes or dashes; each once.
fn references(random: &mut Random, count: usize) -> Vec<String> {
    let mut seen: HashSet<Key> = HashSet::new();
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let reference = match random.below(6) {
            0 => format!("{}{}", digits(random, 6), letters(random, 2)),
            1 => format!(
                "{}/{}{}-{}",
                digits(random, 4),
                digits(random, 1),
                letters(random, 1),
                digits(random, 3)
            ),
            2 => [3, 2, 2, 2, 2, 3].map(|n| digits(random, n)).join("."),
            3 => format!("{}{}", letters(random, 4), digits(random, 3)),
            4 => format!(
                "{}{}{}{}",
                letters(random, 1),
                digits(random, 5),
                letters(random, 1),
                digits(random, 1)
            ),
            _ => format!(
                "T{}.{}.{}.{}",
                digits(random, 3),
                digits(random, 3),
                digits(random, 2),
                digits(random, 3)
            ),
        };
        if Key::of(&reference).is_some_and(|key| seen.insert(key)) {
            all.push(reference);
        }
    }
    all
}

fn digits(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| char::from(b'0' + random.below(10) as u8)).collect()
}

fn letters(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| char::from(b'A' + random.below(26) as u8)).collect()
}

/// Some fifty bytes: brand, model, the reference, and what looks like one and is none.
fn title(random: &mut Random, named: &[String], typos: f64) -> String {
    const BRANDS: [&str; 8] =
        ["Rolex", "Omega", "Tudor", "Patek Philippe", "Seiko", "Tissot", "Breitling", "Cartier"];
    const MODELS: [&str; 8] = [
        "Submariner",
        "Speedmaster",
        "Black Bay",
        "Nautilus",
        "Prospex",
        "PRX",
        "Navitimer",
        "Tank",
    ];
    const ENDS: [&str; 8] = [
        "41mm",
        "2021",
        "full set",
        "box & papers",
        "mint",
        "9/10 condition",
        "cal. 3135",
        "serviced 2019",
    ];
    let reference = random.pick(named).clone();
    let share = random.below(1_000_000) as f64 / 1_000_000.0;
    let reference = if share < typos { mistyped(random, &reference) } else { reference };
    let reference = if random.below(4) == 0 { reference.to_lowercase() } else { reference };
    let (brand, model) = (random.pick(&BRANDS), random.pick(&MODELS));
    let (one, two) = (random.pick(&ENDS), random.pick(&ENDS));
    match random.below(10) {
        0 => format!("{brand} {model} {one}, {two}"),
        1..4 => format!("{brand} {reference} {model} {one} {two}"),
        4..7 => format!("{brand} {model} ref. {reference}, {one}"),
        _ => format!("{brand} {model} ({reference}) {one} - {two}"),
    }
}

/// One character another, as fingers do.
fn mistyped(random: &mut Random, reference: &str) -> String {
    let at = random.below(reference.len() as u64) as usize;
    let digit = char::from(b'0' + random.below(10) as u8);
    reference.char_indices().map(|(n, c)| if n == at { digit } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_titles_hold_their_references() {
        let mut random = Random::new(7);
        let list = references(&mut random, 2_000);
        let finder = finder(&list);
        let titles: Vec<String> = (0..2_000).map(|_| title(&mut random, &list, 0.05)).collect();
        let found = titles.iter().filter(|title| finder.first(title).is_some()).count();
        // A tenth names none, and a twentieth of the rest is mistyped.
        assert!((1_600..1_800).contains(&found), "{found}");
        let mean = titles.iter().map(String::len).sum::<usize>() / titles.len();
        assert!((40..60).contains(&mean), "{mean}");
    }
}
