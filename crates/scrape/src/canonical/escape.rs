//! Percent escapes: what each part of an address may hold as it stands.

use encoding_rs::Encoding;

/// The part whose text is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    UserInfo,
    Path,
    Query,
    /// The query of a web address, where an apostrophe is escaped too.
    SpecialQuery,
    Fragment,
}

impl Set {
    /// Whether a byte stands as it is; an escape that is there already always does.
    fn allows(self, byte: u8) -> bool {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~!*()$&+,".contains(&byte);
        unreserved
            || match self {
                Set::UserInfo => b"'%".contains(&byte),
                Set::Path => b"';:@=/%[]|".contains(&byte),
                Set::Query => b"';:@=/?%|".contains(&byte),
                Set::SpecialQuery => b";:@=/?%|".contains(&byte),
                Set::Fragment => b"';:@=/?%|".contains(&byte),
            }
    }
}

/// Escapes what a part must not hold. Characters beyond ASCII are written in the given charset.
pub fn text(text: &str, set: Set, charset: &'static Encoding) -> String {
    if text.bytes().all(|byte| set.allows(byte)) {
        return text.to_owned();
    }
    let encoded = charset.encode(text).0;
    let mut out = String::with_capacity(encoded.len() + 16);
    for byte in encoded.iter() {
        push(&mut out, *byte, set.allows(*byte));
    }
    out
}

fn push(out: &mut String, byte: u8, plain: bool) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if plain {
        out.push(char::from(byte));
    } else {
        out.push('%');
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// One spelling of every escape: capitals, and none where the character may stand as it is.
pub fn unified(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        match byte(after) {
            Some(byte) => {
                let plain = byte.is_ascii_alphanumeric() || b"-._~|".contains(&byte);
                push(&mut out, byte, plain);
                rest = &after[2..];
            }
            None => {
                out.push('%');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The bytes that a text with escapes means.
pub fn decode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.extend_from_slice(before.as_bytes());
        match byte(after) {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(b'%');
                rest = after;
            }
        }
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// The byte of two hexadecimal digits.
fn byte(text: &str) -> Option<u8> {
    let digits =
        text.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// A text's bytes as a query writes them: a space is `+`, everything but letters, digits and `-._~` is escaped.
pub fn form(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 8);
    for byte in bytes {
        match byte {
            b' ' => out.push('+'),
            byte => push(&mut out, *byte, byte.is_ascii_alphanumeric() || b"-._~".contains(byte)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_written_in_one_way() {
        assert_eq!(unified("%41%2f%7c%c3%a9%zz%"), "A%2F|%C3%A9%zz%");
        assert_eq!(decode("a%20b%C3%A9%"), "a bé%".as_bytes());
        assert_eq!(form("a b&é".as_bytes()), "a+b%26%C3%A9");
        assert_eq!(text("é[\"", Set::Path, encoding_rs::WINDOWS_1252), "%E9[%22");
    }
}
