//! Tables `page_bodies` and `page_looks`: fetched pages, packed, so that a newer reader can read them again.
//!
//! `app::listing_flow` keeps a page in the transaction of its listings; `app::reparse` reads them all. A
//! text is kept once whoever showed it. Beyond the quota the oldest looks go, and bodies nobody looks at.

use sqlx::Row as _;
use watches_core::time::Timestamp;

use crate::{
    Read, StoreError, Tx,
    batch::Insert,
    cell::{Cell, Cells},
};

const BODIES: &str = "page_bodies";
const LOOKS: &str = "page_looks";

/// Zstandard's own default: a megabyte takes some milliseconds and becomes a tenth.
const LEVEL: i32 = 3;
/// No page of ours unpacks to more (the fetcher's bound, and room for U+FFFD in place of single bytes).
const LARGEST: usize = 64 * 1024 * 1024;

/// A page's text, packed and named by its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    hash: String,
    page_bytes: i64,
    packed: Vec<u8>,
}

impl Packed {
    /// Packs a text; some milliseconds for a large page, so not on an async thread. `None` for what is
    /// larger than any page.
    pub fn of(text: &str) -> Option<Packed> {
        let page_bytes = i64::try_from(text.len()).ok().filter(|_| text.len() <= LARGEST)?;
        let packed = zstd::bulk::compress(text.as_bytes(), LEVEL).ok()?;
        Some(Packed { hash: hash(text.as_bytes()), page_bytes, packed })
    }

    /// What it counts towards the quota.
    pub fn packed_bytes(&self) -> i64 {
        i64::try_from(self.packed.len()).unwrap_or(i64::MAX)
    }
}

fn hash(text: &[u8]) -> String {
    blake3::hash(text).to_hex().to_string()
}

/// That an address showed a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The source's key.
    pub source: String,
    /// Empty for a saved file of unknown origin.
    pub url: String,
    /// The name of its body, for [`text`].
    pub body: String,
    pub status: u16,
    pub media_type: String,
    /// Relative times on the page count from here.
    pub fetched_at: Timestamp,
    /// The last poll that found this text there.
    pub last_at: Timestamp,
}

impl Look {
    /// A first look at a packed text.
    pub fn new(source: &str, url: &str, packed: &Packed, at: Timestamp) -> Look {
        Look {
            source: source.to_owned(),
            url: url.to_owned(),
            body: packed.hash.clone(),
            status: 200,
            media_type: "text/html".to_owned(),
            fetched_at: at,
            last_at: at,
        }
    }
}

const KEEP_BODY: &str = "insert into page_bodies (hash, packed_bytes, page_bytes, packed, digest) \
    values (?1, ?2, ?3, ?4, ?5) on conflict (hash) do nothing";

const KEEP_LOOK: Insert = Insert {
    table: LOOKS,
    into: "insert into page_looks (source, url, body, status, media_type, fetched_at, last_at, digest) \
        values",
    on_conflict: "on conflict (source, url, body) do update set status = excluded.status, \
        media_type = excluded.media_type, fetched_at = excluded.fetched_at, \
        last_at = excluded.last_at, digest = excluded.digest",
};

/// Keeps a look and its text, and forgets the oldest beyond `quota` packed bytes. A text that alone is
/// larger than the quota is not kept.
pub async fn keep(tx: &mut Tx, look: &Look, packed: &Packed, quota: i64) -> Result<(), StoreError> {
    if packed.packed_bytes() <= quota {
        let cells = [
            Cell::from(&packed.hash),
            Cell::from(packed.packed_bytes()),
            Cell::from(packed.page_bytes),
        ];
        let digest = tx.seal().digest(BODIES, &cells);
        let query = sqlx::query(KEEP_BODY).bind(packed.hash.clone()).bind(packed.packed_bytes());
        let query = query.bind(packed.page_bytes).bind(packed.packed.clone()).bind(digest);
        query.execute(tx.connection()).await?;
        save(tx, look).await?;
    }
    evict(tx, quota).await
}

async fn save(tx: &mut Tx, look: &Look) -> Result<(), StoreError> {
    let cells = vec![
        Cell::from(&look.source),
        Cell::from(&look.url),
        Cell::from(&look.body),
        Cell::from(u32::from(look.status)),
        Cell::from(&look.media_type),
        Cell::from(look.fetched_at),
        Cell::from(look.last_at),
    ];
    KEEP_LOOK.rows(tx, vec![cells]).await.map(|_| ())
}

const NEWEST: &str = "select source, url, body, status, media_type, fetched_at, last_at, digest from page_looks \
    where source = ?1 and url = ?2 order by last_at desc limit 1";

/// The market said that the page is as it was: its newest look was the last one just now.
pub async fn seen_again(
    tx: &mut Tx,
    source: &str,
    url: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let seal = tx.seal();
    let query = sqlx::query(NEWEST).bind(source.to_owned()).bind(url.to_owned());
    let Some(row) = query.fetch_optional(tx.connection()).await? else { return Ok(()) };
    // A damaged look is no reason to refuse a poll; the doctor names it.
    let Ok(look) = Cells::open(LOOKS, &seal, &row).and_then(from_cells) else { return Ok(()) };
    save(tx, &Look { last_at: at.max(look.last_at), ..look }).await
}

const SUM: &str = "select coalesce(sum(packed_bytes), 0) from page_bodies";
const OLDEST: &str = "select look.source, look.url, look.body, body.packed_bytes from page_looks look \
    join page_bodies body on body.hash = look.body order by look.last_at limit 64";
const FORGET_LOOK: &str = "delete from page_looks where source = ?1 and url = ?2 and body = ?3";
const FORGET_BODY: &str = "delete from page_bodies where hash = ?1 \
    and not exists (select 1 from page_looks where body = ?1)";

async fn evict(tx: &mut Tx, quota: i64) -> Result<(), StoreError> {
    let row = sqlx::query(SUM).fetch_one(tx.connection()).await?;
    let mut kept: i64 = row.try_get_unchecked(0)?;
    while kept > quota.max(0) {
        let oldest = sqlx::query(OLDEST).fetch_all(tx.connection()).await?;
        if oldest.is_empty() {
            break;
        }
        for row in oldest {
            if kept <= quota.max(0) {
                break;
            }
            let [source, url, body]: [String; 3] =
                [row.try_get_unchecked(0)?, row.try_get_unchecked(1)?, row.try_get_unchecked(2)?];
            let look = sqlx::query(FORGET_LOOK).bind(source).bind(url).bind(body.clone());
            look.execute(tx.connection()).await?;
            let forgotten = sqlx::query(FORGET_BODY).bind(body).execute(tx.connection()).await?;
            if forgotten.rows_affected() > 0 {
                kept -= row.try_get_unchecked::<i64, _>(3)?;
            }
        }
    }
    Ok(())
}

const ALL: &str = "select source, url, body, status, media_type, fetched_at, last_at, digest from page_looks \
    where ?1 is null or source = ?1 order by last_at, source, url, body";

/// Every look, or those of one source, oldest first; without the texts.
pub async fn looks(read: &mut Read, source: Option<&str>) -> Result<Vec<Look>, StoreError> {
    let seal = read.seal();
    let query = sqlx::query(ALL).bind(source.map(str::to_owned));
    let rows = query.fetch_all(read.connection()).await?;
    rows.iter().map(|row| from_cells(Cells::open(LOOKS, &seal, row)?)).collect()
}

const SEALED: &str =
    "select hash, packed_bytes, page_bytes, digest from page_bodies where hash = ?1";
const PACKED: &str = "select packed from page_bodies where hash = ?1";

/// A text by its name; refused when it is not what was kept.
pub async fn text(read: &mut Read, body: &str) -> Result<String, StoreError> {
    let seal = read.seal();
    let missing = StoreError::NotFound { what: "the page's text" };
    let row = sqlx::query(SEALED).bind(body.to_owned()).fetch_optional(read.connection()).await?;
    let mut cells = Cells::open(BODIES, &seal, &row.ok_or(missing)?)?;
    let (name, _, page_bytes) = (cells.text()?, cells.int()?, cells.number::<usize>()?);
    let row = sqlx::query(PACKED).bind(body.to_owned()).fetch_one(read.connection()).await?;
    let packed: Vec<u8> = row.try_get_unchecked(0)?;
    let damaged = |what| StoreError::Damaged { table: BODIES, what };
    let text = zstd::bulk::decompress(&packed, page_bytes.min(LARGEST));
    let text = text.map_err(|_| damaged("a text cannot be unpacked"))?;
    if hash(&text) != name {
        return Err(damaged("a text is not the one that was kept"));
    }
    String::from_utf8(text).map_err(|_| damaged("a text is none"))
}

/// What is kept, for the settings page and the command line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    pub looks: u64,
    pub bodies: u64,
    pub packed_bytes: u64,
    pub page_bytes: u64,
}

const KEPT: &str = "select (select count(*) from page_looks), count(*), \
    coalesce(sum(packed_bytes), 0), coalesce(sum(page_bytes), 0) from page_bodies";

pub async fn kept(read: &mut Read) -> Result<Kept, StoreError> {
    let row = sqlx::query(KEPT).fetch_one(read.connection()).await?;
    let number = |index: usize| -> Result<u64, StoreError> {
        Ok(row.try_get_unchecked::<i64, _>(index)?.try_into().unwrap_or(0))
    };
    Ok(Kept {
        looks: number(0)?,
        bodies: number(1)?,
        packed_bytes: number(2)?,
        page_bytes: number(3)?,
    })
}

const NAMES: &str = "select hash from page_bodies";

/// How many kept texts are not what was kept; for the doctor.
pub(crate) async fn unsound(read: &mut Read) -> Result<u64, StoreError> {
    let rows = sqlx::query(NAMES).fetch_all(read.connection()).await?;
    let mut unsound = 0;
    for row in rows {
        let name: String = row.try_get_unchecked(0)?;
        unsound += u64::from(text(read, &name).await.is_err());
    }
    Ok(unsound)
}

fn from_cells(mut cells: Cells) -> Result<Look, StoreError> {
    Ok(Look {
        source: cells.text()?,
        url: cells.text()?,
        body: cells.text()?,
        status: cells.number()?,
        media_type: cells.text()?,
        fetched_at: cells.at()?,
        last_at: cells.at()?,
    })
}
