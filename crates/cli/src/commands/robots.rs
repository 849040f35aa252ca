//! `watches robots`: NDJSON of robots.txt, agent and address in, may it be fetched out.

use clap::Args;
use serde::Deserialize;
use serde_json::json;
use watches_scrape::robots::Robots;

use crate::{output, output::Exit};

/// Decide by robots.txt (RFC 9309) whether an agent may fetch an address.
#[derive(Debug, Args)]
pub struct RobotsCommand {}

#[derive(Debug, Deserialize)]
struct Question {
    robots_txt: String,
    user_agent: String,
    url: String,
}

impl RobotsCommand {
    /// A line that is no question gets `{"allowed": null}` with the error, and the exit is 1.
    pub fn run(self) -> anyhow::Result<Exit> {
        let mut exit = Exit::Done;
        output::each_input_line(|line| {
            if line.trim().is_empty() {
                return Ok(());
            }
            match serde_json::from_str::<Question>(line) {
                Ok(question) => output::line(&json!({ "allowed": answer(&question) })),
                Err(error) => {
                    exit = Exit::Refused;
                    output::line(&json!({ "allowed": null, "error": error.to_string() }))
                }
            }
        })?;
        Ok(exit)
    }
}

fn answer(question: &Question) -> bool {
    Robots::parse(question.robots_txt.as_bytes()).allows(&question.user_agent, &question.url)
}
