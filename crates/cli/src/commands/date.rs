//! `watches date --now ISO`: date texts in, one a line, in any language; the point in time out.

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use watches_core::{
    date_text::{Zone, read_date},
    time::Timestamp,
};

use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct DateCommand {
    /// What relative texts count from: `2026-10-30T12:00:00Z`.
    #[arg(long)]
    now: String,
}

impl DateCommand {
    pub fn run(self) -> anyhow::Result<Exit> {
        let now = Timestamp::parse_iso(&self.now)
            .with_context(|| format!("--now `{}` is no ISO 8601 instant with a zone", self.now))?;
        output::each_input_line(|line| output::line(&answer(line, now)))?;
        Ok(Exit::Done)
    }
}

fn answer(line: &str, now: Timestamp) -> Value {
    json!({ "at": read_date(line, now, Zone::Utc).and_then(Timestamp::to_iso) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let now = Timestamp::parse_iso("2026-10-30T12:00:00Z").expect("a valid instant");
        assert_eq!(answer(line, now).to_string(), expected, "{line}");
    }

    #[test]
    fn a_line_is_a_date_or_null() {
        check("vor 3 Tagen", r#"{"at":"2026-10-27T12:00:00Z"}"#);
        check("no date at all", r#"{"at":null}"#);
    }
}
