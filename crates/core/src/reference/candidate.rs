//! Which word of a title is the reference: every candidate gets points, the best one wins.
//!
//! A listed reference of the brand beats a word in the brand's shape, which beats a word that only
//! looks like a part number. What looks like one and is none gets nothing: sizes, prices, years,
//! dates, movements, serials, stock numbers. `identify` asks once it knows which brand is named.

use super::{
    catalogue::{BrandIndex, BrandWord, FamilyIndex, Shape},
    key::Key,
    listed::listed,
    misleading::misleads,
    phrase::Hit,
    read::Read,
    token::{Glue, Token},
    vocabulary::{BaseRule, Cue, Strength, Trust},
};

/// How a reference was recognised, surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Proof {
    /// Letters and digits as in a part number, of a brand without shapes.
    LooksLike,
    /// In the brand's shape.
    Shape(Trust),
    /// Behind "ref." or the like.
    Marked,
    /// The base of references that the catalogue lists; which of them is not said.
    Base,
    /// Listed.
    Listed,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) brand: Option<BrandIndex>,
    pub(crate) family: Option<FamilyIndex>,
    /// `None` when only the base was given.
    pub(crate) reference: Option<String>,
    pub(crate) base: String,
    pub(crate) proof: Proof,
    pub(crate) from: Option<u16>,
    /// The words it stands on.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) points: u32,
}

/// Words are joined over spaces up to this many: `01 733 7730 4135`, `116610 LN`.
const LONGEST_JOIN: usize = 6;

/// The best candidate, if any. `brand` is the brand that the title names or implies.
pub(crate) fn find(read: &Read<'_>, brand: Option<BrandIndex>) -> Option<Found> {
    let mut best: Option<Found> = None;
    let mut text = String::new();
    for start in 0..read.len() {
        let mut key = Some(Key::default());
        let mut digits = 0_u32;
        let mut spaces = 0_usize;
        for end in start + 1..=(start + LONGEST_JOIN + 2).min(read.len()) {
            let Some(token) = read.token(end - 1) else { break };
            if end > start + 1 && !joins(token.glue) {
                break;
            }
            spaces += usize::from(end > start + 1 && token.glue == Glue::Space);
            if spaces >= LONGEST_JOIN {
                break;
            }
            digits += u32::from(token.digits);
            key = key.and_then(|key| key.join(read.tokens.text(token)));
            let Some(key) = key else { break };
            if digits == 0 {
                if token.len() > 5 {
                    break;
                }
                continue;
            }
            let span = Span { start, end, spaces, key };
            if let Some(found) = judge(read, brand, span, &mut text) {
                best = Some(match best {
                    Some(best) => better(best, found),
                    None => found,
                });
            }
        }
    }
    best
}

/// More points win. But a listed reference that is the head of a longer one in the brand's shape is
/// only its head: `CAY1110` of `CAY1110-0`.
fn better(best: Found, mut found: Found) -> Found {
    let longer = best.start == found.start && best.end < found.end;
    if longer && best.proof == Proof::Listed && found.proof == Proof::Shape(Trust::Sure) {
        found.family = best.family;
        found.from = best.from;
        found.points = best.points + 1;
    }
    if found.points > best.points { found } else { best }
}

fn joins(glue: Glue) -> bool {
    glue.holds() || matches!(glue, Glue::Space | Glue::Joined)
}

/// The words `start..end`, as one number.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Spaces inside.
    pub(crate) spaces: usize,
    pub(crate) key: Key,
}

impl Span {
    pub(crate) fn in_brackets(self, read: &Read<'_>) -> bool {
        let opens = |token: Token| matches!(token.before, b'(' | b'[');
        let closes = |token: Token| matches!(token.after, b')' | b']');
        read.token(self.start).is_some_and(opens) && read.token(self.end - 1).is_some_and(closes)
    }

    /// "ref. X", "reference: X", "Ref-X".
    pub(crate) fn is_marked(self, read: &Read<'_>) -> bool {
        read.cue_before(self.start, Cue::Reference)
    }

    /// Points for what stands around it; the longer one wins a draw.
    pub(crate) fn bonus(self, read: &Read<'_>, whole: bool) -> u32 {
        let words = u32::try_from(self.end - self.start).unwrap_or(u32::MAX).min(6);
        u32::from(self.is_marked(read)) * 40
            + u32::from(self.in_brackets(read)) * 8
            + u32::from(whole) * 4
            + words
    }
}

fn judge(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    span: Span,
    text: &mut String,
) -> Option<Found> {
    let marked = span.is_marked(read);
    if let Some(found) = listed(read, brand, span) {
        return (!misleads(read, span, brand, marked, Proof::Listed)).then_some(found);
    }
    // What is not listed must be a word of its own, or the brand's shape must allow the spaces.
    // "Ref.0902" is marked by the word that it hangs on.
    let open = |at: usize| !read.glue(at).holds() || (marked && at == span.start);
    let whole = open(span.start) && open(span.end);
    let half =
        [span.start, span.end].into_iter().all(|at| open(at) || read.glue(at) == Glue::Slash);
    if !whole && !half {
        return None;
    }
    write_span(read, span, text);
    let (proof, points, from) = if let Some(shape) = shape(read, brand, span, text) {
        let points = match shape.trust {
            Trust::Sure => 60,
            Trust::Likely => 45,
            Trust::Unsure => 25,
        };
        (Proof::Shape(shape.trust), points, shape.since)
    } else if span.spaces == 0 {
        (Proof::LooksLike, looks_like(read, brand, span, text, marked)?, None)
    } else {
        return None;
    };
    let proof = if marked { Proof::Marked } else { proof };
    if of_another_brand(read, brand, span) {
        return None;
    }
    if misleads(read, span, brand, marked, proof) {
        return None;
    }
    let points = points + span.bonus(read, whole);
    let reference = canonical(read, brand, text);
    let base = base_rule(read, brand).apply(&reference).to_owned();
    Some(Found {
        brand,
        family: None,
        reference: Some(reference),
        base,
        proof,
        from,
        start: span.start,
        end: span.end,
        points,
    })
}

pub(crate) fn base_rule(read: &Read<'_>, brand: Option<BrandIndex>) -> BaseRule {
    brand
        .and_then(|brand| read.catalogue.brand(brand))
        .map_or(BaseRule::Whole, |brand| brand.base_rule)
}

/// The span in capitals, marks as they stand.
fn write_span(read: &Read<'_>, span: Span, text: &mut String) {
    text.clear();
    for at in span.start..span.end {
        let Some(token) = read.token(at) else { continue };
        if at > span.start {
            match token.glue {
                Glue::Dot => text.push('.'),
                Glue::Dash => text.push('-'),
                Glue::Slash => text.push('/'),
                Glue::Space => text.push(' '),
                Glue::Start | Glue::Joined | Glue::Other => {}
            }
        }
        text.extend(read.tokens.text(token).chars().map(|c| c.to_ascii_uppercase()));
    }
}

/// "Damasko DS30 and Seiko SKX013": what stands behind another brand's name is that brand's.
fn of_another_brand(read: &Read<'_>, brand: Option<BrandIndex>, span: Span) -> bool {
    let before =
        |hit: &&Hit<BrandWord>| hit.meaning.strength == Strength::Strong && hit.end <= span.start;
    let Some(nearest) = read.brands.iter().rfind(before) else { return false };
    // "Yema by Seiko YE975": a maker's guest, not another watch.
    let guest = nearest.start > 0
        && matches!(read.tokens.word(nearest.start - 1), "by" | "x" | "for" | "uncle");
    brand.is_some_and(|brand| brand != nearest.meaning.brand) && !guest
}

/// The surest of the brand's shapes that the text has.
fn shape<'a>(
    read: &Read<'a>,
    brand: Option<BrandIndex>,
    span: Span,
    text: &str,
) -> Option<&'a Shape> {
    let shapes = &read.catalogue.brand(brand?)?.shapes;
    shapes
        .iter()
        .filter(|shape| (span.spaces == 0 || shape.spaced) && shape.fits(text))
        .max_by_key(|shape| shape.trust)
}

/// Points of a word that is written like a part number, by what it is made of.
fn looks_like(
    read: &Read<'_>,
    brand: Option<BrandIndex>,
    span: Span,
    text: &str,
    marked: bool,
) -> Option<u32> {
    let has_shapes = brand
        .and_then(|brand| read.catalogue.brand(brand))
        .is_some_and(|brand| !brand.shapes.is_empty());
    if has_shapes && !marked {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_uppercase).count();
    let groups = span.end - span.start;
    if letters == 0 {
        let head = read.token(span.start).map_or(0, Token::len);
        let long = match groups {
            1 => digits >= if marked { 3 } else { 4 },
            2 if head >= 4 => digits >= 5,
            _ => digits >= 6,
        };
        return (brand.is_some() && long && digits <= 12).then_some(if digits >= 5 {
            28
        } else {
            18
        });
    }
    if digits < 2 || digits + letters < 5 || !written_as_code(read, span) {
        return (marked && digits > 0 && digits + letters >= 4).then_some(20);
    }
    if brand.is_none() && (digits < 3 || digits + letters < 6) {
        return None;
    }
    Some(if brand.is_some() { 38 } else { 24 })
}

/// No part of it is a plain word: `Pre-2000`, `service2024` and `18k-gold` are no part numbers.
fn written_as_code(read: &Read<'_>, span: Span) -> bool {
    (span.start..span.end).filter_map(|at| read.token(at)).all(|token| {
        let word = read.tokens.text(token);
        let leading = word.bytes().take_while(u8::is_ascii_lowercase).count();
        if token.is_word() {
            token.capital && token.len() <= 6
        } else {
            leading <= if token.capital { 5 } else { 4 } && (token.capital || token.letters <= 2)
        }
    })
}

/// Our spelling: no maker's prefix and no dial number where the brand's numbers are digits and letters.
fn canonical(read: &Read<'_>, brand: Option<BrandIndex>, text: &str) -> String {
    let name =
        brand.and_then(|brand| read.catalogue.brand(brand)).map_or("", |brand| brand.name.as_str());
    if !matches!(name, "Rolex" | "Tudor") {
        return text.to_owned();
    }
    let bare = text
        .strip_prefix('M')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text);
    bare.split_once('-').map_or(bare, |(reference, _)| reference).to_owned()
}
