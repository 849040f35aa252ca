//! Is everything in the store as it was written? For `watches doctor`; needs no open app.

use watches_store::{OpenError, Store};

use crate::{config::Config, env::Env, fault::Error};

/// What was looked at and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkup {
    pub rows: u64,
    pub bytes: u64,
    /// The shape of the tables.
    pub version: u32,
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The table, or `file`.
    pub place: String,
    pub what: String,
}

/// Reads the whole store: SQLite's own checks, foreign keys, every row's digest, the word index.
///
/// # Errors
/// When there is no store, or it is in use. Damage is a finding, no error.
pub async fn examine(config: &Config) -> Result<Checkup, Error> {
    let path = config.database();
    if !path.exists() {
        return Err(Error::BadRequest(format!("there is no store at {}", path.display())));
    }
    let env = Env::system(config.seed, config.clock_offset);
    let store = match Store::open(&path, env.now()).await {
        Ok(store) => store,
        Err(error @ (OpenError::Corrupt { .. } | OpenError::TooNew { .. })) => {
            let finding = Finding { place: "file".to_owned(), what: error.to_string() };
            return Ok(Checkup { findings: vec![finding], ..Checkup::default() });
        }
        Err(error) => return Err(error.into()),
    };
    let health = store.examine().await?;
    store.close().await;
    let finding =
        |problem: watches_store::Problem| Finding { place: problem.place, what: problem.what };
    Ok(Checkup {
        rows: health.rows,
        bytes: health.bytes,
        version: health.version,
        findings: health.problems.into_iter().map(finding).collect(),
    })
}
