//! A date text -> numbers, words and marks. Words are folded: lower case, no accents, one apostrophe.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// More tokens are no date.
const MOST: usize = 48;

#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub kind: Kind,
    /// White space stands before it.
    pub spaced: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Number { value: u32, digits: u8 },
    Word(String),
    Mark(char),
}

/// The tokens of a text. `catalogue/dates/from_cldr.py` cuts words in the same way.
pub fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = fold(text).chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut spaced) = (0, false);
    while let Some(letter) = letters.get(at).copied().filter(|_| tokens.len() < MOST) {
        let rest = &letters[at..];
        let (kind, length) = if letter.is_whitespace() {
            (None, 1)
        } else if letter.is_ascii_digit() {
            number(day_of(rest, tokens.last()))
        } else if is_letter(letter) {
            word(rest)
        } else {
            (Some(Kind::Mark(letter)), 1)
        };
        at += length;
        match kind {
            Some(kind) => {
                tokens.push(Token { kind, spaced });
                spaced = false;
            }
            None => spaced = true,
        }
    }
    tokens
}

/// Lower case, without accents and invisible marks; every apostrophe and digit in its plainest form.
pub fn fold(text: &str) -> String {
    let plain: String = text.chars().map(plain).collect();
    let small = plain.nfkd().collect::<String>().to_lowercase();
    small.chars().filter(|letter| !is_dropped(*letter)).nfc().collect()
}

fn plain(letter: char) -> char {
    match letter {
        '’' | 'ʼ' | 'ʻ' | '‘' | '`' | '´' | '՚' | 'Ꞌ' | 'ꞌ' | '＇' | '‵' | '′' => {
            '\''
        }
        '−' | '–' | '—' => '-',
        _ => digit(letter).map_or(letter, |digit| char::from(b'0' + digit)),
    }
}

/// Accents of Latin, Greek and Cyrillic, and characters without a shape.
fn is_dropped(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
    )
}

/// The digits of other scripts, by where their noughts stand.
fn digit(letter: char) -> Option<u8> {
    const NOUGHTS: [u32; 22] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1c50, 0xff10,
    ];
    let code = u32::from(letter);
    let nought = NOUGHTS.iter().find(|nought| (**nought..**nought + 10).contains(&code))?;
    u8::try_from(code - nought).ok()
}

fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || is_combining_mark(letter)
}

/// `6月2911:30` has no space between the day and the clock.
fn day_of<'l>(rest: &'l [char], before: Option<&Token>) -> &'l [char] {
    let after_month = before.is_some_and(|token| token.kind == Kind::Word("月".to_owned()));
    let digits = rest.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let glued = after_month && (3..=4).contains(&digits) && rest.get(digits) == Some(&':');
    &rest[..if glued { digits - 2 } else { rest.len() }]
}

fn number(rest: &[char]) -> (Option<Kind>, usize) {
    let length = rest.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let text: String = rest.iter().take(length).collect();
    let digits = u8::try_from(length).unwrap_or(u8::MAX);
    match text.parse().ok().filter(|_| length <= 9) {
        Some(value) => (Some(Kind::Number { value, digits }), length),
        None => (Some(Kind::Mark('#')), length),
    }
}

/// Letters, and apostrophes, hyphens and dots between letters.
fn word(rest: &[char]) -> (Option<Kind>, usize) {
    let inside = |at: usize| rest.get(at).is_some_and(|letter| is_letter(*letter));
    let mut length = 0;
    while inside(length)
        || (matches!(rest.get(length), Some('\'' | '-' | '.'))
            && inside(length - 1)
            && inside(length + 1))
    {
        length += 1;
    }
    (Some(Kind::Word(rest.iter().take(length).collect())), length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| match token.kind {
                Kind::Number { value, .. } => value.to_string(),
                Kind::Word(word) => word,
                Kind::Mark(mark) => mark.to_string(),
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn texts_are_cut_and_folded() {
        check("Dün, 09:05", &["dun", ",", "9", ":", "5"]);
        check("8:25 a.m. Dec. 12", &["8", ":", "25", "a.m", ".", "dec", ".", "12"]);
        check("2016年3月20日", &["2016", "年", "3", "月", "20", "日"]);
        check("Aujourd’hui", &["aujourd'hui"]);
        check("१६ दिसम्बर", &["16", "दिसम्बर"]);
        check("99999999999 days", &["#", "days"]);
    }
}
