//! Ours and the peer in turn, A B A B, so that a loaded machine slows both alike.

use std::time::Duration;

use anyhow::{Result, ensure};

/// Values of one kind (a rate or a latency) measured in pairs, and their ratios ours / peer.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratios {
    /// Medians over the slices.
    pub ours: f64,
    pub peer: f64,
    /// The median of the pairs' ratios, and the extremes.
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

/// Runs `pairs` pairs of slices after one warm-up pair that is dropped.
///
/// Each closure runs one slice (half a second or more) and returns its value; who goes first changes
/// with every pair.
pub fn alternate(
    pairs: usize,
    mut ours: impl FnMut() -> Result<f64>,
    mut peer: impl FnMut() -> Result<f64>,
) -> Result<Ratios> {
    ensure!(pairs > 0, "at least one pair is needed");
    ours()?;
    peer()?;
    let mut values = Vec::with_capacity(pairs);
    for round in 0..pairs {
        let pair = if round % 2 == 0 {
            let first = ours()?;
            (first, peer()?)
        } else {
            let first = peer()?;
            (ours()?, first)
        };
        values.push(pair);
    }
    Ok(Ratios::of(&values))
}

impl Ratios {
    /// From pairs (ours, peer).
    pub fn of(values: &[(f64, f64)]) -> Ratios {
        let ratios: Vec<f64> = values.iter().map(|(ours, peer)| ours / peer).collect();
        Ratios {
            ours: median(values.iter().map(|pair| pair.0).collect()),
            peer: median(values.iter().map(|pair| pair.1).collect()),
            median: median(ratios.clone()),
            min: ratios.iter().copied().fold(f64::INFINITY, f64::min),
            max: ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }
}

/// The middle value, the mean of the two middle ones for an even count; NaN for none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle), values.len() % 2) {
        (Some(upper), 0) => (values[middle - 1] + upper) / 2.0,
        (Some(only), _) => *only,
        (None, _) => f64::NAN,
    }
}

/// CPU time of the calling thread so far: single-threaded work is judged by it, not by the wall.
pub fn cpu_time() -> Duration {
    let at = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(at.tv_sec.unsigned_abs(), u32::try_from(at.tv_nsec).unwrap_or(0))
}

/// Calls `work` until `least` of CPU time is spent; returns calls a CPU second.
pub fn calls_per_cpu_second(least: Duration, mut work: impl FnMut()) -> f64 {
    let begin = cpu_time();
    let mut calls = 0_u64;
    loop {
        work();
        calls += 1;
        let spent = cpu_time().saturating_sub(begin);
        if spent >= least {
            return calls as f64 / spent.as_secs_f64();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_the_median_of_the_pairs() {
        let ratios = Ratios::of(&[(10.0, 1.0), (30.0, 10.0), (8.0, 2.0)]);
        assert_eq!((ratios.median, ratios.min, ratios.max), (4.0, 3.0, 10.0));
        assert_eq!((ratios.ours, ratios.peer), (10.0, 2.0));
        assert!(median(Vec::new()).is_nan());
        assert_eq!(median(vec![4.0, 1.0]), 2.5);
    }
}
