//! The command palette: words in, what they reach out, best first.

use crate::router::Route;

/// One line of the palette.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub label: String,
    /// Muted beside it: what kind of thing it is.
    pub detail: String,
    pub icon: &'static str,
    pub target: Target,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    Go(Route),
    /// Shows the listings that answer these words.
    Find(String),
    PollNow,
    PauseHour,
    Resume,
    NewWatchlist,
    ReadPage,
    Undo,
    Keys,
    Theme,
}

/// At most this many lines are shown.
const SHOWN: usize = 12;

/// The entries that hold every word, those that begin with one first; the order given breaks ties.
pub fn find(entries: &[Entry], query: &str) -> Vec<Entry> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(u32, &Entry)> = entries
        .iter()
        .filter_map(|entry| {
            let text = format!("{} {}", entry.label, entry.detail).to_lowercase();
            let ranks = words.iter().map(|word| rank(&text, word));
            ranks.sum::<Option<u32>>().map(|rank| (rank, entry))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(SHOWN).map(|(_, entry)| entry.clone()).collect()
}

/// 0 at the beginning, 1 at the beginning of a word, 2 inside one.
fn rank(text: &str, word: &str) -> Option<u32> {
    let place = text.find(word)?;
    let inside = text
        .get(..place)
        .and_then(|before| before.chars().last())
        .is_some_and(char::is_alphanumeric);
    Some(match (place, inside) {
        (0, _) => 0,
        (_, false) => 1,
        (_, true) => 2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(label: &str) -> Entry {
        Entry {
            label: label.to_owned(),
            detail: "page".to_owned(),
            icon: "list",
            target: Target::Keys,
        }
    }

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let entries = [entry("Listings"), entry("Watchlist"), entry("Inbox"), entry("Rolex GMT")];
        let found = find(&entries, query);
        assert_eq!(
            found.iter().map(|hit| hit.label.as_str()).collect::<Vec<_>>(),
            expected,
            "{query}"
        );
    }

    #[test]
    fn beginnings_come_first() {
        check("list", &["Listings", "Watchlist"]);
        check("gmt rol", &["Rolex GMT"]);
        check("nothing", &[]);
        check("", &["Listings", "Watchlist", "Inbox", "Rolex GMT"]);
    }
}
