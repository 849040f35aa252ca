//! `watches watch`: adds a watchlist from words, lists them, or removes one.

use std::{io::Write, sync::Arc};

use anyhow::Context;
use clap::Args;
use watches_core::money::Currency;
use watches_ipc::watchlist::{
    DeleteWatchlist, IdentifyWanted, ListWatchlists, RuleDraft, SaveWatchlist, Watchlist,
};

use super::session::{NoScreen, Session, runtime};
use crate::output::{self, Exit};

/// `watches watch "rolex 126610LN" --rule "when landed <= 11000 EUR then toast"`; without words it lists.
#[derive(Debug, Args)]
pub struct Watch {
    #[command(flatten)]
    session: Session,
    /// A reference or words, as the first-run page takes them.
    wanted: Option<String>,
    /// An alert rule; may be given several times. Without one the words suggest it.
    #[arg(long)]
    rule: Vec<String>,
    /// What the watchlist is called; the watch's name without it.
    #[arg(long)]
    name: Option<String>,
    /// Only these sources, by key; all without it.
    #[arg(long)]
    source: Vec<String>,
    /// Minutes between polls.
    #[arg(long)]
    every: Option<u32>,
    /// Deletes the watchlist of this name.
    #[arg(long, conflicts_with_all = ["wanted", "rule", "name", "source", "every"])]
    delete: Option<String>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

impl Watch {
    pub fn run(self) -> anyhow::Result<Exit> {
        for list in runtime()?.block_on(self.watch())? {
            if self.json {
                output::line(&list)?;
            } else {
                tell(&list)?;
            }
        }
        Ok(Exit::Done)
    }

    async fn watch(&self) -> anyhow::Result<Vec<Watchlist>> {
        let app = self.session.open(Arc::new(NoScreen)).await?;
        if let Some(name) = &self.delete {
            let lists = app.list_watchlists(ListWatchlists {}).await?;
            let found = lists.iter().find(|list| list.name == *name);
            let id = found.with_context(|| format!("there is no watchlist `{name}`"))?.id;
            app.delete_watchlist(DeleteWatchlist { id }).await?;
        } else if let Some(text) = self.wanted.clone() {
            let asked = IdentifyWanted { text, currency: Currency::EUR };
            let wanted = app.identify_wanted(asked).await?;
            let suggested = vec![wanted.suggested_rule];
            let texts = if self.rule.is_empty() { suggested } else { self.rule.clone() };
            let rule = |text| RuleDraft { id: None, text, enabled: true };
            let saved = app
                .save_watchlist(SaveWatchlist {
                    id: None,
                    name: self.name.clone().unwrap_or(wanted.name),
                    query: wanted.query,
                    sources: self.source.clone(),
                    rules: texts.into_iter().map(rule).collect(),
                    interval_minutes: self.every,
                    paused: false,
                })
                .await?;
            return Ok(vec![saved]);
        }
        Ok(app.list_watchlists(ListWatchlists {}).await?)
    }
}

fn tell(list: &Watchlist) -> anyhow::Result<()> {
    let mut err = std::io::stderr().lock();
    writeln!(err, "{}: {} listings, {} matching", list.name, list.listings, list.matching)?;
    for rule in &list.rules {
        writeln!(err, "  {}", rule.text)?;
    }
    Ok(())
}
