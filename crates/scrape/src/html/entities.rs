//! Character references: the names of HTML 4 that shops use, and numbers. Unknown ones stay as they are.

use std::borrow::Cow;

use memchr::memchr;

/// The longest name we know, with room; a longer run after `&` is no reference.
const LONGEST: usize = 12;

/// Decodes `&amp;`, `&#8364;`, `&#x20ac;` and the like; borrows where there is nothing to decode.
pub fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((letter, length)) => {
                out.push(letter);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that a text starting with `&` begins with, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let body = &text.as_bytes()[1..];
    let end =
        body.iter().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'#');
    let end = end.unwrap_or_else(|| body.len().min(LONGEST));
    let name = text.get(1..=end)?;
    let closed = body.get(end) == Some(&b';');
    if let Some(number) = name.strip_prefix('#') {
        return Some((numbered(number)?, 1 + end + usize::from(closed)));
    }
    // Old pages leave the semicolon out; in `?a=1&copy=2` it is a parameter all the same.
    let open_ended =
        ["amp", "lt", "gt", "quot", "nbsp"].contains(&name) && body.get(end) != Some(&b'=');
    if !closed && !open_ended {
        return None;
    }
    Some((named(name)?, 1 + end + usize::from(closed)))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers from 128 to 159 mean Windows-1252, by the HTML standard.
    let code = match code {
        0x80 => 0x20ac,
        0x82 => 0x201a,
        0x84 => 0x201e,
        0x85 => 0x2026,
        0x91 => 0x2018,
        0x92 => 0x2019,
        0x93 => 0x201c,
        0x94 => 0x201d,
        0x95 => 0x2022,
        0x96 => 0x2013,
        0x97 => 0x2014,
        0x99 => 0x2122,
        0 => 0xfffd,
        other => other,
    };
    char::from_u32(code)
}

/// Latin-1 names in the order of their characters, from U+00A0.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

fn named(name: &str) -> Option<char> {
    let letter = match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "euro" => '€',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "lsaquo" => '‹',
        "rsaquo" => '›',
        "bull" => '•',
        "trade" => '™',
        "minus" => '−',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        "OElig" => 'Œ',
        "oelig" => 'œ',
        "Scaron" => 'Š',
        "scaron" => 'š',
        "Yuml" => 'Ÿ',
        "comma" => ',',
        "period" => '.',
        "colon" => ':',
        "sol" => '/',
        "num" => '#',
        "dollar" => '$',
        "percnt" => '%',
        "lpar" => '(',
        "rpar" => ')',
        "plus" => '+',
        "equals" => '=',
        "Tab" => '\t',
        "NewLine" => '\n',
        "star" => '☆',
        "starf" => '★',
        "check" => '✓',
        "rarr" => '→',
        "larr" => '←',
        "deg" => '°',
        other => return latin(other),
    };
    Some(letter)
}

fn latin(name: &str) -> Option<char> {
    let at = LATIN.iter().position(|known| *known == name)?;
    char::from_u32(0xa0 + u32::try_from(at).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(decode(text), expected, "{text}");
    }

    #[test]
    fn references_are_decoded_and_nothing_else() {
        check("H&amp;M &lt;b&gt; &euro;&#8364;&#x20AC;&#128;", "H&M <b> €€€€");
        check("1.960&nbsp;&euro;", "1.960\u{a0}€");
        check("K&ouml;ln &Uuml; &eacute; &yuml;", "Köln Ü é ÿ");
        check("?a=1&copy=2&b", "?a=1&copy=2&b");
        check("AT&T & co &unknown; &#99999999;", "AT&T & co &unknown; &#99999999;");
        check("a&nbsp b&amp", "a\u{a0} b&");
        check("&", "&");
        check("&é;", "&é;");
    }
}
