//! `watches reparse`: kept pages read again by today's readers; differences first, changes only if asked.

use std::{io::Write, sync::Arc};

use anyhow::Context;
use clap::Args;
use serde_json::json;
use watches_app::reparse::{Difference, Report, Wanted};

use super::session::{NoScreen, Session, runtime};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Reparse {
    #[command(flatten)]
    session: Session,
    /// Only this source, by key.
    #[arg(long)]
    source: Option<String>,
    /// Write the corrections. Observations are never changed.
    #[arg(long)]
    apply: bool,
}

impl Reparse {
    /// One line for each listing that differs, then a summary line.
    pub fn run(self) -> anyhow::Result<Exit> {
        let report = runtime()?.block_on(self.reparse())?;
        output::line(&summary(&report, self.apply))?;
        tell(&report, self.apply)?;
        Ok(Exit::Done)
    }

    async fn reparse(&self) -> anyhow::Result<Report> {
        let app = self.session.open(Arc::new(NoScreen)).await?;
        let wanted = Wanted { source: self.source.clone(), apply: self.apply };
        let mut written = Ok(());
        let report = app.reparse(&wanted, |difference| {
            if written.is_ok() {
                written = output::line(&line(difference, self.apply));
            }
        });
        let report = report.await.context("reading the kept pages again")?;
        written.map(|()| report)
    }
}

fn line(difference: &Difference, apply: bool) -> serde_json::Value {
    json!({
        "listing": difference.listing,
        "source": difference.source,
        "id": difference.market_id,
        "url": difference.url,
        "fields": difference.fields,
        "kept": difference.kept,
        "applied": apply && !difference.fields.is_empty(),
    })
}

fn summary(report: &Report, apply: bool) -> serde_json::Value {
    json!({
        "summary": true,
        "applied": apply,
        "pages": report.pages,
        "unread_pages": report.unread_pages,
        "packed_bytes": report.kept.packed_bytes,
        "page_bytes": report.kept.page_bytes,
        "listings": report.listings,
        "different": report.different,
        "corrected": report.applied,
        "held": report.held,
        "without_page": report.without_page,
        "only_now": report.only_now,
        "fields": report.fields,
    })
}

fn tell(report: &Report, apply: bool) -> anyhow::Result<()> {
    let mut err = std::io::stderr().lock();
    let Report { pages, listings, different, applied, .. } = report;
    writeln!(err, "{pages} kept pages, {listings} listings: {different} are read otherwise now")?;
    match (apply, different) {
        (true, _) => writeln!(err, "{applied} corrected; observations are as they were.")?,
        (false, 1..) => writeln!(err, "Nothing was changed: --apply writes the corrections.")?,
        (false, 0) => {}
    }
    Ok(())
}
