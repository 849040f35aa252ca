//! The path of an address, and the patterns of rules, in one spelling so that they compare by bytes.
//!
//! Spelling: unreserved characters plain, everything else as `%XX` in capitals, except `/`, `?` and
//! a `%` that begins no escape. So `%7E` equals `~` and `é` equals `%C3%A9`, but `%2F` is no `/`
//! (RFC 9309 section 2.2.2).

/// An address without scheme, authority and fragment; always begins with `/`.
#[derive(Debug)]
pub struct Path(Vec<u8>);

/// What follows `Allow:` or `Disallow:`; `*` is any run of characters.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The parts between the wildcards; the first must begin the path.
    parts: Vec<Vec<u8>>,
    /// The path must end where the last part ends.
    anchored: bool,
    /// Octets as written: the longest match wins.
    length: usize,
}

impl Path {
    pub fn of(url: &str) -> Path {
        let url = url.split('#').next().unwrap_or_default();
        let after_scheme = match url.find("://") {
            // A `://` further on belongs to a query.
            Some(at) if !url[..at].contains(['/', '?', ';']) => Some(&url[at + 3..]),
            Some(_) | None => url.strip_prefix("//"),
        };
        let path = match after_scheme {
            Some(rest) => rest.find(['/', '?', ';']).map_or("", |at| &rest[at..]),
            None => url,
        };
        let slash = if path.starts_with('/') { "" } else { "/" };
        Path(spell(format!("{slash}{path}").as_bytes(), Star::Literal))
    }

    pub fn is_robots_txt(&self) -> bool {
        self.0.split(|byte| *byte == b'?').next() == Some(b"/robots.txt")
    }
}

impl Pattern {
    /// None for an empty value; two for one that ends in `$`, which some sites mean literally.
    pub fn read(value: &[u8]) -> impl Iterator<Item = Pattern> {
        let literal = value.ends_with(b"$").then(|| Pattern::new(value, false));
        let main = (!value.is_empty()).then(|| Pattern::new(value, true));
        main.into_iter().chain(literal)
    }

    /// `/shop/index.html` also stands for `/shop/` itself.
    pub fn folder_of_index(value: &[u8]) -> Option<Pattern> {
        let slash = value.iter().rposition(|byte| *byte == b'/')?;
        let (folder, page) = value.split_at_checked(slash + 1)?;
        page.starts_with(b"index.htm").then(|| Pattern::new(&[folder, b"$"].concat(), true))
    }

    fn new(value: &[u8], anchor: bool) -> Pattern {
        let anchored = anchor && value.ends_with(b"$");
        let body = if anchored { &value[..value.len() - 1] } else { value };
        let parts = spell(body, Star::Wildcard);
        let parts = parts.split(|byte| *byte == b'*').map(<[u8]>::to_vec).collect();
        let beyond_ascii = value.iter().filter(|byte| !byte.is_ascii()).count();
        Pattern { parts, anchored, length: value.len() + 2 * beyond_ascii }
    }

    /// How long the rule is, if it matches. Linear in path times parts: no pattern can hang it.
    pub fn matches(&self, path: &Path) -> Option<usize> {
        let (first, others) = self.parts.split_first()?;
        let mut rest = path.0.strip_prefix(first.as_slice())?;
        let Some((last, middle)) = others.split_last() else {
            return (!self.anchored || rest.is_empty()).then_some(self.length);
        };
        for part in middle {
            rest = after(rest, part)?;
        }
        let fits = if self.anchored { rest.ends_with(last) } else { after(rest, last).is_some() };
        fits.then_some(self.length)
    }
}

/// What follows the first `part` in `text`.
fn after<'a>(text: &'a [u8], part: &[u8]) -> Option<&'a [u8]> {
    let at = memchr::memmem::find(text, part)?;
    text.get(at + part.len()..)
}

#[derive(Clone, Copy, PartialEq)]
enum Star {
    /// In a path: an ordinary character, spelt `%2A`.
    Literal,
    /// In a pattern: kept.
    Wildcard,
}

fn spell(raw: &[u8], star: Star) -> Vec<u8> {
    let mut spelt = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, escape_in(tail)) {
            (b'%', Some(decoded)) => {
                rest = tail.get(2..).unwrap_or_default();
                push(&mut spelt, decoded, is_unreserved(decoded));
            }
            (b'%' | b'/' | b'?', _) => spelt.push(*byte),
            (b'*', _) => push(&mut spelt, b'*', star == Star::Wildcard),
            (other, _) => push(&mut spelt, *other, is_unreserved(*other)),
        }
    }
    spelt
}

/// The byte that two hex digits name.
fn escape_in(digits: &[u8]) -> Option<u8> {
    let digits = digits.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn push(spelt: &mut Vec<u8>, byte: u8, plain: bool) {
    match plain {
        true => spelt.push(byte),
        false => spelt.extend_from_slice(format!("%{byte:02X}").as_bytes()),
    }
}

/// RFC 3986 section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}
