//! The robots.txt suites: Google's and Protego's cases, decisions on real files, real bodies.

use std::{io::Read, path::Path};

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use watches_core::time::Span;
use watches_scrape::robots::{Robots, TimeOfDay, VisitTime};

use super::{Floor, Score, json_lines};

const AGENT: &str = "WatchesFyi";

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let folder = folder.join("suites/robots");
    let mut scores = Vec::new();
    for name in ["google_cases", "protego_cases"] {
        if let Some(rows) = json_lines(&folder.join(format!("{name}.jsonl")))? {
            scores.push(cases(&format!("robots.{name}"), &rows));
        }
    }
    if let Some(rows) = json_lines(&folder.join("real_decisions.jsonl"))? {
        scores.push(decisions(&folder, &rows)?);
    }
    scores.extend(bodies(&folder.join("protego_4231_real_robots.tar.gz"))?);
    Ok(scores)
}

fn cases(name: &str, rows: &[Value]) -> Score {
    let mut score = Score::new(name, Some(Floor::Right(1.0)));
    for row in rows {
        let body = row["robots_txt"].as_str().unwrap_or_default();
        let actual = answer(&Robots::parse(body.as_bytes()), row);
        let case = format!("{} {} {}", row["test"], row["user_agent"], row["url"]);
        score.count(&case, row["expect"].clone(), actual);
    }
    score
}

fn answer(robots: &Robots, row: &Value) -> Value {
    let agent = row["user_agent"].as_str().unwrap_or_default();
    match row["op"].as_str().unwrap_or_default() {
        "can_fetch" => json!(robots.allows(agent, row["url"].as_str().unwrap_or_default())),
        "crawl_delay" => json!(robots.crawl_delay(agent).map(in_seconds)),
        "request_rate" => robots.request_rate(agent).map_or(Value::Null, |rate| {
            let [start, end] = rate.hours.map_or(["None".into(), "None".into()], hours);
            json!({
                "requests": rate.requests.to_string(),
                "seconds": rate.per.as_seconds().to_string(),
                "start_time": start, "end_time": end,
            })
        }),
        "visit_time" => robots
            .visit_time(agent)
            .map(hours)
            .map_or(Value::Null, |[start, end]| json!({ "start_time": start, "end_time": end })),
        "sitemaps" => json!(robots.sitemaps()),
        "preferred_host" => json!(robots.host()),
        other => json!({ "unknown operation": other }),
    }
}

/// Where the two peers disagree, RFC 9309 sides with Protego: `/robots.txt` is always allowed.
fn decisions(folder: &Path, rows: &[Value]) -> anyhow::Result<Score> {
    let mut score = Score::new("robots.real_decisions", Some(Floor::Right(1.0)));
    let mut read: Option<(String, Robots)> = None;
    for row in rows {
        let file = row["file"].as_str().unwrap_or_default();
        if read.as_ref().is_none_or(|(name, _)| name != file) {
            read = Some((file.to_owned(), Robots::parse(&std::fs::read(folder.join(file))?)));
        }
        let Some((_, robots)) = &read else { continue };
        match (row["url"].as_str(), row["user_agent"].as_str()) {
            (Some(url), Some(agent)) => {
                let actual = json!(robots.allows(agent, url));
                score.count(&format!("{agent} {url}"), row["protego"].clone(), actual);
            }
            _ => {
                let delay = json!(robots.crawl_delay("*").map(in_seconds));
                score.count(&format!("{file} delay"), row["crawl_delay_any"].clone(), delay);
                let sitemaps = json!(robots.sitemaps().len());
                score.count(&format!("{file} sitemaps"), row["sitemaps"].clone(), sitemaps);
            }
        }
    }
    Ok(score)
}

/// Every real body in the archive is parsed and asked; a panic would end the run.
fn bodies(archive: &Path) -> anyhow::Result<Option<Score>> {
    if !archive.exists() {
        return Ok(None);
    }
    let mut score = Score::new("robots.real_bodies", Some(Floor::Right(1.0)));
    let mut archive = tar::Archive::new(GzDecoder::new(std::fs::File::open(archive)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let case = entry.path()?.display().to_string();
        let mut body = Vec::new();
        entry.read_to_end(&mut body)?;
        let robots = Robots::parse(&body);
        robots.allows(AGENT, "https://example.com/watch?id=1");
        robots.crawl_delay(AGENT);
        score.count(&case, json!(true), json!(robots.allows(AGENT, "/robots.txt")));
    }
    Ok(Some(score))
}

fn in_seconds(delay: Span) -> f64 {
    delay.0 as f64 / 1e6
}

fn hours(time: VisitTime) -> [String; 2] {
    let clock = |at: TimeOfDay| format!("{:02}:{:02}:00", at.hour, at.minute);
    [clock(time.start), clock(time.end)]
}
