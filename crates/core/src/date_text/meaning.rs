//! Tokens -> readings: for each language that knows every word, what the words mean in it.

use super::{
    clock,
    piece::Piece,
    token::{Kind, Token},
    vocabulary::{EVERY, LONGEST_PHRASE, LanguageId, Meaning, Order, Vocabulary},
};

/// Words with several meanings multiply; more ways than these are not tried.
const MOST_CHOICES: usize = 64;

/// A text in one language: for each place the pieces it may be.
#[derive(Debug)]
pub struct Reading {
    places: Vec<Vec<Piece>>,
    pub order: Option<Order>,
}

impl Reading {
    /// Every way to take the words, clocks put together.
    pub fn choices(&self) -> impl Iterator<Item = Vec<Piece>> + '_ {
        let all: usize = self.places.iter().map(Vec::len).fold(1, usize::saturating_mul);
        (0..all.min(MOST_CHOICES)).map(|mut number| {
            let pieces = self.places.iter().map(|place| {
                let piece = place[number % place.len()];
                number /= place.len();
                piece
            });
            clock::put_together(pieces.collect())
        })
    }
}

/// The readings in every language that knows all the words, common languages first.
pub fn readings(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<Reading> {
    let Some(first) = tokens.iter().position(|token| matches!(token.kind, Kind::Word(_))) else {
        return reading(tokens, EVERY, vocabulary).into_iter().collect();
    };
    let mut languages: Vec<LanguageId> = phrases(tokens, first)
        .flat_map(|(phrase, _)| vocabulary.find(&phrase).iter().map(|(_, language, _)| *language))
        .collect();
    if languages.contains(&EVERY) || languages.is_empty() {
        // The first word says nothing of the language; the next ones may.
        languages.extend(later_languages(tokens, first, vocabulary));
    }
    if languages.is_empty()
        && let Some((word, _)) = phrases(tokens, first).last()
    {
        languages.extend(vocabulary.languages_with_month(&word));
    }
    languages.sort_unstable();
    languages.dedup();
    languages.into_iter().filter_map(|language| reading(tokens, language, vocabulary)).collect()
}

fn later_languages(tokens: &[Token], first: usize, vocabulary: &Vocabulary) -> Vec<LanguageId> {
    let later = (first + 1..tokens.len()).flat_map(|at| phrases(tokens, at));
    later
        .flat_map(|(phrase, _)| vocabulary.find(&phrase).iter().map(|(_, language, _)| *language))
        .collect()
}

/// The phrases that begin at a token, the longest first, with how many tokens each takes.
fn phrases(tokens: &[Token], at: usize) -> impl Iterator<Item = (String, usize)> {
    let mut phrases = Vec::new();
    let mut phrase = String::new();
    for (count, token) in
        tokens.get(at..).unwrap_or_default().iter().take(2 * LONGEST_PHRASE).enumerate()
    {
        match &token.kind {
            Kind::Word(word) => {
                if !phrase.is_empty() {
                    phrase.push(' ');
                }
                phrase.push_str(word);
                phrases.push((phrase.clone(), count + 1));
            }
            // A dot belongs to the abbreviation before it.
            Kind::Mark('.') if !phrase.is_empty() => {}
            Kind::Mark(_) | Kind::Number { .. } => break,
        }
    }
    phrases.into_iter().rev()
}

fn reading(tokens: &[Token], language: LanguageId, vocabulary: &Vocabulary) -> Option<Reading> {
    let mut places = Vec::new();
    let mut at = 0;
    let mut counted = false;
    while let Some(token) = tokens.get(at) {
        let spaced = token.spaced;
        match token.kind {
            Kind::Number { value, digits } => {
                places.push(vec![Piece::Number { value, digits, spaced }])
            }
            Kind::Mark(mark) => places.push(vec![Piece::Mark { mark, spaced }]),
            Kind::Word(_) => {
                let (meanings, taken) = meanings(&tokens[at..], language, counted, vocabulary)?;
                places.push(meanings.into_iter().map(Piece::Word).collect());
                at += taken - 1;
            }
        }
        counted = matches!(token.kind, Kind::Number { .. });
        at += 1;
    }
    Some(Reading { places, order: vocabulary.order(language) })
}

/// What the longest known phrase means here; the beginning of a month's name is that month. After a number
/// `months ago` is a unit and a sign, though both together may also mean last month.
fn meanings(
    tokens: &[Token],
    language: LanguageId,
    counted: bool,
    vocabulary: &Vocabulary,
) -> Option<(Vec<Meaning>, usize)> {
    for (phrase, taken) in phrases(tokens, 0) {
        let known =
            vocabulary.find(&phrase).iter().filter(|(_, of, _)| *of == language || *of == EVERY);
        let mut meanings: Vec<Meaning> = known.map(|(_, _, meaning)| *meaning).collect();
        if counted && taken > 1 {
            meanings.retain(|meaning| !matches!(meaning, Meaning::Relative(..)));
        }
        if !meanings.is_empty() {
            return Some((meanings, taken));
        }
    }
    let (word, taken) = phrases(tokens, 0).last()?;
    vocabulary.month_beginning(&word, language).map(|month| (vec![month], taken))
}
