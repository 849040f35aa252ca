//! What every command prints: JSON lines on stdout, messages on stderr. The only writer of stdout.

use std::{
    io::{self, BufRead, Write},
    process::ExitCode,
};

use serde::Serialize;

/// How a command ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// Done, but something was refused or scored below its floor.
    Refused,
    /// A page was a challenge or a login wall.
    Blocked,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Done => ExitCode::SUCCESS,
            Exit::Refused => ExitCode::from(1),
            Exit::Blocked => ExitCode::from(3),
        }
    }
}

/// Prints one value as one line of JSON.
pub fn line(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

/// Calls `each` with every line of stdin, without its line end; bytes that are not UTF-8 are replaced.
pub fn each_input_line(mut each: impl FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut input = io::stdin().lock();
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes);
        each(text.trim_end_matches(['\n', '\r']))?;
    }
}

/// Tells a person on stderr what went wrong, with its causes.
pub fn complain(error: &anyhow::Error) {
    let mut err = io::stderr().lock();
    // Nothing is left to tell if stderr itself is gone.
    let _ = writeln!(err, "watches: {error:#}");
}
