//! Table `rules`: the alert rules of each watchlist, as the person wrote them.

use watches_core::{
    id::{RuleId, WatchlistId},
    time::Timestamp,
};

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "rules";

/// One rule. Its text is parsed by `core::alert`, never here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub id: RuleId,
    pub watchlist: WatchlistId,
    pub text: String,
    pub enabled: bool,
    /// Its toasts are held back until then.
    pub muted_until: Option<Timestamp>,
    /// Place among the watchlist's rules, from 0.
    pub position: u32,
    pub deleted_at: Option<Timestamp>,
}

const LIVE: &str = "select r.id, r.watchlist, r.text, r.enabled, r.muted_until, r.position, \
    r.deleted_at, r.digest from rules r join watchlists w on w.id = r.watchlist \
    where r.deleted_at is null and w.deleted_at is null order by w.created_at, w.id, r.position, r.id";

/// Every rule that is not deleted, of watchlists that are not deleted; disabled ones too.
pub async fn all(read: &mut Read) -> Result<Vec<Rule>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(LIVE).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const OF: &str = "select id, watchlist, text, enabled, muted_until, position, deleted_at, digest \
    from rules where watchlist = ?1 and deleted_at is null order by position, id";

/// The rules of one watchlist, in its order.
pub async fn of(read: &mut Read, watchlist: WatchlistId) -> Result<Vec<Rule>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(OF).bind(watchlist.to_string());
    let rows = query.fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const GET: &str = "select id, watchlist, text, enabled, muted_until, position, deleted_at, digest \
    from rules where id = ?1";

/// One rule, deleted or not: an old alert still names it.
pub async fn get(read: &mut Read, id: RuleId) -> Result<Option<Rule>, StoreError> {
    let seal = read.seal();
    let row = sqlx::query(GET).bind(id.to_string()).fetch_optional(read.connection()).await?;
    row.map(|row| from_cells(Cells::open(TABLE, &seal, &row)?)).transpose()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into rules (id, watchlist, text, enabled, muted_until, position, deleted_at, digest) \
        values",
    on_conflict: "on conflict (id) do update set watchlist = excluded.watchlist, \
        text = excluded.text, enabled = excluded.enabled, muted_until = excluded.muted_until, \
        position = excluded.position, deleted_at = excluded.deleted_at, digest = excluded.digest",
};

/// Adds them, or changes all of each.
pub async fn save(tx: &mut Tx, rules: &[Rule]) -> Result<(), StoreError> {
    let rows = rules.iter().map(cells).collect();
    SAVE.rows(tx, rows).await.map(|_| ())
}

/// Hides a rule (`Some`) or takes that back (`None`).
pub async fn set_deleted(
    tx: &mut Tx,
    id: RuleId,
    deleted_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let found = get(tx, id).await?.ok_or(StoreError::NotFound { what: "the rule" })?;
    save(tx, &[Rule { deleted_at, ..found }]).await
}

/// Holds back a rule's toasts until then; `None` unmutes.
pub async fn mute(tx: &mut Tx, id: RuleId, until: Option<Timestamp>) -> Result<(), StoreError> {
    let found = get(tx, id).await?.ok_or(StoreError::NotFound { what: "the rule" })?;
    save(tx, &[Rule { muted_until: until, ..found }]).await
}

fn cells(rule: &Rule) -> Vec<Cell> {
    vec![
        Cell::from(rule.id.to_string()),
        Cell::from(rule.watchlist.to_string()),
        Cell::from(&rule.text),
        Cell::from(rule.enabled),
        Cell::from(rule.muted_until),
        Cell::from(rule.position),
        Cell::from(rule.deleted_at),
    ]
}

fn from_cells(mut cells: Cells) -> Result<Rule, StoreError> {
    Ok(Rule {
        id: cells.id()?,
        watchlist: cells.id()?,
        text: cells.text()?,
        enabled: cells.flag()?,
        muted_until: cells.opt_at()?,
        position: cells.number()?,
        deleted_at: cells.opt_at()?,
    })
}
