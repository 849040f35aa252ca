//! Whose message is it? Told by the domain of its sender, never by its words alone.

/// A market that sends saved-search mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailSite {
    Chrono24,
    Ebay,
    Kleinanzeigen,
    Facebook,
}

impl MailSite {
    const ALL: [MailSite; 4] =
        [MailSite::Chrono24, MailSite::Ebay, MailSite::Kleinanzeigen, MailSite::Facebook];

    /// The key of the source its listings belong to, the same as of its fetched pages.
    pub fn source_key(self) -> &'static str {
        match self {
            MailSite::Chrono24 => "chrono24",
            MailSite::Ebay => "ebay",
            MailSite::Kleinanzeigen => "kleinanzeigen",
            MailSite::Facebook => "facebook",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            MailSite::Chrono24 => "Chrono24",
            MailSite::Ebay => "eBay",
            MailSite::Kleinanzeigen => "Kleinanzeigen",
            MailSite::Facebook => "Facebook",
        }
    }

    /// The domains that are its own; each with everything below it.
    fn domains(self) -> &'static [&'static str] {
        match self {
            MailSite::Chrono24 => &CHRONO24,
            MailSite::Ebay => &EBAY,
            MailSite::Kleinanzeigen => &["kleinanzeigen.de", "ebay-kleinanzeigen.de"],
            MailSite::Facebook => &["facebookmail.com", "facebook.com", "fb.com"],
        }
    }

    /// The market's domain that a host lies in: `ebay.de` for `rover.ebay.de`.
    pub(super) fn domain_of(self, host: &str) -> Option<&'static str> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.domains().iter().copied().find(|domain| {
            host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }
}

const CHRONO24: [&str; 28] = [
    "chrono24.com",
    "chrono24.de",
    "chrono24.at",
    "chrono24.ch",
    "chrono24.co.uk",
    "chrono24.fr",
    "chrono24.it",
    "chrono24.es",
    "chrono24.nl",
    "chrono24.be",
    "chrono24.pl",
    "chrono24.pt",
    "chrono24.se",
    "chrono24.dk",
    "chrono24.fi",
    "chrono24.gr",
    "chrono24.cz",
    "chrono24.hu",
    "chrono24.ro",
    "chrono24.jp",
    "chrono24.kr",
    "chrono24.cn",
    "chrono24.hk",
    "chrono24.in",
    "chrono24.ca",
    "chrono24.mx",
    "chrono24.com.au",
    "chrono24.com.br",
];

const EBAY: [&str; 19] = [
    "ebay.com",
    "ebay.de",
    "ebay.at",
    "ebay.ch",
    "ebay.co.uk",
    "ebay.ie",
    "ebay.fr",
    "ebay.it",
    "ebay.es",
    "ebay.nl",
    "ebay.be",
    "ebay.pl",
    "ebay.ca",
    "ebay.com.au",
    "ebay.com.hk",
    "ebay.com.sg",
    "ebay.com.my",
    "ebay.ph",
    "ebay.us",
];

/// What a message's sender is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    Market(MailSite),
    /// The name or the address speaks of a market, the domain does not.
    Pretends(MailSite),
    Other,
}

/// `address` is `None` where the message names no sender or several.
pub(super) fn judge(address: Option<&str>, name: &str) -> Sender {
    let domain = address.and_then(|address| address.rsplit_once('@')).map(|(_, domain)| domain);
    let own = |site: &MailSite| domain.is_some_and(|domain| site.domain_of(domain).is_some());
    if let Some(site) = MailSite::ALL.into_iter().find(own) {
        return Sender::Market(site);
    }
    let said = format!("{name} {}", address.unwrap_or_default()).to_lowercase();
    let spoken = |site: &MailSite| said.contains(&site.name().to_lowercase());
    // `ebay-kleinanzeigen` is Kleinanzeigen's former name.
    let order = [MailSite::Chrono24, MailSite::Kleinanzeigen, MailSite::Ebay, MailSite::Facebook];
    order.into_iter().find(spoken).map_or(Sender::Other, Sender::Pretends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, name: &str, expected: Sender) {
        assert_eq!(judge(Some(address), name), expected, "{name} <{address}>");
    }

    #[test]
    fn the_domain_decides_and_a_name_alone_is_a_pretence() {
        check("info@chrono24.com", "Chrono24", Sender::Market(MailSite::Chrono24));
        check("x@news.Chrono24.de", "", Sender::Market(MailSite::Chrono24));
        check("ebay@reply.ebay.co.uk", "eBay", Sender::Market(MailSite::Ebay));
        check("a@mail.kleinanzeigen.de", "", Sender::Market(MailSite::Kleinanzeigen));
        check("a@ebay-kleinanzeigen.de", "", Sender::Market(MailSite::Kleinanzeigen));
        check("notification@facebookmail.com", "", Sender::Market(MailSite::Facebook));
        check("info@chrono24.com.evil.example", "", Sender::Pretends(MailSite::Chrono24));
        check("info@notchrono24.com", "", Sender::Pretends(MailSite::Chrono24));
        check("max@example.org", "CHRONO24 Alerts", Sender::Pretends(MailSite::Chrono24));
        check("anna@example.org", "Anna", Sender::Other);
        assert_eq!(judge(None, "eBay"), Sender::Pretends(MailSite::Ebay));
    }
}
