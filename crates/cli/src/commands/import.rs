//! `watches import FILE…`: saved pages, messages and mailboxes into the store, as if dropped on the window.

use std::sync::Arc;

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use clap::Args;
use serde_json::json;
use watches_app::App;
use watches_ipc::{
    listing::{ImportPage, ImportReport},
    mail::ImportMail,
};

use super::{
    extract,
    session::{NoScreen, Session, runtime},
};
use crate::output::{self, Exit};

#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    session: Session,
    /// For the form of other commands: a line of JSON a file is printed either way.
    #[arg(long)]
    json: bool,
    /// Saved pages, `.eml` and `.mbox` files.
    #[arg(required = true)]
    files: Vec<String>,
}

impl Import {
    pub fn run(self) -> anyhow::Result<Exit> {
        runtime()?.block_on(async {
            let app = self.session.open(Arc::new(NoScreen)).await?;
            for file in &self.files {
                let report =
                    import(&app, file).await.with_context(|| format!("importing {file}"))?;
                output::line(&json!({
                    "file": file,
                    "source": report.source_name,
                    "added": report.added,
                    "updated": report.updated,
                    "warnings": report.warnings,
                }))?;
            }
            Ok(Exit::Done)
        })
    }
}

async fn import(app: &App, file: &str) -> anyhow::Result<ImportReport> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {file}"))?;
    let file_name = file.to_owned();
    if extract::is_mail(file, &bytes) {
        return Ok(app
            .import_mail(ImportMail { file_name, base64: BASE64.encode(&bytes) })
            .await?);
    }
    let html = String::from_utf8_lossy(&bytes).into_owned();
    Ok(app.import_page(ImportPage { file_name, html, url: None }).await?)
}
