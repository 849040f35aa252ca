//! `cargo xtask platforms`: the other two systems, from Linux.
//!
//! Windows: app and `watches.exe` are built with mingw, and the command-line suite runs under Wine
//! beside the native program. macOS: the whole app is type-checked; linking needs Apple's SDK, so it
//! is done in the project's own workflow on a Mac.

mod mac;
mod suite;
mod wine;

use anyhow::{Context, Result};

use crate::{
    process::{cargo, run, say, target_folder},
    setup,
};

const WINDOWS: &str = "x86_64-pc-windows-gnu";

/// How the programs are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Profile::Dev => "debug",
            Profile::Release => "release",
        }
    }
}

/// Builds, checks and runs everything above; the interface must have been built before.
pub fn check(profile: Profile) -> Result<()> {
    setup::for_platforms()?;
    let windows = ["build", "--target", WINDOWS, "-p", "watches-desktop", "-p", "watches-cli"];
    build(&windows, profile)?;
    build(&["build", "-p", "watches-cli"], profile)?;
    let folder = target_folder();
    let theirs = folder.join(WINDOWS).join(profile.folder());
    let ours = folder.join(profile.folder()).join("watches");
    let app = theirs.join("watches-desktop.exe");
    let size = app.metadata().with_context(|| format!("{} was not built", app.display()))?.len();
    say(&format!("Windows: {} links, {} KiB", app.display(), size / 1024));
    let wine = wine::prepare(&theirs)?;
    let cases = suite::compare(&ours, &wine)?;
    say(&format!(
        "Windows: watches.exe answers {cases} cases under Wine as the native program does"
    ));
    mac::type_check()?;
    say("macOS: the app type-checks");
    Ok(())
}

fn build(arguments: &[&str], profile: Profile) -> Result<()> {
    let mut command = cargo(arguments);
    if profile == Profile::Release {
        command.arg("--release");
    }
    run(&mut command)
}
