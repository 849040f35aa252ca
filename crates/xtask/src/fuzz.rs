//! `cargo xtask fuzz`: every reader against what chance makes of its seeds, by libFuzzer.
//!
//! The targets lie in `fuzz/` as `cargo fuzz` wants them, and `fuzz/instrument.sh` instruments our crates with
//! the stable compiler, so nothing has to be installed. Seeds are the hand-written fixtures. The brief run
//! begins from them each time, with a fixed seed of chance; the long one keeps what it found.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};
use clap::Args;

use crate::process::{cargo, root, run, say, target_folder};

#[derive(Debug, Args)]
pub struct Fuzz {
    /// Seconds for each target.
    #[arg(long, default_value_t = 600)]
    seconds: u32,
    /// Only targets whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
}

/// Seconds for each target within `cargo xtask test`, at most, and how many inputs: with the seeds and the
/// seed of chance the same, a gate meets the same inputs each time.
const BRIEF: u32 = 15;
const BRIEF_INPUTS: u32 = 1_000;

/// How a target begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Corpus {
    /// Only the seeds, each time.
    Seeds,
    /// Also everything that was found before.
    Grown,
}

impl Fuzz {
    pub fn run(self) -> anyhow::Result<()> {
        fuzz(self.seconds, &self.only, Corpus::Grown)
    }
}

/// The step of `cargo xtask test`.
pub fn briefly() -> anyhow::Result<()> {
    fuzz(BRIEF, "", Corpus::Seeds)
}

fn fuzz(seconds: u32, only: &str, corpus: Corpus) -> anyhow::Result<()> {
    build()?;
    let mut met = 0;
    for target in targets()?.iter().filter(|target| target.contains(only)) {
        one(target, seconds, corpus)?;
        met += 1;
    }
    if met == 0 {
        bail!("no fuzz target's name contains `{only}`");
    }
    Ok(())
}

/// The names of the targets: the files in `fuzz/fuzz_targets`.
fn targets() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("fuzz/fuzz_targets"))? {
        names.extend(entry?.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn build() -> anyhow::Result<()> {
    let manifest = root().join("fuzz/Cargo.toml");
    let mut command = cargo(&["build", "--locked", "--bins", "--manifest-path"]);
    run(command.arg(manifest).env("RUSTC_WRAPPER", root().join("fuzz/instrument.sh")))
}

fn one(target: &str, seconds: u32, corpus: Corpus) -> anyhow::Result<()> {
    let folder = target_folder().join("fuzz").join(target);
    let seeds = folder.join("seeds");
    write_seeds(target, &seeds)?;
    let grown = folder.join(match corpus {
        Corpus::Seeds => "brief",
        Corpus::Grown => "corpus",
    });
    if corpus == Corpus::Seeds && grown.exists() {
        fs::remove_dir_all(&grown)?;
    }
    fs::create_dir_all(&grown)?;
    let program = target_folder().join("debug").join(target);
    let mut command = Command::new(&program);
    command
        .args([&grown, &seeds])
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", folder.display()))
        .args(["-seed=7", "-max_len=65536", "-timeout=10", "-rss_limit_mb=1024"])
        .arg("-print_final_stats=1")
        .stdout(Stdio::null());
    if corpus == Corpus::Seeds {
        command.arg(format!("-runs={BRIEF_INPUTS}"));
    }
    let done = command.output().with_context(|| format!("starting {}", program.display()))?;
    let told = String::from_utf8_lossy(&done.stderr);
    if !done.status.success() {
        say(&told);
        bail!("fuzz target `{target}` found something: the input lies in {}", folder.display());
    }
    let figure = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(name));
        line.map(str::trim).unwrap_or("?").to_owned()
    };
    let (runs, slowest) =
        (figure("stat::number_of_executed_units:"), figure("stat::slowest_unit_time_sec:"));
    say(&format!("fuzz {target}: {runs} inputs, none above {slowest} s, nothing found"));
    Ok(())
}

/// Puts a target's seeds into a folder, one file each.
fn write_seeds(target: &str, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    for (number, seed) in seeds(target)?.into_iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:03}")), seed)?;
    }
    Ok(())
}

fn seeds(target: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    let fixtures = root().join("crates/scrape/tests/fixtures");
    if let Some(site) = target.strip_prefix("page_") {
        let own = fixtures.join(site);
        let folders = if own.exists() { vec![own] } else { folders_of(&fixtures)? };
        let mut pages = Vec::new();
        for folder in folders {
            pages.extend(pages_of(&folder)?);
        }
        return Ok(pages);
    }
    match target {
        "rule" => return rules(),
        "mail" => return pages_of(&fixtures.join("mail")),
        _ => {}
    }
    let path = root().join("fuzz/seeds").join(format!("{target}.txt"));
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    Ok(text.split("\n---\n").map(|seed| seed.as_bytes().to_vec()).collect())
}

fn folders_of(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        folders.push(entry?.path());
    }
    folders.sort();
    Ok(folders)
}

fn pages_of(folder: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut pages = Vec::new();
    for path in folders_of(folder)? {
        if path.extension().is_some_and(|extension| extension != "json") {
            pages.push(fs::read(path)?);
        }
    }
    Ok(pages)
}

/// The examples of `docs/rules.md`.
fn rules() -> anyhow::Result<Vec<Vec<u8>>> {
    let text = fs::read_to_string(root().join("docs/rules.md"))?;
    let rules = text.split(['`', '\n']).map(str::trim).filter(|part| part.starts_with("when "));
    Ok(rules.map(|rule| rule.as_bytes().to_vec()).collect())
}
