//! JSON as pages hold it: read leniently, borrowed from the page, bounded in depth. Linear.
//!
//! Forgiven: trailing commas, comments, raw line breaks in strings, a missing end, stray text around.
//! Not forgiven: anything where the meaning would be a guess; reading stops there and keeps what is whole.

use std::borrow::Cow;

use memchr::{memchr2, memmem};

/// Deeper values are read as null.
const MAX_DEPTH: usize = 96;

/// Values of one text; what follows is not read. A results page's state has some ten thousand.
const MOST_VALUES: usize = 200_000;

/// Room for so many members from the start: most objects of a product have fewer.
const USUAL_MEMBERS: usize = 8;

/// A value; text borrows from the page unless it has escapes.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    Null,
    Bool(bool),
    /// As written: prices must not pass through a float.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Members<'a>),
}

/// An object's names and values in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Members<'a> {
    list: Vec<(Cow<'a, str>, Json<'a>)>,
    /// The letters that names begin with: readers ask for many members that an object does not have.
    initials: u32,
}

impl<'a> Members<'a> {
    fn with_capacity(count: usize) -> Members<'a> {
        Members { list: Vec::with_capacity(count), initials: 0 }
    }

    fn push(&mut self, name: Cow<'a, str>, value: Json<'a>) {
        self.initials |= initial(&name);
        self.list.push((name, value));
    }
}

impl<'a> FromIterator<(Cow<'a, str>, Json<'a>)> for Members<'a> {
    fn from_iter<I: IntoIterator<Item = (Cow<'a, str>, Json<'a>)>>(members: I) -> Members<'a> {
        let list: Vec<_> = members.into_iter().collect();
        let initials = list.iter().fold(0, |known, (name, _)| known | initial(name));
        Members { list, initials }
    }
}

/// A bit for a name's first byte; large and small letters share one.
fn initial(name: &str) -> u32 {
    name.as_bytes().first().map_or(0, |first| 1 << (first & 31))
}

impl<'a> Json<'a> {
    /// An object of these members.
    pub fn object(members: Vec<(Cow<'a, str>, Json<'a>)>) -> Json<'a> {
        Json::Object(members.into_iter().collect())
    }

    /// A member of an object by name; a capital first letter does not matter (`Offers`).
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        let Json::Object(members) = self else { return None };
        if members.initials & initial(name) == 0 {
            return None;
        }
        let (first, rest) = name.as_bytes().split_first()?;
        let is_named = |found: &[u8]| match found.split_first() {
            Some((letter, behind)) if behind.len() == rest.len() => {
                (letter == first && behind == rest)
                    || (letter.is_ascii_uppercase()
                        && letter.eq_ignore_ascii_case(first)
                        && behind.eq_ignore_ascii_case(rest))
            }
            Some(_) | None => false,
        };
        let found = members.list.iter().find(|(found, _)| is_named(found.as_bytes()));
        found.map(|(_, value)| value).filter(|value| **value != Json::Null)
    }

    /// A text or a number as it stands.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            Json::Number(number) => Some(number),
            Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => None,
        }
    }

    /// The values of a list, or the value itself.
    pub fn each(&self) -> impl Iterator<Item = &Json<'a>> + Clone {
        let (list, one) = match self {
            Json::List(values) => (values.as_slice(), None),
            Json::Null => ([].as_slice(), None),
            other => ([].as_slice(), Some(other)),
        };
        list.iter().chain(one)
    }
}

/// The values of a script: usually one, sometimes several behind each other.
pub fn parse_all(text: &str) -> Vec<Json<'_>> {
    let mut reader = Reader { text, at: 0, left: MOST_VALUES };
    let mut values = Vec::new();
    while let Some(start) = memchr2(b'{', b'[', reader.rest()) {
        reader.at += start;
        if let Some(value) = reader.value(0) {
            values.push(value);
        }
        if values.len() >= 64 {
            break;
        }
    }
    values
}

/// The first value of a text, and where it ends; what follows it is not looked at.
pub fn parse_first(text: &str) -> Option<(Json<'_>, usize)> {
    let mut reader = Reader { text, at: memchr2(b'{', b'[', text.as_bytes())?, left: MOST_VALUES };
    let value = reader.value(0)?;
    Some((value, reader.at))
}

#[derive(Debug)]
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Values that may still be read.
    left: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte that is neither white space nor in a comment.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let rest = self.rest();
            match rest.first() {
                Some(b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/') => {}
                first => return first.copied(),
            }
            let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.at += blank;
            let rest = &rest[blank..];
            if rest.starts_with(b"/*") {
                self.at += memmem::find(rest, b"*/").map_or(rest.len(), |at| at + 2);
            } else if rest.starts_with(b"//") {
                self.at += memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            } else {
                return rest.first().copied();
            }
        }
    }

    /// One value; always moves on by at least a byte. `None` where no value stands.
    fn value(&mut self, depth: usize) -> Option<Json<'a>> {
        let first = self.peek()?;
        let Some(left) = self.left.checked_sub(1) else {
            self.at = self.text.len();
            return None;
        };
        self.left = left;
        match first {
            b'{' | b'[' if depth >= MAX_DEPTH => Some(self.too_deep()),
            b'{' => Some(self.object(depth)),
            b'[' => Some(self.list(depth)),
            b'"' => Some(Json::Text(self.string())),
            b'-' | b'0'..=b'9' => Some(self.number()),
            byte if byte.is_ascii_alphabetic() => Some(self.word()),
            byte => {
                // A stray separator belongs to the caller; anything else is skipped.
                if !matches!(byte, b',' | b':' | b'}' | b']') {
                    self.at += 1;
                    self.at = self.text.ceil_char_boundary(self.at);
                }
                None
            }
        }
    }

    fn object(&mut self, depth: usize) -> Json<'a> {
        self.at += 1;
        let mut members = Members::with_capacity(USUAL_MEMBERS);
        loop {
            match self.peek() {
                None => break,
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b'"') => {
                    let name = self.string();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        let value = self.value(depth + 1).unwrap_or(Json::Null);
                        members.push(name, value);
                    }
                }
                // A closing bracket that is not ours ends the object: the page forgot ours.
                Some(b']') if depth > 0 => break,
                Some(_) => self.skip(),
            }
        }
        Json::Object(members)
    }

    fn list(&mut self, depth: usize) -> Json<'a> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b'}') if depth > 0 => break,
                Some(b',' | b':' | b'}') => self.at += 1,
                Some(_) => values.extend(self.value(depth + 1)),
            }
        }
        Json::List(values)
    }

    /// Passes over a value by its brackets, without recursion.
    fn too_deep(&mut self) -> Json<'a> {
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open = open.saturating_sub(1),
                _ => {}
            }
            self.skip();
            if open == 0 {
                break;
            }
        }
        Json::Null
    }

    fn skip(&mut self) {
        self.at = self.text.ceil_char_boundary(self.at + 1);
    }

    /// A string; its end is the first quote that no backslash escapes, or the end of the text.
    fn string(&mut self) -> Cow<'a, str> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        let bytes = self.text.as_bytes();
        loop {
            let Some(found) = memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) else {
                self.at = bytes.len();
                at = bytes.len();
                break;
            };
            at += found;
            if bytes[at] == b'"' {
                self.at = at + 1;
                break;
            }
            escaped = true;
            at += 2;
        }
        let body = self.text.get(start..at).unwrap_or_default();
        if escaped { Cow::Owned(unescape(body)) } else { Cow::Borrowed(body) }
    }

    fn number(&mut self) -> Json<'a> {
        let in_number =
            |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.rest().iter().take_while(in_number).count();
        let start = self.at;
        self.at += length;
        Json::Number(self.text.get(start..self.at).unwrap_or_default())
    }

    fn word(&mut self) -> Json<'a> {
        let length = self.rest().iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let start = self.at;
        self.at += length;
        match self.text.get(start..self.at) {
            Some("true") => Json::Bool(true),
            Some("false") => Json::Bool(false),
            Some(_) | None => Json::Null,
        }
    }
}

/// Resolves the escapes of a JSON string; unknown ones keep their letter.
fn unescape(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut letters = after.chars();
        rest = match letters.next() {
            Some('u') => {
                let (letter, length) = unicode(after);
                out.push(letter);
                after.get(length..).unwrap_or_default()
            }
            Some(letter) => {
                out.push(match letter {
                    'n' | 'r' => '\n',
                    't' => '\t',
                    'b' | 'f' => ' ',
                    other => other,
                });
                letters.as_str()
            }
            None => "",
        };
    }
    out.push_str(rest);
    out
}

/// The character of `uXXXX`, with its second half where it is half a pair; and the length read.
fn unicode(text: &str) -> (char, usize) {
    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 4)?, 16).ok();
    let Some(high) = unit(1) else { return (char::REPLACEMENT_CHARACTER, 1) };
    let paired = (0xd800..0xdc00).contains(&high) && text.get(5..7) == Some("\\u");
    let low = unit(7).filter(|low| paired && (0xdc00..0xe000).contains(low));
    if let Some(low) = low {
        let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 11);
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, path: &[&str], expected: Option<&str>) {
        let values = parse_all(text);
        let found = values.first().and_then(|value| {
            path.iter().try_fold(value, |value, name| match name.parse::<usize>() {
                Ok(index) => value.each().nth(index),
                Err(_) => value.get(name),
            })
        });
        assert_eq!(found.and_then(Json::as_text), expected, "{text}");
    }

    #[test]
    fn json_is_read_as_pages_write_it() {
        check(r#"{"a": {"b": [1, 1950.45]}}"#, &["a", "b", "1"], Some("1950.45"));
        check(r#"{"Offers": "x"}"#, &["offers"], Some("x"));
        check("{\"a\": \"line\nbreak\",}", &["a"], Some("line\nbreak"));
        check(r#"{"a": [1, 2,], "b": "c",}"#, &["b"], Some("c"));
        check(r#"<!--//--> /* x */ {"a": "b"} ;"#, &["a"], Some("b"));
        check(r#"{"a": "\u00e9\ud83d\ude00\/\"q\""}"#, &["a"], Some("é😀/\"q\""));
        check(r#"{"a": {"b": "cut"#, &["a", "b"], Some("cut"));
        check(r#"{"a": nope, "b": "c"}"#, &["b"], Some("c"));
        check(r#"{"a" "b", "c": "d"}"#, &["c"], Some("d"));
        assert_eq!(parse_all("{}{}[]").len(), 3);
        assert_eq!(parse_all(&"[".repeat(100_000)).len(), 1);
        let many = format!("[{}]", "1,".repeat(MOST_VALUES + 10));
        assert_eq!(parse_all(&many).first().map(|list| list.each().count()), Some(MOST_VALUES - 1));
    }

    proptest! {
        #[test]
        fn no_text_panics_or_hangs(text in "[\\[\\]{}\":,\\\\u0-9aé ]{0,80}") {
            let _values = parse_all(&text);
        }
    }
}
