//! One measured line as JSON on stdout, and whether it holds what was promised.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::alternate::Ratios;

/// Whether every line of a run was equal to its peer and at or above its floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    Failed,
}

/// Which way is good, and how far we promised to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Promise {
    /// The ratio ours / peer is at least this: throughput.
    AtLeast(f64),
    /// The ratio ours / peer is at most this: latency, memory.
    AtMost(f64),
    /// Orientation only.
    Reported,
}

impl Promise {
    fn kept(self, ratio: f64) -> bool {
        match self {
            Promise::AtLeast(floor) => ratio >= floor,
            Promise::AtMost(ceiling) => ratio <= ceiling,
            Promise::Reported => true,
        }
    }

    fn bound(self) -> Option<f64> {
        match self {
            Promise::AtLeast(bound) | Promise::AtMost(bound) => Some(bound),
            Promise::Reported => None,
        }
    }
}

/// One metric of one run; `ours` and `peer_value` share a unit, which the metric's name says.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub area: &'static str,
    pub metric: String,
    /// The size of the case: pages, rows, items.
    pub n: u64,
    pub ours: f64,
    /// Name and version.
    pub peer: String,
    pub peer_value: f64,
    /// Ours / peer, the median over pairs.
    pub ratio: f64,
    pub ratio_min: f64,
    pub ratio_max: f64,
    pub load1: f64,
    /// The median fsync of the run, where a disk takes part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fsync_p50_us: Option<f64>,
    /// The promised bound of the ratio; null where the line is orientation.
    pub floor: Option<f64>,
    pub kept: bool,
    /// Wall-clock line of a loaded machine: reported, not judged.
    pub noisy: bool,
    /// Both sides gave the same results.
    pub equal: bool,
}

impl Line {
    /// A line from alternated slices.
    pub fn new(
        area: &'static str,
        metric: &str,
        n: u64,
        peer: &str,
        ratios: &Ratios,
        promise: Promise,
    ) -> Line {
        Line {
            area,
            metric: metric.to_owned(),
            n,
            ours: ratios.ours,
            peer: peer.to_owned(),
            peer_value: ratios.peer,
            ratio: ratios.median,
            ratio_min: ratios.min,
            ratio_max: ratios.max,
            load1: load1(),
            fsync_p50_us: None,
            floor: promise.bound(),
            kept: promise.kept(ratios.median),
            noisy: false,
            equal: true,
        }
    }

    /// Says whether both sides gave the same results.
    #[must_use]
    pub fn equal(mut self, equal: bool) -> Line {
        self.equal = equal;
        self
    }

    /// For lines in wall-clock time: above a load of 4 they are reported, not judged.
    #[must_use]
    pub fn wall_clock(mut self) -> Line {
        self.noisy = self.load1 > 4.0;
        self
    }

    /// Prints the line and says whether it holds.
    pub fn print(&self) -> Result<Verdict> {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer(&mut out, self)?;
        writeln!(out)?;
        let passed = self.equal && (self.kept || self.noisy);
        Ok(if passed { Verdict::Passed } else { Verdict::Failed })
    }
}

/// Prints all lines; the run passed if every one did.
pub fn print_all(lines: &[Line]) -> Result<Verdict> {
    let mut verdict = Verdict::Passed;
    for line in lines {
        if line.print()? == Verdict::Failed {
            verdict = Verdict::Failed;
        }
    }
    Ok(verdict)
}

/// Prints what is no comparison: a fit's figures.
pub fn print_value(value: &serde_json::Value) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// The machine's load over the last minute; 0 where the system does not say.
pub fn load1() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or(0.0)
}
