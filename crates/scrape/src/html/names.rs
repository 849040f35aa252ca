//! What HTML says of elements by their names: without content, blocks, ended by their own kind.

use super::token::Tag;

/// Elements that have no content, by the HTML standard.
pub(crate) const VOID: Names = Names::new(&[
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
pub(super) const SELF_ENDING: Names = Names::new(&["dd", "dt", "li", "option", "p", "td", "tr"]);

/// Names of elements in small letters, in order, and where those of each first letter stand: a tag is
/// compared with the few that begin as it does.
#[derive(Debug)]
pub(crate) struct Names {
    names: &'static [&'static str],
    /// The first name that begins with a letter, `a` being 0, or with a later one.
    from: [u8; 27],
}

impl Names {
    const fn new(names: &'static [&'static str]) -> Names {
        let mut from = [0; 27];
        let mut at = 0;
        while at < names.len() {
            let letter = (names[at].as_bytes()[0] - b'a') as usize;
            assert!(at == 0 || names[at - 1].as_bytes()[0] <= names[at].as_bytes()[0]);
            // What begins with a later letter stands behind this one.
            let mut later = letter + 1;
            while later < from.len() {
                from[later] = at as u8 + 1;
                later += 1;
            }
            at += 1;
        }
        Names { names, from }
    }

    pub(crate) fn hold(&self, name: &str) -> bool {
        let Some(first) = name.as_bytes().first().map(u8::to_ascii_lowercase) else { return false };
        let letter = usize::from(first.wrapping_sub(b'a'));
        let Some([from, to]) = self.from.get(letter..letter + 2) else { return false };
        let begin_so = self.names.get(usize::from(*from)..usize::from(*to)).unwrap_or_default();
        begin_so.iter().any(|one| one.eq_ignore_ascii_case(name))
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
        assert!(VOID.hold("area") && VOID.hold("wbr") && !VOID.hold("zbr"));
        for other in ["", "b", "brr", "é", "{r", "@", "span"] {
            assert!(!VOID.hold(other) && !BLOCK.hold(other), "{other}");
        }
    }
}
