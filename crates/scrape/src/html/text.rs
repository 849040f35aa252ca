//! Visible text: entities decoded, white space folded, invisible characters dropped.

use super::entities::decode;

/// Text put together piece by piece, folded as it grows.
#[derive(Debug, Default)]
pub struct Folded {
    out: String,
    /// White space was seen after the last letter; written only before another one.
    gap: bool,
}

impl Folded {
    pub fn new() -> Folded {
        Folded::default()
    }

    /// Adds a raw piece of the page.
    pub fn push_raw(&mut self, raw: &str) {
        if is_plain(raw) {
            self.push_run(raw);
        } else {
            self.push(&decode(raw));
        }
    }

    /// Text that folding does not change inside.
    fn push_run(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.gap && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.gap = false;
        self.out.push_str(text);
    }

    /// Adds decoded text.
    pub fn push(&mut self, text: &str) {
        self.out.reserve(text.len());
        let mut from = 0;
        for (at, letter) in text.char_indices() {
            let space = letter.is_whitespace();
            if space || is_invisible(letter) {
                self.push_run(&text[from..at]);
                self.gap |= space;
                from = at + letter.len_utf8();
            }
        }
        self.push_run(&text[from..]);
    }

    /// A border that separates words: the edge of a block, a line break.
    pub fn gap(&mut self) {
        self.gap = true;
    }

    /// Would digits that come now go on with a number?
    pub fn ends_in_digit(&self) -> bool {
        self.out.ends_with(|letter: char| letter.is_ascii_digit())
    }

    pub fn finish(self) -> String {
        self.out
    }
}

/// Decodes and folds one text.
pub fn fold(raw: &str) -> String {
    let mut folded = Folded::new();
    folded.push_raw(raw);
    folded.finish()
}

/// Folds a text that holds no entities, such as a JSON string.
pub fn fold_decoded(text: &str) -> String {
    let mut folded = Folded::new();
    folded.push(text);
    folded.finish()
}

/// Printable ASCII without references, single spaces inside only: most titles and prices.
fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let edges = bytes
        .first()
        .zip(bytes.last())
        .is_some_and(|(first, last)| *first != b' ' && *last != b' ');
    let mut before = b'x';
    edges
        && bytes.iter().all(|byte| {
            let double = *byte == b' ' && before == b' ';
            before = *byte;
            (b' '..=b'~').contains(byte) && *byte != b'&' && !double
        })
}

/// Zero-width and formatting characters: sellers' sites hide letters among them.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}'
    )
}

/// A text or nothing: empty is unknown.
pub fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_and_the_invisible_dropped() {
        assert_eq!(fold("  Rolex\n\t Sub&nbsp;mariner\u{200b}s\u{2063}  "), "Rolex Sub mariners");
        assert_eq!(fold("&nbsp;"), "");
        assert_eq!(fold("é\u{200b} \u{200b}ü"), "é ü");
    }
}
