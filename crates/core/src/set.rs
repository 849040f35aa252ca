//! What comes with a watch (product rule 5.5): box, papers and the rest, as bits.
//!
//! "Service papers" and "archive extract" never count as papers. Read from titles, descriptions and
//! the pages' own fields by the phrases of `catalogue/set_words.tsv`; used by `listing::normalise`.

use serde::{Deserialize, Serialize};

use crate::reference::{Catalogue, Glue, Hit, SetWord, Tokens};

/// One part of the scope of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetPart {
    InnerBox,
    OuterBox,
    CardOrPapers,
    Booklets,
    Tags,
    Receipt,
    ServicePapers,
    ArchiveExtract,
    Links,
    SpareStrap,
}

/// The parts known to be there, and what is known of box and papers as a whole.
///
/// `has_box` and `has_papers` are `None` where the listing does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetParts {
    pub parts: Vec<SetPart>,
    pub has_box: Option<bool>,
    pub has_papers: Option<bool>,
}

/// The short name of a whole set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetName {
    FullSet,
    BoxOnly,
    PapersOnly,
    WatchOnly,
}

impl SetParts {
    /// The set's name; `None` while box or papers are unknown.
    pub fn name(&self) -> Option<SetName> {
        match (self.has_box?, self.has_papers?) {
            (true, true) => Some(SetName::FullSet),
            (true, false) => Some(SetName::BoxOnly),
            (false, true) => Some(SetName::PapersOnly),
            (false, false) => Some(SetName::WatchOnly),
        }
    }
}

impl SetParts {
    /// What a title or a page's own field says is there, and is not there.
    pub fn read(text: &str, catalogue: &Catalogue) -> SetParts {
        let tokens = Tokens::of(text);
        let hits = catalogue.set_words.find(&tokens);
        let mut set = SetParts::default();
        let mut denied = false;
        let mut last_end = 0;
        for hit in hits {
            denied = denied && continues(&tokens, last_end, hit.start);
            last_end = hit.end;
            if hit.meaning == SetWord::Not {
                denied = true;
            } else if hit.meaning != SetWord::Neutral {
                let absent = denied || denied_after(&tokens, hit);
                set.take(hit.meaning, absent);
            }
        }
        set
    }

    /// What is known here first, then what `other` adds; nothing said here is overruled.
    #[must_use]
    pub fn or(mut self, other: &SetParts) -> SetParts {
        self.has_box = self.has_box.or(other.has_box);
        self.has_papers = self.has_papers.or(other.has_papers);
        for part in &other.parts {
            let denied = (part.is_box() && self.has_box == Some(false))
                || (*part == SetPart::CardOrPapers && self.has_papers == Some(false));
            if !denied {
                self.add(*part);
            }
        }
        self
    }

    fn add(&mut self, part: SetPart) {
        if !self.parts.contains(&part) {
            self.parts.push(part);
        }
    }

    fn take(&mut self, word: SetWord, absent: bool) {
        match word {
            SetWord::FullSet => self.both(!absent, !absent),
            SetWord::WatchOnly => self.both(false, false),
            SetWord::BoxOnly => self.both(true, false),
            SetWord::PapersOnly => self.both(false, true),
            SetWord::Neither => self.both(false, false),
            SetWord::NoBox => self.box_is(false),
            SetWord::NoPapers => self.papers_are(false),
            SetWord::Box => self.box_is(!absent),
            SetWord::Part(part) => self.part(part, absent),
            SetWord::Not | SetWord::Neutral => {}
        }
    }

    fn both(&mut self, with_box: bool, with_papers: bool) {
        self.box_is(with_box);
        self.papers_are(with_papers);
    }

    /// The first word on it counts, except that a plain "no" is stronger than "box".
    fn box_is(&mut self, there: bool) {
        self.has_box = Some(there && self.has_box != Some(false));
    }

    fn papers_are(&mut self, there: bool) {
        self.has_papers = Some(there && self.has_papers != Some(false));
        if self.has_papers == Some(true) {
            self.add(SetPart::CardOrPapers);
        } else {
            self.parts.retain(|part| *part != SetPart::CardOrPapers);
        }
    }

    fn part(&mut self, part: SetPart, absent: bool) {
        if part == SetPart::CardOrPapers {
            return self.papers_are(!absent);
        }
        if part.is_box() && !(absent && self.has_box == Some(true)) {
            self.box_is(!absent);
        }
        if !absent {
            self.add(part);
        }
    }
}

impl SetPart {
    fn is_box(self) -> bool {
        matches!(self, SetPart::InnerBox | SetPart::OuterBox)
    }
}

/// "no box or papers", "without box/papers": the denial reaches on; a comma ends it.
fn continues(tokens: &Tokens, from: usize, to: usize) -> bool {
    const CARRY: [&str; 22] = [
        "or",
        "and",
        "nor",
        "oder",
        "und",
        "ou",
        "et",
        "ni",
        "o",
        "e",
        "y",
        "of",
        "en",
        "original",
        "originale",
        "any",
        "the",
        "inner",
        "outer",
        "manufacturer",
        "warranty",
        "rolex",
    ];
    if to > from + 3 {
        return false;
    }
    let mark = |at: usize| tokens.get(at).map(|token| (token.glue, token.before));
    let unbroken = (from..=to).all(|at| match mark(at) {
        Some((Glue::Other, before)) => matches!(before, b'&' | b'/' | b'+'),
        Some((Glue::Dot | Glue::Dash, _)) => false,
        Some(_) => true,
        None => false,
    });
    unbroken && (from..to).all(|at| CARRY.contains(&tokens.word(at)))
}

/// "box: no", "papers not included", "Papiere fehlen".
fn denied_after(tokens: &Tokens, hit: Hit<SetWord>) -> bool {
    let next = tokens.word(hit.end);
    let follows =
        tokens.get(hit.end).is_some_and(|token| token.before == b':' || token.glue == Glue::Space);
    follows
        && (matches!(
            (next, tokens.word(hit.end + 1)),
            ("not", "included" | "available") | ("are" | "is", "missing")
        ) || matches!(next, "missing" | "fehlen" | "fehlt" | "なし" | "無し")
            || (matches!(next, "no" | "none" | "nein")
                && tokens.get(hit.end).is_some_and(|token| token.before == b':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, has_box: Option<bool>, has_papers: Option<bool>) {
        let set = SetParts::read(text, Catalogue::bundled());
        assert_eq!((set.has_box, set.has_papers), (has_box, has_papers), "{text}");
    }

    const YES: Option<bool> = Some(true);
    const NO: Option<bool> = Some(false);

    #[test]
    fn words_of_many_languages() {
        check("Tudor Ranger full set", YES, YES);
        check("Tudor Ranger, Box & Papers", YES, YES);
        check("Tudor Ranger mit Box und Papieren", YES, YES);
        check("Tudor Ranger boîte et papiers", YES, YES);
        check("Tudor Ranger scatola e garanzia", YES, YES);
        check("Tudor Ranger caja y papeles", YES, YES);
        check("Tudor Ranger doos en papieren", YES, YES);
        check("チューダー 箱・保証書付き", YES, YES);
        check("Tudor Ranger with box", YES, None);
        check("Tudor Ranger warranty card", None, YES);
        check("Tudor Ranger on strap", None, None);
    }

    #[test]
    fn what_is_said_not_to_be_there() {
        check("Tudor Ranger no box or papers", NO, NO);
        check("Tudor Ranger, no original box/papers", NO, NO);
        check("Tudor Ranger ohne Box und Papiere", NO, NO);
        check("Tudor Ranger ohne Papiere", None, NO);
        check("Tudor Ranger watch only", NO, NO);
        check("Tudor Ranger naked", NO, NO);
        check("Original box, no original papers", YES, NO);
        check("No original box, original papers", NO, YES);
        check("Box, no papers", YES, NO);
        check("Original box, original papers", YES, YES);
        check("Tudor Ranger box only", YES, NO);
        check("チューダー 箱なし", NO, None);
    }

    #[test]
    fn service_papers_are_no_papers() {
        check("Omega Seamaster with service papers", None, None);
        check("Omega Seamaster box and service papers", YES, None);
        check("Lange 1 with extract from the archives", None, None);
        let set = SetParts::read("box, service card and extra strap", Catalogue::bundled());
        assert_eq!(set.parts, [SetPart::ServicePapers, SetPart::SpareStrap]);
    }

    #[test]
    fn the_page_is_not_overruled_by_the_title() {
        let page = SetParts::read("Original box, no original papers", Catalogue::bundled());
        let title = SetParts::read("full set with booklets", Catalogue::bundled());
        let both = page.or(&title);
        assert_eq!((both.has_box, both.has_papers), (YES, NO));
        assert_eq!(both.parts, [SetPart::Booklets]);
    }
}
