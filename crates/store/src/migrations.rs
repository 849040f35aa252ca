//! The steps from an empty file to today's tables; a file's `user_version` says how many it has.
//!
//! Forward only, each file in `migrations/client` one step, all missing steps in one transaction. To add
//! one: a file with the next number, a line here, and a fixture of the version before it (CONTRIBUTING).

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::header::APPLICATION_ID;

/// The steps in order; a file of version n has the first n of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Steps(pub(crate) &'static [&'static str]);

pub(crate) const STEPS: Steps = Steps(&[
    include_str!("../../../migrations/client/0001_start.sql"),
    include_str!("../../../migrations/client/0002_mail.sql"),
    include_str!("../../../migrations/client/0003_raw_pages.sql"),
]);

impl Steps {
    /// The version this program reads and writes.
    pub(crate) const fn current(self) -> u32 {
        self.0.len() as u32
    }

    /// Runs the steps that a file of `version` lacks. The caller holds the transaction.
    pub(crate) async fn run(
        self,
        tx: &mut SqliteConnection,
        version: u32,
    ) -> Result<(), sqlx::Error> {
        for step in self.0.iter().skip(version as usize) {
            sqlx::raw_sql(*step).execute(&mut *tx).await?;
        }
        let current = self.current();
        let marks =
            format!("pragma user_version = {current}; pragma application_id = {APPLICATION_ID}");
        sqlx::raw_sql(AssertSqlSafe(marks)).execute(tx).await?;
        Ok(())
    }
}
