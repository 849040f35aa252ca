//! `watches poll`: one poll of everything, or of one watchlist, and its report.

use std::{io::Write, sync::Arc};

use anyhow::{Context, bail};
use clap::Args;
use watches_ipc::{
    polling::{PollNow, PollReport},
    source::{ListSources, SourceKind},
    watchlist::ListWatchlists,
};

use super::session::{NoScreen, Session, runtime};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Poll {
    #[command(flatten)]
    session: Session,
    /// Only the watchlist of this name.
    #[arg(long)]
    watchlist: Option<String>,
    /// The report as JSON on stdout.
    #[arg(long)]
    json: bool,
}

impl Poll {
    pub fn run(self) -> anyhow::Result<Exit> {
        let report = runtime()?.block_on(self.poll())?;
        if self.json {
            output::line(&report)?;
        } else {
            tell(&report)?;
        }
        Ok(if report.problems.is_empty() { Exit::Done } else { Exit::Refused })
    }

    async fn poll(&self) -> anyhow::Result<PollReport> {
        let app = self.session.open(Arc::new(NoScreen)).await?;
        let watchlist = match &self.watchlist {
            None => None,
            Some(name) => {
                let lists = app.list_watchlists(ListWatchlists {}).await?;
                let found = lists.iter().find(|list| list.name == *name);
                Some(found.with_context(|| format!("there is no watchlist `{name}`"))?.id)
            }
        };
        let sources = app.list_sources(ListSources {}).await?;
        let has_mail = sources.iter().any(|source| source.kind == SourceKind::Mail);
        let none = app.list_watchlists(ListWatchlists {}).await?.is_empty();
        if watchlist.is_none() && none && !has_mail {
            bail!("there is no watchlist yet: add one with `watches watch`");
        }
        Ok(app.poll_now(PollNow { watchlist }).await?)
    }
}

fn tell(report: &PollReport) -> anyhow::Result<()> {
    let mut err = std::io::stderr().lock();
    let PollReport { pages, listings, new, changed, alerts, .. } = report;
    writeln!(
        err,
        "{pages} pages, {listings} listings: {new} new, {changed} changed, {alerts} alerts"
    )?;
    for problem in &report.problems {
        writeln!(err, "{problem}")?;
    }
    Ok(())
}
