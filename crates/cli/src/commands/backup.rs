//! `watches backup`: a whole copy of the store among its backups, checked before it gets its name.

use std::{io::Write, sync::Arc};

use clap::Args;
use watches_ipc::settings::{BackUpNow, GetDataFolder};

use super::session::{NoScreen, Session, runtime};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    session: Session,
    /// Lists the backups instead, newest first.
    #[arg(long)]
    list: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub fn run(self) -> anyhow::Result<Exit> {
        let made = runtime()?.block_on(async {
            let app = self.session.open(Arc::new(NoScreen)).await?;
            if self.list {
                return anyhow::Ok(app.get_data_folder(GetDataFolder {}).await?.backups);
            }
            Ok(vec![app.back_up_now(BackUpNow {}).await?])
        })?;
        for backup in made {
            if self.json {
                output::line(&backup)?;
            } else {
                writeln!(std::io::stderr().lock(), "{} ({} bytes)", backup.path, backup.bytes)?;
            }
        }
        Ok(Exit::Done)
    }
}
