//! The address suite: what an address becomes when it is made safe, canonical, or cut to some parameters.

use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};
use url::Url;
use watches_scrape::canonical::{
    BadAddress, Keep, Spelling, canonical, file_path,
    query::{self, Choice},
    safe,
};

use super::{Floor, Score, json_lines};

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let Some(rows) = json_lines(&folder.join("suites/urls/w3lib_url_cases.jsonl"))? else {
        return Ok(Vec::new());
    };
    let mut score = Score::new("urls", Some(Floor::Right(0.95)));
    for row in &rows {
        let case = format!("{} {} {}", row["func"], row["args"], row["kwargs"]);
        let expected =
            if row["error"].is_null() { row["expect"].clone() } else { json!("refused") };
        let actual = answer(row).unwrap_or_else(|error| json!(error.to_string()));
        score.count(&case, expected, actual);
    }
    Ok(vec![score])
}

/// What our code answers where the suite calls a function of its own library.
fn answer(row: &Value) -> anyhow::Result<Value> {
    let (arguments, named) = (&row["args"], &row["kwargs"]);
    let address = address(&arguments[0])?;
    let written =
        |result: Result<String, BadAddress>| json!(result.unwrap_or_else(|_| "refused".to_owned()));
    let flag = |name: &str, otherwise| named[name].as_bool().unwrap_or(otherwise);
    let separator =
        |name: &str| named[name].as_str().and_then(|text| text.chars().next()).unwrap_or('&');
    let keep = Keep {
        blank_values: flag("keep_blank_values", true),
        fragment: flag("keep_fragments", false),
        separator: separator("query_separator"),
    };
    let text = |at: usize| arguments[at].as_str().unwrap_or_default();
    Ok(match row["func"].as_str().unwrap_or_default() {
        "safe_url_string" => written(safe(&address, spelling(named)?)),
        "canonicalize_url" => written(canonical(&address, spelling(named)?, keep)),
        "safe_download_url" => written(
            safe(&address, spelling(named)?)
                .map(|safe| Url::parse(&safe).map_or(safe, String::from)),
        ),
        "is_url" => json!(
            Url::parse(&address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "file"))
        ),
        "url_query_parameter" => json!(query::value(&address, text(1), separator("separator"))),
        "add_or_replace_parameter" => json!(query::with(&address, text(1), text(2))),
        "url_query_cleaner" => {
            let names: Vec<&str> =
                arguments[1].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let choice = if flag("remove", false) { Choice::AllBut } else { Choice::Only };
            json!(query::choose(&address, &names, choice, flag("unique", true), keep))
        }
        "file_uri_to_path" => {
            json!(file_path::from_address(&address).unwrap_or_else(|| "refused".to_owned()))
        }
        other => anyhow::bail!("the suite calls `{other}`, which is not known here"),
    })
}

/// The address, or its six parts as the suite's library cuts it.
fn address(argument: &Value) -> anyhow::Result<String> {
    if let Some(text) = argument.as_str() {
        return Ok(text.to_owned());
    }
    let part = |at: usize| argument[at].as_str().unwrap_or_default();
    anyhow::ensure!(argument.is_array(), "an address or its parts");
    let query = if part(4).is_empty() { String::new() } else { format!("?{}", part(4)) };
    Ok(format!("{}://{}{}{query}", part(0), part(1), part(2)))
}

fn spelling(named: &Value) -> anyhow::Result<Spelling> {
    let charset = |name: &str| match named[name].as_str() {
        None => Ok(encoding_rs::UTF_8),
        Some(label) => {
            let label = match label {
                "latin-1" => "latin1",
                "iso2022jp" => "iso-2022-jp",
                label => label,
            };
            encoding_rs::Encoding::for_label(label.as_bytes())
                .with_context(|| format!("no charset `{label}`"))
        }
    };
    let escape_path = named["quote_path"].as_bool().unwrap_or(true);
    Ok(Spelling { query: charset("encoding")?, path: charset("path_encoding")?, escape_path })
}
