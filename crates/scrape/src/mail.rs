//! Saved-search mails of the markets: the bytes of one message in, listings out.
//!
//! Pure; called by `app::mail` and the command line. What always holds: nothing in a message makes it panic,
//! the cost is linear in its size, and a listing is taken only when its address lies on the market that
//! the sender's domain belongs to. Who sent a message is told by the domain of its `From` alone; signatures
//! (DKIM) are the mail provider's business and are not checked here, so a forged sender can at worst show a
//! real market's own address under a wrong title.

mod cards;
mod lines;
mod links;
mod mbox;
mod plain;
mod sender;
mod words;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use watches_core::{listing::extracted::Extracted, time::Timestamp};

pub use self::{mbox::messages, sender::MailSite};
use crate::html::text;

/// A larger message is no saved search.
pub const LARGEST: usize = 2 * 1024 * 1024;

/// More listings than this are no saved search either.
const MOST_LISTINGS: usize = 200;

/// A message as it is shown, and what it turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// `From` as written: `Chrono24 <info@chrono24.com>`.
    pub sender: String,
    pub subject: String,
    pub sent_at: Option<Timestamp>,
    pub reading: MailReading,
}

#[derive(Debug, Clone, PartialEq)]
pub enum MailReading {
    /// A saved search's results.
    Listings { site: MailSite, listings: Vec<Extracted> },
    /// From a market, or pretending to be, and not readable as its listings: one sentence why.
    Unknown(String),
    /// None of the markets sent it and it does not say so: nobody's business here.
    NotFromMarket,
}

/// Reads a message.
pub fn read(message: &[u8]) -> Letter {
    let bounded = &message[..message.len().min(LARGEST)];
    let Some(parsed) = MessageParser::default().parse(bounded) else {
        return Letter {
            sender: String::new(),
            subject: String::new(),
            sent_at: None,
            reading: MailReading::NotFromMarket,
        };
    };
    let (sender, address, name) = from(&parsed);
    let subject = text::fold(parsed.subject().unwrap_or_default());
    let reading = match sender::judge(address.as_deref(), &name) {
        sender::Sender::Other => MailReading::NotFromMarket,
        sender::Sender::Pretends(site) => MailReading::Unknown(format!(
            "it calls itself {} but does not come from there",
            site.name()
        )),
        sender::Sender::Market(site) if message.len() > LARGEST => {
            MailReading::Unknown(format!("it is too large for a mail of {}", site.name()))
        }
        sender::Sender::Market(site) => listings(&parsed, site, &subject),
    };
    Letter { sender, subject, sent_at: sent_at(&parsed), reading }
}

/// Whether a message with these headers is worth fetching whole: `false` for everybody's private mail.
pub fn is_worth_reading(headers: &[u8]) -> bool {
    let bounded = &headers[..headers.len().min(LARGEST)];
    let Some(parsed) = MessageParser::default().parse_headers(bounded) else { return false };
    let (_, address, name) = from(&parsed);
    !matches!(sender::judge(address.as_deref(), &name), sender::Sender::Other)
}

/// Whether a file holds a message or a mailbox, by its first lines.
pub fn looks_like_mail(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"From ") {
        return true;
    }
    let head = &bytes[..bytes.len().min(16 * 1024)];
    let mut named = false;
    for line in head.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            let continues = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
            if continues {
                continue;
            }
            break;
        };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            if line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
                continue;
            }
            break;
        }
        named |= name.eq_ignore_ascii_case(b"from");
    }
    named
}

/// The sender as shown, the one address it names, and the name it gives itself.
fn from(parsed: &Message<'_>) -> (String, Option<String>, String) {
    let Some(from) = parsed.from() else { return (String::new(), None, String::new()) };
    let addresses: Vec<_> = from.iter().take(3).collect();
    let name = addresses.first().and_then(|first| first.name()).map(text::fold).unwrap_or_default();
    // A sender of several addresses could hide a stranger behind a market's.
    let address = match addresses.as_slice() {
        [one] => one.address().map(str::to_owned),
        _ => None,
    };
    let shown = match (&*name, addresses.first().and_then(|first| first.address())) {
        ("", address) => address.unwrap_or_default().to_owned(),
        (name, Some(address)) => format!("{name} <{address}>"),
        (name, None) => name.to_owned(),
    };
    (shown.chars().take(300).collect(), address, name)
}

fn sent_at(parsed: &Message<'_>) -> Option<Timestamp> {
    let date = parsed.date().filter(|date| date.is_valid())?;
    Some(Timestamp::from_seconds(date.to_timestamp()))
}

fn listings(parsed: &Message<'_>, site: MailSite, subject: &str) -> MailReading {
    if let Some(about) = words::other_business(subject) {
        return MailReading::Unknown(format!("its subject speaks of {about}, not of a search"));
    }
    let mut found: Vec<Extracted> = Vec::new();
    let mut links = 0;
    for part in &parsed.parts {
        let PartType::Html(html) = &part.body else { continue };
        if part.is_content_type("text", "html") && found.is_empty() {
            let read = cards::read(html, site);
            links += read.links;
            found = read.listings;
        }
    }
    if found.is_empty() {
        for part in &parsed.parts {
            let PartType::Text(plain) = &part.body else { continue };
            let read = plain::read(plain, site);
            links += read.links;
            found.extend(read.listings);
        }
    }
    found.truncate(MOST_LISTINGS);
    match (found.is_empty(), links) {
        (false, _) => MailReading::Listings { site, listings: found },
        (true, 0) => MailReading::Unknown(format!(
            "no address in it is a listing of {}: an unknown template",
            site.name()
        )),
        (true, _) => MailReading::Unknown(format!(
            "it names listings of {} without a title that can be read: an unknown template",
            site.name()
        )),
    }
}

/// What a part held: its listings, and how many addresses of listings it named.
#[derive(Debug, Default)]
struct PartRead {
    listings: Vec<Extracted>,
    links: usize,
}
