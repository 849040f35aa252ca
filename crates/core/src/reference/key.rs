//! A reference as a number: letters and digits only, so `126610 LN`, `126610-ln` and `126610LN` meet.
//!
//! Up to 24 characters fit in 128 bits, base 37; longer text has no key and is never a reference.

/// The canonical form of a reference for look-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Key(u128);

const LONGEST: u32 = 24;

impl Key {
    /// `None` when nothing or too much is left once marks and spaces are gone.
    pub fn of(text: &str) -> Option<Key> {
        Key::default().join(text)
    }

    /// This key with more text behind it.
    pub(crate) fn join(self, text: &str) -> Option<Key> {
        let mut value = self.0;
        for byte in text.bytes().filter(u8::is_ascii_alphanumeric) {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0' + 1,
                letter => letter.to_ascii_lowercase() - b'a' + 11,
            };
            if value >= 37_u128.pow(LONGEST - 1) {
                return None;
            }
            value = value * 37 + u128::from(digit);
        }
        (value != 0).then_some(Key(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, same: bool) {
        assert_eq!(Key::of(left) == Key::of(right), same, "{left} and {right}");
    }

    #[test]
    fn marks_and_case_do_not_count() {
        check("5711/1A-010", "57111a 010", true);
        check("126610LN", "126610LV", false);
        check("310.30.42.50.01.001", "31030425001001", true);
        assert_eq!(Key::of(" - "), None);
        assert_eq!(Key::of(&"9".repeat(25)), None);
        assert!(Key::of(&"9".repeat(23)).is_some());
    }
}
