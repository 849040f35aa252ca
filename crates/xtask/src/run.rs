//! `cargo xtask run`: set-up, build, open. `--demo` opens it beside the demo market.

use std::env;

use clap::Args;

use crate::{
    process::{cargo, run, say},
    setup, ui,
};

#[derive(Debug, Args)]
pub struct Run {
    /// Open it beside the demo market: imitation shops on this machine with moving prices.
    #[arg(long)]
    demo: bool,
    /// Build optimised.
    #[arg(long)]
    release: bool,
    /// Further arguments for the app, after `--`.
    #[arg(last = true)]
    rest: Vec<String>,
}

impl Run {
    pub fn run(self) -> anyhow::Result<()> {
        if !has_display() {
            say(
                "No display here: `cargo xtask setup` once, then `xvfb-run cargo xtask run --demo`",
            );
            return Ok(());
        }
        setup::for_run()?;
        ui::build(if self.release { ui::Profile::Release } else { ui::Profile::Dev })?;
        let mut build = cargo(&["build", "--package", "watches-desktop"]);
        if self.release {
            build.arg("--release");
        }
        run(&mut build)?;
        let mut open = cargo(&["run", "--quiet", "--package", "watches-desktop"]);
        if self.release {
            open.arg("--release");
        }
        open.arg("--");
        if self.demo {
            open.arg("--demo");
        }
        run(open.args(&self.rest))
    }
}

fn has_display() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
