//! `cargo xtask test`: everything, in order of cheapness, with the time each step took.

use std::time::Instant;

use anyhow::Context;
use clap::Args;

use crate::{
    process::{cargo, exists, root, run, say, target_folder},
    setup, tidy, ui,
};

#[derive(Debug, Args)]
pub struct Test {
    /// Run only the steps whose name contains this.
    #[arg(long)]
    only: Option<String>,
}

type Step = (&'static str, fn() -> anyhow::Result<()>);

const STEPS: &[Step] = &[
    ("format", || run(&mut cargo(&["fmt", "--all", "--check"]))),
    ("tidy", tidy::run),
    ("licences and bans", deny),
    ("interface", || ui::build(ui::Profile::Dev)),
    ("lints", lints),
    ("unit tests", unit_tests),
    ("build", build),
    #[cfg(target_os = "linux")]
    ("hostile pages", hostile),
    #[cfg(target_os = "linux")]
    ("fuzz", crate::fuzz::briefly),
    ("scores", scores),
    ("journeys", journeys),
];

impl Test {
    pub fn run(self) -> anyhow::Result<()> {
        setup::for_test()?;
        let wanted =
            |name: &str| self.only.as_ref().is_none_or(|part| name.contains(part.as_str()));
        let mut times = Vec::new();
        for (name, step) in STEPS.iter().filter(|(name, _)| wanted(name)) {
            say(&format!("\n== {name}"));
            let start = Instant::now();
            step().with_context(|| format!("step `{name}`"))?;
            times.push(format!("{name} {} s", start.elapsed().as_secs()));
        }
        say(&format!("\nAll steps passed: {}", times.join(", ")));
        Ok(())
    }
}

/// Building cargo-deny takes longer than all the rest, so it runs where it is installed.
fn deny() -> anyhow::Result<()> {
    if !exists("cargo-deny") {
        say(
            "cargo-deny is not installed: `cargo install --locked cargo-deny` to check deny.toml here",
        );
        return Ok(());
    }
    run(&mut cargo(&["deny", "--offline", "check", "bans", "licenses", "sources"]))
}

fn lints() -> anyhow::Result<()> {
    run(&mut cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn unit_tests() -> anyhow::Result<()> {
    run(&mut cargo(&["test", "--locked", "--workspace", "--exclude", "watches-tests"]))
}

/// The programs that journeys drive.
fn build() -> anyhow::Result<()> {
    run(&mut cargo(&[
        "build",
        "--locked",
        "--package",
        "watches-desktop",
        "--package",
        "watches-cli",
    ]))
}

/// The readers against the real material, where it lies beside the checkout.
fn scores() -> anyhow::Result<()> {
    let real = root().join("../shared/real");
    if !real.exists() {
        say("no ../shared/real beside this checkout: nothing to score");
        return Ok(());
    }
    let watches =
        target_folder().join("debug").join(format!("watches{}", std::env::consts::EXE_SUFFIX));
    run(std::process::Command::new(watches).arg("eval").arg(real))
}

/// Every behaviour of the hostile server, three times, through the real fetcher and readers; and html5lib's
/// charset cases, where they lie beside the checkout. What the readers spend their time in is optimised,
/// everything else is what the tests were built from.
#[cfg(target_os = "linux")]
fn hostile() -> anyhow::Result<()> {
    let mut build = cargo(&[
        "build",
        "--locked",
        "--workspace",
        "--exclude",
        "watches-tests",
        "--bin",
        "bench",
    ]);
    for package in ["memchr", "watches-core", "watches-scrape", "watches-testkit"] {
        build.arg("--config").arg(format!("profile.dev.package.{package}.opt-level=2"));
    }
    run(&mut build)?;
    let bench = target_folder().join("debug/bench");
    run(std::process::Command::new(&bench).args(["hostile", "--quick"]))?;
    let cases = root().join("../shared/corpora/html5lib-tests.tar.xz");
    if !cases.exists() {
        say("no ../shared/corpora beside this checkout: no charset cases to compare");
        return Ok(());
    }
    run(std::process::Command::new(bench).args(["charset", "--archive"]).arg(cases))
}

/// One at a time: each has a desktop session of its own, and two cores.
fn journeys() -> anyhow::Result<()> {
    run(&mut cargo(&["test", "--locked", "--package", "watches-tests", "--", "--test-threads=1"]))
}
