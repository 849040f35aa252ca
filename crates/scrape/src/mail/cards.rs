//! The HTML of a saved-search mail -> its listings.
//!
//! A card is what lies together around the links to one listing: the largest element that holds links to no
//! other, cut down to the smallest one with a price when it is large. Markets change the looks of
//! their mails often; that a card links to its listing they cannot change.

use std::collections::HashMap;

use watches_core::listing::extracted::Extracted;

use super::{
    MailSite, PartRead,
    lines::{Layout, Line},
    links::{self, Target},
    plain,
};
use crate::html::token::Tag;

/// Links that are looked at; a mail with more wants to be slow.
const MOST_LINKS: usize = 2_000;

/// Letters of a card without headings and footers around it.
const CARD_LETTERS: usize = 400;

/// A link to a listing.
#[derive(Debug)]
struct Link {
    at: usize,
    /// Which of the targets.
    target: usize,
}

pub(super) fn read(html: &str, site: MailSite) -> PartRead {
    let layout = Layout::of(html);
    let (targets, links) = links_of(&layout, site);
    let cards: Vec<Vec<(usize, usize)>> =
        (0..targets.len()).map(|target| segments(&layout, &links, target)).collect();
    let mut listings = Vec::new();
    for (number, target) in targets.iter().enumerate() {
        let own: Vec<&Link> = links.iter().filter(|link| link.target == number).take(12).collect();
        let card = Card { layout: &layout, links: &own, segments: &cards[number] };
        listings.extend(card.listing(target, site));
    }
    PartRead { listings, links: links.len() }
}

/// Each listing once, and every link to one in the order of the mail.
fn links_of(layout: &Layout<'_>, site: MailSite) -> (Vec<Target>, Vec<Link>) {
    let mut targets: Vec<Target> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut links = Vec::new();
    let anchors = layout.fragment.elements().filter(|(_, tag)| tag.is("a"));
    for (at, tag) in anchors.take(MOST_LINKS) {
        let Some(target) = tag.decoded("href").and_then(|href| links::listing(&href, site)) else {
            continue;
        };
        let number = *known.entry(target.id.clone()).or_insert(targets.len());
        if number == targets.len() {
            if targets.len() >= super::MOST_LISTINGS {
                continue;
            }
            targets.push(target);
        }
        links.push(Link { at, target: number });
    }
    (targets, links)
}

/// The stretches of the mail that belong to a listing, in their order.
fn segments(layout: &Layout<'_>, links: &[Link], target: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for link in links.iter().filter(|link| link.target == target).take(12) {
        let top = bounded(layout, links, link);
        let range = (top, layout.fragment.end(top));
        if !found.iter().any(|(from, to)| *from <= range.0 && range.1 <= *to) {
            found.retain(|(from, to)| !(range.0 <= *from && *to <= range.1));
            found.push(range);
        }
    }
    let has_price = |(from, to): &(usize, usize)| layout.within(*from, *to).iter().any(is_price);
    if !found.iter().any(has_price)
        && let Some((from, to)) = found.last().copied()
    {
        found.extend(following(layout, links, from, to));
    }
    found
}

/// The element around a link that is its card.
fn bounded(layout: &Layout<'_>, links: &[Link], link: &Link) -> usize {
    let mut best = link.at;
    let mut at = link.at;
    loop {
        let parent = layout.parents.get(at).copied().unwrap_or(at);
        if parent == at || !is_alone(layout, links, parent, link.target) {
            return best;
        }
        let lines = layout.within(best, layout.fragment.end(best));
        let has_price = lines.iter().any(is_price);
        let around = layout.within(parent, layout.fragment.end(parent));
        let letters: usize = around.iter().map(|line| line.text.len()).take(64).sum();
        // A price is worth a large element; a complete card grows only while it stays one.
        if letters > CARD_LETTERS && (has_price || !around.iter().take(64).any(is_price)) {
            return best;
        }
        best = parent;
        at = parent;
    }
}

/// No link to another listing lies in the element.
fn is_alone(layout: &Layout<'_>, links: &[Link], element: usize, target: usize) -> bool {
    let end = layout.fragment.end(element);
    let first = links.partition_point(|link| link.at < element);
    let inside = links.iter().skip(first).take_while(|link| link.at < end);
    inside.take(64).all(|link| link.target == target)
}

/// Rows below a card's last one, in the same table, before the next listing begins.
fn following(
    layout: &Layout<'_>,
    links: &[Link],
    from: usize,
    to: usize,
) -> Option<(usize, usize)> {
    let parent = layout.parents.get(from).copied().filter(|parent| *parent != from)?;
    let next = links.iter().find(|link| link.at >= to).map_or(usize::MAX, |link| {
        // The next card begins with its outermost element in this table.
        let mut top = link.at;
        while let Some(above) = layout.parents.get(top).filter(|above| **above != top) {
            if *above <= parent {
                break;
            }
            top = *above;
        }
        top
    });
    let end = layout.fragment.end(parent).min(next);
    (end > to).then_some((to, end))
}

fn is_price(line: &Line) -> bool {
    !line.struck && super::words::is_price(&line.text)
}

/// One listing's part of the mail.
#[derive(Debug)]
struct Card<'a> {
    layout: &'a Layout<'a>,
    links: &'a [&'a Link],
    segments: &'a [(usize, usize)],
}

impl Card<'_> {
    fn listing(&self, target: &Target, site: MailSite) -> Option<Extracted> {
        let lines: Vec<&Line> =
            self.segments.iter().flat_map(|(from, to)| self.layout.within(*from, *to)).collect();
        let (title, title_at) = self.title(&lines, site)?;
        let mut listing = Extracted::new(site.source_key(), &target.id, &target.url, &title);
        // What follows the title is about it; what stands before it may be a heading.
        let (before, after): (Vec<&Line>, Vec<&Line>) =
            lines.iter().partition(|line| line.at < title_at);
        let ordered = after.iter().chain(&before).map(|line| (line.text.as_str(), line.struck));
        plain::fill(&mut listing, ordered, site);
        listing.image = self.image();
        listing.photos.extend(listing.image.clone());
        Some(listing)
    }

    /// The first words of a link that can be a title; else the photo's own words, else a line of the card.
    fn title(&self, lines: &[&Line], site: MailSite) -> Option<(String, usize)> {
        for link in self.links {
            let inside = self.layout.within(link.at, self.layout.fragment.end(link.at));
            let mut titles =
                inside.iter().take(24).filter(|line| super::words::is_title(&line.text));
            let Some(first) = titles.next() else { continue };
            // Chrono24 writes the watch on one line and the seller's words on the next.
            let second = titles.next().filter(|_| site == MailSite::Chrono24);
            let second = second.filter(|second| !plain::is_condition(&second.text));
            let title = match second {
                Some(second) => format!("{} {}", first.text, second.text),
                None => first.text.clone(),
            };
            return Some((title, first.at));
        }
        let photo = self.pictures().filter_map(|(at, tag)| {
            let words = crate::html::text::fold(tag.attribute("alt").unwrap_or_default());
            super::words::is_title(&words).then_some((words, at))
        });
        let plain = || {
            let line = lines.iter().find(|line| super::words::is_title(&line.text))?;
            Some((line.text.clone(), line.at))
        };
        photo.take(1).next().or_else(plain)
    }

    fn pictures(&self) -> impl Iterator<Item = (usize, Tag<'_>)> {
        let inside = |range: &(usize, usize)| {
            let (from, to) = *range;
            (from..to).filter_map(|at| Some((at, self.layout.fragment.tag(at)?)))
        };
        self.segments.iter().flat_map(inside).filter(|(_, tag)| tag.is("img"))
    }

    /// The first picture that is no pixel of a counter.
    fn image(&self) -> Option<String> {
        let small = |tag: &Tag<'_>, side: &str| {
            tag.attribute(side)
                .and_then(|size| size.trim_end_matches("px").parse::<u32>().ok())
                .is_some_and(|size| size < 40)
        };
        let shown = |(_, tag): &(usize, Tag<'_>)| !small(tag, "width") && !small(tag, "height");
        let mut addresses = self.pictures().filter(shown).filter_map(|(_, tag)| tag.decoded("src"));
        addresses.find(|address| address.starts_with("https://") && !address.ends_with(".gif"))
    }
}
