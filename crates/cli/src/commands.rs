//! Every subcommand: its arguments in its own file, one line here.

pub mod demo_market;
pub mod eval;
pub mod extract;
pub mod identify;
pub mod landed;
pub mod price;
pub mod robots;
pub mod rule;

use clap::Subcommand;

use crate::output::Exit;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Score the readers on a folder of pages, titles and suites.
    Eval(eval::Eval),
    /// Read saved pages: listings out.
    Extract(extract::Extract),
    /// Say which watch each title offers, one title a line.
    Identify(identify::Identify),
    /// Estimate what a watch costs at the door.
    Landed(landed::LandedCommand),
    /// Read price strings, one a line.
    Price(price::Price),
    /// Serve imitation marketplaces on loopback.
    DemoMarket(demo_market::DemoMarketCommand),
    /// Decide by robots.txt whether an address may be fetched.
    Robots(robots::RobotsCommand),
    /// Check alert rules.
    Rule(rule::RuleCommand),
}

impl Command {
    pub fn run(self) -> anyhow::Result<Exit> {
        match self {
            Command::Eval(arguments) => arguments.run(),
            Command::Extract(arguments) => arguments.run(),
            Command::Identify(arguments) => arguments.run(),
            Command::Landed(arguments) => arguments.run(),
            Command::Price(arguments) => arguments.run(),
            Command::DemoMarket(arguments) => arguments.run(),
            Command::Robots(arguments) => arguments.run(),
            Command::Rule(arguments) => arguments.run(),
        }
    }
}
