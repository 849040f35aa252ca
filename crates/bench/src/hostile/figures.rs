//! What the child said, added up, and whether the promises were kept.

use std::{collections::BTreeMap, io::Write};

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::line::Verdict;

/// A line of the child.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Run(Run),
    Memory { idle_kib: u64, peak_kib: u64 },
}

/// One behaviour met once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    pub name: String,
    pub end: String,
    /// It ended as the table says.
    pub right: bool,
    pub fetch_ms: u64,
    /// The slowest reader's.
    pub read_ms: u64,
    /// The peak of memory while it ran, above idle; 0 for those that wait beside others.
    pub above_idle_kib: u64,
}

const LONGEST_MS: u64 = 20_000;
const MOST_KIB: u64 = 128 * 1024;

/// The sum of a run.
#[derive(Debug, Default)]
pub struct Figures {
    behaviours: usize,
    rounds: u32,
    runs: Vec<Run>,
    idle_kib: u64,
    peak_kib: u64,
    crashed: bool,
    hung: bool,
}

impl Figures {
    pub fn new(behaviours: usize, rounds: u32) -> Figures {
        Figures { behaviours, rounds, ..Figures::default() }
    }

    pub fn take(&mut self, said: Said) {
        match said {
            Said::Run(run) => self.runs.push(run),
            Said::Memory { idle_kib, peak_kib } => {
                (self.idle_kib, self.peak_kib) = (idle_kib, peak_kib);
            }
        }
    }

    pub fn hung(&mut self) {
        self.hung = true;
    }

    pub fn ended(&mut self, well: bool) {
        self.crashed = !well || self.peak_kib == 0;
    }

    pub fn print_each(&self) -> Result<()> {
        let mut out = std::io::stdout().lock();
        let mut worst: BTreeMap<&str, Run> = BTreeMap::new();
        for run in &self.runs {
            let known = worst.entry(&run.name).or_insert_with(|| run.clone());
            let most = known.above_idle_kib.max(run.above_idle_kib);
            if run.fetch_ms + run.read_ms > known.fetch_ms + known.read_ms || !run.right {
                *known = run.clone();
            }
            known.above_idle_kib = most;
        }
        for run in worst.values() {
            serde_json::to_writer(&mut out, run)?;
            writeln!(out)?;
        }
        Ok(())
    }

    pub fn print(&self) -> Result<Verdict> {
        let all = self.behaviours * self.rounds as usize;
        let time = |run: &&Run| run.fetch_ms + run.read_ms;
        let longest = self.runs.iter().max_by_key(time);
        let slowest = self.runs.iter().max_by_key(|run| run.read_ms);
        let hangs = self.runs.iter().filter(|run| time(run) > LONGEST_MS).count();
        let mut wrong: Vec<String> = self
            .runs
            .iter()
            .filter(|run| !run.right)
            .map(|run| format!("{}: {}", run.name, run.end))
            .collect();
        wrong.sort();
        wrong.dedup();
        let largest = self.runs.iter().max_by_key(|run| run.above_idle_kib);
        let above = self.peak_kib.saturating_sub(self.idle_kib);
        let kept = !self.crashed
            && !self.hung
            && hangs == 0
            && wrong.is_empty()
            && above <= MOST_KIB
            && self.runs.len() == all;
        let line = json!({
            "area": "hostile",
            "behaviours": self.behaviours,
            "rounds": self.rounds,
            "runs": self.runs.len(),
            "crashed": self.crashed,
            "hangs": hangs + usize::from(self.hung),
            "longest_ms": longest.map(|run| time(&run)),
            "longest": longest.map(|run| &run.name),
            "slowest_read_ms": slowest.map(|run| run.read_ms),
            "slowest_read": slowest.map(|run| &run.name),
            "idle_mib": self.idle_kib / 1024,
            "above_idle_mib": above / 1024,
            "largest": largest.map(|run| &run.name),
            "wrong_ends": wrong,
            "kept": kept,
        });
        writeln!(std::io::stdout().lock(), "{line}")?;
        Ok(if kept { Verdict::Passed } else { Verdict::Failed })
    }
}
