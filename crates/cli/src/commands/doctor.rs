//! `watches doctor`: is everything in the store as it was written? Changes nothing.

use std::io::Write;

use clap::Args;
use serde_json::json;
use watches_app::doctor::{Checkup, Finding, examine};

use super::session::{Session, runtime};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    session: Session,
    /// The findings as JSON on stdout.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub fn run(self) -> anyhow::Result<Exit> {
        let checkup = runtime()?.block_on(examine(&self.session.config()?))?;
        let healthy = checkup.findings.is_empty();
        if self.json {
            let finding = |found: &Finding| json!({ "place": found.place, "what": found.what });
            let findings: Vec<_> = checkup.findings.iter().map(finding).collect();
            output::line(&json!({
                "healthy": healthy,
                "rows": checkup.rows,
                "bytes": checkup.bytes,
                "version": checkup.version,
                "findings": findings,
            }))?;
        } else {
            tell(&checkup)?;
        }
        Ok(if healthy { Exit::Done } else { Exit::Refused })
    }
}

fn tell(checkup: &Checkup) -> anyhow::Result<()> {
    let mut err = std::io::stderr().lock();
    writeln!(err, "{} rows in {} bytes, version {}", checkup.rows, checkup.bytes, checkup.version)?;
    for found in &checkup.findings {
        writeln!(err, "{}: {}", found.place, found.what)?;
    }
    if checkup.findings.is_empty() {
        writeln!(err, "Everything is as it was written.")?;
    } else {
        writeln!(err, "`watches restore` puts a backup in its place.")?;
    }
    Ok(())
}
