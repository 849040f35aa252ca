//! What HTML says of elements by their names: without content, blocks, ended by their own kind.

use super::token::Tag;

/// Elements that have no content, by the HTML standard.
pub(super) const VOID: Names = Names::new(&[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
]);

/// Elements whose edges separate words.
const BLOCK: Names = Names::new(&[
    "address", "article", "br", "button", "dd", "div", "dl", "dt", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "ol", "p", "section", "table", "td", "tr",
    "ul",
]);

/// Opening one of these ends an open one of the same name.
pub(super) const SELF_ENDING: Names = Names::new(&["p", "li", "dt", "dd", "td", "tr", "option"]);

/// Names of elements in small letters, and the letters that they begin with: most tags of a page are told
/// from them by one look.
#[derive(Debug)]
pub(super) struct Names {
    names: &'static [&'static str],
    /// Bit 0 is `a`.
    letters: u32,
}

impl Names {
    const fn new(names: &'static [&'static str]) -> Names {
        let mut letters = 0;
        let mut at = 0;
        while at < names.len() {
            letters |= 1 << (names[at].as_bytes()[0] - b'a');
            at += 1;
        }
        Names { names, letters }
    }

    pub(super) fn hold(&self, name: &str) -> bool {
        let first = name.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        first.is_ascii_lowercase()
            && self.letters >> (first - b'a') & 1 == 1
            && self.names.iter().any(|one| one.eq_ignore_ascii_case(name))
    }
}

/// Whether an element's edges separate words.
pub fn is_block(tag: Tag<'_>) -> bool {
    is_block_name(tag.name)
}

/// Whether the edges of elements of this name separate words.
pub(crate) fn is_block_name(name: &str) -> bool {
    BLOCK.hold(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_whatever_its_letters() {
        assert!(VOID.hold("br") && VOID.hold("IMG") && BLOCK.hold("h3") && SELF_ENDING.hold("Li"));
        for other in ["", "b", "brr", "é", "{r", "@", "span"] {
            assert!(!VOID.hold(other) && !BLOCK.hold(other), "{other}");
        }
    }
}
