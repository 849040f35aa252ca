//! `watches adapter check FILE [PAGE…]`: is the file good, and what does it read on saved pages?

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use url::Url;
use watches_core::{listing::extracted::Extracted, reference::Catalogue};
use watches_scrape::adapter::{self, Adapter, AdapterReading, Entry, Won};

use super::extract::{as_line, saved_page};
use crate::output::{self, Exit};

/// Check adapter files.
#[derive(Debug, Args)]
pub struct AdapterCommand {
    #[command(subcommand)]
    action: AdapterAction,
}

#[derive(Debug, Subcommand)]
enum AdapterAction {
    /// Say whether a file is a good adapter, and what it reads on saved pages.
    Check(Check),
}

#[derive(Debug, Args)]
struct Check {
    /// Where the pages were found; without it each page itself says so, else the first kind of page is tried.
    #[arg(long)]
    url: Option<Url>,
    /// The adapter file.
    file: String,
    /// Saved pages; `-` reads stdin.
    pages: Vec<String>,
}

impl AdapterCommand {
    pub fn run(self) -> anyhow::Result<Exit> {
        match self.action {
            AdapterAction::Check(check) => check.run(),
        }
    }
}

impl Check {
    /// Exit 1 when the file is wrong, or a page gives no listing or has lost what was pointed at.
    fn run(self) -> anyhow::Result<Exit> {
        let text = std::fs::read_to_string(&self.file)
            .with_context(|| format!("cannot read {}", self.file))?;
        let adapter = match adapter::parse(&text) {
            Ok(adapter) => adapter,
            Err(error) => {
                let place = format!("{}:{}:{}", self.file, error.line, error.column);
                output::complain(&anyhow::anyhow!("{place}: {}", error.message));
                output::line(&json!({
                    "ok": false, "line": error.line, "column": error.column, "error": error.message,
                }))?;
                return Ok(Exit::Refused);
            }
        };
        output::line(&json!({
            "ok": true, "name": adapter.name, "hosts": adapter.hosts, "pages": adapter.entries.len(),
        }))?;
        let mut exit = Exit::Done;
        for file in &self.pages {
            if !try_on(&adapter, file, self.url.clone())? {
                exit = Exit::Refused;
            }
        }
        Ok(exit)
    }
}

/// Prints what the adapter reads on a page; whether it read it as it should.
fn try_on(adapter: &Adapter, file: &str, url: Option<Url>) -> anyhow::Result<bool> {
    let mut page = saved_page(file, url)?;
    if page.url.is_none() {
        page.url = watches_scrape::html::head(&page.text)
            .canonical
            .and_then(|address| Url::parse(&address).ok());
    }
    let Some(entry) = entry_for(adapter, page.url.as_ref()) else {
        output::complain(&anyhow::anyhow!(
            "{file}: no `[[page]]` is for its path: give its address with --url"
        ));
        return Ok(false);
    };
    let reading = adapter::read_entry(adapter, entry, &page);
    for (listing, won) in reading.listings.iter().zip(&reading.won) {
        output::line(&line(adapter, listing.clone(), won))?;
    }
    for (field, lost) in &reading.lost {
        output::line(&json!({ "lost": field.word(), "why": lost.to_string() }))?;
    }
    if reading.listings.is_empty() {
        output::complain(&anyhow::anyhow!("{file}: no listing was found"));
    }
    Ok(is_good(&reading))
}

fn is_good(reading: &AdapterReading) -> bool {
    !reading.listings.is_empty() && reading.lost.is_empty()
}

fn entry_for<'a>(adapter: &'a Adapter, url: Option<&Url>) -> Option<&'a Entry> {
    match url {
        Some(url) => adapter.entry(url),
        None => adapter.entries.first(),
    }
}

/// A listing as `watches extract` prints it, and for each field the strategy that won.
fn line(adapter: &Adapter, mut listing: Extracted, won: &[Won]) -> Value {
    let host = adapter.hosts.first().map(|host| host.trim_start_matches("*.")).unwrap_or_default();
    listing.source = format!("dealer:{host}");
    let mut line = as_line(listing, Catalogue::bundled());
    let found = won.iter().map(|won| {
        let how = json!({ "by": won.by, "rank": won.rank, "of": won.of, "text": won.text });
        (won.field.word().to_owned(), how)
    });
    line["found"] = Value::Object(found.collect());
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use watches_core::time::Timestamp;
    use watches_scrape::page::Page;

    #[test]
    fn a_listing_says_which_strategy_won() {
        let file = "format = 1\nhosts = [\"a.example\"]\ncurrency = \"EUR\"\n[[page]]\nkind = \"item\"\n\
                    title = \"h1\"\nprice = [\".none\", \".price\"]\n";
        let adapter = adapter::parse(file).expect("a good file");
        let url = Url::parse("https://a.example/w/1").expect("a valid address");
        let text = "<h1>Rolex 16610</h1><b class=price>9.500</b>".to_owned();
        let page = Page::saved(text, Some(url), Timestamp(0));
        let reading = adapter::read(&adapter, &page).expect("an entry");
        let line = line(&adapter, reading.listings[0].clone(), &reading.won[0]);
        assert_eq!(line["price"], json!({ "amount": "9500.00", "currency": "EUR" }));
        assert_eq!(
            line["found"]["price"],
            json!({ "by": "css .price", "rank": 2, "of": 2, "text": "9.500" })
        );
        assert_eq!((&line["id"], &line["reference"]), (&json!("w/1"), &json!("16610")));
    }
}
