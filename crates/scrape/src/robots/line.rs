//! Bytes of a robots.txt to its lines: key and value, comments and blank lines dropped.

/// What a line is about. Spellings and typos that real files use are in [`KEYS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    UserAgent,
    /// `user agent some name`: with no colon the whole rest is the name.
    UserAgentWithoutColon,
    Allow,
    Disallow,
    CrawlDelay,
    RequestRate,
    VisitTime,
    Sitemap,
    Host,
    Unknown,
}

#[derive(Debug)]
pub struct Line<'a> {
    pub key: Key,
    /// Trimmed; may be empty.
    pub value: &'a [u8],
}

/// Google's parser reads lines up to 2,083 (the longest address of old browsers) times 8 bytes.
const LINE_BYTES: usize = 2083 * 8 - 1;

const KEYS: &[(&str, Key)] = &[
    ("user-agent", Key::UserAgent),
    ("user agent", Key::UserAgent),
    ("useragent", Key::UserAgent),
    ("allow", Key::Allow),
    ("disallow", Key::Disallow),
    ("dissallow", Key::Disallow),
    ("dissalow", Key::Disallow),
    ("disalow", Key::Disallow),
    ("diasllow", Key::Disallow),
    ("disallaw", Key::Disallow),
    ("crawl-delay", Key::CrawlDelay),
    ("crawl delay", Key::CrawlDelay),
    ("request-rate", Key::RequestRate),
    ("request rate", Key::RequestRate),
    ("visit-time", Key::VisitTime),
    ("visit time", Key::VisitTime),
    ("sitemap", Key::Sitemap),
    ("sitemaps", Key::Sitemap),
    ("site-map", Key::Sitemap),
    ("host", Key::Host),
];

/// The lines that say something, in order.
pub fn lines(body: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let body = without_mark(body);
    body.split(|byte| matches!(byte, b'\n' | b'\r')).filter_map(read)
}

/// Drops a byte-order mark, a cut one too: some editors leave half of it.
fn without_mark(body: &[u8]) -> &[u8] {
    let mark: &[u8] = b"\xEF\xBB\xBF";
    let prefixes = [mark, b"\xEF\xBB", b"\xEF"];
    prefixes.iter().find_map(|prefix| body.strip_prefix(*prefix)).unwrap_or(body)
}

fn read(line: &[u8]) -> Option<Line<'_>> {
    let line = line.get(..LINE_BYTES).unwrap_or(line);
    let line = line.split(|byte| *byte == b'#').next().unwrap_or_default().trim_ascii();
    if line.is_empty() {
        return None;
    }
    let (field, rest) = match line.iter().position(|byte| *byte == b':') {
        Some(colon) => (&line[..colon], Some(&line[colon + 1..])),
        None => (line, None),
    };
    if let Some(rest) = rest {
        let key = key_named(field.trim_ascii());
        // `Sitemap https://…` has a colon too, but not as a separator.
        if key != Key::Unknown || rest.first().is_none_or(u8::is_ascii_whitespace) {
            return Some(Line { key, value: rest.trim_ascii() });
        }
    }
    let unknown = || rest.map(|rest| Line { key: Key::Unknown, value: rest.trim_ascii() });
    without_colon(line).or_else(unknown)
}

fn key_named(field: &[u8]) -> Key {
    let known = KEYS.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(field));
    known.map_or(Key::Unknown, |(_, key)| *key)
}

/// `disallow /x`: a known key, white space, the value.
fn without_colon(line: &[u8]) -> Option<Line<'_>> {
    KEYS.iter().find_map(|(name, key)| {
        let (head, rest) = line.split_at_checked(name.len())?;
        let separated = rest.first().is_none_or(u8::is_ascii_whitespace);
        let key = if *key == Key::UserAgent { Key::UserAgentWithoutColon } else { *key };
        (separated && head.eq_ignore_ascii_case(name.as_bytes()))
            .then(|| Line { key, value: rest.trim_ascii() })
    })
}
