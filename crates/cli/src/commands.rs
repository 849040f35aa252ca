//! Every subcommand: its arguments in its own file, one line here.

pub mod adapter;
pub mod backup;
pub mod date;
pub mod demo_market;
pub mod doctor;
pub mod eval;
pub mod extract;
pub mod identify;
pub mod import;
pub mod landed;
pub mod poll;
pub mod price;
pub mod reparse;
pub mod replay;
pub mod restore;
pub mod robots;
pub mod rule;
pub mod same;
pub mod serve;
mod session;
pub mod watch;

use clap::Subcommand;

use crate::output::Exit;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check adapter files and try them on saved pages.
    Adapter(adapter::AdapterCommand),
    /// Score the readers on a folder of pages, titles and suites.
    Eval(eval::Eval),
    /// Read saved pages: listings out.
    Extract(extract::Extract),
    /// Take saved pages, messages and mailboxes into the store.
    Import(import::Import),
    /// Say which watch each title offers, one title a line.
    Identify(identify::Identify),
    /// Estimate what a watch costs at the door.
    Landed(landed::LandedCommand),
    /// Read date texts in any language, one a line.
    Date(date::DateCommand),
    /// Read price strings, one a line.
    Price(price::Price),
    /// Serve imitation marketplaces on loopback.
    DemoMarket(demo_market::DemoMarketCommand),
    /// The window's commands as lines of JSON on stdin and stdout.
    Serve(serve::Serve),
    /// Poll once and tell what came of it.
    Poll(poll::Poll),
    /// Add a watchlist from words, list them, or delete one.
    Watch(watch::Watch),
    /// Check that everything in the store is as it was written.
    Doctor(doctor::Doctor),
    /// Read the kept pages again with today's readers, and say what changes.
    Reparse(reparse::Reparse),
    /// Copy the store among its backups.
    Backup(backup::Backup),
    /// Put a backup in the store's place.
    Restore(restore::Restore),
    /// Decide by robots.txt whether an address may be fetched.
    Robots(robots::RobotsCommand),
    /// Check alert rules.
    Rule(rule::RuleCommand),
    /// Say whether two titles a line, tab between, name the same product.
    Same(same::Same),
}

impl Command {
    pub fn run(self) -> anyhow::Result<Exit> {
        match self {
            Command::Adapter(arguments) => arguments.run(),
            Command::Eval(arguments) => arguments.run(),
            Command::Extract(arguments) => arguments.run(),
            Command::Identify(arguments) => arguments.run(),
            Command::Import(arguments) => arguments.run(),
            Command::Landed(arguments) => arguments.run(),
            Command::Date(arguments) => arguments.run(),
            Command::Price(arguments) => arguments.run(),
            Command::DemoMarket(arguments) => arguments.run(),
            Command::Serve(arguments) => arguments.run(),
            Command::Poll(arguments) => arguments.run(),
            Command::Watch(arguments) => arguments.run(),
            Command::Doctor(arguments) => arguments.run(),
            Command::Reparse(arguments) => arguments.run(),
            Command::Backup(arguments) => arguments.run(),
            Command::Restore(arguments) => arguments.run(),
            Command::Robots(arguments) => arguments.run(),
            Command::Rule(arguments) => arguments.run(),
            Command::Same(arguments) => arguments.run(),
        }
    }
}
