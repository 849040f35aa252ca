//! Tags and texts in the order of the page. One pass; every byte is looked at a bounded number of times.
//!
//! Comments, scripts and styles are skipped by byte search. Slices are cut only beside ASCII
//! delimiters, so they always fall between characters.

use memchr::{memchr, memchr_iter, memchr3};

use super::entities::decode;

/// Attributes of one tag; what follows them is not read. Real tags have some tens.
const MOST_ATTRIBUTES: u16 = 500;

/// One piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    Open(Tag<'a>),
    /// The name of a closing tag.
    Close(&'a str),
    /// Text as it stands, entities not decoded.
    Text(&'a str),
}

/// An open tag; names and values borrow from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    pub name: &'a str,
    /// Everything between the name and the closing bracket.
    pub inside: &'a str,
}

impl<'a> Tag<'a> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An attribute's value as it stands; empty for one without a value.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// An attribute's value with its entities decoded.
    pub fn decoded(&self, name: &str) -> Option<String> {
        self.attribute(name).map(|value| decode(value).into_owned())
    }

    pub fn class(&self) -> &'a str {
        // Nearly always the first attribute.
        let first = self.inside.strip_prefix(" class=\"");
        match first.and_then(|value| Some(&value[..memchr(b'"', value.as_bytes())?])) {
            Some(value) => value,
            None => self.attribute("class").unwrap_or_default(),
        }
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.class().split_ascii_whitespace().any(|found| found == class)
    }

    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.inside, left: MOST_ATTRIBUTES }
    }

    /// The tag's bytes, brackets included.
    pub fn length(&self) -> usize {
        self.name.len() + self.inside.len() + 2
    }

    /// `<br/>`, though HTML gives the slash no meaning outside SVG.
    pub fn closes_itself(&self) -> bool {
        self.inside.ends_with('/')
    }
}

/// The names and raw values of a tag's attributes.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    rest: &'a str,
    /// How many more are read.
    left: u16,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        self.left = self.left.checked_sub(1)?;
        let between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let start = self.rest.bytes().position(|byte| !between(&byte))?;
        let rest = &self.rest[start..];
        let bytes = rest.as_bytes();
        // A stray `=` in front counts as part of the name, as in browsers.
        let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/');
        let end = bytes.iter().skip(1).position(ends_name).map_or(bytes.len(), |at| at + 1);
        let end = ceil_char(rest, end);
        let (name, after) = rest.split_at(end);
        // Nearly always the value follows at once.
        let direct = after.strip_prefix('=').or_else(|| after.trim_start().strip_prefix('='));
        let Some(value) = direct else {
            self.rest = after;
            return Some((name, ""));
        };
        let (value, rest) = split_value(value.trim_start());
        self.rest = rest;
        Some((name, value))
    }
}

/// The first byte at or after `at` where a character begins.
fn ceil_char(text: &str, at: usize) -> usize {
    text.ceil_char_boundary(at)
}

fn split_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return match memchr(quote as u8, inner.as_bytes()) {
                Some(end) => (&inner[..end], &inner[end + 1..]),
                None => (inner, ""),
            };
        }
    }
    let end = text.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at(end)
}

/// The tokens of a page or of a part of it.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// A text element that was just opened: its content is text whatever it holds.
    plain_text: Option<&'a str>,
    /// A drawing did not end: no other is looked for the end of.
    drawing_open: bool,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Tokens<'a> {
        Tokens { text, at: 0, plain_text: None, drawing_open: false }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads the tag at the current `<`; `None` if it is not one or never ends.
    fn tag(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let closing = bytes.get(1) == Some(&b'/');
        let start = if closing { 2 } else { 1 };
        let end_of_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let name_end =
            bytes[start..].iter().position(end_of_name).map_or(rest.len(), |at| start + at);
        let Some(end) = end_of_tag(bytes, name_end) else {
            self.at = self.text.len();
            return None;
        };
        self.at += end + 1;
        let name = &rest[start..name_end];
        if closing {
            return Some(Token::Close(name));
        }
        let tag = Tag { name, inside: &rest[name_end..end] };
        self.enter(tag);
        Some(Token::Open(tag))
    }

    /// Script and style bodies and drawings are skipped; a title's or textarea's body is text.
    fn enter(&mut self, tag: Tag<'a>) {
        // By the first letter: no other tag pays for the comparisons.
        match tag.name.as_bytes().first() {
            Some(b's' | b'S') if tag.is("script") || tag.is("style") => {
                self.at = self.end_of_body(tag.name);
            }
            Some(b's' | b'S') if tag.is("svg") && !tag.closes_itself() => self.skip_drawing(tag),
            Some(b't' | b'T') if tag.is("title") || tag.is("textarea") => {
                self.plain_text = Some(tag.name);
            }
            Some(_) | None => {}
        }
    }

    /// A drawing holds no text that is read; one that never ends is markup like any other.
    fn skip_drawing(&mut self, tag: Tag<'a>) {
        if self.drawing_open {
            return;
        }
        let end = self.end_of_body(tag.name);
        self.drawing_open = end == self.text.len();
        if !self.drawing_open {
            self.at = end;
        }
    }

    /// Where `</name` stands, or the end of the page.
    fn end_of_body(&self, name: &str) -> usize {
        let bytes = self.text.as_bytes();
        let rest = &bytes[self.at..];
        let found = memchr_iter(b'<', rest).find(|at| {
            let after = rest[at + 1..].strip_prefix(b"/").and_then(|after| after.get(..name.len()));
            after.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        });
        found.map_or(bytes.len(), |at| self.at + at)
    }

    /// Past a comment, a doctype or a processing instruction.
    fn skip_declaration(&mut self) {
        let rest = self.rest().as_bytes();
        let end = if rest.starts_with(b"<!--") {
            let inside = &rest[4..];
            let ends = |at: &usize| inside[..*at].ends_with(b"--");
            memchr_iter(b'>', inside).find(ends).map(|at| at + 5)
        } else {
            memchr(b'>', rest).map(|at| at + 1)
        };
        self.at = end.map_or(self.text.len(), |end| self.at + end);
    }

    /// The text up to the next `<`; at least one byte.
    fn text_token(&mut self) -> Token<'a> {
        let rest = self.rest();
        let end = memchr(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |at| at + 1);
        self.at += end;
        Token::Text(&rest[..end])
    }
}

/// The closing bracket of a tag, quotes respected.
fn end_of_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        if bytes[at] == b'>' {
            return Some(at);
        }
        // A quote opens a value only after `=`; elsewhere it is a character like any other.
        let before = bytes[from..at].iter().rev().take(64).find(|byte| !byte.is_ascii_whitespace());
        at = match before {
            Some(b'=') => at + 2 + memchr(bytes[at], &bytes[at + 1..])?,
            Some(_) | None => at + 1,
        };
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.plain_text.take() {
                let end = self.end_of_body(name);
                let body = &self.text[self.at..end];
                self.at = end;
                if !body.is_empty() {
                    return Some(Token::Text(body));
                }
            }
            let bytes = self.rest().as_bytes();
            match (bytes.first()?, bytes.get(1)) {
                (b'<', Some(b'!' | b'?')) => self.skip_declaration(),
                (b'<', Some(next)) if next.is_ascii_alphabetic() || *next == b'/' => {
                    return self.tag();
                }
                _ => return Some(self.text_token()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let mut seen = Vec::new();
        for token in Tokens::new(page) {
            seen.push(match token {
                Token::Open(tag) => format!("<{}{}>", tag.name, tag.inside),
                Token::Close(name) => format!("</{name}>"),
                Token::Text(text) => text.to_owned(),
            });
        }
        assert_eq!(seen.join("|"), expected, "{page}");
    }

    #[test]
    fn tokens_follow_the_page() {
        check("a<b>c</b>", "a|<b>|c|</b>");
        check("<!-- <p> --><p>1 < 2</p>", "<p>|1 |< 2|</p>");
        check("<script>if (a<b) '<p>'</SCRIPT>x", "<script>|</SCRIPT>|x");
        check("<title>a <b> c</title>", "<title>|a <b> c|</title>");
        check("<svg x><path d='M1'/><b>y</b></SVG>z", "<svg x>|</SVG>|z");
        check("<svg/><b>x</b>", "<svg/>|<b>|x|</b>");
        check("<svg><b>x<svg><b>y", "<svg>|<b>|x|<svg>|<b>|y");
        check("<a title='x>y' href=/a>z", "<a title='x>y' href=/a>|z");
        check("<a title=it's>z", "<a title=it's>|z");
        check("<p", "");
        check("<a x=\"never closed><p>lost", "");
    }

    #[test]
    fn attributes_are_read_in_any_quoting() {
        let page =
            r#"<a href=https://e.com/itm/1?a=1&b=2 data-x='{"a":1}' hidden class="one two" é=ü>"#;
        let Some(Token::Open(tag)) = Tokens::new(page).next() else { panic!("no tag") };
        assert_eq!(tag.attribute("href"), Some("https://e.com/itm/1?a=1&b=2"));
        assert_eq!(tag.attribute("DATA-X"), Some(r#"{"a":1}"#));
        assert_eq!(tag.attribute("hidden"), Some(""));
        assert_eq!(tag.attribute("é"), Some("ü"));
        assert!(tag.has_class("two") && !tag.has_class("tw"));
        let many = format!("<b {}>", "x='' ".repeat(75_000));
        let Some(Token::Open(tag)) = Tokens::new(&many).next() else { panic!("no tag") };
        assert_eq!(tag.attributes().count(), usize::from(MOST_ATTRIBUTES));
    }
}
