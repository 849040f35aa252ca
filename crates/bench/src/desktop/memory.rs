//! Memory and wake-ups of a process with all its children, from /proc.

use std::{fs, time::Duration};

use anyhow::{Context, Result, bail};

/// Two looks that differ by less than this share are a settled process.
const STEADY: f64 = 0.01;
const LOOKS: usize = 40;

/// Megabytes of proportional set size of the tree, once it stands still.
pub async fn settled_pss(pid: u32) -> Result<f64> {
    let mut before = pss(pid)?;
    let mut steady = 0;
    for _ in 0..LOOKS {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = pss(pid)?;
        steady = if (now - before).abs() <= STEADY * before { steady + 1 } else { 0 };
        before = now;
        if steady >= 3 {
            return Ok(now);
        }
    }
    bail!("process {pid} did not come to rest")
}

/// Voluntary context switches a second of every thread of the tree, over `span`.
pub async fn wake_ups(pid: u32, span: Duration) -> Result<f64> {
    let before = switches(pid);
    tokio::time::sleep(span).await;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let count = switches(pid).saturating_sub(before) as f64;
    Ok(count / span.as_secs_f64())
}

fn pss(pid: u32) -> Result<f64> {
    let mut kilobytes = 0.0;
    for member in tree(pid) {
        // A child may end while we look; the root must not.
        match fs::read_to_string(format!("/proc/{member}/smaps_rollup")) {
            Ok(text) => kilobytes += field(&text, "Pss:").unwrap_or(0.0),
            Err(error) if member == pid => return Err(error).context("the process ended"),
            Err(_) => {}
        }
    }
    Ok(kilobytes / 1024.0)
}

fn switches(pid: u32) -> u64 {
    let threads = tree(pid).into_iter().flat_map(|member| {
        fs::read_dir(format!("/proc/{member}/task")).into_iter().flatten().flatten()
    });
    threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("status")).ok())
        .filter_map(|text| field(&text, "voluntary_ctxt_switches:"))
        .map(|count| count as u64)
        .sum()
}

/// The process and everything below it.
fn tree(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let mut members = vec![root];
    let mut next = 0;
    while let Some(member) = members.get(next).copied() {
        members.extend(parents.iter().filter(|(_, parent)| *parent == member).map(|(pid, _)| *pid));
        next += 1;
    }
    members
}

fn parent(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    field(&status, "PPid:").map(|parent| parent as u32)
}

fn field(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
