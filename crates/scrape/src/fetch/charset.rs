//! Bytes to text: byte-order mark, then the header, then the markup, then a guess.
//!
//! The order and the names are the browsers' (WHATWG Encoding, HTML section 13.2.3.2), so a page
//! reads here as its author saw it. Never fails: what cannot be decoded becomes U+FFFD.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::body::DECODED_BYTES;

/// How far a `<meta>` is looked for. Browsers look at 1,024 bytes first, and start anew when a later one
/// says otherwise.
const PRESCAN_BYTES: usize = 64 * 1024;

/// The text of a body whose `Content-Type` header was this (empty if there was none).
///
/// A body of UTF-8 becomes the text without a copy; other text is cut where it passes the most that a
/// page may hold.
pub fn decode(body: Vec<u8>, content_type: &str) -> String {
    let marked = Encoding::for_bom(&body).map(|(encoding, _)| encoding);
    let named = marked.or_else(|| from_header(content_type)).or_else(|| from_meta(&body));
    if named.is_some_and(|encoding| encoding != UTF_8) {
        return decode_as(named.unwrap_or(UTF_8), &body);
    }
    match String::from_utf8(body) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.remove(0);
            }
            text
        }
        Err(error) => decode_as(named.unwrap_or(WINDOWS_1252), error.as_bytes()),
    }
}

fn decode_as(encoding: &'static Encoding, body: &[u8]) -> String {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let most = decoder.max_utf8_buffer_length(body.len()).unwrap_or(DECODED_BYTES);
    let mut text = String::with_capacity(most.min(DECODED_BYTES));
    let _end = decoder.decode_to_string(body, &mut text, true);
    text
}

fn from_header(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        let label = value.trim().trim_matches(['"', '\'']);
        is_charset.then(|| Encoding::for_label(label.as_bytes())).flatten()
    })
}

/// The encoding that the beginning of the markup names.
pub fn from_meta(body: &[u8]) -> Option<&'static Encoding> {
    let mut rest = body.get(..PRESCAN_BYTES).unwrap_or(body);
    loop {
        let at = memchr::memchr(b'<', rest)?;
        rest = rest.get(at + 1..)?;
        if let Some(comment) = rest.strip_prefix(b"!--") {
            // `<!-->` is a whole comment, so the end may overlap the start.
            let end = memchr::memmem::find(rest, b"-->")?;
            rest = rest.get(end.max(1) + 3..).unwrap_or(comment.get(comment.len()..)?);
        } else if is_tag(rest, b"meta") {
            let mut attributes = Attributes { rest: rest.get(4..)? };
            let found = Meta::of(&mut attributes).encoding();
            rest = attributes.rest;
            // A tag that never closes is none.
            if found.is_some() && !rest.is_empty() {
                return found;
            }
        } else if rest.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'/') {
            let name = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?;
            let mut attributes = Attributes { rest: rest.get(name..)? };
            attributes.by_ref().for_each(drop);
            rest = attributes.rest;
        } else if rest.first().is_some_and(|first| b"!?".contains(first)) {
            rest = rest.get(memchr::memchr(b'>', rest)?..)?;
        }
    }
}

fn is_tag(rest: &[u8], name: &[u8]) -> bool {
    let head = rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    head && rest.get(name.len()).is_some_and(|next| next.is_ascii_whitespace() || *next == b'/')
}

/// What one `<meta>` says about the encoding.
#[derive(Default)]
struct Meta {
    charset: Option<Vec<u8>>,
    content: Option<Vec<u8>>,
    is_content_type: bool,
}

impl Meta {
    fn of(attributes: &mut Attributes<'_>) -> Meta {
        let mut meta = Meta::default();
        for (name, value) in attributes {
            match name.as_slice() {
                b"charset" if meta.charset.is_none() => meta.charset = Some(value),
                b"content" if meta.content.is_none() => meta.content = charset_in(&value),
                b"http-equiv" => {
                    meta.is_content_type |= value.eq_ignore_ascii_case(b"content-type");
                }
                _ => {}
            }
        }
        meta
    }

    fn encoding(self) -> Option<&'static Encoding> {
        let label = self.charset.or(self.content.filter(|_| self.is_content_type))?;
        let named = Encoding::for_label(&label)?;
        // We read the label as ASCII, so the page cannot be UTF-16.
        if named == UTF_16BE || named == UTF_16LE {
            return Some(UTF_8);
        }
        Some(if named.name() == "x-user-defined" { WINDOWS_1252 } else { named })
    }
}

/// The label in `text/html; charset=label`.
fn charset_in(content: &[u8]) -> Option<Vec<u8>> {
    let lower = content.to_ascii_lowercase();
    let mut rest = lower.as_slice();
    loop {
        let at = memchr::memmem::find(rest, b"charset")?;
        rest = rest.get(at + 7..)?.trim_ascii_start();
        if let Some(value) = rest.strip_prefix(b"=") {
            let value = value.trim_ascii_start();
            return match value.first()? {
                quote @ (b'"' | b'\'') => {
                    let value = value.get(1..)?;
                    Some(value.get(..memchr::memchr(*quote, value)?)?.to_vec())
                }
                _ => value
                    .split(|byte| byte.is_ascii_whitespace() || *byte == b';')
                    .next()
                    .map(<[u8]>::to_vec),
            };
        }
    }
}

/// The attributes of one tag, names and values in lower case; stops at its `>`.
struct Attributes<'a> {
    rest: &'a [u8],
}

impl Attributes<'_> {
    fn take_while(&mut self, keep: impl Fn(u8) -> bool) -> Vec<u8> {
        let end = self.rest.iter().position(|byte| !keep(*byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken.to_ascii_lowercase()
    }

    fn value(&mut self) -> Vec<u8> {
        self.take_while(|byte| byte.is_ascii_whitespace());
        match self.rest.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let quote = *quote;
                self.rest = self.rest.get(1..).unwrap_or_default();
                let value = self.take_while(|byte| byte != quote);
                self.rest = self.rest.get(1..).unwrap_or_default();
                value
            }
            Some(_) | None => self.take_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        }
    }
}

impl Iterator for Attributes<'_> {
    type Item = (Vec<u8>, Vec<u8>);

    fn next(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        self.take_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if self.rest.first().is_none_or(|byte| *byte == b'>') {
            return None;
        }
        // A stray `=` begins a name, so that each turn takes at least one byte.
        let mut name = vec![self.rest.first()?.to_ascii_lowercase()];
        self.rest = self.rest.get(1..).unwrap_or_default();
        name.extend(self.take_while(|b| !b.is_ascii_whitespace() && !b"=/>".contains(&b)));
        self.take_while(|byte| byte.is_ascii_whitespace());
        let value = match self.rest.strip_prefix(b"=") {
            Some(rest) => {
                self.rest = rest;
                self.value()
            }
            None => Vec::new(),
        };
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(body: &[u8], content_type: &str, expected: &str) {
        assert_eq!(decode(body.to_vec(), content_type), expected);
    }

    #[test]
    fn mark_beats_header_beats_markup_beats_guess() {
        check(b"\xEF\xBB\xBF\xC3\xA9", "text/html; charset=iso-8859-1", "é");
        check(b"\xFF\xFE\xE9\x00", "text/html", "é");
        check(
            b"<meta charset=utf-8>\xE9",
            "text/html; charset=\"ISO-8859-1\"",
            "<meta charset=utf-8>é",
        );
        check(b"<meta charset=windows-1251>\xE9", "text/html", "<meta charset=windows-1251>й");
        check("größe".as_bytes(), "text/html", "größe");
        check(b"gr\xF6\xDFe", "", "größe");
        check(b"\x80 100", "text/html; charset=nonsense", "€ 100");
    }

    #[test]
    fn a_text_longer_than_a_page_is_cut() {
        let text = decode(vec![0x80; DECODED_BYTES / 3 + 10], "text/html; charset=windows-1252");
        assert!((DECODED_BYTES - 8..=DECODED_BYTES).contains(&text.len()), "{}", text.len());
        assert!(text.chars().all(|letter| letter == '€'));
    }

    #[track_caller]
    fn named(markup: &str, name: Option<&str>) {
        assert_eq!(from_meta(markup.as_bytes()).map(Encoding::name), name, "{markup}");
    }

    #[test]
    fn the_markup_is_read_as_browsers_read_it() {
        named("<meta charset='koi8-r'>", Some("KOI8-R"));
        named("<META http-equiv=Content-Type content='text/html; charset=big5'>", Some("Big5"));
        named(
            "<meta content='text/html; charset = \"euc-jp\"' http-equiv='content-type'>",
            Some("EUC-JP"),
        );
        named("<meta content='text/html; charset=big5'>", None);
        named("<!-- <meta charset=big5> --><meta charset=gbk>", Some("GBK"));
        named("<!--><meta charset=gbk>", Some("GBK"));
        named("<p title='<meta charset=big5>'><meta charset=gbk>", Some("GBK"));
        named("<meta charset=utf-16>", Some("UTF-8"));
        named("<metal charset=big5>", None);
        named("<meta charset=big5", None);
        named("<meta charset=big5\n", None);
        named("<", None);
    }

    proptest! {
        #[test]
        fn no_bytes_can_make_it_panic_or_hang(body in proptest::collection::vec(any::<u8>(), 0..400), header in ".{0,40}") {
            let _ = decode(body, &header);
        }

        #[test]
        fn no_markup_can_make_it_panic_or_hang(parts in proptest::collection::vec("<|>|!--|-->|meta|charset|=|\"|'| |/|content|http-equiv|utf-8|\\?", 0..40)) {
            let _ = from_meta(parts.concat().as_bytes());
        }
    }
}
