//! The title suites: hand-labelled titles, and titles with what their sellers or dealers stated.
//!
//! A fact is counted as due only where the title tells it; brands and references are compared after
//! folding, since every market spells them its own way.

use std::path::Path;

use serde_json::{Value, json};
use watches_core::reference::{Catalogue, Key};

use super::{Floor, Score};
use crate::commands::identify::{Reading, read_title};

type TitleSuite = fn(&[Value]) -> Vec<Score>;

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let folder = folder.join("data");
    let mut scores = Vec::new();
    let files: [(&str, TitleSuite); 4] = [
        ("hand_labelled_titles_160", hand_labelled),
        ("title_reference_truth", reference_truth),
        ("title_brand_truth", brand_truth),
        ("title_year_truth", year_truth),
    ];
    for (name, suite) in files {
        let path = folder.join(format!("{name}.jsonl"));
        if path.exists() {
            scores.extend(suite(&rows(&path)?));
        }
    }
    Ok(scores)
}

/// Some rows were written by Python and hold its `NaN`, which JSON does not know.
fn rows(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = std::fs::read_to_string(path)?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let rows: Result<Vec<Value>, _> =
        lines.map(|line| serde_json::from_str(&line.replace(": NaN", ": null"))).collect();
    Ok(rows?)
}

fn hand_labelled(rows: &[Value]) -> Vec<Score> {
    let score = |name: &str, floor| Score::new(&format!("titles.hand_labelled.{name}"), floor);
    let mut references = score("reference", Some(Floor::PrecisionRecall(0.97, 0.90)));
    let mut brands = score("brand", None);
    let mut years = score("year", None);
    let mut boxes = score("box", None);
    let mut papers = score("papers", None);
    let mut watches = score("is_watch", None);
    for row in rows {
        let (title, read) = read_row(row);
        let expect = &row["expect"];
        count_reference(&mut references, title, &wanted_references(expect), &read);
        brands.count(title, json!(true), json!(brand_agrees(expect, &read)));
        count_number(&mut years, title, &expect["year"], read.year);
        boxes.count(title, expect["box"].clone(), json!(read.has_box));
        papers.count(title, expect["papers"].clone(), json!(read.papers));
        watches.count(title, expect["is_watch"].clone(), json!(read.is_watch));
    }
    vec![references, brands, years, boxes, papers, watches]
}

/// The sellers' own fields: what the title holds of them must be found, and nothing else said.
fn reference_truth(rows: &[Value]) -> Vec<Score> {
    let score = |name: &str| Score::new(&format!("titles.reference_truth.{name}"), None);
    let (mut references, mut years) = (score("reference"), score("year"));
    let (mut boxes, mut papers) = (score("box"), score("papers"));
    for row in rows {
        let (title, read) = read_row(row);
        let stated = row["reference"].as_str().map(first_reference).unwrap_or_default();
        if !stated.is_empty() && folded(title).contains(&folded(stated)) {
            count_reference(&mut references, title, &[stated.to_owned()], &read);
        }
        count_year_in_title(&mut years, title, &row["year"], &read);
        // A set is due only where the title speaks of it.
        if read.has_box.is_some() && row["box"].is_boolean() {
            boxes.count(title, row["box"].clone(), json!(read.has_box));
        }
        if read.papers.is_some() && row["papers"].is_boolean() {
            papers.count(title, row["papers"].clone(), json!(read.papers));
        }
    }
    vec![references, years, boxes, papers]
}

fn brand_truth(rows: &[Value]) -> Vec<Score> {
    let mut brands = Score::new("titles.brand_truth.brand", None);
    let mut references = Score::new("titles.brand_truth.reference", None);
    for row in rows {
        let (title, read) = read_row(row);
        let Some(stated) = row["brand"].as_str().filter(|brand| is_a_brand(brand)) else {
            continue;
        };
        // A title that does not name its brand says nothing about reading.
        if folded(title).contains(&folded(stated)) || read.brand.is_some() {
            brands.count(title, json!(catalogue_name(stated)), json!(read.brand));
        }
        let reference = row["reference"].as_str().unwrap_or_default();
        if reference.chars().filter(char::is_ascii_digit).count() >= 3 && !is_year(reference) {
            count_reference(&mut references, title, &[reference.to_owned()], &read);
        }
    }
    vec![brands, references]
}

fn year_truth(rows: &[Value]) -> Vec<Score> {
    let mut years = Score::new("titles.year_truth.year", None);
    for row in rows {
        let (title, read) = read_row(row);
        count_year_in_title(&mut years, title, &row["year"], &read);
    }
    vec![years]
}

fn read_row(row: &Value) -> (&str, Reading) {
    let title = row["title"].as_str().unwrap_or_default();
    (title, read_title(title, Catalogue::bundled()))
}

fn wanted_references(expect: &Value) -> Vec<String> {
    let first = expect["reference"].as_str().map(str::to_owned);
    let others = expect["reference_accept_also"].as_array().into_iter().flatten();
    first.into_iter().chain(others.filter_map(Value::as_str).map(str::to_owned)).collect()
}

/// A base counts where the truth gives no more than the base.
fn count_reference(score: &mut Score, title: &str, wanted: &[String], read: &Reading) {
    let given = read.reference.as_deref().or(read.reference_base.as_deref());
    let same = |wanted: &&String| {
        let bare = |text: &str| Key::of(text.trim_start_matches(['m', 'M']));
        given.is_some_and(|given| {
            bare(given) == bare(wanted)
                || read.reference_base.as_deref().is_some_and(|base| bare(base) == bare(wanted))
        })
    };
    let matched = wanted.iter().find(same).map(String::as_str);
    score.count_answer(
        title,
        wanted.first().map(String::as_str).map(|first| matched.unwrap_or(first)),
        matched.or(given),
    );
}

fn brand_agrees(expect: &Value, read: &Reading) -> bool {
    let also = expect["brand_accept_also"].as_array().cloned().unwrap_or_default();
    std::iter::once(&expect["brand"]).chain(&also).any(|brand| {
        match (brand.as_str(), &read.brand) {
            (None, None) => true,
            (Some(wanted), Some(given)) => folded(&catalogue_name(wanted)) == folded(given),
            (Some(_), None) | (None, Some(_)) => false,
        }
    })
}

fn catalogue_name(brand: &str) -> String {
    Catalogue::bundled().brand_name(brand).unwrap_or(brand).to_owned()
}

fn is_a_brand(brand: &str) -> bool {
    !matches!(brand, "Unbranded" | "other")
}

fn count_number(score: &mut Score, title: &str, wanted: &Value, given: Option<u16>) {
    let wanted = wanted.as_u64().map(|year| year.to_string());
    let given = given.map(|year| year.to_string());
    score.count_answer(title, wanted.as_deref(), given.as_deref());
}

/// The stated year is due where the title writes it, and not as a decade; any other year is wrong.
fn count_year_in_title(score: &mut Score, title: &str, stated: &Value, read: &Reading) {
    let stated = stated.as_u64().map(|year| year.to_string());
    let given = read.year.map(|year| year.to_string());
    let written = |year: &String| {
        let decade =
            ["s", "'s", "’s", "´s", "'S"].iter().any(|end| title.contains(&format!("{year}{end}")));
        (title.contains(year.as_str()) && !decade) || given.as_ref() == Some(year)
    };
    let due = stated.filter(written);
    score.count_answer(title, due.as_deref(), given.as_deref());
}

/// `126334 (Wimbledon)` -> `126334`.
fn first_reference(stated: &str) -> &str {
    stated.split(['(', ',']).next().unwrap_or(stated).trim()
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1900..2030).contains(&year))
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
