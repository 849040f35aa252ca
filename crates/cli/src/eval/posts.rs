//! Posts of r/Watchexchange: who offers, and the price that is asked, judged by what the authors wrote.
//!
//! The material has no labels, so only what a post says in so many words is a truth: its tag in brackets,
//! an amount that is the only one of a title, an amount behind `price:` or `asking`. And no price may be read
//! that the post does not name. Each row goes through the site's reader as Reddit's own JSON.

use std::path::Path;

use serde_json::{Value, json};
use url::Url;
use watches_core::{
    listing::{extracted::Extracted, price_text::read_price},
    time::Timestamp,
};
use watches_scrape::{
    page::Page,
    sites::{Reading, SiteKind, read},
};

use super::{Floor, Score, json_lines};

pub fn run(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let posts =
        json_lines(&folder.join("data/reddit_posts_with_body_102.jsonl"))?.unwrap_or_default();
    let rows = json_lines(&folder.join("data/titles_unlabelled.jsonl"))?.unwrap_or_default();
    let posts = posts.iter().filter_map(|row| row["title_and_body"].as_str());
    let of_reddit =
        |row: &&Value| row["source"].as_str().is_some_and(|source| source.starts_with("r/"));
    let titles = rows.iter().filter(of_reddit).filter_map(|row| row["title"].as_str());
    let mut scores = Scores::new();
    posts.for_each(|text| scores.count(text));
    titles.for_each(|text| scores.count(text));
    let all = [scores.offers, scores.asked, scores.named, ebay_prices(&rows)];
    Ok(all.into_iter().filter(|score| score.cases > 0).collect())
}

/// eBay's price texts, which the material gives with the amount they mean.
fn ebay_prices(rows: &[Value]) -> Score {
    let mut score = Score::new("posts.ebay_price_text", Some(Floor::Right(0.985)));
    for row in rows {
        let (Some(text), Some(amount)) = (row["price_text"].as_str(), row["price"].as_f64()) else {
            continue;
        };
        let read = read_price(text, None)
            .amount
            .and_then(|amount| amount.to_decimal().parse::<f64>().ok());
        score.count(text, json!(amount), json!(read));
    }
    score
}

struct Scores {
    /// A post with `[WTS]` or `[WTT]` is an offer; one with `[WTB]` or `[META]` is not.
    offers: Score,
    /// The price that a post asks in so many words.
    asked: Score,
    /// A price that is read stands in the post.
    named: Score,
}

impl Scores {
    fn new() -> Scores {
        Scores {
            offers: Score::new("posts.offers", Some(Floor::Right(1.0))),
            asked: Score::new("posts.asked", Some(Floor::Right(0.95))),
            named: Score::new("posts.named", Some(Floor::Right(1.0))),
        }
    }

    fn count(&mut self, text: &str) {
        let case: String = text.chars().take(80).collect();
        let listing = listing(text);
        if let Some(offer) = tagged(text) {
            self.offers.count(&case, json!(offer), json!(listing.is_some()));
        }
        let Some(listing) = listing else { return };
        let whole = listing.price.map(|price| price.minor / 100);
        if let Some(asked) = only_amount(text).or_else(|| labelled_amount(text)) {
            self.asked.count(&case, json!(asked), json!(whole));
        }
        if let Some(whole) = whole {
            let named = amounts(text).iter().any(|(_, amount)| *amount == whole);
            self.named.count(
                &case,
                json!("named in the post"),
                json!(if named { "named in the post".to_owned() } else { whole.to_string() }),
            );
        }
    }
}

/// What the reader makes of a post; its first line is its title.
fn listing(text: &str) -> Option<Extracted> {
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let post = json!({
        "id": "a1", "title": title, "selftext": body, "author": "a", "created_utc": 1,
        "permalink": "/r/Watchexchange/comments/a1/a/",
    });
    let page =
        json!({ "kind": "Listing", "data": { "children": [{ "kind": "t3", "data": post }] } });
    let url = Url::parse("https://www.reddit.com/r/Watchexchange/new.json").ok();
    match read(Some(SiteKind::Reddit), &Page::saved(page.to_string(), url, Timestamp(0))) {
        Reading::Listings(found) => found.listings.into_iter().next(),
        Reading::Blocked(_) | Reading::Nothing => None,
    }
}

/// What the first bracket says.
fn tagged(text: &str) -> Option<bool> {
    let (tag, _) = text.trim_start().strip_prefix('[')?.split_once(']')?;
    let tag = tag.to_uppercase();
    if tag.contains("WTS") || tag.contains("WTT") {
        return Some(true);
    }
    (tag.contains("WTB") || tag.contains("META")).then_some(false)
}

/// Amounts right after a dollar sign and not struck through, each with where its sign stands; `k` is thousands.
fn amounts(text: &str) -> Vec<(usize, i64)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(|letter: char| letter.is_ascii_digit()) {
        if text[..at]
            .ends_with(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ','))
        {
            continue;
        }
        let rest = &text[at..];
        let length =
            rest.find(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.');
        let (number, after) = rest.split_at(length.unwrap_or(rest.len()));
        let number = number.trim_end_matches(['.', ',']);
        // `150,00` has cents behind its comma, `1,500` a thousand before it.
        let plain = match number.rsplit_once(',') {
            Some((whole, cents)) if cents.len() == 2 => {
                format!("{}.{cents}", whole.replace(['.', ','], ""))
            }
            Some(_) | None => number.replace(',', ""),
        };
        let thousands = if after.starts_with(['k', 'K']) { 1_000.0 } else { 1.0 };
        if let Ok(amount) = plain.parse::<f64>() {
            #[expect(clippy::cast_possible_truncation, reason = "prices of watches are small")]
            found.push((at, (amount * thousands) as i64));
        }
    }
    found
}

fn dollars(text: &str) -> Vec<(usize, i64)> {
    let mut found = amounts(text);
    found.retain(|(at, _)| text[..*at].ends_with('$'));
    found
}

/// The amount of a title that names one and no other.
fn only_amount(text: &str) -> Option<i64> {
    let title = text.split('\n').next()?;
    let short = text.len() < 300 && !title.contains(['~', '€', '£', '%']);
    match dollars(title).as_slice() {
        [(_, amount)] if short => Some(*amount),
        _ => None,
    }
}

/// The one amount right behind `price` or `asking`, after what is struck through.
fn labelled_amount(text: &str) -> Option<i64> {
    let small = text.to_lowercase();
    let labels = [
        "price: $",
        "price:** $",
        "price - $",
        "price | $",
        "price is $",
        "asking $",
        "price:** **$",
        "price: **$",
        "asking for $",
    ];
    let found = labels.iter().filter_map(|label| small.find(label).map(|at| at + label.len()));
    let at: Vec<usize> = found.collect();
    let [only] = at.as_slice() else { return None };
    let all = dollars(&small);
    all.iter()
        .find(|(place, _)| place == only)
        .map(|(_, amount)| *amount)
        .filter(|_| !small.contains("~~"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truths_are_what_a_post_says_in_so_many_words() {
        assert_eq!(tagged("[WTS/WTT] Seiko"), Some(true));
        assert_eq!(tagged("[META] Rules"), Some(false));
        assert_eq!(tagged("Seiko [WTS]"), None);
        assert_eq!(only_amount("[WTS] Seiko - $1,250 shipped"), Some(1_250));
        assert_eq!(only_amount("[WTS] Two for $50 or $90"), None);
        assert_eq!(labelled_amount("[WTS] Seiko\nGood. Price: $120 shipped"), Some(120));
    }
}
