//! Journey `command_line`: a person's script adds a watch, polls, replays a rule, backs up and restores
//! with the real `watches`, beside the demo market; codes and lines as `contracts.md` has them.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use watches_tests::{
    market::Market,
    program::{built, output_folder},
};

/// What a command said: its code, and each line of stdout as JSON.
struct Said {
    code: Option<i32>,
    lines: Vec<Value>,
    complaint: String,
}

/// The commands of one data folder, beside one market.
struct Script<'a> {
    folder: &'a Path,
    market: String,
}

impl Script<'_> {
    fn run(&self, line: &[&str]) -> Result<Said> {
        let output = Command::new(built("watches")?)
            .args(line)
            .arg("--data-dir")
            .arg(self.folder)
            .args(["--demo-market", &self.market])
            // No keyring of the person who runs the tests is ever asked.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .output()
            .context("running `watches`")?;
        let text = String::from_utf8(output.stdout)?;
        let lines = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(Said { code: output.status.code(), lines, complaint })
    }

    /// A command that must end with code 0.
    fn done(&self, line: &[&str]) -> Result<Vec<Value>> {
        let said = self.run(line)?;
        ensure!(said.code == Some(0), "{line:?} ended with {:?}: {}", said.code, said.complaint);
        Ok(said.lines)
    }
}

const RULE: &str = "when price drops by 5% vs first_seen then toast";

#[tokio::test(flavor = "multi_thread")]
async fn a_script_watches_polls_replays_backs_up_and_restores() -> Result<()> {
    let folder = output_folder()?.join(format!("command-line-{}", std::process::id()));
    let market = Market::start().await?;
    let script = Script { folder: &folder, market: market.address() };

    let refused = script.run(&["poll", "--json"])?;
    ensure!(refused.code == Some(1) && refused.lines.is_empty(), "{}", refused.complaint);
    ensure!(refused.complaint.contains("watches watch"), "{}", refused.complaint);
    let wrong = script.run(&["watch", "126610LN", "--rule", "when price <= then toast"])?;
    ensure!(wrong.code == Some(1), "a rule with a hole in it was taken");

    let added =
        script.done(&["watch", "rolex 126610LN", "--rule", RULE, "--every", "15", "--json"])?;
    ensure!(added[0]["rules"][0]["text"] == RULE, "{added:?}");
    ensure!(added[0]["interval_minutes"] == 15, "{added:?}");
    let name = added[0]["name"].as_str().context("a name")?.to_owned();

    let offered =
        market.offer("126610LN", "Rolex Submariner Date 126610LN full set", 9_500).await?;
    let first = script.done(&["poll", "--json"])?;
    ensure!(first[0]["new"].as_u64() > Some(0) && first[0]["alerts"] == 0, "{first:?}");
    market.drop_price(offered, 6.0).await?;
    // A quarter of an hour later, as a script's timer would have it.
    let second = script.done(&["poll", "--json", "--clock-offset", "900"])?;
    ensure!(second[0]["alerts"] == 1, "{second:?}");

    let replayed = script.done(&["rule", "replay", "--rule", RULE, "--clock-offset", "1000"])?;
    let (summary, told) = replayed.split_last().context("a summary")?;
    ensure!(summary["alerts"] == 1 && told.len() == 1, "{replayed:?}");
    ensure!(told[0]["price"] == json!({ "amount": "8930.00", "currency": "EUR" }), "{told:?}");

    let backup = script.done(&["backup", "--json"])?[0]["path"].clone();
    let backup = backup.as_str().context("a path")?;
    ensure!(Path::new(backup).is_file(), "{backup}");
    ensure!(script.done(&["watch", "--delete", &name, "--json"])?.is_empty(), "it is still there");
    let restored = script.done(&["restore", backup, "--json"])?;
    ensure!(restored[0]["restored"] == backup, "{restored:?}");
    let lists = script.done(&["watch", "--json"])?;
    ensure!(lists.len() == 1 && lists[0]["name"] == *name, "{lists:?}");
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
