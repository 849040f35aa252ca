//! `watches eval DIR`: one line per suite, `--failures` lists the wrong cases.

use std::path::PathBuf;

use clap::Args;

use crate::{eval, output, output::Exit};

#[derive(Debug, Args)]
pub struct Eval {
    /// A folder laid out like the shared real material: html/, suites/, data/.
    folder: PathBuf,
    /// Also print each wrong case.
    #[arg(long)]
    failures: bool,
    /// Run only suites whose name contains this.
    #[arg(long)]
    only: Option<String>,
}

impl Eval {
    /// Exit 1 when a suite scores below its floor.
    pub fn run(self) -> anyhow::Result<Exit> {
        let mut exit = Exit::Done;
        for suite in eval::SUITES {
            if self.only.as_ref().is_some_and(|part| !suite.name.contains(part.as_str())) {
                continue;
            }
            for score in (suite.run)(&self.folder)? {
                output::line(&score.line())?;
                if self.failures {
                    for failure in &score.failures {
                        output::line(failure)?;
                    }
                }
                if score.missed_floor() {
                    exit = Exit::Refused;
                }
            }
        }
        Ok(exit)
    }
}
