//! Journey `kill`: SIGKILL at a hundred random moments during polling and editing loses no acknowledged
//! write, invents none and tells no alert twice.
//!
//! The oracle lives outside the process: it applies an edit when the answer arrives, and keeps the one
//! edit that was in flight at the kill as "may or may not have happened". `KILLS` and `SEED` in the
//! environment change the run; the seed is printed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use watches_demo::{DemoMarket, DemoOptions};
use watches_tests::{
    program::{built, output_folder},
    serve::{Answer, Serve},
};

/// What the oracle knows of one watchlist, by the unique name it was given.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    id: String,
    /// Its one rule, which every change keeps.
    rule: String,
    query: String,
    paused: bool,
    deleted: bool,
}

/// One edit on its way.
#[derive(Debug, Clone)]
enum Edit {
    Add { name: String, query: String },
    Change { name: String, query: String, paused: bool },
    Delete { name: String },
    Restore { name: String },
    Window { memory: String },
}

#[derive(Debug, Default)]
struct Oracle {
    watchlists: BTreeMap<String, Known>,
    memory: String,
    in_flight: Option<Edit>,
    /// Alerts seen raised, by id; and the news each told.
    raised: BTreeMap<String, String>,
    toasts: BTreeSet<String>,
    acknowledged: u32,
    names: u32,
}

/// SplitMix64, so that a printed seed repeats the run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }
}

#[test]
fn a_hundred_kills_lose_nothing_and_tell_nothing_twice() -> anyhow::Result<()> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let kills: u64 = number("KILLS").unwrap_or(100);
    let seed: u64 = number("SEED").unwrap_or_else(|| u64::from(std::process::id()));
    println!("kill: {kills} kills, SEED={seed}");
    let mut chance = Chance(seed);
    let runtime = tokio::runtime::Runtime::new()?;
    let market =
        runtime.block_on(DemoMarket::start(DemoOptions { seed, ..DemoOptions::default() }))?;
    let address = market.address().to_string();
    let folder = output_folder()?.join(format!("kill-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut oracle = Oracle::default();
    for round in 0..kills {
        one_life(&folder, &address, &mut chance, &mut oracle)
            .with_context(|| format!("round {round}, SEED={seed}"))?;
        if round % 25 == 24 {
            doctor(&folder).with_context(|| format!("after round {round}, SEED={seed}"))?;
        }
    }
    let mut last = start(&folder, &address)?;
    compare(&mut last, &mut oracle).context("at the end")?;
    hear(&mut oracle, &last.finish()?)?;
    doctor(&folder)?;
    println!(
        "kill: {} acknowledged edits, lost 0, invented 0; {} alerts, told twice 0",
        oracle.acknowledged,
        oracle.raised.len()
    );
    ensure!(oracle.acknowledged >= kills as u32, "too few edits to mean anything");
    ensure!(!oracle.raised.is_empty(), "no alert was raised, so nothing could be told twice");
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn start(folder: &Path, address: &str) -> anyhow::Result<Serve> {
    Serve::start(folder, &["--demo-market", address])
}

/// Starts, checks what is stored against the oracle, edits and polls, and is killed at a random moment.
fn one_life(
    folder: &Path,
    address: &str,
    chance: &mut Chance,
    oracle: &mut Oracle,
) -> anyhow::Result<()> {
    let mut serve = start(folder, address)?;
    // One life in ten dies while it opens.
    if chance.below(10) == 0 {
        serve.listen(Instant::now() + Duration::from_millis(chance.below(60)));
        return hear(oracle, &serve.kill()?);
    }
    compare(&mut serve, oracle)?;
    serve.send("poll_now", &json!({ "watchlist": null }));
    let end = Instant::now() + Duration::from_millis(1 + chance.below(900));
    while Instant::now() < end {
        let edit = next_edit(chance, oracle);
        let (command, args) = request(&edit, oracle);
        oracle.in_flight = Some(edit.clone());
        let Some(id) = serve.send(command, &args) else { break };
        // Sometimes the kill comes between the question and the answer.
        if Instant::now() + Duration::from_millis(chance.below(6)) >= end {
            serve.listen(Instant::now() + Duration::from_micros(chance.below(4_000)));
            break;
        }
        match serve.answer(id)? {
            Answer::Ok(value) => {
                apply(oracle, &edit, Some(&value));
                oracle.in_flight = None;
                oracle.acknowledged += 1;
            }
            Answer::Fault(fault) => anyhow::bail!("{command} {args} was refused: {fault}"),
            Answer::Gone => anyhow::bail!("the process ended by itself at {command}"),
        }
    }
    let left = serve.kill()?;
    // An answer that was written before the kill counts, though nobody had read it yet.
    let edited = |line: &&Value| line.get("ok").is_some_and(|ok| ok.get("pages").is_none());
    if let (Some(line), Some(edit)) = (left.iter().find(edited), oracle.in_flight.clone()) {
        apply(oracle, &edit, Some(&line["ok"]));
        oracle.in_flight = None;
        oracle.acknowledged += 1;
    }
    hear(oracle, &left)
}

fn next_edit(chance: &mut Chance, oracle: &mut Oracle) -> Edit {
    let names: Vec<String> = oracle.watchlists.keys().cloned().collect();
    let pick = |chance: &mut Chance| names[chance.below(names.len() as u64) as usize].clone();
    if names.len() < 3 || (names.len() < 12 && chance.below(4) == 0) {
        oracle.names += 1;
        let name = format!("list {}", oracle.names);
        return Edit::Add { name, query: query(chance) };
    }
    let name = pick(chance);
    match (chance.below(5), oracle.watchlists[&name].deleted) {
        (0, _) => Edit::Window { memory: format!("m{}", chance.below(u64::MAX)) },
        (_, true) => Edit::Restore { name },
        (1, false) => Edit::Delete { name },
        (_, false) => Edit::Change { name, query: query(chance), paused: chance.below(4) == 0 },
    }
}

fn query(chance: &mut Chance) -> String {
    ["rolex", "rolex submariner", "omega speedmaster", "tudor"][chance.below(4) as usize].to_owned()
}

fn request(edit: &Edit, oracle: &Oracle) -> (&'static str, Value) {
    let save = |known: Option<&Known>, name: &str, query: &str, paused: bool| {
        let rule = known.map(|known| &known.rule);
        json!({
            "id": known.map(|known| &known.id), "name": name, "query": query, "sources": [],
            "interval_minutes": null, "paused": paused,
            "rules": [{ "id": rule, "text": RULE, "enabled": true }],
        })
    };
    let id = |name: &str| oracle.watchlists[name].id.clone();
    match edit {
        Edit::Add { name, query } => ("save_watchlist", save(None, name, query, false)),
        Edit::Change { name, query, paused } => {
            ("save_watchlist", save(oracle.watchlists.get(name), name, query, *paused))
        }
        Edit::Delete { name } => ("delete_watchlist", json!({ "id": id(name) })),
        Edit::Restore { name } => ("restore_watchlist", json!({ "id": id(name) })),
        Edit::Window { memory } => ("remember_window", json!({ "memory": memory })),
    }
}

/// Some of every market's watches, and again whenever one gets cheaper by a twentieth.
const RULE: &str = "when price <= 4000 EUR then toast";

fn apply(oracle: &mut Oracle, edit: &Edit, reply: Option<&Value>) {
    match edit {
        Edit::Add { name, query } => {
            let text = |value: Option<&Value>| {
                value.and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            let id = text(reply.map(|reply| &reply["id"]));
            let rule = text(reply.map(|reply| &reply["rules"][0]["id"]));
            let known = Known { id, rule, query: query.clone(), paused: false, deleted: false };
            oracle.watchlists.insert(name.clone(), known);
        }
        Edit::Change { name, query, paused } => {
            if let Some(known) = oracle.watchlists.get_mut(name) {
                known.query.clone_from(query);
                known.paused = *paused;
            }
        }
        Edit::Delete { name } => mark(oracle, name, true),
        Edit::Restore { name } => mark(oracle, name, false),
        Edit::Window { memory } => oracle.memory.clone_from(memory),
    }
}

fn mark(oracle: &mut Oracle, name: &str, deleted: bool) {
    if let Some(known) = oracle.watchlists.get_mut(name) {
        known.deleted = deleted;
    }
}

/// The store must be what the oracle says, with or without the edit that was in flight.
fn compare(serve: &mut Serve, oracle: &mut Oracle) -> anyhow::Result<()> {
    let stored = stored(serve)?;
    let memory =
        serve.get("get_settings", &json!({}))?["window_memory"].as_str().unwrap_or("").to_owned();
    if stored != expected(oracle) || memory != oracle.memory {
        let edit =
            oracle.in_flight.take().context("the store differs though nothing was in flight");
        let edit =
            edit.with_context(|| format!("stored {stored:#?}\nexpected {:#?}", expected(oracle)))?;
        let reply = match &edit {
            Edit::Add { name, .. } => stored
                .get(name)
                .map(|known| json!({ "id": known.id, "rules": [{ "id": known.rule }] })),
            Edit::Change { .. }
            | Edit::Delete { .. }
            | Edit::Restore { .. }
            | Edit::Window { .. } => None,
        };
        apply(oracle, &edit, reply.as_ref());
        ensure!(
            stored == expected(oracle) && memory == oracle.memory,
            "neither with nor without {edit:?}: stored {stored:#?}\nexpected {:#?}",
            expected(oracle)
        );
    }
    oracle.in_flight = None;
    alerts(serve, oracle)
}

fn expected(oracle: &Oracle) -> BTreeMap<String, Known> {
    let alive = oracle.watchlists.iter().filter(|(_, known)| !known.deleted);
    alive.map(|(name, known)| (name.clone(), known.clone())).collect()
}

fn stored(serve: &mut Serve) -> anyhow::Result<BTreeMap<String, Known>> {
    let lists = serve.get("list_watchlists", &json!({}))?;
    let lists = lists.as_array().context("a list of watchlists")?;
    let known = |list: &Value| {
        let text = |field: &str| list[field].as_str().unwrap_or_default().to_owned();
        let paused = list["paused"] == true;
        let rule = list["rules"][0]["id"].as_str().unwrap_or_default().to_owned();
        let known = Known { id: text("id"), rule, query: text("query"), paused, deleted: false };
        (text("name"), known)
    };
    let found: BTreeMap<_, _> = lists.iter().map(known).collect();
    ensure!(found.len() == lists.len(), "a watchlist is there twice: {lists:#?}");
    Ok(found)
}

/// Every alert heard of is stored, and none of the stored says the same as another.
fn alerts(serve: &mut Serve, oracle: &mut Oracle) -> anyhow::Result<()> {
    let mut ids = BTreeSet::new();
    let mut news = BTreeSet::new();
    for offset in (0..).step_by(500) {
        let page = json!({ "filter": "inbox", "offset": offset, "limit": 500 });
        let page = serve.get("list_alerts", &page)?;
        let rows = page["rows"].as_array().context("rows")?.clone();
        for row in &rows {
            // An alert raised between two pages moves the rest on by one: the last of the page before
            // is read again. It is the same alert, not its news told by another.
            if ids.insert(row["id"].as_str().context("an alert's id")?.to_owned()) {
                ensure!(news.insert(key(row)), "told twice in the inbox: {row:#}");
            }
        }
        if rows.len() < 500 {
            break;
        }
    }
    let lost = oracle.raised.keys().find(|id| !ids.contains(*id));
    ensure!(lost.is_none(), "the alert {lost:?} was raised and is no longer stored");
    hear(oracle, &std::mem::take(&mut serve.events))
}

/// Rule, listing and value: the same news must come once.
fn key(alert: &Value) -> String {
    format!("{} {} {}", alert["rule"], alert["listing"]["id"], alert["new_price"])
}

/// Takes in events: no alert raised twice, no toast shown twice.
fn hear(oracle: &mut Oracle, events: &[Value]) -> anyhow::Result<()> {
    for event in events {
        let body = &event["body"];
        if event["kind"] == "alert_raised" {
            let id = body["id"].as_str().unwrap_or_default().to_owned();
            let repeated = oracle.raised.values().any(|known| *known == key(body));
            ensure!(!repeated, "raised twice: {body:#}");
            oracle.raised.insert(id, key(body));
        }
        let told = body["alerts"].as_array().filter(|_| event["kind"] == "toast");
        for id in told.into_iter().flatten().filter_map(Value::as_str) {
            ensure!(oracle.toasts.insert(id.to_owned()), "toast shown twice: {body:#}");
        }
    }
    Ok(())
}

/// `watches doctor` checks integrity, foreign keys and every row's digest.
fn doctor(folder: &Path) -> anyhow::Result<()> {
    let mut command = Command::new(built("watches")?);
    let output = command.args(["doctor", "--data-dir"]).arg(folder).output()?;
    ensure!(
        output.status.success(),
        "doctor: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
