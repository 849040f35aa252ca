//! Phrases of the catalogue and where they stand in a title: one hash look-up per word.
//!
//! Filled once by the catalogue; asked by `read`. A phrase is one to a few folded words; of
//! phrases of one kind that overlap, the longest wins, so "like new" is never also "new".

use rustc_hash::FxHashMap;

use super::token::Tokens;

/// All phrases of one kind `T`, by their first word.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: FxHashMap<Box<str>, Vec<Entry<T>>>,
}

#[derive(Debug)]
struct Entry<T> {
    rest: Box<[Box<str>]>,
    meaning: T,
}

/// A phrase found in a title, as the words `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit<T> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) meaning: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { by_first: FxHashMap::default() }
    }
}

impl<T: Copy> Phrases<T> {
    /// A phrase without any letter or digit is left out: it could never be found.
    pub(crate) fn add(&mut self, phrase: &str, meaning: T) {
        let tokens = Tokens::of(phrase);
        let mut words = (0..tokens.list().len()).map(|at| Box::from(tokens.word(at)));
        if let Some(first) = words.next() {
            self.by_first.entry(first).or_default().push(Entry { rest: words.collect(), meaning });
        }
    }

    /// The longest phrases starting at a word; several when one phrase has several meanings.
    pub(crate) fn at(&self, tokens: &Tokens, start: usize, mut found: impl FnMut(Hit<T>)) -> usize {
        let Some(entries) = self.by_first.get(tokens.word(start)) else { return start };
        let fits = |entry: &&Entry<T>| {
            entry.rest.iter().enumerate().all(|(n, word)| tokens.word(start + 1 + n) == &**word)
        };
        let Some(longest) = entries.iter().filter(fits).map(|entry| entry.rest.len()).max() else {
            return start;
        };
        let end = start + 1 + longest;
        for entry in entries.iter().filter(fits).filter(|entry| entry.rest.len() == longest) {
            found(Hit { start, end, meaning: entry.meaning });
        }
        end
    }

    /// Every phrase of the text, left to right, not overlapping.
    pub(crate) fn find(&self, tokens: &Tokens) -> Vec<Hit<T>> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < tokens.list().len() {
            at = self.at(tokens, at, |hit| hits.push(hit)).max(at + 1);
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_twins_are_both_told() {
        let mut phrases = Phrases::default();
        phrases.add("new", 1);
        phrases.add("like new", 2);
        phrases.add("pepsi", 3);
        phrases.add("pepsi", 4);
        let hits = phrases.find(&Tokens::of("Like-new Pepsi, new strap"));
        let told: Vec<(usize, i32)> = hits.iter().map(|hit| (hit.start, hit.meaning)).collect();
        assert_eq!(told, [(0, 2), (2, 3), (2, 4), (3, 1)]);
    }
}
