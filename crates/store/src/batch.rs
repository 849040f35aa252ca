//! Many rows in one statement: the only way in which this crate inserts.
//!
//! A row at a time costs a trip to SQLite's thread each; fixed batch sizes keep the statement cache small.

use sqlx::{AssertSqlSafe, Sqlite, query::Query, sqlite::SqliteArguments};

use crate::{StoreError, Tx, cell::Cell};

/// SQLite takes 32,766 variables a statement; 256 rows of our widest table use 10,000.
const SIZES: [usize; 3] = [256, 16, 1];

/// The statement that puts rows into a table.
pub(crate) struct Insert {
    pub(crate) table: &'static str,
    /// `insert into rules (id, .., digest) values`
    pub(crate) into: &'static str,
    /// `on conflict (id) do update set ..`, or nothing.
    pub(crate) on_conflict: &'static str,
}

impl Insert {
    /// Puts the rows, each with its digest as the last column. Answers how many rows changed.
    pub(crate) async fn rows(&self, tx: &mut Tx, rows: Vec<Vec<Cell>>) -> Result<u64, StoreError> {
        let seal = tx.seal();
        let sealed = rows.into_iter().map(|mut row| {
            row.push(Cell::Int(seal.digest(self.table, &row)));
            row
        });
        self.bare(tx, sealed.collect()).await
    }

    /// Puts rows of tables without a digest.
    pub(crate) async fn bare(&self, tx: &mut Tx, rows: Vec<Vec<Cell>>) -> Result<u64, StoreError> {
        let mut changed = 0;
        let mut rows = rows.into_iter();
        while let Some(size) = SIZES.into_iter().find(|size| *size <= rows.len()) {
            let taken: Vec<Vec<Cell>> = rows.by_ref().take(size).collect();
            let columns = taken.first().map_or(0, Vec::len);
            let tuple = format!("({})", vec!["?"; columns].join(", "));
            let tuples = vec![tuple; size].join(", ");
            let sql = format!("{} {tuples} {}", self.into, self.on_conflict);
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for cell in taken.into_iter().flatten() {
                query = bind(query, cell);
            }
            changed += query.execute(tx.connection()).await?.rows_affected();
        }
        Ok(changed)
    }
}

/// Binds a cell as the type it has.
pub(crate) fn bind(
    query: Query<'_, Sqlite, SqliteArguments>,
    cell: Cell,
) -> Query<'_, Sqlite, SqliteArguments> {
    match cell {
        Cell::Null => query.bind(None::<i64>),
        Cell::Int(value) => query.bind(value),
        Cell::Real(value) => query.bind(value),
        Cell::Text(value) => query.bind(value),
    }
}
