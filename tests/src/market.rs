//! The imitation market in the test's own process, with its time standing still, moved by hand.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use watches_demo::{DemoMarket, DemoOptions};

use crate::waiting::within;

/// A running market; it stops when dropped.
#[derive(Debug)]
pub struct Market {
    market: DemoMarket,
}

impl Market {
    /// Opens the market of seed 7. Nothing moves and nothing is challenged unless asked.
    ///
    /// # Errors
    /// No port of loopback is free.
    pub async fn start() -> Result<Market> {
        let market = DemoMarket::start(DemoOptions { port: 0, seed: 7, speed: 0.0 }).await?;
        let market = Market { market };
        market.post("challenge", &json!({ "on": false })).await?;
        Ok(market)
    }

    /// The address to start the app with.
    pub fn address(&self) -> String {
        self.market.address().to_string()
    }

    /// Offers a watch at a price in whole euros; answers the market's id of it.
    ///
    /// # Errors
    /// The market does not know the reference.
    pub async fn offer(&self, reference: &str, title: &str, price: i64) -> Result<u64> {
        let wish =
            json!({ "site": "dealer", "reference": reference, "title": title, "price": price });
        let listing = self.post("add", &wish).await?;
        listing["id"].as_u64().with_context(|| format!("no id in {listing}"))
    }

    /// Takes `percent` off a listing's price; answers the new price as the market writes it.
    ///
    /// # Errors
    /// There is no such listing.
    pub async fn drop_price(&self, id: u64, percent: f64) -> Result<String> {
        let listing = self.post("drop", &json!({ "id": id, "percent": percent })).await?;
        let price = listing["price"].as_str().map(str::to_owned);
        price.with_context(|| format!("no price in {listing}"))
    }

    /// Puts a page up as it is; answers its address.
    ///
    /// # Errors
    /// The market does not answer.
    pub async fn page(&self, file: &str, html: &str) -> Result<String> {
        let page = self.post("page", &json!({ "file": file, "html": html })).await?;
        page["url"].as_str().map(str::to_owned).with_context(|| format!("no address in {page}"))
    }

    /// What the members' shop sees: how many are signed in, which field has the keyboard.
    ///
    /// # Errors
    /// The market is gone.
    pub async fn members(&self) -> Result<Value> {
        self.ask("GET", "members", &Value::Null).await
    }

    /// Everybody must sign in again at the members' shop.
    ///
    /// # Errors
    /// The market is gone.
    pub async fn end_sessions(&self) -> Result<()> {
        self.post("members/end", &Value::Null).await.map(drop)
    }

    async fn post(&self, handle: &str, body: &Value) -> Result<Value> {
        self.ask("POST", handle, body).await
    }

    async fn ask(&self, method: &str, handle: &str, body: &Value) -> Result<Value> {
        within("the market", async {
            let address = self.market.address();
            let host = address.host_str().context("the market has a host")?;
            let port = address.port().context("the market has a port")?;
            let body = body.to_string();
            let request = format!(
                "{method} /_control/{handle} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let mut stream = TcpStream::connect((host, port)).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await?;
            let (head, body) = answer.split_once("\r\n\r\n").context("an HTTP answer")?;
            ensure!(head.starts_with("HTTP/1.1 200"), "{handle}: {answer}");
            serde_json::from_str(body).with_context(|| format!("{handle} answered {body}"))
        })
        .await
    }
}
