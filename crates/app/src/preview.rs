//! What a rule would do on what is stored: matches now, and alerts a week over the history.

use watches_core::{
    alert::{
        self, ReplayedAlert, Rule, RuleMemory, evaluate, replay,
        rule::{Expr, Test, TextField, TextTest},
    },
    id::ListingId,
    listing::{matching::Outcome, price::Priced},
    money::Money,
    time::{Span, Timestamp},
};
use watches_ipc::{
    fault::Fault,
    watchlist::{PreviewRule, RulePreview, RuleProblem},
};
use watches_store::{Cancel, Read, listings};

use crate::{
    App,
    fault::Error,
    listing_flow::Market,
    listings as views,
    matching::{asks_for, asks_the_market, with_history},
};

/// Rows shown under the editor.
const SHOWN: usize = 8;
/// Listings a preview looks at, the newest first: enough to judge a rule by while typing.
const MOST: u32 = 5_000;
/// Listings read at once.
const PART: u32 = 500;

impl App {
    /// Never fails on a bad rule: `problem` says what is wrong and where.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn preview_rule(&self, args: PreviewRule) -> Result<RulePreview, Fault> {
        let rule = match alert::parse(&args.text) {
            Ok(rule) => rule,
            Err(error) => {
                let problem = RuleProblem { at: error.at, message: error.message };
                return Ok(RulePreview { problem: Some(problem), ..RulePreview::default() });
            }
        };
        Ok(preview(self, &rule, &args).await?)
    }
}

async fn preview(app: &App, rule: &Rule, args: &PreviewRule) -> Result<RulePreview, Error> {
    let now = app.env.now();
    let mut read = app.read().await?;
    let market = Market::load(&mut read).await?;
    let candidates = candidates(app, rule, args).await?;
    let mut preview = RulePreview::default();
    let mut matching = Vec::new();
    let mut alerts = 0;
    let mut begun = now;
    for part in candidates.chunks(PART as usize) {
        let stored = listings::documents(&mut read, part).await?;
        for priced in with_history(&mut read, stored).await? {
            let judged = judge(&mut read, rule, &priced, &market, now).await?;
            preview.considered += 1;
            match judged.outcome {
                Outcome::Match => matching.push(priced.unique.id),
                Outcome::Undecided => preview.undecided += 1,
                Outcome::NoMatch => {}
            }
            alerts += judged.alerts.len();
            begun = begun.min(priced.history.first().map_or(now, |seen| seen.at));
        }
    }
    preview.matching = u32::try_from(matching.len()).unwrap_or(u32::MAX);
    preview.per_week = per_week(alerts, now - begun);
    matching.truncate(SHOWN);
    let rows = listings::rows(&mut read, &matching).await?;
    preview.rows = views::views(&mut read, rows).await?;
    Ok(preview)
}

/// Listings that may match, newest first: by words where the rule demands some, else all.
async fn candidates(app: &App, rule: &Rule, args: &PreviewRule) -> Result<Vec<ListingId>, Error> {
    let filter = listings::Filter {
        text: demanded(&rule.condition).unwrap_or_default(),
        watchlist: args.watchlist,
        include_dismissed: true,
        ..listings::Filter::default()
    };
    let query = listings::Query { filter, limit: MOST, ..listings::Query::default() };
    let page = app.store()?.listings(&query, &Cancel::new()).await?;
    Ok(page.rows.into_iter().map(|row| row.id).collect())
}

/// Words that every match must have in brand, reference or title: `ref = "126610LN"` joined by `and`.
fn demanded(condition: &Expr) -> Option<String> {
    match condition {
        Expr::All(parts) => parts.iter().find_map(demanded),
        Expr::Test(comparison) => match &comparison.test {
            Test::Text {
                field: TextField::Reference | TextField::ReferenceFamily | TextField::Brand,
                test: TextTest::Is(word),
            } => Some(word.clone()),
            _ => None,
        },
        Expr::Any(_) | Expr::Not(_) => None,
    }
}

/// A rule's past, for the back-test.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// Oldest first.
    pub alerts: Vec<Told>,
    /// Listings looked at.
    pub listings: u32,
    pub days: f64,
    pub per_week: f64,
}

/// An alert the rule would have raised.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub at: Timestamp,
    pub listing: ListingId,
    pub name: String,
    pub price: Option<Money>,
    pub reason: String,
}

impl App {
    /// Replays a rule over everything stored.
    ///
    /// # Errors
    /// `bad_rule` with the place; when the store cannot be read.
    pub async fn replay_rule(&self, text: &str) -> Result<Past, Fault> {
        let rule = alert::parse(text)
            .map_err(|error| Error::Rule { at: error.at, message: error.message })?;
        Ok(past(self, &rule).await?)
    }
}

async fn past(app: &App, rule: &Rule) -> Result<Past, Error> {
    let now = app.env.now();
    let mut read = app.read().await?;
    let market = Market::load(&mut read).await?;
    let (mut alerts, mut begun, mut listings, mut place) = (Vec::new(), now, 0, 0);
    loop {
        let (next, stored) = listings::after(&mut read, place, PART).await?;
        if stored.is_empty() {
            break;
        }
        place = next;
        let names: Vec<String> = stored.iter().map(|one| one.listing.name.clone()).collect();
        for (priced, name) in with_history(&mut read, stored).await?.into_iter().zip(names) {
            listings += 1;
            begun = begun.min(priced.history.first().map_or(now, |seen| seen.at));
            let judged = judge(&mut read, rule, &priced, &market, now).await?;
            alerts.extend(judged.alerts.into_iter().map(|alert| Told {
                at: alert.at,
                listing: alert.listing,
                name: name.clone(),
                price: alert.price,
                reason: alert.reason,
            }));
        }
    }
    alerts.sort_by_key(|alert| alert.at);
    let length = now - begun;
    let days = length.0.max(0) as f64 / Span::days(1).0 as f64;
    Ok(Past { per_week: per_week(alerts.len(), length), alerts, listings, days })
}

struct Judged {
    outcome: Outcome,
    alerts: Vec<ReplayedAlert>,
}

async fn judge(
    read: &mut Read,
    rule: &Rule,
    priced: &Priced,
    market: &Market,
    now: Timestamp,
) -> Result<Judged, Error> {
    let asks = if asks_the_market(rule) { asks_for(read, priced).await? } else { Vec::new() };
    let circumstances = market.circumstances(&asks, now);
    let memory = RuleMemory { since: now, last_alert: None };
    let outcome = evaluate(rule, priced, &circumstances, memory).outcome;
    let replayed = replay(rule, std::slice::from_ref(priced), &circumstances);
    Ok(Judged { outcome, alerts: replayed.alerts })
}

/// Over less than a day of history a rate would only be noise: a day is the least.
fn per_week(alerts: usize, length: Span) -> f64 {
    let day = Span::days(1).0;
    let weeks = length.0.max(day) as f64 / (7 * day) as f64;
    alerts as f64 / weeks
}
