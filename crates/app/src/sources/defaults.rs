//! The sources everybody has, and the imitation market's when there is one.

use watches_ipc::source::SourceState;
use watches_scrape::fetch::Way;
use watches_store::{Tx, sources as table};

use super::write_state;
use crate::{App, browser, fault::Error, settings};

/// Requests a day to one market: a poll of three pages each half hour, and some for auctions.
const BUDGET: u32 = 400;
/// An imitation market stands for nobody's servers.
const DEMO_BUDGET: u32 = 10_000;

/// The imitation shop that shows its stock only to a signed-in browser.
const MEMBERS: &str = "demo-members";

/// Adds what is missing. With a demo market the real ones start switched off; without it its sources go.
pub(crate) async fn ensure(app: &App) -> Result<(), Error> {
    let mut tx = app.write().await?;
    let known = table::all(&mut tx).await?;
    let country = settings::load(&mut tx).await?.country;
    let has = |key: &str| known.iter().any(|source| source.key == key);
    let market = app.config.demo_market.as_ref();
    for mut source in real(&country) {
        if !has(&source.key) {
            let wanted = market.is_none() || source.kind == table::SourceKind::File;
            source.enabled = source.enabled && wanted;
            table::save(&mut tx, &source).await?;
        }
    }
    let demo = market.map(demo).unwrap_or_default();
    for source in &demo {
        let before = known.iter().find(|known| known.key == source.key);
        // The members' shop wants a person first: it waits to be switched on.
        let enabled = before.map_or(source.key != MEMBERS, |before| before.enabled);
        table::save(&mut tx, &table::Source { enabled, ..source.clone() }).await?;
        if !browser::was_chosen(&mut tx, &source.key).await? {
            let way = if source.key == MEMBERS { Way::Webview } else { Way::Http };
            browser::choose(&mut tx, &source.key, Some(way)).await?;
        }
    }
    for gone in known.iter().filter(|source| source.demo) {
        if !demo.iter().any(|source| source.key == gone.key) {
            table::remove(&mut tx, &gone.key).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// The markets' own domains follow the collector's country.
pub(crate) async fn follow_country(tx: &mut Tx, country: &str) -> Result<(), Error> {
    for wanted in real(country) {
        if let Some(known) = table::get(tx, &wanted.key).await?
            && known.address != wanted.address
        {
            table::save(tx, &table::Source { address: wanted.address, ..known }).await?;
        }
    }
    Ok(())
}

fn real(country: &str) -> Vec<table::Source> {
    let ebay = format!("https://www.{}", ebay_domain(country));
    vec![
        table::Source { name: "eBay".to_owned(), address: ebay, ..blank("ebay") },
        table::Source {
            name: "Chrono24".to_owned(),
            address: format!("https://www.{}", chrono24_domain(country)),
            ..blank("chrono24")
        },
        off("facebook", "Facebook Marketplace", "https://www.facebook.com"),
        table::Source {
            // A German market; worth asking from next door.
            enabled: matches!(country, "DE" | "AT" | "CH" | "LI"),
            ..off("kleinanzeigen", "Kleinanzeigen", "https://www.kleinanzeigen.de")
        },
        off("reddit", "r/Watchexchange", "https://www.reddit.com"),
        table::Source { name: "Files".to_owned(), kind: table::SourceKind::File, ..blank("file") },
    ]
}

/// A market that waits to be switched on: it wants an account, or lies far away.
fn off(key: &str, name: &str, address: &str) -> table::Source {
    table::Source {
        name: name.to_owned(),
        address: address.to_owned(),
        enabled: false,
        ..blank(key)
    }
}

fn demo(market: &url::Url) -> Vec<table::Source> {
    let source = |key: &str, name: &str, path: &str, kind: table::SourceKind| table::Source {
        name: name.to_owned(),
        kind,
        address: market.join(path).map_or_else(|_| market.to_string(), |url| url.to_string()),
        demo: true,
        daily_budget: DEMO_BUDGET,
        ..blank(key)
    };
    vec![
        source("demo-ebay", "Demo eBay", "ebay/", table::SourceKind::Market),
        source("demo-chrono24", "Demo Chrono24", "chrono24/", table::SourceKind::Market),
        source("demo-dealer", "Demo dealer", "dealer/", table::SourceKind::Dealer),
        source(MEMBERS, "Demo members shop", "members/", table::SourceKind::Dealer),
    ]
}

/// A source of which only the key is known.
pub(crate) fn blank(key: &str) -> table::Source {
    table::Source {
        key: key.to_owned(),
        name: key.to_owned(),
        kind: table::SourceKind::Market,
        address: String::new(),
        enabled: true,
        demo: false,
        state: write_state(&SourceState::Idle),
        last_poll: None,
        last_success: None,
        next_poll: None,
        daily_budget: BUDGET,
    }
}

fn ebay_domain(country: &str) -> &'static str {
    match country {
        "DE" => "ebay.de",
        "AT" => "ebay.at",
        "CH" | "LI" => "ebay.ch",
        "GB" => "ebay.co.uk",
        "IE" => "ebay.ie",
        "FR" => "ebay.fr",
        "IT" => "ebay.it",
        "ES" => "ebay.es",
        "NL" => "ebay.nl",
        "PL" => "ebay.pl",
        "AU" => "ebay.com.au",
        "CA" => "ebay.ca",
        _ => "ebay.com",
    }
}

fn chrono24_domain(country: &str) -> &'static str {
    match country {
        "DE" => "chrono24.de",
        "AT" => "chrono24.at",
        "CH" | "LI" => "chrono24.ch",
        "GB" => "chrono24.co.uk",
        "FR" => "chrono24.fr",
        "IT" => "chrono24.it",
        "ES" => "chrono24.es",
        "NL" => "chrono24.nl",
        "PL" => "chrono24.pl",
        _ => "chrono24.com",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markets_follow_the_country() {
        let addresses = |country| real(country).into_iter().map(|source| source.address);
        let german: Vec<_> = addresses("DE").collect();
        assert_eq!(german[..2], ["https://www.ebay.de", "https://www.chrono24.de"]);
        let japanese: Vec<_> = addresses("JP").collect();
        assert_eq!(japanese[0], "https://www.ebay.com");
        let on = |country| real(country).into_iter().filter(|source| source.enabled).count();
        assert_eq!(
            (on("DE"), on("US")),
            (4, 3),
            "eBay, Chrono24, files, and Kleinanzeigen in Germany"
        );
    }
}
