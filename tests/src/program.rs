//! Where the programs under test are, and how a child is started and ended.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, ChildStdout, Command},
};

/// The workspace's root folder.
pub fn workspace() -> PathBuf {
    // Cargo says where the package is when it runs it: build output may come from another checkout.
    let package = std::env::var("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|_not_run_by_cargo| env!("CARGO_MANIFEST_DIR").to_owned());
    let root = Path::new(&package).ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    root.map(Path::to_owned).unwrap_or_default()
}

/// A program of this workspace, built beside the test or bench: `target/debug/<name>`.
///
/// # Errors
/// It was not built; `cargo xtask test` builds it first.
pub fn built(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe().context("the own path")?;
    // A test lies one folder deeper than a program: in `deps`.
    let mut places = own.ancestors().skip(1).take(2).map(|folder| folder.join(name));
    places
        .find(|program| program.is_file())
        .with_context(|| format!("{name} is not built beside {}", own.display()))
}

/// `target/journeys`: screenshots, logs and the sessions' folders.
///
/// # Errors
/// The folder cannot be made.
pub fn output_folder() -> Result<PathBuf> {
    let folder = workspace().join("target/journeys");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    folder.canonicalize().context("target/journeys")
}

/// A child that is killed when it is dropped.
#[derive(Debug)]
pub struct Running {
    pub child: Child,
}

/// Starts `program` with exactly `vars` as its environment, its messages in `log`.
///
/// # Errors
/// The program is not installed or the log cannot be written.
pub fn start(
    program: &Path,
    line: &[&str],
    vars: &[(String, String)],
    log: &Path,
) -> Result<Running> {
    let messages = std::fs::File::options()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("opening {}", log.display()))?;
    let child = Command::new(program)
        .args(line)
        .env_clear()
        .envs(vars.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(messages)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    Ok(Running { child })
}

impl Running {
    /// The first line the program prints: how it says that it is ready.
    ///
    /// # Errors
    /// It ended without a line.
    pub async fn first_line(&mut self) -> Result<String> {
        let out: &mut ChildStdout = self.child.stdout.as_mut().context("stdout is a pipe")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).await.context("reading the first line")?;
        if line.trim().is_empty() {
            bail!("the program ended without a word");
        }
        Ok(line.trim().to_owned())
    }
}
