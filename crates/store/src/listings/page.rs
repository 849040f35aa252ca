//! One page of the window's table: filter, order, offset and limit, and how many there are in all.
//!
//! No order sorts all hits: each has an index that already lies in it. Text in another order than newest
//! is answered in one of two ways, whichever visits fewer rows (see [`plan`]).

use sqlx::{AssertSqlSafe, Row as _, sqlite::SqliteRow};
use watches_core::id::WatchlistId;

use super::{
    COLUMNS, Filter, Listing, MOST_COUNTED, Page, Query, Sort,
    cancel::{Cancel, Stop},
    get, tally,
    text::{self, Question},
};
use crate::{Read, Store, StoreError, cell::Cell, store::Table};

/// Up to so many hits are sorted; beyond, the order's index is walked until the page is full.
const SORTED_HITS: i64 = 5_000;

impl Store {
    /// A page of listings. Ends in `Cancelled` soon after `cancel` is tripped.
    pub async fn listings(&self, query: &Query, cancel: &Cancel) -> Result<Page, StoreError> {
        let table = self.pools().table;
        let mut table = table.lock().await;
        let mut held = match table.take() {
            Some(held) => held,
            None => self.open_table().await?,
        };
        // Taken out while it runs: if the caller gives up half-way, the connection goes back to its pool
        // with that query, and the next one gets another.
        let page = match held.stop.heed(cancel) {
            Ok(()) => self.page(&mut held.read, query).await,
            Err(cancelled) => Err(cancelled),
        };
        *table = Some(held);
        page
    }

    async fn open_table(&self) -> Result<Table, StoreError> {
        let mut read = self.read().await?;
        let stop = Stop::default();
        stop.install(read.connection()).await?;
        Ok(Table { read, stop })
    }

    async fn page(&self, read: &mut Read, query: &Query) -> Result<Page, StoreError> {
        let generation = self.generation();
        let question = text::question(read, &query.filter.text).await?;
        if question == Question::Nothing {
            return Ok(Page::default());
        }
        let rows = rows(read, query, &question).await?;
        if let Some(total) = self.totals.get(generation, &query.filter) {
            return Ok(Page { total, rows });
        }
        let total = match u32::try_from(rows.len()) {
            // A first page that is not full is all there is.
            Ok(all) if query.offset == 0 && all < query.limit => all,
            Ok(_) | Err(_) => count(read, &query.filter, &question).await?,
        };
        self.totals.put(generation, &query.filter, total);
        Ok(Page { total, rows })
    }
}

/// A statement being put together: text and what is bound, in step.
struct Statement {
    sql: String,
    bound: Vec<Cell>,
}

impl Statement {
    fn new(sql: &str) -> Statement {
        Statement { sql: sql.to_owned(), bound: Vec::new() }
    }

    fn text(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// Adds text with one `?` in it, and its value.
    fn bind(&mut self, sql: &str, value: Cell) {
        self.text(sql);
        self.bound.push(value);
    }

    async fn fetch(self, read: &mut Read) -> Result<Vec<SqliteRow>, StoreError> {
        let mut query = sqlx::query(AssertSqlSafe(self.sql));
        for cell in self.bound {
            query = crate::batch::bind(query, cell);
        }
        Ok(query.fetch_all(read.connection()).await?)
    }

    async fn number(self, read: &mut Read) -> Result<i64, StoreError> {
        let rows = self.fetch(read).await?;
        let first = rows.first().map(|row| row.try_get_unchecked(0)).transpose()?;
        Ok(first.unwrap_or(0))
    }
}

/// Which way the rows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// Walk the order's index; typed words are compared row by row.
    Walk,
    /// Take the word index's hits, which come newest first.
    Hits,
    /// Take what a watchlist found.
    Claims,
}

async fn rows(
    read: &mut Read,
    query: &Query,
    question: &Question,
) -> Result<Vec<Listing>, StoreError> {
    let plan = plan(read, query, question).await?;
    let places = found(plan, &query.filter, question, Some(query.sort));
    // Places first, then their rows, in one statement: a sort carries numbers and not whole rows, and
    // every statement is a trip to SQLite's thread. The outer loop keeps the order.
    let sql = format!("with page(place) as materialized ({}", places.sql);
    let mut statement = Statement { sql, bound: places.bound };
    statement.text(" order by ");
    statement.text(order(plan, query.sort));
    statement.bind(" limit ?", Cell::from(query.limit));
    statement.bind(" offset ?", Cell::from(query.offset));
    statement.text(") select ");
    statement.text(COLUMNS);
    statement.text(" from page cross join listings on listings.seq = page.place");
    let rows = statement.fetch(read).await?;
    get::listings(read.seal(), rows)
}

/// Few hits are cheap to sort. Many hits lie close together in any order, so walking that order finds a
/// page of them soon; the worst case is near [`SORTED_HITS`], some thousand rows either way.
async fn plan(read: &mut Read, query: &Query, question: &Question) -> Result<Plan, StoreError> {
    match question {
        _ if query.filter.watchlist.is_some() => Ok(Plan::Claims),
        Question::All | Question::Nothing => Ok(Plan::Walk),
        Question::Words { .. } if query.sort == Sort::Newest => Ok(Plan::Hits),
        Question::Words { expression, .. } => {
            let mut probe = Statement::new("select count(*) from (select rowid from listing_words");
            probe.bind(" where listing_words match ?", Cell::from(expression));
            probe.bind(" limit ?)", Cell::from(SORTED_HITS + 1));
            let hits = probe.number(read).await?;
            Ok(if hits > SORTED_HITS { Plan::Walk } else { Plan::Hits })
        }
    }
}

async fn count(read: &mut Read, filter: &Filter, question: &Question) -> Result<u32, StoreError> {
    let (plan, most) = match (question, filter.watchlist) {
        (Question::All | Question::Nothing, None) => return tally::total(read, filter).await,
        (Question::All | Question::Nothing, Some(_)) => (Plan::Claims, u32::MAX),
        (Question::Words { .. }, Some(_)) => (Plan::Claims, MOST_COUNTED),
        (Question::Words { .. }, None) => (Plan::Hits, MOST_COUNTED),
    };
    let inner = found(plan, filter, question, None);
    let sql = format!("select count(*) from ({}", inner.sql);
    let mut statement = Statement { sql, bound: inner.bound };
    statement.bind(" limit ?)", Cell::from(most));
    Ok(u32::try_from(statement.number(read).await?).unwrap_or(u32::MAX))
}

/// `select l.seq from .. where ..`: the filter's listings by a plan. Without a sort the index that lies
/// newest first decides the filters, because it is the narrowest thing that can.
fn found(plan: Plan, filter: &Filter, question: &Question, sort: Option<Sort>) -> Statement {
    let mut statement = Statement::new("select l.seq from ");
    match (plan, question) {
        (Plan::Walk, _) => {
            statement.text("listings l indexed by ");
            statement.text(index(sort.unwrap_or_default()));
            statement.text(" where 1 = 1");
        }
        (Plan::Hits, _) => {
            statement.text("listing_words cross join listings l ");
            if sort.is_none() {
                statement.text("indexed by listings_newest ");
            }
            statement.text("on l.seq = listing_words.rowid where 1 = 1");
        }
        (Plan::Claims, _) => {
            statement
                .text("watchlist_listings f cross join listings l on l.id = f.listing where 1 = 1");
        }
    }
    match (plan, question) {
        (_, Question::All | Question::Nothing) => {}
        (Plan::Hits, Question::Words { expression, .. }) => {
            statement.bind(" and listing_words match ?", Cell::from(expression));
        }
        (Plan::Walk | Plan::Claims, Question::Words { beginnings, .. }) => {
            for word in beginnings {
                statement.bind(" and instr(l.words, ?) > 0", Cell::from(format!(" {word}")));
            }
        }
    }
    narrow(&mut statement, filter, filter.watchlist);
    statement
}

fn narrow(statement: &mut Statement, filter: &Filter, watchlist: Option<WatchlistId>) {
    if let Some(watchlist) = watchlist {
        statement.bind(" and f.watchlist = ?", Cell::from(watchlist.to_string()));
    }
    match (filter.matching_only, watchlist) {
        (true, Some(_)) => statement.text(" and f.matching = 1"),
        (true, None) => statement.text(" and l.matches = 1"),
        (false, _) => {}
    }
    if !filter.include_gone {
        statement.text(" and l.state = 'active'");
    }
    if !filter.include_dismissed {
        statement.text(" and l.dismissed = 0");
    }
    if let Some(kind) = filter.kind {
        statement.bind(" and l.kind = ?", Cell::from(crate::codes::kind_word(kind)));
    }
    if let Some(source) = &filter.source {
        statement.bind(" and l.source = ?", Cell::from(source));
    }
}

/// The index that lies in an order.
const fn index(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "listings_newest",
        Sort::PriceUp | Sort::PriceDown => "listings_by_price",
        Sort::LandedUp => "listings_by_landed",
        Sort::EndingSoon => "listings_by_end",
        Sort::BiggestDrop => "listings_by_drop",
    }
}

/// Unknown prices and ends come last; equal ones newest first, or oldest first where the index is read
/// backwards.
const fn order(plan: Plan, sort: Sort) -> &'static str {
    match sort {
        // Said of the word index itself, or SQLite sorts hits that already come in this order.
        Sort::Newest if matches!(plan, Plan::Hits) => "listing_words.rowid desc",
        Sort::Newest => "l.seq desc",
        Sort::PriceUp => "l.price_rank asc nulls last, l.seq desc",
        Sort::PriceDown => "l.price_rank desc, l.seq asc",
        Sort::LandedUp => "l.landed_minor asc nulls last, l.seq desc",
        Sort::EndingSoon => "l.ends_at asc nulls last, l.seq desc",
        Sort::BiggestDrop => "l.drop_ppm desc, l.seq desc",
    }
}

#[cfg(test)]
mod tests {
    use watches_core::time::Timestamp;

    use super::*;

    /// What SQLite means to do, as one text.
    async fn explained(read: &mut Read, plan: Plan, sort: Sort, question: &Question) -> String {
        let mut statement = found(plan, &Filter::default(), question, Some(sort));
        statement.text(" order by ");
        statement.text(order(plan, sort));
        let mut query = sqlx::query(AssertSqlSafe(format!("explain query plan {}", statement.sql)));
        for cell in statement.bound {
            query = crate::batch::bind(query, cell);
        }
        let rows = query.fetch_all(read.connection()).await.expect("explained");
        rows.iter().map(|row| row.get::<String, _>(3)).collect::<Vec<_>>().join("; ")
    }

    #[tokio::test]
    async fn no_order_sorts_what_its_index_has_sorted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("watches.sqlite");
        let store = Store::open(&path, Timestamp(0)).await.expect("opens");
        let mut read = store.read().await.expect("a reader");
        let typed = text::question(&mut read, "rolex sub").await.expect("asked");
        let sorts = [
            Sort::Newest,
            Sort::PriceUp,
            Sort::PriceDown,
            Sort::LandedUp,
            Sort::EndingSoon,
            Sort::BiggestDrop,
        ];
        for sort in sorts {
            for question in [&Question::All, &typed] {
                let plan = explained(&mut read, Plan::Walk, sort, question).await;
                assert!(!plan.contains("TEMP B-TREE"), "{sort:?}: {plan}");
            }
        }
        let plan = explained(&mut read, Plan::Hits, Sort::Newest, &typed).await;
        assert!(!plan.contains("TEMP B-TREE"), "newest hits: {plan}");
        drop(read);
        store.close().await;
    }
}
