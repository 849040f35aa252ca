//! axe-core, the accessibility checker, run inside the window.
//!
//! The npm package is fetched once by npm itself into `target/journeys/npm`.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{program, waiting::within, window::AppWindow};

const VERSION: &str = "4.10.3";

/// One finding: the rule, how bad, and where.
#[derive(Debug, Clone)]
pub struct Finding {
    pub rule: String,
    pub impact: String,
    pub places: Vec<String>,
}

/// The script's text.
///
/// # Errors
/// npm is missing or failed.
pub async fn source() -> Result<String> {
    let folder = program::output_folder()?.join("npm");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        std::fs::create_dir_all(&folder)?;
        let status = tokio::process::Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
            .arg(&folder)
            .arg(format!("axe-core@{VERSION}"))
            .status()
            .await
            .context("starting npm")?;
        ensure!(status.success(), "npm ended with {status}");
    }
    std::fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))
}

/// What axe finds `serious` or `critical` on the page as it is now.
///
/// # Errors
/// The script did not run.
pub async fn serious(window: &AppWindow, source: &str) -> Result<Vec<Finding>> {
    window.client.execute(&format!("{source};\nwindow.axe = axe;"), vec![]).await?;
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] })
            .then(found => done(found.violations), error => done(String(error)));";
    let checked = window.client.execute_async(run, vec![]);
    let found = within("axe", async { Ok(checked.await?) }).await?;
    let found = found.as_array().with_context(|| format!("axe said {found}"))?;
    Ok(found.iter().filter_map(finding).collect())
}

fn finding(violation: &Value) -> Option<Finding> {
    let impact = violation["impact"].as_str().unwrap_or_default();
    if !matches!(impact, "serious" | "critical") {
        return None;
    }
    let places = violation["nodes"].as_array().into_iter().flatten();
    Some(Finding {
        rule: violation["id"].as_str().unwrap_or_default().to_owned(),
        impact: impact.to_owned(),
        places: places.map(|node| format!("{} {}", node["target"], node["html"])).collect(),
    })
}
