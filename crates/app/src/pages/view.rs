//! What was read on a page, as the window shows it.

use url::Url;
use watches_core::money::Money;
use watches_ipc::page::{
    FoundField, FoundHow, OutlineBlock, OutlineKind, OutlinePiece, PageField, PageReading,
};
use watches_scrape::{
    adapter::{BlockKind, FieldName, Outline},
    page::Page,
};

use super::reading::Interpreted;

pub(super) fn reading(page: &Page, read: &Interpreted, source: Option<String>) -> PageReading {
    let fields = fields(read);
    let price = read.listing.as_ref().and_then(|listing| listing.price);
    let titled = fields.iter().any(|field| field.field == PageField::Title);
    PageReading {
        url: page.url.as_ref().map(Url::to_string).unwrap_or_default(),
        host: page.url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned(),
        readable: titled && price.is_some() && read.trouble.is_none(),
        fields,
        price,
        trouble: read.trouble.clone(),
        source,
        outline: blocks(&read.outline),
        cut: read.outline.cut,
    }
}

fn fields(read: &Interpreted) -> Vec<FoundField> {
    let Some(listing) = &read.listing else { return Vec::new() };
    let price = listing.price_text.clone().or_else(|| listing.price.map(Money::to_decimal));
    let known = [
        (FieldName::Title, PageField::Title, Some(listing.title.clone())),
        (FieldName::Price, PageField::Price, price.filter(|_| listing.price.is_some())),
        (FieldName::Seller, PageField::Seller, listing.seller.clone()),
        (
            FieldName::Condition,
            PageField::Condition,
            listing.condition_text.clone().or_else(|| listing.condition_code.clone()),
        ),
        (FieldName::Location, PageField::Location, listing.location.clone()),
        (FieldName::Image, PageField::Image, listing.image.clone()),
    ];
    let found = |(name, field, text): (FieldName, PageField, Option<String>)| {
        let text = text.filter(|text| !text.trim().is_empty())?;
        Some(FoundField { field, text, how: how(read, name) })
    };
    known.into_iter().filter_map(found).collect()
}

fn how(read: &Interpreted, name: FieldName) -> FoundHow {
    if read.guessed.contains(&name) {
        return FoundHow::Guess;
    }
    match read.won.iter().find(|won| won.field == name) {
        None => FoundHow::Stated,
        Some(won) if read.pointed => {
            FoundHow::Pointed { marks: u32::try_from(won.of).unwrap_or(u32::MAX) }
        }
        Some(won) => FoundHow::Adapter { by: won.by.clone() },
    }
}

fn blocks(outline: &Outline) -> Vec<OutlineBlock> {
    let block = |block: &watches_scrape::adapter::Block| OutlineBlock {
        kind: match block.kind {
            BlockKind::Heading => OutlineKind::Heading,
            BlockKind::Text => OutlineKind::Text,
            BlockKind::Item => OutlineKind::Item,
            BlockKind::Image => OutlineKind::Image,
        },
        pieces: block
            .pieces
            .iter()
            .map(|piece| OutlinePiece {
                node: u32::try_from(piece.node).unwrap_or(u32::MAX),
                text: piece.text.clone(),
                price: piece.price,
            })
            .collect(),
    };
    outline.blocks.iter().map(block).collect()
}
