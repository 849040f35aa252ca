//! `cargo xtask COMMAND`: everything a developer or a newcomer runs. One file per command.

#[cfg(target_os = "linux")]
mod fuzz;
mod icons;
#[cfg(unix)]
mod platforms;
mod process;
mod run;
mod setup;
mod test;
mod tidy;
mod ui;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands; the first two do all set-up.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Install what is missing, build the interface and the app, and open it.
    Run(run::Run),
    /// Install what is missing and run everything: lints, tidy, tests, journeys.
    Test(test::Test),
    /// Fuzz every reader, for longer than the test does.
    #[cfg(target_os = "linux")]
    Fuzz(fuzz::Fuzz),
    /// Install what building and testing need, and say so first.
    Setup,
    /// Draw the app's and the tray's icons again.
    Icons,
    /// Build for Windows, run its command-line suite under Wine, and type-check for macOS.
    #[cfg(unix)]
    Platforms {
        /// Build the Windows programs as they are shipped.
        #[arg(long)]
        release: bool,
    },
    /// Check the rules of the house that a machine can see.
    Tidy,
    /// Build the window's page into ui/dist.
    Ui {
        /// Small rather than quickly built.
        #[arg(long)]
        release: bool,
    },
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let builds = !matches!(command, Command::Tidy | Command::Icons | Command::Setup);
    let claimed = if builds { process::claim_target_folder() } else { Ok(()) };
    let done = claimed.and_then(|()| match command {
        Command::Run(arguments) => arguments.run(),
        Command::Test(arguments) => arguments.run(),
        #[cfg(target_os = "linux")]
        Command::Fuzz(arguments) => arguments.run(),
        Command::Setup => setup::for_test(),
        Command::Icons => icons::write(&process::root()),
        #[cfg(unix)]
        Command::Platforms { release } => platforms::check(if release {
            platforms::Profile::Release
        } else {
            platforms::Profile::Dev
        }),
        Command::Tidy => tidy::run(),
        Command::Ui { release: true } => ui::build(ui::Profile::Release),
        Command::Ui { release: false } => ui::build(ui::Profile::Dev),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::say(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
