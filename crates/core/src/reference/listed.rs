//! Is a candidate a reference, or the base of references, that the catalogue lists?
//!
//! Asked by `candidate` first of all; a listed reference beats every other kind.

use super::{
    candidate::{Found, Proof, Span, base_rule},
    catalogue::{BrandIndex, Known},
    key::Key,
    read::Read,
    token::Token,
};

/// A listed number shorter than this is believed only where its brand is named.
const TELLING_LENGTH: usize = 6;

/// The reference in the catalogue, of this brand, or of any where the title names none.
pub(crate) fn listed(read: &Read<'_>, brand: Option<BrandIndex>, span: Span) -> Option<Found> {
    if !telling(read, brand, span) {
        return None;
    }
    let catalogue = read.catalogue;
    let both = [without_prefix(read, span), Some(span.key)].into_iter().flatten();
    let mut bases = None;
    for key in both {
        if let Some(known) = of_brand(read, brand, catalogue.by_key.get(&key)).next() {
            return Some(exact(read, span, known));
        }
        bases = bases.or_else(|| catalogue.by_base.get(&key));
    }
    base(read, brand, span, bases)
}

/// Long enough to be believed, and not glued together from small numbers.
fn telling(read: &Read<'_>, brand: Option<BrandIndex>, span: Span) -> bool {
    let tokens = || (span.start..span.end).filter_map(|at| read.token(at));
    let letters: u32 = tokens().map(|token| u32::from(token.letters)).sum();
    let length: usize = tokens().map(Token::len).sum();
    let named = brand.is_some() || (length >= TELLING_LENGTH && (letters > 0 || span.spaces == 0));
    named && (span.spaces == 0 || length >= 5)
}

fn of_brand<'a>(
    read: &Read<'a>,
    brand: Option<BrandIndex>,
    rows: Option<&'a Vec<u32>>,
) -> impl Iterator<Item = &'a Known> {
    let known = &read.catalogue.known;
    let rows = rows.map(Vec::as_slice).unwrap_or_default();
    rows.iter()
        .filter_map(move |at| known.get(*at as usize))
        .filter(move |known| brand.is_none_or(|brand| brand == known.brand))
}

fn exact(read: &Read<'_>, span: Span, known: &Known) -> Found {
    Found {
        brand: Some(known.brand),
        family: Some(known.family),
        reference: Some(known.reference.clone()),
        base: base_rule(read, Some(known.brand)).apply(&known.reference).to_owned(),
        proof: Proof::Listed,
        from: known.from,
        start: span.start,
        end: span.end,
        points: 100 + span.bonus(read, false),
    }
}

/// A base is a whole word: the `5711` of `5711/1A` has more to say.
fn base(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    span: Span,
    rows: Option<&Vec<u32>>,
) -> Option<Found> {
    if span.spaces > 0 || read.glue(span.start).holds() || read.glue(span.end).holds() {
        return None;
    }
    let first = of_brand(read, brand, rows).next()?;
    let one_family = of_brand(read, brand, rows).all(|known| known.family == first.family);
    Some(Found {
        brand: Some(first.brand),
        family: one_family.then_some(first.family),
        reference: None,
        base: base_rule(read, Some(first.brand)).apply(&first.reference).to_owned(),
        proof: Proof::Base,
        from: first.from,
        start: span.start,
        end: span.end,
        points: 90,
    })
}

/// The key without the maker's `M` (Rolex, Tudor) before a number.
fn without_prefix(read: &Read<'_>, span: Span) -> Option<Key> {
    let first = read
        .tokens
        .word(span.start)
        .strip_prefix('m')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))?;
    (span.start + 1..span.end).try_fold(Key::of(first)?, |key, at| key.join(read.tokens.word(at)))
}
