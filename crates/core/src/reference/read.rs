//! One title, cut and looked up once: its words, and what the catalogue says of each.
//!
//! Made by `identify` and the readers of set and condition; every later step reads from here.

use super::{
    catalogue::{BrandIndex, BrandWord, Catalogue, FamilyWord},
    phrase::Hit,
    token::{Glue, Token, Tokens},
    vocabulary::{Cue, Strength},
};

pub(crate) struct Read<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) tokens: Tokens,
    pub(crate) brands: Vec<Hit<BrandWord>>,
    pub(crate) families: Vec<Hit<FamilyWord>>,
    calibres: Vec<Hit<Option<BrandIndex>>>,
    /// For each word, the cues whose phrases cover it, as bits.
    cues: Vec<u32>,
}

impl<'a> Read<'a> {
    pub(crate) fn new(text: &str, catalogue: &'a Catalogue) -> Read<'a> {
        let tokens = Tokens::of(text);
        let brands = catalogue.brand_words.find(&tokens);
        let families = catalogue.family_words.find(&tokens);
        let calibres = catalogue.calibres.find(&tokens);
        let mut cues = vec![0_u32; tokens.list().len()];
        for at in 0..cues.len() {
            catalogue.cues.at(&tokens, at, |hit| {
                for bits in cues.iter_mut().take(hit.end).skip(hit.start) {
                    *bits |= hit.meaning as u32;
                }
            });
        }
        Read { catalogue, tokens, brands, families, calibres, cues }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.list().len()
    }

    pub(crate) fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at)
    }

    /// What stands before the word at an index; `Start` past the end, so that nothing joins there.
    pub(crate) fn glue(&self, at: usize) -> Glue {
        self.tokens.get(at).map_or(Glue::Start, |token| token.glue)
    }

    pub(crate) fn cue(&self, at: usize, cue: Cue) -> bool {
        self.cues.get(at).is_some_and(|bits| bits & cue as u32 != 0)
    }

    /// The cue stands on the word right before, whatever is between.
    pub(crate) fn cue_before(&self, at: usize, cue: Cue) -> bool {
        at > 0 && self.cue(at - 1, cue)
    }

    pub(crate) fn any_cue(&self, cue: Cue) -> bool {
        self.cues.iter().any(|bits| bits & cue as u32 != 0)
    }

    /// `$250`, `250€`, `250 €`.
    pub(crate) fn is_price(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let behind = self.token(at + 1).is_some_and(|next| next.before == b'$' && next.is_word());
        token.before == b'$' || token.after == b'$' || behind
    }

    /// The words `start..end` overlap the name of a movement of this brand, or of any.
    pub(crate) fn is_calibre(&self, start: usize, end: usize, brand: Option<BrandIndex>) -> bool {
        self.calibres.iter().any(|hit| {
            hit.start <= start && end <= hit.end && (hit.meaning.is_none() || hit.meaning == brand)
        })
    }

    /// A word that names this brand's family: "1815", "C63".
    pub(crate) fn is_family(&self, at: usize, brand: Option<BrandIndex>) -> bool {
        self.families.iter().any(|hit| {
            hit.start <= at
                && at < hit.end
                && (Some(hit.meaning.brand) == brand
                    || (brand.is_none() && hit.end - hit.start > 1))
        })
    }

    /// The brand that the words name: the first strong one, else the first weak one.
    pub(crate) fn named_brand(&self) -> Option<Hit<BrandWord>> {
        let mut strong = self.brands.iter().filter(|hit| hit.meaning.strength == Strength::Strong);
        // "Hands On Time, Seiko VK63 movement": the movement's maker, if another brand stands there.
        let maker = strong.clone().find(|hit| !self.is_engine(hit)).or_else(|| strong.next());
        maker.or(self.brands.first()).copied()
    }

    fn is_engine(&self, hit: &Hit<BrandWord>) -> bool {
        self.cue(hit.end, Cue::Calibre)
            || (self.cue(hit.end + 1, Cue::Calibre)
                && self.is_calibre(hit.end, hit.end + 1, Some(hit.meaning.brand)))
    }

    /// How many different brands the strong words name.
    pub(crate) fn named_brands(&self) -> usize {
        let mut named: Vec<BrandIndex> = Vec::new();
        for hit in self.brands.iter().filter(|hit| hit.meaning.strength == Strength::Strong) {
            if !named.contains(&hit.meaning.brand) {
                named.push(hit.meaning.brand);
            }
        }
        named.len()
    }
}
