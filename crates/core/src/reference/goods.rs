//! Whether a title offers a watch at all: not a part, not an accessory, not a wish, not talk.
//!
//! Asked by `identify`; errs towards "watch", because hiding an offer costs the collector more than
//! showing a strap.

use super::{
    candidate::{Found, Proof},
    read::Read,
    token::{Glue, Token},
    vocabulary::Cue,
};

/// What a title is about.
pub(crate) fn is_watch(read: &Read<'_>, reference: Option<&Found>) -> bool {
    !is_talk_or_wish(read) && !is_part(read, reference)
}

/// "[WTB]", "[META]", "Suche ..." at the head; "[WTS/WTB]" offers too.
fn is_talk_or_wish(read: &Read<'_>) -> bool {
    let head = 3.min(read.len());
    let offers =
        (0..head).any(|at| matches!(read.tokens.word(at), "wts" | "wtt" | "fs" | "ft" | "fsot"));
    !offers
        && (0..head).any(|at| {
            let talk =
                read.cue(at, Cue::Talk) && read.token(at).is_some_and(|token| token.before == b'[');
            talk || (read.cue(at, Cue::Wanted)
                && (at == 0 || read.token(at).is_some_and(|token| token.before == b'[')))
        })
}

fn is_part(read: &Read<'_>, reference: Option<&Found>) -> bool {
    let only = (0..read.len())
        .any(|at| (read.cue(at, Cue::PartOnly) || is_for(read, at)) && !accompanies(read, at));
    if only {
        return true;
    }
    let listed = reference.is_some_and(|found| {
        matches!(found.proof, Proof::Listed | Proof::Base | Proof::Marked | Proof::Shape(_))
    });
    if listed || names_a_watch(read) {
        return false;
    }
    let parts: Vec<usize> =
        (0..read.len()).filter(|at| read.cue(*at, Cue::Part) && !accompanies(read, *at)).collect();
    let plural = parts.iter().any(|at| is_plural(read.tokens.word(*at)));
    if !parts.is_empty() && (plural || has_lug_width(read)) {
        return true;
    }
    match parts.as_slice() {
        [at] => sold_apart(read.tokens.word(*at)) && ends_segment(read, *at),
        _ => false,
    }
}

/// "strap for Omega", "Band für Omega"; not "strap for sale".
fn is_for(read: &Read<'_>, at: usize) -> bool {
    const FOR: [&str; 7] = ["for", "fur", "pour", "per", "para", "voor", "fits"];
    read.cue(at, Cue::Part)
        && FOR.contains(&read.tokens.word(at + 1))
        && !matches!(read.tokens.word(at + 2), "sale" | "only" | "just")
        && !read.token(at + 2).is_some_and(Token::is_number)
}

/// "watch" and the like, unless it only qualifies the part: "watch band".
fn names_a_watch(read: &Read<'_>) -> bool {
    (0..read.len()).any(|at| {
        read.cue(at, Cue::Watch)
            && !(read.cue(at + 1, Cue::Part) && read.glue(at + 1) == Glue::Space)
    })
}

/// "with extra strap", "on bracelet", "+ box": it comes with something.
fn accompanies(read: &Read<'_>, at: usize) -> bool {
    let mut before = at;
    for _ in 0..8 {
        if before == 0 {
            return false;
        }
        let plus =
            read.token(before).is_some_and(|token| matches!(token.before, b'+' | b'&' | b'/'));
        before -= 1;
        if plus || read.cue(before, Cue::With) {
            return before > 0 || plus;
        }
        if read.glue(before + 1) == Glue::Other {
            return false;
        }
    }
    false
}

/// 18 to 24 millimetres is the width of a strap.
fn has_lug_width(read: &Read<'_>) -> bool {
    (0..read.len()).any(|at| {
        let word = read.tokens.word(at);
        let number = word.strip_suffix("mm").or((read.tokens.word(at + 1) == "mm").then_some(word));
        number
            .and_then(|number| number.parse().ok())
            .is_some_and(|width: u8| (16..=24).contains(&width))
    })
}

fn is_plural(word: &str) -> bool {
    matches!(
        word,
        "straps"
            | "bands"
            | "bracelets"
            | "buckles"
            | "bezels"
            | "inserts"
            | "endlinks"
            | "dials"
            | "boxes"
            | "tools"
    )
}

/// Goods that are sold without a watch under the watch's name.
fn sold_apart(word: &str) -> bool {
    !matches!(
        word,
        "dial"
            | "dials"
            | "bezel"
            | "lunette"
            | "zifferblatt"
            | "hands"
            | "crystal"
            | "crown"
            | "movement"
            | "bracelet"
            | "link"
            | "band"
            | "box"
            | "boxes"
            | "werk"
            | "uhrwerk"
            | "glas"
            | "display"
            | "bracciale"
            | "cadran"
            | "case"
            | "caja"
            | "ブレスレット"
            | "文字盤"
            | "ベルト"
            | "ベゼル"
    )
}

fn ends_segment(read: &Read<'_>, at: usize) -> bool {
    at + 1 == read.len() || read.glue(at + 1) == Glue::Other
}
