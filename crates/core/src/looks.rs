//! Dial and bracelet as a title tells them: "blue dial", "cadran bleu", "on jubilee".
//!
//! Hints for a collector to filter by, in the languages of `catalogue/traits.tsv`; used by `watches
//! identify`. A colour counts only beside a word for the dial: "black bezel" says nothing of it.

use serde::Serialize;

use crate::reference::{Catalogue, Glue, Hit, Tokens, Trait, TraitKind};

/// What the words say; `None` where they say nothing, or two things.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Looks {
    /// The dial's colour, in English: `blue`.
    pub dial: Option<String>,
    /// What it is worn on: `jubilee`, `leather`.
    pub bracelet: Option<String>,
}

impl Looks {
    /// Reads a title.
    pub fn read(text: &str, catalogue: &Catalogue) -> Looks {
        let tokens = Tokens::of(text);
        let hits = catalogue.traits.find(&tokens);
        let of = |kind: TraitKind| hits.iter().filter(move |hit| hit.meaning.kind == kind);
        let dials = of(TraitKind::Dial).filter_map(|dial| colour_beside(&tokens, dial, &hits));
        let bracelets = of(TraitKind::Bracelet).map(|hit| hit.meaning);
        let name =
            |found: Option<Trait>| found.map(|found| catalogue.trait_value(found).to_owned());
        Looks { dial: name(only(dials)), bracelet: name(only(bracelets)) }
    }
}

/// The one thing that is said; `None` when two are.
fn only(mut said: impl Iterator<Item = Trait>) -> Option<Trait> {
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// The colour right before the dial's word, or right after it where the language puts it there.
fn colour_beside(tokens: &Tokens, dial: &Hit<Trait>, hits: &[Hit<Trait>]) -> Option<Trait> {
    const COLOUR_AFTER: [&str; 4] = ["cadran", "quadrante", "esfera", "mostrador"];
    let unbroken = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| matches!(token.glue, Glue::Space | Glue::Joined | Glue::Dash))
    };
    let colours = || hits.iter().filter(|hit| hit.meaning.kind == TraitKind::Colour);
    let before = colours().find(|hit| hit.end == dial.start && unbroken(dial.start));
    let after = colours().find(|hit| hit.start == dial.end && unbroken(dial.end));
    let found = if COLOUR_AFTER.contains(&tokens.word(dial.start)) {
        after.or(before)
    } else {
        before.or(after)
    };
    found.map(|hit| hit.meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, dial: Option<&str>, bracelet: Option<&str>) {
        let looks = Looks::read(text, Catalogue::bundled());
        assert_eq!((looks.dial.as_deref(), looks.bracelet.as_deref()), (dial, bracelet), "{text}");
    }

    #[test]
    fn dials_in_many_languages() {
        check("Tudor Ranger blue dial", Some("blue"), None);
        check("Tudor Ranger, Zifferblatt blau", Some("blue"), None);
        check("Tudor Ranger mit blauem Zifferblatt", Some("blue"), None);
        check("Tudor Ranger cadran bleu", Some("blue"), None);
        check("Tudor Ranger quadrante blu", Some("blue"), None);
        check("Tudor Ranger esfera azul", Some("blue"), None);
        check("Tudor Ranger mostrador azul", Some("blue"), None);
        check("Tudor Ranger blauwe wijzerplaat", Some("blue"), None);
        check("チューダー 青文字盤", Some("blue"), None);
        check("Tudor Ranger rose gold dial", Some("rose gold"), None);
    }

    #[test]
    fn bracelets_in_many_languages() {
        check("Tudor Ranger on leather", None, Some("leather"));
        check("Tudor Ranger Lederband", None, Some("leather"));
        check("Tudor Ranger bracelet cuir", None, Some("leather"));
        check("Datejust 41 Jubilee", None, Some("jubilee"));
        check("Diver with rubber strap", None, Some("rubber"));
    }

    #[test]
    fn what_is_not_said_stays_unknown() {
        check("Tudor Ranger black bezel", None, None);
        check("Black, dial unpolished", None, None);
        check("blue dial and white dial", None, None);
        check("leather strap and rubber strap", None, None);
        check("", None, None);
    }
}
