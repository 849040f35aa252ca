//! The captured pages: every listing's id, title, price, currency and address, then the other fields.
//!
//! One score per site for the five that make a listing, which must all be right; one per further field,
//! with a floor of its own for those that every market shows. A site is a folder: a new one is held to the same.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use watches_core::{
    listing::extracted::{Extracted, SaleState},
    money::{Currency, Money},
    time::Timestamp,
};
use watches_scrape::{
    page::Page,
    sites::{Reading, read},
};

use super::{Floor, Score, json_lines};

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let mut scores = Vec::new();
    for site in folders(&folder.join("html"))? {
        let name = site.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name == "blocked" {
            scores.push(blocked(&site)?);
        } else {
            scores.extend(self::site(&name, &site)?);
        }
    }
    scores.extend(itemprop(folder)?);
    Ok(scores)
}

fn folders(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> =
        entries?.iter().map(fs::DirEntry::path).filter(|path| path.is_dir()).collect();
    paths.sort();
    Ok(paths)
}

/// Each page of a folder with what it should give.
fn cases(folder: &Path) -> anyhow::Result<Vec<(String, Page, Value)>> {
    let entries: Result<Vec<_>, _> = fs::read_dir(folder)?.collect();
    let mut pages: Vec<PathBuf> = entries?.iter().map(fs::DirEntry::path).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    let mut cases = Vec::new();
    for path in pages {
        let expected = path.with_extension("expected.json");
        if expected.exists() {
            let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let expected = serde_json::from_str(&fs::read_to_string(expected)?)?;
            cases.push((name, Page::saved(text, None, Timestamp(0)), expected));
        }
    }
    Ok(cases)
}

fn blocked(folder: &Path) -> anyhow::Result<Score> {
    let mut score = Score::new("pages.blocked", Some(Floor::Right(1.0)));
    for (name, page, _) in cases(folder)? {
        let blocked = matches!(read(None, &page), Reading::Blocked(_));
        score.count(
            &name,
            json!("blocked"),
            json!(if blocked { "blocked" } else { "not recognised" }),
        );
    }
    Ok(score)
}

fn site(name: &str, folder: &Path) -> anyhow::Result<Vec<Score>> {
    let mut core = Score::new(&format!("pages.{name}"), Some(Floor::Right(1.0)));
    let mut fields: Vec<Score> = FIELDS
        .iter()
        .map(|field| Score::new(&format!("pages.{name}.{}", field.name), field.floor))
        .collect();
    for (page_name, page, expected) in cases(folder)? {
        let listings = match read(None, &page) {
            Reading::Listings(found) => found.listings,
            Reading::Blocked(_) | Reading::Nothing => Vec::new(),
        };
        compare(&page_name, &expected, &listings, &mut core, &mut fields);
    }
    fields.retain(|score| score.cases > 0);
    Ok([vec![core], fields].concat())
}

fn compare(
    page: &str,
    expected: &Value,
    found: &[Extracted],
    core: &mut Score,
    fields: &mut [Score],
) {
    let single = expected.get("product").map(std::slice::from_ref);
    let rows = single.or(expected["listings"].as_array().map(Vec::as_slice)).unwrap_or_default();
    for (index, row) in rows.iter().enumerate() {
        let listing = match row["id"].as_str() {
            Some(id) => found.iter().find(|listing| listing.id == id),
            None => found.get(index),
        };
        let case = format!("{page} #{} {}", index + 1, row["id"]);
        core.count(
            &case,
            expected_core(row),
            listing.map_or(Value::Null, |listing| actual_core(row, listing)),
        );
        let Some(listing) = listing else { continue };
        for (field, score) in FIELDS.iter().zip(fields.iter_mut()) {
            if let Some((want, got)) = (field.pair)(row, listing) {
                score.count(&case, want, got);
            }
        }
    }
    // Listings beyond the expected ones are as wrong as missing ones; none expected and none found is right.
    if found.len() != rows.len() || rows.is_empty() {
        core.count(&format!("{page} count"), json!(rows.len()), json!(found.len()));
    }
}

/// Id, title (white space folded), price, currency and address, as far as the row names them.
fn expected_core(row: &Value) -> Value {
    let title =
        match (row["title"].as_str(), row["title_line1"].as_str(), row["title_line2"].as_str()) {
            (Some(title), _, _) => json!(title),
            (None, Some(first), Some(second)) => json!(format!("{first} {second}")),
            (None, first, _) => json!(first),
        };
    let currency =
        row["currency"].as_str().or_else(|| Some("EUR").filter(|_| row.get("price").is_some()));
    let price = currency.and_then(|currency| minor(&row["price"], currency));
    json!({ "id": row.get("id"), "title": title, "price": price, "currency": currency, "url": row.get("url") })
}

fn actual_core(row: &Value, listing: &Extracted) -> Value {
    json!({
        "id": row.get("id").map(|_| &listing.id),
        "title": listing.title,
        "price": listing.price.map(|price| price.minor),
        "currency": listing.price.map(|price| price.currency.code()),
        "url": row.get("url").map(|_| &listing.url),
    })
}

fn minor(price: &Value, currency: &str) -> Option<i64> {
    let currency: Currency = currency.parse().ok()?;
    Money::from_decimal(&price.as_number()?.to_string(), currency).map(|money| money.minor)
}

/// What a row expects of a field, and what was read; `None` where the row does not say.
type Pair = fn(&Value, &Extracted) -> Option<(Value, Value)>;

/// A further field of a listing.
struct Field {
    name: &'static str,
    pair: Pair,
    floor: Option<Floor>,
}

/// What every market must give where its page shows it.
const SHOWN: Option<Floor> = Some(Floor::Right(0.95));

const FIELDS: [Field; 11] = [
    Field { name: "condition", pair: condition, floor: SHOWN },
    Field { name: "location", pair: location, floor: SHOWN },
    Field { name: "image", pair: image, floor: SHOWN },
    Field { name: "seller", pair: seller, floor: SHOWN },
    Field { name: "country", pair: land, floor: None },
    Field { name: "shipping", pair: shipping, floor: None },
    Field { name: "price_max", pair: price_max, floor: None },
    Field { name: "price_was", pair: price_was, floor: None },
    Field { name: "state", pair: state, floor: None },
    Field { name: "listed", pair: listed, floor: None },
    Field { name: "reference", pair: reference, floor: None },
];

fn condition(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let label = row.get("condition_text").or_else(|| row.get("condition_label"));
    if let Some(label) = label {
        return Some((label.clone(), json!(listing.condition_text)));
    }
    let schema = row["condition_schema"].as_str()?.rsplit('/').next()?;
    Some((json!(format!("schema:{schema}")), json!(listing.condition_code)))
}

/// A market's line (`aus Japan`) is right where it ends with the place that was read.
fn location(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    if let Some(line) = row.get("location_text") {
        let place = listing.location.as_deref();
        let fits = line.as_str().zip(place).is_some_and(|(line, place)| line.ends_with(place));
        return Some((line.clone(), if fits { line.clone() } else { json!(place) }));
    }
    row.get("location").map(|place| (place.clone(), json!(listing.location)))
}

fn land(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let code = row.get("country").or_else(|| row.get("location_country"))?;
    Some((code.clone(), json!(listing.country)))
}

fn image(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let source = row.get("image").or_else(|| row.get("image_1"))?;
    Some((source.clone(), json!(listing.image)))
}

fn seller(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let name = row.get("seller").or_else(|| row.get("seller_login"))?;
    Some((name.clone(), json!(listing.seller)))
}

fn shipping(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    if let Some(line) = row.get("shipping_text") {
        return Some((line.clone(), json!(listing.shipping_text)));
    }
    let cost = row.get("shipping")?;
    let currency = row["shipping_currency"].as_str().or(row["currency"].as_str())?;
    Some((json!(minor(cost, currency)), json!(listing.shipping.map(|cost| cost.minor))))
}

fn price_max(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let highest = row.get("price_max")?;
    let want = minor(highest, row["currency"].as_str()?);
    Some((json!(want), json!(listing.price_max.map(|price| price.minor))))
}

fn price_was(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let old = row.get("old_price").or_else(|| row.get("price_was"))?;
    let want = minor(old, row["currency"].as_str()?);
    Some((json!(want), json!(listing.price_was.map(|price| price.minor))))
}

fn state(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    Some((row.get("sold")?.clone(), json!(listing.state == SaleState::Sold)))
}

fn listed(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let at = Timestamp::from_seconds(row["listed_unix"].as_i64()?);
    Some((json!(at.to_iso()), json!(listing.listed_at.and_then(Timestamp::to_iso))))
}

fn reference(row: &Value, listing: &Extracted) -> Option<(Value, Value)> {
    let number =
        row.get("mpn").or_else(|| row.get("reference").filter(|_| row.get("model").is_some()))?;
    Some((number.clone(), json!(listing.stated.reference)))
}

/// Shop snippets: name, price, currency and availability.
fn itemprop(folder: &Path) -> anyhow::Result<Option<Score>> {
    let Some(rows) = json_lines(&folder.join("suites/itemprop/itemprop_cases.jsonl"))? else {
        return Ok(None);
    };
    let mut score = Score::new("pages.itemprop", Some(Floor::Right(1.0)));
    for row in &rows {
        let html = row["html"].as_str().unwrap_or_default().to_owned();
        let listings = match read(None, &Page::saved(html, None, Timestamp(0))) {
            Reading::Listings(found) => found.listings,
            Reading::Blocked(_) | Reading::Nothing => Vec::new(),
        };
        let expected = &row["expect"];
        let currency = expected["currency"].as_str().unwrap_or_default();
        let stated: Option<Money> = currency
            .parse()
            .ok()
            .and_then(|currency| Money::from_decimal(expected["price"].as_str()?, currency));
        let want = json!({ "price": stated, "name": expected.get("name") });
        let got = listings.first().map_or(Value::Null, |listing| {
            json!({ "price": listing.price, "name": expected.get("name").map(|_| &listing.title) })
        });
        score.count(row["source"].as_str().unwrap_or_default(), want, got);
    }
    Ok(Some(score))
}
