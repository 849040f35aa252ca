//! Imitation marketplaces on loopback, for newcomers, journeys and tests.
//!
//! Four shops under one address: `/ebay`, `/chrono24`, `/dealer` and, behind a sign-in and a check,
//! `/members`, with eBay's Browse API beside them and handles for tests under `/_control/`. Everything follows from the seed and the market's
//! time. Started by `watches demo-market`, by `cargo xtask run --demo` and by tests.

pub mod api;
mod clock;
mod control;
mod listing;
mod market;
mod members;
mod pages;
mod photo;
mod random;
mod server;
mod stock;

use std::{net::Ipv4Addr, sync::Arc};

use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

/// How the market is started.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemoOptions {
    /// 0 takes any free port.
    pub port: u16,
    pub seed: u64,
    /// Market seconds per real second; 0 makes time stand still.
    pub speed: f64,
}

impl Default for DemoOptions {
    fn default() -> DemoOptions {
        DemoOptions { port: 0, seed: 1, speed: 60.0 }
    }
}

/// A running market; it stops when dropped.
#[derive(Debug)]
pub struct DemoMarket {
    address: Url,
    serving: JoinHandle<()>,
}

/// Why the market could not open.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("port {port} is not free on 127.0.0.1")]
    Bind {
        port: u16,
        #[source]
        source: std::io::Error,
    },
    #[error("the market's own address is not readable")]
    Address(#[source] std::io::Error),
}

impl DemoMarket {
    /// Opens the market on 127.0.0.1 and serves it on the current runtime.
    pub async fn start(options: DemoOptions) -> Result<DemoMarket, StartError> {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await;
        let listener = bound.map_err(|source| StartError::Bind { port: options.port, source })?;
        let port = listener.local_addr().map_err(StartError::Address)?.port();
        let base = format!("http://127.0.0.1:{port}");
        let address = Url::parse(&base).expect("an address of digits and a port parses");
        let market = market::Market::open(options.seed);
        let clock = clock::MarketClock::start(options.speed);
        let router = server::router(Arc::new(server::Server::new(base, market, clock)));
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::warn!(%error, "the demo market stopped");
            }
        });
        Ok(DemoMarket { address, serving })
    }

    /// `http://127.0.0.1:4567/`; the shops are under it.
    pub fn address(&self) -> &Url {
        &self.address
    }
}

impl Drop for DemoMarket {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
