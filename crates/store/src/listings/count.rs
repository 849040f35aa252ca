//! How many listings there are, for the sidebar and the sources page.

use std::collections::HashMap;

use sqlx::Row;

use crate::{Read, StoreError};

const BY_SOURCE: &str =
    "select source, count(*), sum(state = 'active') from listings group by source";

/// A source's listings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub all: u32,
    pub active: u32,
}

/// The tally of every source that has listings.
pub async fn by_source(read: &mut Read) -> Result<HashMap<String, Tally>, StoreError> {
    let rows = sqlx::query(BY_SOURCE).fetch_all(read.connection()).await?;
    let mut tallies = HashMap::with_capacity(rows.len());
    for row in rows {
        let number = |index: usize| {
            let number = row.try_get_unchecked::<i64, _>(index)?;
            Ok::<u32, sqlx::Error>(u32::try_from(number).unwrap_or(u32::MAX))
        };
        tallies.insert(
            row.try_get_unchecked::<String, _>(0)?,
            Tally { all: number(1)?, active: number(2)? },
        );
    }
    Ok(tallies)
}

const ACTIVE: &str = "select count(*) from listings where state = 'active' and dismissed = 0";

/// Listings the table shows without a filter.
pub async fn active(read: &mut Read) -> Result<u32, StoreError> {
    let row = sqlx::query(ACTIVE).fetch_one(read.connection()).await?;
    Ok(u32::try_from(row.try_get_unchecked::<i64, _>(0)?).unwrap_or(u32::MAX))
}
