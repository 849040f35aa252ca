//! What can be wrong with a rule's text, and where.

use crate::alert::fields::{Field, nearest};

/// A refused rule: the byte where the mistake is, what it is, and that in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    pub at: usize,
    pub mistake: Mistake,
    pub message: String,
}

impl RuleError {
    pub fn new(at: usize, mistake: Mistake) -> RuleError {
        let message = mistake.to_string();
        RuleError { at, mistake, message }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    #[error("a rule has at most {most} characters")]
    TooLong { most: usize },
    #[error("parentheses and `not` are nested more than {most} deep")]
    TooDeep { most: usize },
    #[error("`{0}` has no meaning in a rule")]
    StrayCharacter(char),
    #[error("`{0}` may be several currencies; write the code after the amount, as in 8500 USD")]
    AmbiguousSymbol(char),
    #[error("the text that begins here has no closing quote")]
    OpenText,
    #[error("expected {wanted}, found {found}")]
    Expected { wanted: String, found: String },
    #[error("there is no field `{word}`{}", hint(*.suggestion))]
    UnknownField { word: String, suggestion: Option<&'static str> },
    #[error("`{word}` is not {what}{}", hint(*.suggestion))]
    UnknownWord { word: String, what: &'static str, suggestion: Option<&'static str> },
    #[error("`{}` cannot be compared with `{operator}`; use {allowed}", .field.word())]
    WrongOperator { field: Field, operator: String, allowed: &'static str },
    #[error("an amount needs a currency, as in {amount} EUR")]
    NoCurrency { amount: String },
    #[error("`{0}` is not a currency we know; use a code such as EUR")]
    UnknownCurrency(String),
    #[error("write the amount without thousands separators, as in {0}")]
    ThousandsSeparator(String),
    #[error("`{0}` is not an amount of that currency; it has too many digits")]
    BadAmount(String),
    #[error(
        "a move needs what it is measured from: vs first_seen, last_alert, high(90d) or median(90d)"
    )]
    NoBase,
    #[error("{0}")]
    OutOfRange(&'static str),
    #[error("`{0}` is named twice")]
    Twice(&'static str),
    #[error("the text to look for is empty")]
    EmptyText,
    #[error("a pattern has at most {most} characters, this one has {has}")]
    PatternTooLong { most: usize, has: usize },
    #[error("patterns have no look-around and no back-references: they could take for ever")]
    PatternNotLinear,
    #[error("the pattern would take too much memory")]
    PatternTooBig,
    #[error("the pattern cannot be read: {0}")]
    BadPattern(String),
}

fn hint(suggestion: Option<&str>) -> String {
    suggestion.map(|word| format!("; did you mean `{word}`?")).unwrap_or_default()
}

impl Mistake {
    pub fn unknown_field(word: &str) -> Mistake {
        Mistake::UnknownField { word: short(word), suggestion: Field::suggestion(word) }
    }

    pub fn unknown_word(word: &str, what: &'static str, known: &[&'static str]) -> Mistake {
        let suggestion = nearest(&word.to_lowercase(), known.iter().copied());
        Mistake::UnknownWord { word: short(word), what, suggestion }
    }
}

/// Keeps a message to a line, whatever was typed.
pub fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}
