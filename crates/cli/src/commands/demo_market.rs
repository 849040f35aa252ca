//! `watches demo-market`: serves the imitation marketplaces until stopped.

use clap::Args;
use serde_json::json;
use watches_demo::{DemoMarket, DemoOptions};

use crate::{output, output::Exit};

/// Serve imitation marketplaces on 127.0.0.1, with moving prices.
#[derive(Debug, Args)]
pub struct DemoMarketCommand {
    /// 0 takes any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The same seed makes the same market.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Market seconds per real second; 0 makes time stand still.
    #[arg(long, default_value_t = 60.0)]
    speed: f64,
}

impl DemoMarketCommand {
    /// Prints `{"ready": true, "address": …}` once it serves; ends on Ctrl-C.
    pub fn run(self) -> anyhow::Result<Exit> {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        runtime.worker_threads(2).enable_all().build()?.block_on(async {
            let options = DemoOptions { port: self.port, seed: self.seed, speed: self.speed };
            let market = DemoMarket::start(options).await?;
            output::line(&json!({ "ready": true, "address": market.address().as_str() }))?;
            tokio::signal::ctrl_c().await?;
            Ok(Exit::Done)
        })
    }
}
