//! The title suites: hand-labelled titles, and titles with what their sellers or dealers stated.
//!
//! A fact is counted as due only where the title tells it; brands and references are compared after
//! folding, since every market spells them its own way. Every suite also feeds `confidence`.

mod compare;
mod confidence;
mod doubtful;

use std::path::Path;

use serde_json::{Value, json};
use watches_core::reference::Catalogue;

use self::{
    compare::{
        brand_agrees, catalogue_name, count_number, count_reference, count_year_in_title,
        first_reference, folded, is_a_brand, is_year, wanted_references,
    },
    confidence::{Buckets, Judged},
    doubtful::year_label_is_doubtful,
};
use super::{Floor, Score};
use crate::commands::identify::{Reading, read_title};

type TitleSuite = fn(&[Value], &mut Buckets) -> Vec<Score>;

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let folder = folder.join("data");
    let mut scores = Vec::new();
    let mut buckets = Buckets::default();
    let files: [(&str, TitleSuite); 4] = [
        ("hand_labelled_titles_160", hand_labelled),
        ("title_reference_truth", reference_truth),
        ("title_brand_truth", brand_truth),
        ("title_year_truth", year_truth),
    ];
    for (name, suite) in files {
        let path = folder.join(format!("{name}.jsonl"));
        if path.exists() {
            scores.extend(suite(&rows(&path)?, &mut buckets));
        }
    }
    scores.extend(buckets.scores());
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

fn hand_labelled(rows: &[Value], buckets: &mut Buckets) -> Vec<Score> {
    let score = |name: &str, floor| Score::new(&format!("titles.hand_labelled.{name}"), floor);
    let mut references = score("reference", Some(Floor::PrecisionRecall(0.98, 0.95)));
    let mut none = score("no_reference", Some(Floor::Right(1.0)));
    let mut brands = score("brand", None);
    let mut years = score("year", Some(Floor::PrecisionRecall(1.0, 0.95)));
    let mut boxes = score("box", Some(Floor::Right(0.95)));
    let mut papers = score("papers", Some(Floor::Right(0.95)));
    let mut watches = score("is_watch", None);
    for row in rows {
        let (title, read) = read_row(row);
        let expect = &row["expect"];
        let wanted = wanted_references(expect);
        count_reference(&mut references, title, &wanted, &read);
        if wanted.is_empty() {
            none.count(title, Value::Null, json!(read.reference));
        }
        let brand = brand_agrees(expect, &read);
        brands.count(title, json!(true), json!(brand));
        count_number(&mut years, title, &expect["year"], read.year);
        boxes.count(title, expect["box"].clone(), json!(read.has_box));
        papers.count(title, expect["papers"].clone(), json!(read.papers));
        watches.count(title, expect["is_watch"].clone(), json!(read.is_watch));
        buckets.count(&read, &Judged { brand: Some(brand), wanted: Some(wanted) });
    }
    vec![references, none, brands, years, boxes, papers, watches]
}

/// The sellers' own fields: what the title holds of them must be found, and nothing else said.
fn reference_truth(rows: &[Value], buckets: &mut Buckets) -> Vec<Score> {
    let score = |name: &str, floor| Score::new(&format!("titles.reference_truth.{name}"), floor);
    let (mut references, mut years) = (score("reference", None), score("year", None));
    let mut set = score("set", Some(Floor::Right(0.95)));
    for row in rows {
        let (title, read) = read_row(row);
        let stated = row["reference"].as_str().map(first_reference).unwrap_or_default();
        let written = !stated.is_empty() && folded(title).contains(&folded(stated));
        let wanted = vec![stated.to_owned()];
        if written {
            count_reference(&mut references, title, &wanted, &read);
        }
        count_year_in_title(&mut years, title, &row["year"], &read);
        // Box and papers are due only where the title speaks of them.
        for (given, field) in [(read.has_box, "box"), (read.papers, "papers")] {
            if given.is_some() && row[field].is_boolean() {
                set.count(&format!("{field}: {title}"), row[field].clone(), json!(given));
            }
        }
        let brand = row["brand"].as_str().map(|brand| agrees(brand, &read));
        buckets.count(&read, &Judged { brand, wanted: written.then_some(wanted) });
    }
    vec![references, years, set]
}

fn brand_truth(rows: &[Value], buckets: &mut Buckets) -> Vec<Score> {
    let mut brands = Score::new("titles.brand_truth.brand", Some(Floor::Right(0.97)));
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
        let mut wanted = None;
        if reference.chars().filter(char::is_ascii_digit).count() >= 3 && !is_year(reference) {
            let due = vec![reference.to_owned()];
            count_reference(&mut references, title, &due, &read);
            wanted = folded(title).contains(&folded(reference)).then_some(due);
        }
        buckets.count(&read, &Judged { brand: Some(agrees(stated, &read)), wanted });
    }
    vec![brands, references]
}

/// As labelled; and with a floor without the rows whose label is not what their title says.
fn year_truth(rows: &[Value], buckets: &mut Buckets) -> Vec<Score> {
    let mut years = Score::new("titles.year_truth.year", None);
    let floor = Floor::PrecisionRecall(1.0, 0.95);
    let mut agreed = Score::new("titles.year_truth.year_without_doubtful_labels", Some(floor));
    for row in rows {
        let (title, read) = read_row(row);
        count_year_in_title(&mut years, title, &row["year"], &read);
        if !year_label_is_doubtful(row["id"].as_str().unwrap_or_default()) {
            count_year_in_title(&mut agreed, title, &row["year"], &read);
        }
        let brand = row["brand"].as_str().map(|brand| agrees(brand, &read));
        buckets.count(&read, &Judged { brand, wanted: None });
    }
    vec![years, agreed]
}

fn agrees(stated: &str, read: &Reading) -> bool {
    read.brand.as_deref() == Some(catalogue_name(stated).as_str())
}

fn read_row(row: &Value) -> (&str, Reading) {
    let title = row["title"].as_str().unwrap_or_default();
    (title, read_title(title, Catalogue::bundled()))
}
