//! `bench hostile`: every behaviour of the hostile server, in rounds, against the real fetcher and readers.
//!
//! The servers run here; a child of this same program does the fetching and reading, so that its memory is
//! its own and a crash is its exit. Promised: no crash, nothing over 20 seconds, each end as the table says,
//! and at most 128 MiB above the child's idle. One JSON line of figures; exit 1 when one is missed.

mod child;
mod figures;

use std::{process::Stdio, time::Duration};

use anyhow::{Context, Result, bail};
use clap::Args;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, Command},
};
use watches_testkit::hostile::{self, Server};

use self::{
    child::{Orders, Visit},
    figures::{Figures, Said},
};
use crate::line::Verdict;

#[derive(Debug, Args)]
pub struct HostileArgs {
    /// Three rounds, for the gate; the default.
    #[arg(long, conflicts_with = "full")]
    quick: bool,
    /// A thousand rounds.
    #[arg(long)]
    full: bool,
    /// So many rounds instead.
    #[arg(long)]
    rounds: Option<u32>,
    /// Only behaviours whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Also a line for each behaviour.
    #[arg(long)]
    each: bool,
    /// Set by the bench itself: fetch and read, told by stdin from where.
    #[arg(long, hide = true)]
    child: bool,
}

/// A child that says nothing for this long hangs: no run may take longer than 20 seconds.
const SILENCE: Duration = Duration::from_secs(60);

pub fn run(args: &HostileArgs) -> Result<Verdict> {
    if args.child {
        // As our programs do first.
        watches_app::process_memory::give_back_what_is_freed();
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if args.child {
        return runtime.block_on(child::run()).map(|()| Verdict::Passed);
    }
    let rounds = args.rounds.unwrap_or(if args.full { 1_000 } else { 3 });
    let figures = runtime.block_on(measure(rounds, &args.only))?;
    if args.each {
        figures.print_each()?;
    }
    figures.print()
}

async fn measure(rounds: u32, only: &str) -> Result<Figures> {
    let all = hostile::all();
    let plain = all.iter().copied().filter(|one| one.robots.is_none()).collect();
    let mut servers = vec![Server::start(plain).await.context("starting the hostile server")?];
    let mut visits = Vec::new();
    let mut number = 0;
    for (index, behaviour) in all.into_iter().enumerate() {
        // A robots.txt speaks for a whole host, so those that lie there have hosts of their own.
        let visit = if behaviour.robots.is_none() {
            number += 1;
            Visit { index, port: servers[0].port(), number: number - 1 }
        } else {
            servers.push(Server::start(vec![behaviour]).await.context("starting a server")?);
            Visit { index, port: servers[servers.len() - 1].port(), number: 0 }
        };
        if behaviour.name.contains(only) {
            visits.push(visit);
        }
    }
    if visits.is_empty() {
        bail!("no behaviour's name contains `{only}`");
    }
    let mut figures = Figures::new(visits.len(), rounds);
    let mut child = start(Orders { rounds, visits }).await?;
    let stdout = child.stdout.take().context("the child's stdout")?;
    let mut lines = BufReader::new(stdout).lines();
    loop {
        match tokio::time::timeout(SILENCE, lines.next_line()).await {
            Ok(line) => match line? {
                Some(line) => figures.take(serde_json::from_str::<Said>(&line)?),
                None => break,
            },
            Err(_silent) => {
                child.kill().await?;
                figures.hung();
                return Ok(figures);
            }
        }
    }
    figures.ended(child.wait().await?.success());
    Ok(figures)
}

async fn start(orders: Orders) -> Result<Child> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["hostile", "--child"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("starting the child")?;
    let mut stdin = child.stdin.take().context("the child's stdin")?;
    stdin.write_all(&serde_json::to_vec(&orders)?).await?;
    stdin.shutdown().await?;
    Ok(child)
}
