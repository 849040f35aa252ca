//! The peers: Python packages in a venv of their own, spoken to in JSON lines.
//!
//! `bench setup` installs them, pinned by `bench/peers/requirements.txt`, into `target/peers`; an
//! area that finds them missing says so and stops, it never skips the comparison.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use serde::{Serialize, de::DeserializeOwned};

/// A running peer script: one JSON line in, one JSON line out. Ended when dropped.
#[derive(Debug)]
pub struct Peer {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts `bench/peers/<script>` in the venv.
    pub fn start(script: &str, args: &[&str]) -> Result<Peer> {
        let python = python();
        ensure!(python.exists(), "the peers are not installed; run `bench setup` first");
        let mut child = Command::new(python)
            .arg(root().join("bench/peers").join(script))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start the peer {script}"))?;
        let stdin = child.stdin.take().context("the peer has no stdin")?;
        let stdout = child.stdout.take().context("the peer has no stdout")?;
        Ok(Peer { child, stdin, stdout: BufReader::new(stdout) })
    }

    /// Sends one request and waits for its answer.
    pub fn ask<Answer: DeserializeOwned>(&mut self, request: &impl Serialize) -> Result<Answer> {
        serde_json::to_writer(&mut self.stdin, request)?;
        writeln!(self.stdin)?;
        self.stdin.flush()?;
        let mut line = String::new();
        if self.stdout.read_line(&mut line)? == 0 {
            bail!("the peer ended without an answer");
        }
        serde_json::from_str(&line).with_context(|| format!("the peer answered: {line}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // An ended child cannot be killed again; both answers are fine here.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// Makes the venv if it is missing and installs the pinned packages.
pub fn setup() -> Result<()> {
    let venv = venv();
    if !python().exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    let requirements = root().join("bench/peers/requirements.txt");
    run(Command::new(python())
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r"])
        .arg(requirements))
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
    ensure!(status.success(), "{command:?} failed: {status}");
    Ok(())
}

fn python() -> PathBuf {
    venv().join("bin/python")
}

/// The peers' Python environment, under the build directory.
pub fn venv() -> PathBuf {
    target().join("peers/venv")
}

/// Cargo's build directory; generated pages and databases go below it too.
pub fn target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| root().join("target"))
}

/// The repository's root.
pub fn root() -> PathBuf {
    // Cargo says where the package is when it runs it: build output may come from another checkout.
    let package = std::env::var("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|_not_run_by_cargo| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&package).join("../..")
}
