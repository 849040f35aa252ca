//! A rule's text cut into words, quoted texts kept whole. Only `rule.rs` calls it.

/// One word, or a quoted text without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub quoted: bool,
}

impl Word {
    pub fn is(&self, text: &str) -> bool {
        !self.quoted && self.text == text
    }
}

/// `None` when a quote is left open.
pub fn split(text: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut word = Word { text: String::new(), quoted: letter == '"' };
        if word.quoted {
            loop {
                match letters.next()? {
                    '"' => break,
                    '\\' => word.text.push(letters.next()?),
                    other => word.text.push(other),
                }
            }
        } else {
            word.text.push(letter);
            let kind = kind(letter);
            // `high(30d)` is one word, a bracket of its own is not.
            let mut depth = 0;
            while let Some(next) = letters.peek().copied() {
                depth += i32::from(next == '(' && kind == Kind::Letter) - i32::from(next == ')');
                let inside = kind == Kind::Letter && (next == '(' || (next == ')' && depth >= 0));
                if kind == Kind::Single || (self::kind(next) != kind && !inside) {
                    break;
                }
                word.text.push(next);
                letters.next();
            }
        }
        words.push(word);
    }
    Some(words)
}

#[derive(PartialEq, Eq)]
enum Kind {
    Letter,
    Sign,
    Single,
    Space,
}

fn kind(letter: char) -> Kind {
    match letter {
        '<' | '>' | '=' | '!' | '≤' | '≥' | '≠' => Kind::Sign,
        '(' | ')' | ',' | '"' => Kind::Single,
        _ if letter.is_whitespace() => Kind::Space,
        _ => Kind::Letter,
    }
}

/// The words with one space between.
pub fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// In quotes, with quotes and backslashes inside escaped.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let split = split(text).expect("closed quotes");
        assert_eq!(
            split.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(),
            words,
            "{text}"
        );
    }

    #[test]
    fn words_signs_and_quotes_are_told_apart() {
        check("landed<=8500 EUR", &["landed", "<=", "8500", "EUR"]);
        check("title has \"a b\"", &["title", "has", "a b"]);
        check("toast, email", &["toast", ",", "email"]);
        check("vs high(30d)", &["vs", "high(30d)"]);
        check("not (year > 2)", &["not", "(", "year", ">", "2", ")"]);
        assert_eq!(split("\"open"), None);
    }
}
