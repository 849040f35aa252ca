//! What was typed -> what the word index is asked.
//!
//! Every typed word must begin a word of the listing. Beginnings of up to [`INDEXED`] bytes have an index
//! of their own; a longer one is looked up in `long_words` and asked as the whole words it begins,
//! because FTS5 would merge all their entries before giving the first.

use sqlx::Row;

use crate::{Read, StoreError, words};

/// The longest beginning, in bytes, that the word index keeps ready. FTS5 counts characters; a word of
/// this many bytes has no more characters than that, so it is always ready.
pub(super) const INDEXED: usize = 8;

/// Typed words asked at most; more only make the search narrower.
const MOST_WORDS: usize = 12;

/// Whole words that one typed beginning is asked as at most.
const MOST_EXPANSIONS: usize = 16;

/// A question to the word index, or the certainty that nothing can answer it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Nothing was typed.
    All,
    Nothing,
    Words {
        /// FTS5's match expression.
        expression: String,
        /// The typed words, folded: a row answers when ` {word}` is in its words for each.
        beginnings: Vec<String>,
    },
}

pub(super) async fn question(read: &mut Read, typed: &str) -> Result<Question, StoreError> {
    let mut beginnings = words::fold(typed);
    beginnings.sort();
    beginnings.dedup();
    // A beginning of another typed word adds nothing.
    let alone: Vec<String> = beginnings
        .iter()
        .enumerate()
        .filter(|(index, word)| {
            !beginnings.get(index + 1).is_some_and(|next| next.starts_with(word.as_str()))
        })
        .map(|(_, word)| word.clone())
        .take(MOST_WORDS)
        .collect();
    if alone.is_empty() {
        return Ok(match typed.trim().is_empty() {
            true => Question::All,
            false => Question::Nothing,
        });
    }
    let mut terms = Vec::with_capacity(alone.len());
    for beginning in &alone {
        match term(read, beginning).await? {
            Some(term) => terms.push(term),
            None => return Ok(Question::Nothing),
        }
    }
    Ok(Question::Words { expression: terms.join(" AND "), beginnings: alone })
}

/// One beginning as FTS5 text; `None` when no word begins so. Folded words hold no quotes.
async fn term(read: &mut Read, beginning: &str) -> Result<Option<String>, StoreError> {
    if beginning.len() <= INDEXED {
        return Ok(Some(format!("\"{beginning}\" *")));
    }
    let whole = long_words(read, beginning).await?;
    Ok(match whole.len() {
        0 => None,
        many if many > MOST_EXPANSIONS => Some(format!("\"{beginning}\" *")),
        _ => {
            let quoted: Vec<String> = whole.iter().map(|word| format!("\"{word}\"")).collect();
            Some(format!("({})", quoted.join(" OR ")))
        }
    })
}

const LONG_WORDS: &str =
    "select word from long_words where word >= ?1 and word < ?1 || char(1114111) limit ?2";

async fn long_words(read: &mut Read, beginning: &str) -> Result<Vec<String>, StoreError> {
    let limit = i64::try_from(MOST_EXPANSIONS + 1).unwrap_or(i64::MAX);
    let query = sqlx::query(LONG_WORDS).bind(beginning.to_owned()).bind(limit);
    let rows = query.fetch_all(read.connection()).await?;
    rows.iter().map(|row| Ok(row.try_get_unchecked(0)?)).collect()
}
