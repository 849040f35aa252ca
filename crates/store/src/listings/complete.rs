//! Values seen so far that begin with what was typed: the rule editor offers them.

use sqlx::Row;

use crate::{Read, StoreError};

/// The column whose values are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Brand,
    Family,
    Reference,
    ReferenceBase,
    Seller,
    Country,
    Source,
}

/// The statement for a column: its commonest values that begin so, letters of either case.
macro_rules! values {
    ($column:literal) => {
        concat!(
            "select ",
            $column,
            " from listings where ",
            $column,
            " is not null and substr(",
            $column,
            ", 1, length(?1)) = ?1 collate nocase group by ",
            $column,
            " order by count(*) desc, ",
            $column,
            " limit ?2"
        )
    };
}

/// At most `limit` values that begin with `prefix`, the commonest first.
pub async fn complete(
    read: &mut Read,
    word: Word,
    prefix: &str,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    let sql = match word {
        Word::Brand => values!("brand"),
        Word::Family => values!("family"),
        Word::Reference => values!("reference"),
        Word::ReferenceBase => values!("reference_base"),
        Word::Seller => values!("seller"),
        Word::Country => values!("country"),
        Word::Source => values!("source"),
    };
    let query = sqlx::query(sql).bind(prefix.to_owned()).bind(limit);
    let rows = query.fetch_all(read.connection()).await?;
    rows.iter().map(|row| Ok(row.try_get_unchecked(0)?)).collect()
}
