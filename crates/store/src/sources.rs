//! Tables `sources` and `budget_days`: where listings come from, and how many requests each day took.

use watches_core::time::Timestamp;

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
    codes::codes,
};

const TABLE: &str = "sources";
const DAYS: &str = "budget_days";

/// A market, a dealer's page, files, or mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `ebay`, `chrono24`, `dealer:example.com`, `demo-ebay`, `file`, `mail:max@imap.example.org/INBOX`.
    pub key: String,
    pub name: String,
    pub kind: SourceKind,
    pub address: String,
    pub enabled: bool,
    pub demo: bool,
    /// How it stands, as the app's JSON document.
    pub state: String,
    pub last_poll: Option<Timestamp>,
    pub last_success: Option<Timestamp>,
    pub next_poll: Option<Timestamp>,
    /// Requests allowed a day.
    pub daily_budget: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    Market,
    Dealer,
    Page,
    File,
    /// A folder of messages or a mail account.
    Mail,
}

codes! {
    SourceKind: kind_word, read_kind {
        Market = "market", Dealer = "dealer", Page = "page", File = "file", Mail = "mail",
    }
}

const ALL: &str = "select key, name, kind, address, enabled, demo, state, last_poll, last_success, \
    next_poll, daily_budget, digest from sources order by key";

pub async fn all(read: &mut Read) -> Result<Vec<Source>, StoreError> {
    let seal = read.seal();
    let rows = sqlx::query(ALL).fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(TABLE, &seal, row)?)).collect()
}

const GET: &str = "select key, name, kind, address, enabled, demo, state, last_poll, last_success, \
    next_poll, daily_budget, digest from sources where key = ?1";

pub async fn get(read: &mut Read, key: &str) -> Result<Option<Source>, StoreError> {
    let seal = read.seal();
    let row = sqlx::query(GET).bind(key.to_owned()).fetch_optional(read.connection()).await?;
    row.map(|row| from_cells(Cells::open(TABLE, &seal, &row)?)).transpose()
}

const SAVE: Insert = Insert {
    table: TABLE,
    into: "insert into sources (key, name, kind, address, enabled, demo, state, last_poll, \
        last_success, next_poll, daily_budget, digest) values",
    on_conflict: "on conflict (key) do update set name = excluded.name, kind = excluded.kind, \
        address = excluded.address, enabled = excluded.enabled, demo = excluded.demo, \
        state = excluded.state, last_poll = excluded.last_poll, \
        last_success = excluded.last_success, next_poll = excluded.next_poll, \
        daily_budget = excluded.daily_budget, digest = excluded.digest",
};

/// Adds it, or changes all of it.
pub async fn save(tx: &mut Tx, source: &Source) -> Result<(), StoreError> {
    let cells = vec![
        Cell::from(&source.key),
        Cell::from(&source.name),
        Cell::from(kind_word(source.kind)),
        Cell::from(&source.address),
        Cell::from(source.enabled),
        Cell::from(source.demo),
        Cell::from(&source.state),
        Cell::from(source.last_poll),
        Cell::from(source.last_success),
        Cell::from(source.next_poll),
        Cell::from(source.daily_budget),
    ];
    SAVE.rows(tx, vec![cells]).await.map(|_| ())
}

const REMOVE: &str = "delete from sources where key = ?1";

/// Removes a source; its listings are kept. Answers whether it was there.
pub async fn remove(tx: &mut Tx, key: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(REMOVE).bind(key.to_owned()).execute(tx.connection()).await?;
    Ok(done.rows_affected() > 0)
}

const USED: &str =
    "select source, day, used, digest from budget_days where source = ?1 and day = ?2";

/// Requests made of a source on a day (days since 1970, in whatever zone the app counts).
pub async fn used(read: &mut Read, key: &str, day: i64) -> Result<u32, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(USED).bind(key.to_owned()).bind(day);
    let Some(row) = query.fetch_optional(read.connection()).await? else { return Ok(0) };
    let mut cells = Cells::open(DAYS, &seal, &row)?;
    cells.text()?;
    cells.int()?;
    cells.number()
}

const SPEND: Insert = Insert {
    table: DAYS,
    into: "insert into budget_days (source, day, used, digest) values",
    on_conflict: "on conflict (source, day) do update set used = excluded.used, \
        digest = excluded.digest",
};
const FORGET: &str = "delete from budget_days where source = ?1 and day < ?2";

/// Counts requests on a day; answers how many there are now. Days over a month past are forgotten.
pub async fn spend(tx: &mut Tx, key: &str, day: i64, requests: u32) -> Result<u32, StoreError> {
    let used = used(tx, key, day).await?.saturating_add(requests);
    SPEND.rows(tx, vec![vec![Cell::from(key), Cell::from(day), Cell::from(used)]]).await?;
    let old = sqlx::query(FORGET).bind(key.to_owned()).bind(day - 31);
    old.execute(tx.connection()).await?;
    Ok(used)
}

fn from_cells(mut cells: Cells) -> Result<Source, StoreError> {
    Ok(Source {
        key: cells.text()?,
        name: cells.text()?,
        kind: cells.word(read_kind)?,
        address: cells.text()?,
        enabled: cells.flag()?,
        demo: cells.flag()?,
        state: cells.text()?,
        last_poll: cells.opt_at()?,
        last_success: cells.opt_at()?,
        next_poll: cells.opt_at()?,
        daily_budget: cells.number()?,
    })
}
