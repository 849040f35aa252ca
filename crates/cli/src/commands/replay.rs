//! `watches rule replay`: the alerts a rule would have raised over the stored history.

use std::sync::Arc;

use clap::Args;
use serde_json::json;
use watches_app::preview::Told;

use super::session::{NoScreen, Session, runtime};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Replay {
    #[command(flatten)]
    session: Session,
    /// The rule: `when price drops by 5% vs first_seen then toast`.
    #[arg(long)]
    rule: String,
}

/// More alerts a day than this are noise, and the summary says so.
const MOST_A_DAY: f64 = 5.0;

impl Replay {
    pub fn run(self) -> anyhow::Result<Exit> {
        let past = runtime()?.block_on(async {
            let app = self.session.open(Arc::new(NoScreen)).await?;
            anyhow::Ok(app.replay_rule(&self.rule).await?)
        })?;
        for Told { at, listing, name, price, reason } in &past.alerts {
            output::line(&json!({
                "at": at.to_iso(),
                "listing": listing,
                "name": name,
                "price": price.map(|price| json!({
                    "amount": price.to_decimal(),
                    "currency": price.currency,
                })),
                "reason": reason,
            }))?;
        }
        output::line(&json!({
            "alerts": past.alerts.len(),
            "listings": past.listings,
            "days": past.days,
            "per_week": past.per_week,
            "noisy": past.per_week > 7.0 * MOST_A_DAY,
        }))?;
        Ok(Exit::Done)
    }
}
