//! A title -> its words, folded to plain lower case, with what stood between them.
//!
//! One pass, two allocations. Called by every reader of titles (`read::Read`) and by the catalogue's
//! loader, so a phrase in a data file is cut up exactly as the title it is looked for in. Accents
//! are dropped, full-width letters narrowed; each Chinese character is a word of its own and a run
//! of Japanese kana is one word, because those scripts put no spaces.

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glue {
    /// Nothing before: the text's first word.
    Start,
    /// The script or kind of character changed, with nothing between.
    Joined,
    Space,
    Dot,
    Dash,
    Slash,
    /// Any other punctuation, or several characters.
    Other,
}

impl Glue {
    /// Whether both sides may belong to one reference number.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Glue::Dot | Glue::Dash | Glue::Slash)
    }
}

/// One word; `start..end` lies in `Tokens::folded`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    start: u32,
    end: u32,
    pub(crate) glue: Glue,
    /// The last mark before the word, spaces skipped, and whether it touches the word; 0 for none.
    pub(crate) before: u8,
    pub(crate) tight: bool,
    /// The mark right after the word; 0 for none or a space.
    pub(crate) after: u8,
    pub(crate) digits: u8,
    pub(crate) letters: u8,
    /// Every letter was a capital in the source.
    pub(crate) capital: bool,
}

impl Token {
    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub(crate) fn is_number(self) -> bool {
        self.digits > 0 && self.letters == 0
    }

    pub(crate) fn is_word(self) -> bool {
        self.digits == 0
    }
}

/// The words of one text.
#[derive(Debug)]
pub(crate) struct Tokens {
    folded: String,
    list: Vec<Token>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Alnum,
    Kana,
    Han,
    Gap,
}

/// Longest text that is read; the rest of a longer one says nothing new.
const LONGEST: usize = 16 * 1024;

impl Tokens {
    pub(crate) fn of(text: &str) -> Tokens {
        let mut cutter = Cutter::with_capacity(text.len().min(LONGEST));
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if at >= LONGEST {
                break;
            }
            let next = chars.peek().map(|(_, next)| *next);
            // "men's" and "1990's" are one word; "'78" keeps its mark.
            if is_apostrophe(c) && cutter.in_word() && next.is_some_and(char::is_alphabetic) {
                continue;
            }
            cutter.push(c);
        }
        cutter.finish()
    }

    pub(crate) fn list(&self) -> &[Token] {
        &self.list
    }

    pub(crate) fn get(&self, at: usize) -> Option<Token> {
        self.list.get(at).copied()
    }

    /// The folded word at an index; empty past the end.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| self.text(*token))
    }

    pub(crate) fn text(&self, token: Token) -> &str {
        self.folded.get(token.start as usize..token.end as usize).unwrap_or("")
    }
}

struct Cutter {
    folded: String,
    list: Vec<Token>,
    open: Option<Token>,
    class: Class,
    /// What was seen since the last word ended.
    gap: Glue,
    gap_last: u8,
    gap_tight: bool,
}

impl Cutter {
    fn with_capacity(bytes: usize) -> Cutter {
        Cutter {
            folded: String::with_capacity(bytes),
            list: Vec::with_capacity(bytes / 5 + 1),
            open: None,
            class: Class::Gap,
            gap: Glue::Start,
            gap_last: 0,
            gap_tight: false,
        }
    }

    fn in_word(&self) -> bool {
        self.open.is_some() && self.class == Class::Alnum
    }

    fn push(&mut self, c: char) {
        if c.is_ascii() {
            self.push_folded(c, c.is_ascii_uppercase());
            return;
        }
        match fold(c) {
            Folded::Char(folded) => self.push_folded(folded, c.is_uppercase()),
            Folded::Pair(first, second) => {
                self.push_folded(first, c.is_uppercase());
                self.push_folded(second, c.is_uppercase());
            }
            Folded::Nothing => {}
        }
    }

    fn push_folded(&mut self, c: char, capital: bool) {
        let class = class_of(c);
        if class == Class::Gap {
            self.gap(c);
            return;
        }
        if self.open.is_some() && (class != self.class || class == Class::Han) {
            self.close(0);
            self.gap = Glue::Joined;
        }
        self.class = class;
        let start = self.folded.len();
        let mut token = self.open.take().unwrap_or(Token {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: 0,
            glue: self.gap,
            before: self.gap_last,
            tight: self.gap_tight,
            after: 0,
            digits: 0,
            letters: 0,
            capital: true,
        });
        self.folded.push(c.to_ascii_lowercase());
        token.end = u32::try_from(self.folded.len()).unwrap_or(u32::MAX);
        if c.is_ascii_digit() {
            token.digits = token.digits.saturating_add(1);
        } else {
            token.letters = token.letters.saturating_add(1);
            token.capital &= capital;
        }
        self.open = Some(token);
    }

    fn gap(&mut self, c: char) {
        let mark = if c.is_whitespace() { 0 } else { u8::try_from(c).unwrap_or(b'?') };
        self.close(mark);
        self.gap = match (self.gap, c) {
            (Glue::Start, _) => Glue::Start,
            (Glue::Joined, '.') => Glue::Dot,
            (Glue::Joined, '-') => Glue::Dash,
            (Glue::Joined, '/') => Glue::Slash,
            (Glue::Joined | Glue::Space, space) if space.is_whitespace() => Glue::Space,
            (
                Glue::Joined | Glue::Space | Glue::Dot | Glue::Dash | Glue::Slash | Glue::Other,
                _,
            ) => Glue::Other,
        };
        self.gap_tight = mark != 0;
        if mark != 0 {
            self.gap_last = mark;
        }
    }

    fn close(&mut self, after: u8) {
        if let Some(mut token) = self.open.take() {
            token.after = after;
            self.list.push(token);
            self.gap = Glue::Joined;
            self.gap_last = 0;
            self.gap_tight = false;
        }
    }

    fn finish(mut self) -> Tokens {
        self.close(0);
        Tokens { folded: self.folded, list: self.list }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´')
}

fn class_of(c: char) -> Class {
    match c {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => Class::Alnum,
        _ if c.is_ascii() => Class::Gap,
        '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30ff}' => Class::Kana,
        '\u{3400}'..='\u{9fff}' => Class::Han,
        _ if c.is_alphabetic() => Class::Alnum,
        _ => Class::Gap,
    }
}

enum Folded {
    Char(char),
    Pair(char, char),
    Nothing,
}

/// Letters with marks to their plain letter, typographic signs to ASCII, selectors to nothing.
fn fold(c: char) -> Folded {
    let plain = match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'ă' | 'ą' | 'Ą' => 'a',
        'æ' | 'Æ' => return Folded::Pair('a', 'e'),
        'ç' | 'Ç' | 'ć' | 'č' | 'Č' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' | 'ı' | 'İ' => 'i',
        'ł' | 'Ł' => 'l',
        'ñ' | 'Ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' | 'ő' | 'Ω' | 'ω' | '\u{2126}' => 'o',
        'œ' | 'Œ' => return Folded::Pair('o', 'e'),
        'ř' | 'Ř' => 'r',
        'ß' => return Folded::Pair('s', 's'),
        'ś' | 'š' | 'Š' | 'ş' | 'Ş' => 's',
        'ù'..='ü' | 'Ù'..='Ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'Ž' => 'z',
        '×' => 'x',
        '€' | '£' | '¥' | '￥' | '₩' => '$',
        '‘' | '’' | '´' | '′' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '‐'..='―' | '−' | '－' => '-',
        '・' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(' ').to_ascii_lowercase()
        }
        '\u{fe0f}' | '\u{20e3}' | '\u{200b}'..='\u{200f}' | '\u{ad}' => return Folded::Nothing,
        other => return Folded::Char(other.to_lowercase().next().unwrap_or(other)),
    };
    Folded::Char(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let tokens = Tokens::of(text);
        let found: Vec<&str> = (0..tokens.list().len()).map(|at| tokens.word(at)).collect();
        assert_eq!(found, words, "{text}");
    }

    #[test]
    fn words_are_folded_and_cut() {
        check("Rolex Submariner", &["rolex", "submariner"]);
        check("A. Lange & Söhne", &["a", "lange", "sohne"]);
        check("Men's 1990's", &["mens", "1990s"]);
        check("ロレックス126300箱付", &["ロレックス", "126300", "箱", "付"]);
        check("ＲＯＬＥＸ　Ⅱ", &["rolex", "ⅱ"]);
        check("Große Ωmega", &["grosse", "omega"]);
        check("", &[]);
    }

    #[test]
    fn glue_tells_a_reference_from_a_list() {
        let tokens = Tokens::of("5711/1A-010, 126610 LN – 310.30");
        let glue: Vec<Glue> = tokens.list().iter().map(|token| token.glue).collect();
        assert_eq!(
            glue,
            [
                Glue::Start,
                Glue::Slash,
                Glue::Dash,
                Glue::Other,
                Glue::Space,
                Glue::Other,
                Glue::Dot
            ]
        );
    }

    #[test]
    fn the_marks_beside_a_word_are_kept() {
        let tokens = Tokens::of("'78 for $250 (2024)");
        let marks: Vec<(u8, u8)> = tokens.list().iter().map(|t| (t.before, t.after)).collect();
        assert_eq!(marks, [(b'\'', 0), (0, 0), (b'$', 0), (b'(', b')')]);
    }
}
