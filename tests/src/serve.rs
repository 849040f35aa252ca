//! The real `watches serve` as a child process: one command at a time in, answers and events out.
//!
//! Used by the journeys without a window. Reading never blocks for good: a process that says nothing for
//! a minute fails the test. Dropping it kills the process.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::program::built;

const PATIENCE: Duration = Duration::from_secs(60);

/// A running `watches serve`.
#[derive(Debug)]
pub struct Serve {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<Value>,
    /// Events that came while waiting for an answer, oldest first.
    pub events: Vec<Value>,
    next_id: u64,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Ok(Value),
    Fault(Value),
    /// The process ended before it answered.
    Gone,
}

impl Serve {
    /// Starts `watches serve --data-dir <dir>` with further flags.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(dir: &Path, flags: &[&str]) -> anyhow::Result<Serve> {
        // No keyring of the person who runs the tests is ever asked.
        let no_keyring = [("DBUS_SESSION_BUS_ADDRESS".to_owned(), "disabled:".to_owned())];
        Serve::start_in(&no_keyring, dir, flags)
    }

    /// The same in a session of its own, whose keyring it uses: `vars` is that session's environment.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start_in(
        vars: &[(String, String)],
        dir: &Path,
        flags: &[&str],
    ) -> anyhow::Result<Serve> {
        let mut child = Command::new(built("watches")?)
            .args(["serve", "--data-dir"])
            .arg(dir)
            .args(flags)
            .env("RUST_LOG", "warn")
            .envs(vars.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting `watches serve`")?;
        let stdout = child.stdout.take().context("its stdout")?;
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let Ok(line) = line else { return };
                // A line cut off by a kill is no line.
                if let Ok(value) = serde_json::from_str(&line)
                    && sender.send(value).is_err()
                {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        Ok(Serve { child, stdin, lines, events: Vec::new(), next_id: 0 })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a command and returns its id without waiting. `None` when the process is gone.
    pub fn send(&mut self, command: &str, args: &Value) -> Option<u64> {
        self.next_id += 1;
        let line = json!({ "id": self.next_id, "command": command, "args": args });
        let stdin = self.stdin.as_mut()?;
        writeln!(stdin, "{line}").and_then(|()| stdin.flush()).ok().map(|()| self.next_id)
    }

    /// Waits for the answer to a sent command; keeps the events that come before it.
    ///
    /// # Errors
    /// When nothing comes for a minute.
    pub fn answer(&mut self, id: u64) -> anyhow::Result<Answer> {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line["id"] == id => {
                    return Ok(match line.get("fault") {
                        Some(fault) => Answer::Fault(fault.clone()),
                        None => Answer::Ok(line["ok"].clone()),
                    });
                }
                Ok(line) => self.events.extend(line.get("event").cloned()),
                Err(RecvTimeoutError::Disconnected) => return Ok(Answer::Gone),
                Err(RecvTimeoutError::Timeout) => bail!("no answer to command {id} for a minute"),
            }
        }
    }

    /// Sends and waits.
    ///
    /// # Errors
    /// When nothing comes for a minute.
    pub fn ask(&mut self, command: &str, args: &Value) -> anyhow::Result<Answer> {
        match self.send(command, args) {
            Some(id) => self.answer(id),
            None => Ok(Answer::Gone),
        }
    }

    /// Sends, waits, and takes only success.
    ///
    /// # Errors
    /// A fault, or the end of the process.
    pub fn get(&mut self, command: &str, args: &Value) -> anyhow::Result<Value> {
        match self.ask(command, args)? {
            Answer::Ok(value) => Ok(value),
            Answer::Fault(fault) => bail!("`{command}` answered {fault}"),
            Answer::Gone => bail!("the process ended at `{command}`"),
        }
    }

    /// Listens until then, or until the process ends; what is heard comes with `kill` or `finish`.
    pub fn listen(&mut self, until: Instant) {
        while let Ok(line) =
            self.lines.recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            self.events.push(line.get("event").cloned().unwrap_or(line));
        }
    }

    /// SIGKILL, then whatever it had still written.
    ///
    /// # Errors
    /// When the process cannot be waited for.
    pub fn kill(mut self) -> anyhow::Result<Vec<Value>> {
        // It may have ended by itself.
        let _ = self.child.kill();
        self.child.wait().context("waiting for the killed process")?;
        Ok(self.rest())
    }

    /// Closes stdin and waits for a clean end.
    ///
    /// # Errors
    /// When it ends with another code than 0.
    pub fn finish(mut self) -> anyhow::Result<Vec<Value>> {
        drop(self.stdin.take());
        let status = self.child.wait().context("waiting for the process")?;
        if !status.success() {
            bail!("`watches serve` ended with {status}");
        }
        Ok(self.rest())
    }

    /// Every line until the end of its stdout.
    fn rest(&mut self) -> Vec<Value> {
        let mut lines = std::mem::take(&mut self.events);
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            lines.push(line.get("event").cloned().unwrap_or(line));
        }
        lines
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // Both fail only when the process has already ended and been waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
