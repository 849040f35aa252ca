//! Table `fills`: which share of each field a source's polls could fill, so that a changed layout shows.

use watches_core::time::Timestamp;

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const TABLE: &str = "fills";

const APPEND: Insert = Insert {
    table: TABLE,
    into: "insert into fills (source, field, at, share, digest) values",
    on_conflict: "on conflict (source, field, at) do update set share = excluded.share, \
        digest = excluded.digest",
};
const FORGET: &str = "delete from fills where source = ?1 and at < ?2";

/// Notes the shares (0 to 1) of one poll, and forgets those before `since`.
pub async fn append(
    tx: &mut Tx,
    source: &str,
    now: Timestamp,
    shares: &[(&str, f64)],
    since: Timestamp,
) -> Result<(), StoreError> {
    let rows = shares.iter().map(|(field, share)| {
        vec![Cell::from(source), Cell::from(*field), Cell::from(now), Cell::from(*share)]
    });
    APPEND.rows(tx, rows.collect()).await?;
    let forget = sqlx::query(FORGET).bind(source.to_owned()).bind(since.0);
    forget.execute(tx.connection()).await?;
    Ok(())
}

/// One field's share in the last poll, and its median over the time asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Fill {
    pub field: String,
    pub now: f64,
    pub median: f64,
    /// Polls behind the median.
    pub polls: u32,
}

const SINCE: &str = "select source, field, at, share, digest from fills \
    where source = ?1 and at >= ?2 order by field, at";

/// Every field of a source by name, with the median of its polls since then.
pub async fn medians(
    read: &mut Read,
    source: &str,
    since: Timestamp,
) -> Result<Vec<Fill>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(SINCE).bind(source.to_owned()).bind(since.0);
    let rows = query.fetch_all(read.connection()).await?;
    let mut fields: Vec<(String, Vec<f64>)> = Vec::new();
    for row in &rows {
        let mut cells = Cells::open(TABLE, &seal, row)?;
        cells.text()?;
        let field = cells.text()?;
        cells.at()?;
        let share = cells.real()?;
        match fields.last_mut() {
            Some((last, shares)) if *last == field => shares.push(share),
            Some(_) | None => fields.push((field, vec![share])),
        }
    }
    Ok(fields.into_iter().filter_map(|(field, shares)| fill(field, shares)).collect())
}

fn fill(field: String, mut shares: Vec<f64>) -> Option<Fill> {
    let now = *shares.last()?;
    shares.sort_by(f64::total_cmp);
    let upper = *shares.get(shares.len() / 2)?;
    let lower = *shares.get((shares.len() - 1) / 2)?;
    let polls = u32::try_from(shares.len()).unwrap_or(u32::MAX);
    Some(Fill { field, now, median: f64::midpoint(lower, upper), polls })
}
