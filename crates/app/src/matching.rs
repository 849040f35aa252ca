//! Priced -> Matched -> Notice, with the rules and their memory from the store.
//!
//! The listing flow judges a page's listings here, inside its transaction; saving a watchlist judges
//! what is stored already, without telling anything.

use std::collections::{BTreeMap, HashMap};

use watches_core::{
    alert::{
        self, ActiveRule, Circumstances, LastAlert, MarketPrice, RuleMemory,
        rule::{Base, Test},
    },
    id::{ListingId, RuleId, WatchlistId},
    listing::{
        matching::{Matched, Outcome, match_rules},
        notice::{Notice, notices},
        price::{ObservationKind, Priced},
    },
    time::Timestamp,
};
use watches_ipc::settings::Settings;
use watches_store::{
    Read, Tx, alert_memory as memory,
    alerts::{self as inbox, Alert, Raised},
    listings, observations, rules, watchlists,
};

use crate::{App, fault::Error, listing_flow::Market, toasts};

/// The rules that are in force, read once per page.
#[derive(Debug)]
pub(crate) struct Rules {
    active: Vec<Active>,
    watchlists: Vec<watchlists::Watchlist>,
}

#[derive(Debug)]
struct Active {
    stored: rules::Rule,
    rule: alert::Rule,
}

impl Rules {
    /// Enabled rules of watchlists that are neither paused nor deleted.
    pub async fn load(read: &mut Read) -> Result<Rules, Error> {
        let all = watchlists::all(read).await?;
        let paused = |id: WatchlistId| all.iter().any(|list| list.id == id && list.paused);
        let stored = rules::all(read).await?;
        let stored = stored.into_iter().filter(|rule| rule.enabled && !paused(rule.watchlist));
        Ok(Rules { active: stored.filter_map(read_rule).collect(), watchlists: all })
    }

    /// The enabled rules of one watchlist, paused or not.
    pub async fn of(read: &mut Read, list: &watchlists::Watchlist) -> Result<Rules, Error> {
        let stored = rules::of(read, list.id).await?.into_iter().filter(|rule| rule.enabled);
        Ok(Rules { active: stored.filter_map(read_rule).collect(), watchlists: vec![list.clone()] })
    }

    fn watchlist_of(&self, rule: RuleId) -> Option<&watchlists::Watchlist> {
        let stored = &self.active.iter().find(|active| active.stored.id == rule)?.stored;
        self.watchlists.iter().find(|list| list.id == stored.watchlist)
    }

    /// Does any rule measure against the market?
    fn ask_the_market(&self) -> bool {
        self.active.iter().any(|active| asks_the_market(&active.rule))
    }

    pub fn query_of(&self, watchlist: WatchlistId) -> Option<&str> {
        let list = self.watchlists.iter().find(|list| list.id == watchlist)?;
        Some(list.query.as_str())
    }
}

pub(crate) fn asks_the_market(rule: &alert::Rule) -> bool {
    let median = |test: &Test| matches!(test, Test::Move { base: Base::Median(_), .. });
    rule.condition.tests().into_iter().any(|comparison| median(&comparison.test))
}

/// A rule that an older version accepted and this one does not is passed over, and logged.
fn read_rule(stored: rules::Rule) -> Option<Active> {
    match alert::parse(&stored.text) {
        Ok(rule) => Some(Active { stored, rule }),
        Err(error) => {
            tracing::warn!("rule {} cannot be read any more: {error}", stored.id);
            None
        }
    }
}

/// What the rules said of a page's listings.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    verdicts: BTreeMap<WatchlistId, Vec<(ListingId, bool)>>,
    /// Folded words of each listing, to be compared with a watchlist's.
    words: Vec<(ListingId, String)>,
    pub alerts: Vec<Alert>,
}

impl Judged {
    pub fn ids(&self) -> impl Iterator<Item = ListingId> {
        self.words.iter().map(|(id, _)| *id)
    }

    /// For each watchlist with rules, whether any of them matches each listing.
    pub fn by_watchlist(&self) -> BTreeMap<WatchlistId, Vec<(ListingId, bool)>> {
        self.verdicts.clone()
    }

    /// Listings of a page that nobody searched (a dealer's, a file) in which all the words a watchlist
    /// looks for stand.
    pub fn wanted_by(&self, rules: &Rules, watchlist: WatchlistId) -> Vec<ListingId> {
        let Some(query) = rules.query_of(watchlist) else { return Vec::new() };
        let wanted = watches_store::words::fold(query);
        if wanted.is_empty() {
            return Vec::new();
        }
        let has_all = |line: &str| wanted.iter().all(|word| line.contains(&format!(" {word}")));
        self.words.iter().filter(|(_, line)| has_all(line)).map(|(id, _)| *id).collect()
    }
}

/// Judges the listings and raises what is news, inside the page's transaction.
pub(crate) async fn judge(
    app: &App,
    tx: &mut Tx,
    rules: &Rules,
    priced: Vec<Priced>,
    at: Timestamp,
) -> Result<Judged, Error> {
    let market = Market::load(tx).await?;
    let ids: Vec<ListingId> = priced.iter().map(|one| one.unique.id).collect();
    let memories = Memories::load(tx, &ids).await?;
    let mut judged = Judged::default();
    for one in priced {
        let comparable = comparable(tx, rules, &one).await?;
        let circumstances = market.circumstances(&comparable, at);
        let active = rules.active_for(one.unique.id, &memories);
        let matched = match_rules(one, &active, &circumstances);
        judged.note(rules, &matched);
        for notice in notices(&matched, &active, &circumstances) {
            let alert = alert_of(app, rules, &matched, notice, &market.settings, at);
            if inbox::raise(tx, &alert).await? == Raised::New {
                memory::save(tx, &[remembered(&alert)]).await?;
                judged.alerts.push(alert);
            }
        }
    }
    Ok(judged)
}

impl Judged {
    fn note(&mut self, rules: &Rules, matched: &Matched) {
        let id = matched.priced.unique.id;
        for verdict in &matched.verdicts {
            let Some(list) = rules.watchlist_of(verdict.rule) else { continue };
            let verdicts = self.verdicts.entry(list.id).or_default();
            let matches = verdict.outcome == Outcome::Match;
            match verdicts.last_mut().filter(|(known, _)| *known == id) {
                Some((_, any)) => *any |= matches,
                None => verdicts.push((id, matches)),
            }
        }
        let normalised = &matched.priced.unique.normalised;
        let watch = &normalised.watch;
        let texts =
            [Some(&normalised.extracted.title), watch.brand.as_ref(), watch.family.as_ref()];
        let texts =
            texts.into_iter().chain([watch.reference.as_ref(), watch.reference_base.as_ref()]);
        let mut line = String::new();
        for word in texts.flatten().flat_map(|text| watches_store::words::fold(text)) {
            line.push(' ');
            line.push_str(&word);
        }
        self.words.push((id, line));
    }
}

/// What every rule remembers of the page's listings.
struct Memories(HashMap<(RuleId, ListingId), LastAlert>);

impl Memories {
    async fn load(read: &mut Read, ids: &[ListingId]) -> Result<Memories, Error> {
        let stored = memory::of(read, ids).await?;
        let last = stored.into_iter().filter_map(|one| {
            let at = one.alerted_at?;
            Some(((one.rule, one.listing), LastAlert { at, price: one.alerted_price }))
        });
        Ok(Memories(last.collect()))
    }
}

impl Rules {
    fn active_for(&self, listing: ListingId, memories: &Memories) -> Vec<ActiveRule<'_>> {
        let active = |one: &Active| {
            let id = one.stored.id;
            let last_alert = memories.0.get(&(id, listing)).copied();
            (id, RuleMemory { since: made_at(id), last_alert })
        };
        let rules = self.active.iter().map(|one| (active(one), &one.rule));
        rules.map(|((id, memory), rule)| ActiveRule { id, rule, memory }).collect()
    }
}

/// A rule whose words changed has a new id, so the id's own time is when the rule was made.
fn made_at(rule: RuleId) -> Timestamp {
    let made = rule.0.get_timestamp().map(|at| at.to_unix());
    made.map_or(Timestamp(0), |(seconds, nanos)| {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        Timestamp::from_seconds(seconds) + watches_core::time::Span(i64::from(nanos) / 1_000)
    })
}

fn remembered(alert: &Alert) -> memory::Memory {
    memory::Memory {
        rule: alert.rule,
        listing: alert.listing,
        alerted_at: Some(alert.at),
        alerted_price: alert.new_price,
        held_since: None,
        armed: true,
    }
}

fn alert_of(
    app: &App,
    rules: &Rules,
    matched: &Matched,
    notice: Notice,
    settings: &Settings,
    at: Timestamp,
) -> Alert {
    let stored = rules.active.iter().find(|active| active.stored.id == notice.rule);
    let stored = stored.map(|active| &active.stored);
    let list = rules.watchlist_of(notice.rule);
    let muted_until = stored.and_then(|rule| rule.muted_until);
    let verdict = matched.verdicts.iter().find(|verdict| verdict.rule == notice.rule);
    Alert {
        id: app.env.alert_id(),
        at,
        rule: notice.rule,
        watchlist: list.map_or(WatchlistId(uuid::Uuid::nil()), |list| list.id),
        listing: notice.listing,
        key: notice.key,
        rule_text: stored.map(|rule| rule.text.clone()).unwrap_or_default(),
        watchlist_name: list.map(|list| list.name.clone()).unwrap_or_default(),
        headline: notice.headline,
        reason: notice.reason,
        delivery: toasts::delivery(&notice.channels, notice.urgency, muted_until, settings, at),
        urgency: notice.urgency,
        channels: notice.channels,
        old_price: notice.old_price,
        new_price: notice.new_price,
        trace: verdict.map(|verdict| verdict.trace.clone()).unwrap_or_default(),
        read: false,
        archived: false,
        snoozed_until: None,
    }
}

/// Comparable listings looked at for a market's median.
const COMPARABLE: u32 = 300;

/// Asks for the same reference, when a rule measures against them. Never sales.
async fn comparable(
    read: &mut Read,
    rules: &Rules,
    priced: &Priced,
) -> Result<Vec<MarketPrice>, Error> {
    if rules.ask_the_market() { asks_for(read, priced).await } else { Ok(Vec::new()) }
}

pub(crate) async fn asks_for(read: &mut Read, priced: &Priced) -> Result<Vec<MarketPrice>, Error> {
    let base = priced.unique.normalised.watch.reference_base.as_deref();
    let Some(base) = base else { return Ok(Vec::new()) };
    let others = listings::by_reference(read, base, COMPARABLE).await?;
    let wanted = &priced.unique.normalised.watch.reference;
    let alike = others.iter().filter(|other| {
        other.id != priced.unique.id && (wanted.is_none() || other.reference == *wanted)
    });
    let ids: Vec<ListingId> = alike.map(|other| other.id).collect();
    let histories = observations::histories(read, &ids).await?;
    let asks = histories.into_values().flatten().filter(|seen| seen.kind == ObservationKind::Ask);
    let price = |seen: watches_core::listing::price::Observation| {
        Some(MarketPrice { at: seen.at, price: seen.price? })
    };
    Ok(asks.filter_map(price).collect())
}

impl Market {
    pub fn circumstances<'a>(
        &'a self,
        market: &'a [MarketPrice],
        now: Timestamp,
    ) -> Circumstances<'a> {
        Circumstances {
            now,
            destination: &self.destination,
            rates: self.rates,
            market,
            verdict: None,
            risk: None,
        }
    }
}

/// Listings judged when a watchlist is saved.
const MOST: u32 = 5_000;

/// After a watchlist was saved: which of the listings it found match its rules now. Tells nothing.
pub(crate) async fn refresh(
    tx: &mut Tx,
    list: &watchlists::Watchlist,
    now: Timestamp,
) -> Result<(), Error> {
    let rules = Rules::of(tx, list).await?;
    let market = Market::load(tx).await?;
    let stored = listings::of_watchlist(tx, list.id, MOST).await?;
    let mut verdicts = Vec::with_capacity(stored.len());
    for priced in with_history(tx, stored).await? {
        let id = priced.unique.id;
        let matched = verdicts_of(tx, &rules, &market, priced, now).await?;
        verdicts.push((id, matched.verdicts.iter().any(|one| one.outcome == Outcome::Match)));
    }
    Ok(watches_store::watchlist_listings::set_matching(tx, list.id, &verdicts).await?)
}

/// What the rules say of one stored listing.
pub(crate) async fn verdicts_of(
    read: &mut Read,
    rules: &Rules,
    market: &Market,
    priced: Priced,
    now: Timestamp,
) -> Result<Matched, Error> {
    let memories = Memories::load(read, &[priced.unique.id]).await?;
    let comparable = comparable(read, rules, &priced).await?;
    let active = rules.active_for(priced.unique.id, &memories);
    Ok(match_rules(priced, &active, &market.circumstances(&comparable, now)))
}

/// Stored listings as the arrows know them.
pub(crate) async fn with_history(
    read: &mut Read,
    stored: Vec<listings::Stored>,
) -> Result<Vec<Priced>, Error> {
    let ids: Vec<ListingId> = stored.iter().map(|one| one.listing.id).collect();
    let mut histories = observations::histories(read, &ids).await?;
    let priced = stored.into_iter().map(|one| Priced {
        unique: watches_core::listing::dedupe::Unique {
            normalised: one.document.normalised,
            id: one.listing.id,
            first_seen: one.listing.first_seen,
            seen: watches_core::listing::dedupe::Seen::Before,
        },
        landed: one.document.landed,
        history: histories.remove(&one.listing.id).unwrap_or_default(),
    });
    Ok(priced.collect())
}

impl Rules {
    /// The rules in force with their words and watchlists.
    pub fn worded(&self) -> impl Iterator<Item = Worded<'_>> {
        self.active.iter().filter_map(|active| {
            let list = self.watchlist_of(active.stored.id)?;
            Some(Worded { stored: &active.stored, rule: &active.rule, list })
        })
    }
}

/// A rule in force with all that names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Worded<'a> {
    pub stored: &'a rules::Rule,
    pub rule: &'a alert::Rule,
    pub list: &'a watchlists::Watchlist,
}
