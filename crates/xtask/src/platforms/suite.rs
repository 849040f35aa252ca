//! The command-line suite: what `watches` must answer, asked of the native program and of
//! `watches.exe` under Wine. Both must say the same, and what is expected.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::wine::Wine;
use crate::process::target_folder;

/// One question and its answer, as JSON values per line of stdout; `…` stands for anything.
struct Case {
    name: &'static str,
    /// `{data}` is an empty folder that the cases of one run share.
    line: &'static [&'static str],
    stdin: &'static str,
    exit: i32,
    stdout: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "a price in German",
        line: &["price"],
        stdin: "1.250,00 €\nPreis auf Anfrage\n",
        exit: 0,
        stdout: &[
            r#"{"amount":"1250.00","currency":"EUR","symbol":"€"}"#,
            r#"{"amount":null,"currency":null,"symbol":null}"#,
        ],
    },
    Case {
        name: "a title with its reference",
        line: &["identify"],
        stdin: "Rolex Submariner Date 126610LN 2022 full set\n",
        exit: 0,
        stdout: &[
            r#"{"brand":"Rolex","family":"…","reference":"126610LN","year":2022,"condition":"…","box":"…","papers":"…","set":"…","is_watch":true,"confidence":"…"}"#,
        ],
    },
    Case {
        name: "robots.txt decides",
        line: &["robots"],
        stdin: "{\"robots_txt\":\"User-agent: *\\nDisallow: /private\",\"user_agent\":\"watches\",\"url\":\"https://example.com/private/1\"}\n{\"robots_txt\":\"User-agent: *\\nDisallow: /private\",\"user_agent\":\"watches\",\"url\":\"https://example.com/open\"}\n",
        exit: 0,
        stdout: &[r#"{"allowed":false}"#, r#"{"allowed":true}"#],
    },
    Case {
        name: "a rule is read, another points at its mistake",
        line: &["rule", "check"],
        stdin: "when ref_family = \"126610\" and landed <= 11000 EUR then toast\nwhen price <= then toast\n",
        exit: 0,
        stdout: &[r#"{"ok":true}"#, r#"{"ok":false,"at":"…","error":"…"}"#],
    },
    Case {
        name: "the app starts, keeps a watchlist and answers after the commit",
        line: &["serve", "--data-dir", "{data}", "--seed", "7"],
        stdin: "{\"id\":1,\"command\":\"save_watchlist\",\"args\":{\"id\":null,\"name\":\"Subs\",\"query\":\"rolex 126610\",\"sources\":[],\"rules\":[{\"id\":null,\"text\":\"when price <= 9000 EUR then toast\",\"enabled\":true}],\"interval_minutes\":null,\"paused\":true}}\n",
        exit: 0,
        stdout: &[r#"{"id":1,"ok":"…"}"#],
    },
    Case {
        name: "a second start finds it again",
        line: &["serve", "--data-dir", "{data}", "--seed", "8"],
        stdin: "{\"id\":2,\"command\":\"list_watchlists\",\"args\":{}}\n{\"id\":3,\"command\":\"nonsense\",\"args\":{}}\n",
        exit: 0,
        stdout: &[
            r#"{"id":2,"ok":["…"]}"#,
            r#"{"id":3,"fault":{"code":"bad_request","message":"…"}}"#,
        ],
    },
    Case { name: "wrong usage", line: &["no-such-command"], stdin: "", exit: 2, stdout: &[] },
    Case {
        name: "a page with no listing",
        line: &["extract", "-"],
        stdin: "<html><body><p>nothing for sale</p></body></html>",
        exit: 0,
        stdout: &[],
    },
    Case {
        name: "a page of a dealer",
        line: &["extract", "--url", "https://dealer.example/w/1", "-"],
        stdin: "<html><head><script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"Product\",\"name\":\"Omega Speedmaster 310.30.42.50.01.001\",\"sku\":\"w1\",\"url\":\"https://dealer.example/w/1\",\"offers\":{\"@type\":\"Offer\",\"price\":\"5400.00\",\"priceCurrency\":\"EUR\",\"availability\":\"https://schema.org/InStock\"}}</script></head><body></body></html>",
        exit: 0,
        stdout: &[
            r#"{"title":"Omega Speedmaster 310.30.42.50.01.001","price":{"amount":"5400.00","currency":"EUR"}}"#,
        ],
    },
];

/// Runs every case on both programs; answers how many there are.
pub fn compare(native: &Path, wine: &Wine) -> Result<usize> {
    let folder = target_folder().join("platforms");
    let (ours, theirs) = (fresh(&folder.join("native"))?, fresh(&folder.join("windows"))?);
    for case in CASES {
        let mut command = Command::new(native);
        command.args(filled(case.line, &ours.to_string_lossy()));
        let ours = ask(case, command)?;
        let theirs = ask(case, wine.watches(&filled(case.line, &Wine::windows_path(&theirs))))?;
        expect(case, "the native program", &ours)?;
        expect(case, "watches.exe", &theirs)?;
    }
    Ok(CASES.len())
}

/// What a program said.
struct Answer {
    exit: Option<i32>,
    stdout: Vec<Value>,
    stderr: String,
}

fn ask(case: &Case, mut command: Command) -> Result<Answer> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{}: starting {command:?}", case.name))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that refuses its arguments does not read.
        drop(stdin.write_all(case.stdin.as_bytes()));
    }
    let output = child.wait_with_output()?;
    let text = String::from_utf8(output.stdout).with_context(|| case.name.to_owned())?;
    let lines = text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>();
    let mut stdout = lines.with_context(|| format!("{}: {text}", case.name))?;
    // `serve` also tells events, as they happen, and answers a command when it is done: by number.
    stdout.retain(|line| line.get("event").is_none());
    stdout.sort_by_key(|line| line["id"].as_i64());
    Ok(Answer {
        exit: output.status.code(),
        stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

fn expect(case: &Case, who: &str, answer: &Answer) -> Result<()> {
    let said = || {
        let lines: Vec<String> = answer.stdout.iter().map(Value::to_string).collect();
        format!("{}: {who} said\n{}\n{}", case.name, lines.join("\n"), answer.stderr)
    };
    ensure!(answer.exit == Some(case.exit), "{}\nexit {:?}", said(), answer.exit);
    ensure!(answer.stdout.len() == case.stdout.len(), "{}", said());
    for (line, wanted) in answer.stdout.iter().zip(case.stdout) {
        let wanted: Value = serde_json::from_str(wanted).context("a case is JSON")?;
        ensure!(holds(line, &wanted), "{}\ninstead of {wanted}", said());
    }
    Ok(())
}

/// Whether `said` has everything `wanted` names; it may have more fields.
fn holds(said: &Value, wanted: &Value) -> bool {
    match (said, wanted) {
        (_, Value::String(any)) if any == "…" => true,
        (Value::Object(said), Value::Object(wanted)) => wanted
            .iter()
            .all(|(name, wanted)| said.get(name).is_some_and(|said| holds(said, wanted))),
        (Value::Array(said), Value::Array(wanted)) => {
            said.len() == wanted.len() && said.iter().zip(wanted).all(|(a, b)| holds(a, b))
        }
        (said, wanted) => said == wanted,
    }
}

fn filled(line: &[&str], data: &str) -> Vec<String> {
    line.iter().map(|word| word.replace("{data}", data)).collect()
}

/// An empty folder.
fn fresh(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    Ok(folder.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(said: Value, wanted: Value, expected: bool) {
        assert_eq!(holds(&said, &wanted), expected);
    }

    #[test]
    fn an_answer_may_say_more_but_not_other() {
        check(json!({"a": 1, "b": 2}), json!({"a": 1}), true);
        check(json!({"a": 1}), json!({"a": "…"}), true);
        check(json!({"a": 2}), json!({"a": 1}), false);
        check(json!({}), json!({"a": "…"}), false);
        check(json!([1, 2]), json!([1]), false);
    }
}
