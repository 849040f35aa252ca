//! `watches restore`: puts a backup in the store's place; what stood there is kept among the backups.

use std::{io::Write, sync::Arc};

use anyhow::Context;
use clap::Args;
use watches_ipc::settings::{GetDataFolder, RestoreBackup};

use super::session::{NoScreen, Session, runtime};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    session: Session,
    /// The backup's file; the newest without it.
    backup: Option<String>,
    /// What was restored as JSON on stdout.
    #[arg(long)]
    json: bool,
}

impl Restore {
    pub fn run(self) -> anyhow::Result<Exit> {
        let path = runtime()?.block_on(self.restore())?;
        if self.json {
            output::line(&serde_json::json!({ "restored": path }))?;
        } else {
            writeln!(std::io::stderr().lock(), "{path} is in its place.")?;
        }
        Ok(Exit::Done)
    }

    async fn restore(&self) -> anyhow::Result<String> {
        let app = self.session.open(Arc::new(NoScreen)).await?;
        let path = match &self.backup {
            Some(path) => path.clone(),
            None => {
                let folder = app.get_data_folder(GetDataFolder {}).await?;
                folder.backups.first().context("there is no backup")?.path.clone()
            }
        };
        app.restore_backup(RestoreBackup { path: path.clone() }).await?;
        Ok(path)
    }
}
