//! `watches same`: two titles a line, tab between; whether they name one product, and why.

use clap::Args;
use watches_core::{
    reference::Catalogue,
    same::{Sameness, Weights, same},
};

use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Same {}

impl Same {
    /// A line without a tab has an empty second title, so that lines stay paired.
    pub fn run(self) -> anyhow::Result<Exit> {
        output::each_input_line(|line| output::line(&answer(line)))?;
        Ok(Exit::Done)
    }
}

fn answer(line: &str) -> Sameness {
    let (left, right) = line.split_once('\t').unwrap_or((line, ""));
    let mut answer = same(left, right, Catalogue::bundled(), Weights::bundled());
    answer.score = hundredths(answer.score);
    for reason in &mut answer.why {
        reason.weight = hundredths(reason.weight);
    }
    answer
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, same: bool) {
        assert_eq!(answer(line).same, same, "{line}: {:?}", answer(line));
    }

    #[test]
    fn a_line_is_two_titles() {
        check("Tudor Black Bay 58 79030N\tTudor BB58 79030N full set", true);
        check("Tudor Black Bay 58 79030N\tOmega Speedmaster 310.30.42.50.01.001", false);
        check("Tudor Black Bay 58 79030N", false);
    }
}
