//! `watches rule check` and `rule replay`: alert rules in, one a line; whether each is one, and where it is not, out.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use watches_core::alert::parse;

use crate::output::{self, Exit};

/// Check alert rules.
#[derive(Debug, Args)]
pub struct RuleCommand {
    #[command(subcommand)]
    action: RuleAction,
}

#[derive(Debug, Subcommand)]
enum RuleAction {
    /// Read rules from stdin, one a line; tell which are good and where the others go wrong.
    Check,
    /// Tell the alerts a rule would have raised over the stored history.
    Replay(super::replay::Replay),
}

impl RuleCommand {
    /// Every line gets its answer, so a bad rule is an answer and not a failure.
    pub fn run(self) -> anyhow::Result<Exit> {
        match self.action {
            RuleAction::Check => {
                output::each_input_line(|line| output::line(&answer(line)))?;
                Ok(Exit::Done)
            }
            RuleAction::Replay(arguments) => arguments.run(),
        }
    }
}

/// `at` is a byte in the line.
fn answer(line: &str) -> Value {
    match parse(line) {
        Ok(_) => json!({ "ok": true }),
        Err(error) => json!({ "ok": false, "at": error.at, "error": error.message }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &Value) {
        assert_eq!(&answer(line), expected, "{line}");
    }

    #[test]
    fn a_rule_is_good_or_refused_at_a_place() {
        check(
            "when price drops by 5% vs last_alert then digest cooldown 24h",
            &json!({ "ok": true }),
        );
        let error = "an amount needs a currency, as in 8500 EUR";
        check("when landed <= 8500 then toast", &json!({ "ok": false, "at": 15, "error": error }));
        let error = "expected `when`, found the end of the rule";
        check("", &json!({ "ok": false, "at": 0, "error": error }));
    }
}
