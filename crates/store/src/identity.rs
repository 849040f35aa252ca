//! Table `store_identity`: one row that says which store this is.

use sqlx::{Row, SqliteConnection};
use watches_core::time::Timestamp;

use crate::{
    StoreError,
    cell::{Cell, Cells},
    digest::Seal,
};

const TABLE: &str = "store_identity";
const READ: &str = "select store_id, created_at, digest from store_identity where only = 1";
const CREATE: &str =
    "insert into store_identity (only, store_id, created_at, digest) values (1, ?1, ?2, ?3)";

/// The key of this store's digests.
pub(crate) async fn seal(connection: &mut SqliteConnection) -> Result<Seal, StoreError> {
    let row = sqlx::query(READ).fetch_optional(connection).await?;
    let row = row.ok_or(StoreError::Damaged { table: TABLE, what: "its row is missing" })?;
    let id: String = row.try_get_unchecked(0)?;
    let seal = Seal::new(&id);
    Cells::open(TABLE, &seal, &row)?;
    Ok(seal)
}

/// Gives a new store its identity: unlike any other's, because of its place and its time.
pub(crate) async fn create(
    connection: &mut SqliteConnection,
    place: &str,
    now: Timestamp,
) -> Result<Seal, StoreError> {
    let name = format!("{place} {} {}", now.0, std::process::id());
    let id = blake3::hash(name.as_bytes()).to_hex().to_string();
    let seal = Seal::new(&id);
    let digest = seal.digest(TABLE, &[Cell::from(id.as_str()), Cell::from(now)]);
    sqlx::query(CREATE).bind(id).bind(now.0).bind(digest).execute(connection).await?;
    Ok(seal)
}
