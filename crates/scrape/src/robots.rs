//! A robots.txt body in, answers out: may this agent fetch this address, and how fast.
//!
//! RFC 9309, with the leniency that real files need (missing colons, misspelt keys, a byte-order
//! mark). Called by `fetch` and `watches robots`. Pure; never panics, whatever the bytes. Where
//! Google's parser and Protego differ, the RFC decides; where it is silent, the stricter reading.

mod agent;
mod line;
mod pace;
mod pattern;

use watches_core::time::Span;

pub use pace::{RequestRate, TimeOfDay, VisitTime};

use line::{Key, lines};
use pattern::Pattern;

/// How much of a body is read; RFC 9309 section 2.5 asks for at least 500 KiB.
pub const PARSED_BYTES: usize = 1024 * 1024;

/// A parsed robots.txt.
#[derive(Debug, Clone, Default)]
pub struct Robots {
    groups: Vec<Group>,
    sitemaps: Vec<String>,
    host: Option<String>,
}

/// The records under one run of `User-agent` lines.
#[derive(Debug, Clone, Default)]
struct Group {
    /// Lower case; `*` is everyone. None for a group under an empty `User-agent` line.
    names: Vec<String>,
    rules: Vec<Rule>,
    crawl_delay: Option<Span>,
    request_rate: Option<RequestRate>,
    visit_time: Option<VisitTime>,
}

#[derive(Debug, Clone)]
struct Rule {
    verdict: Verdict,
    pattern: Pattern,
}

/// Allow outranks disallow when both match equally long (RFC 9309 section 2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Disallow,
    Allow,
}

impl Robots {
    /// Reads at most [`PARSED_BYTES`]; what cannot be read is skipped.
    pub fn parse(body: &[u8]) -> Robots {
        let body = body.get(..PARSED_BYTES).unwrap_or(body);
        let mut reader = Reader::default();
        for line in lines(body) {
            reader.take(line.key, line.value);
        }
        reader.robots
    }

    /// May `agent` fetch `url`? An agent is a product token (`WatchesFyi`) or a whole User-Agent
    /// header; a url is absolute or begins with its path. `/robots.txt` itself is always allowed.
    pub fn allows(&self, agent: &str, url: &str) -> bool {
        let path = pattern::Path::of(url);
        if path.is_robots_txt() {
            return true;
        }
        let rules = self.groups_for(agent).flat_map(|group| &group.rules);
        let matching =
            rules.filter_map(|rule| Some((rule.pattern.matches(&path)?, rule.verdict))).max();
        !matches!(matching, Some((_, Verdict::Disallow)))
    }

    /// The pause that the agent's group asks for between requests. Not in RFC 9309, but common.
    pub fn crawl_delay(&self, agent: &str) -> Option<Span> {
        self.groups_for(agent).filter_map(|group| group.crawl_delay).last()
    }

    pub fn request_rate(&self, agent: &str) -> Option<RequestRate> {
        self.groups_for(agent).filter_map(|group| group.request_rate).last()
    }

    /// The hours (UTC) in which the agent is welcome.
    pub fn visit_time(&self, agent: &str) -> Option<VisitTime> {
        self.groups_for(agent).filter_map(|group| group.visit_time).last()
    }

    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    /// The name that the site prefers for itself.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// All groups under the most specific name that fits: they count as one (section 2.2.1).
    fn groups_for(&self, agent: &str) -> impl Iterator<Item = &Group> {
        let agent = agent::Agent::new(agent);
        let names = self.groups.iter().flat_map(|group| &group.names);
        let best = names
            .filter_map(|name| Some((agent.fit(name)?, name)))
            .max_by_key(|(fit, _)| *fit)
            .map(|(_, name)| name);
        self.groups.iter().filter(move |group| best.is_some_and(|best| group.names.contains(best)))
    }
}

/// Collects groups while the lines go by.
#[derive(Debug, Default)]
struct Reader {
    robots: Robots,
    /// The last group may still get names: no record has followed its `User-agent` lines yet.
    naming: bool,
}

impl Reader {
    fn take(&mut self, key: Key, value: &[u8]) {
        match key {
            Key::UserAgent => self.name(value),
            Key::UserAgentWithoutColon => self.name_whole(value),
            Key::Allow => self.rule(Verdict::Allow, value),
            Key::Disallow => self.rule(Verdict::Disallow, value),
            Key::CrawlDelay => self.group_record(|group| {
                group.crawl_delay = pace::seconds(value).or(group.crawl_delay);
            }),
            Key::RequestRate => self.group_record(|group| {
                group.request_rate = RequestRate::read(value).or(group.request_rate);
            }),
            Key::VisitTime => self.group_record(|group| {
                group.visit_time = VisitTime::read(value).or(group.visit_time);
            }),
            Key::Sitemap => self.robots.sitemaps.push(text(value)),
            Key::Host => self.robots.host = Some(text(value)),
            // A mistyped rule ends the naming as the rule would have; any other unknown record
            // must not interfere with the known ones (section 2.2.4).
            Key::Unknown if value.starts_with(b"/") => self.naming = false,
            Key::Unknown => {}
        }
    }

    fn name(&mut self, value: &[u8]) {
        let first_word = value.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        self.name_whole(first_word);
    }

    fn name_whole(&mut self, value: &[u8]) {
        if !self.naming {
            self.robots.groups.push(Group::default());
            self.naming = true;
        }
        let name = text(value).to_lowercase();
        let name = if name == "*" { name } else { name.replace('*', "") };
        if let Some(group) = self.robots.groups.last_mut().filter(|_| !name.is_empty()) {
            group.names.push(name);
        }
    }

    fn rule(&mut self, verdict: Verdict, value: &[u8]) {
        self.group_record(|group| {
            let patterns = Pattern::read(value);
            group.rules.extend(patterns.map(|pattern| Rule { verdict, pattern }));
            // Google's convention, kept by its users: an allowed index page allows its folder.
            let folder = (verdict == Verdict::Allow).then(|| Pattern::folder_of_index(value));
            let folder = folder.flatten().map(|pattern| Rule { verdict, pattern });
            group.rules.extend(folder);
        });
    }

    /// A record of the current group; records before the first `User-agent` belong to nobody.
    fn group_record(&mut self, change: impl FnOnce(&mut Group)) {
        self.naming = false;
        if let Some(group) = self.robots.groups.last_mut() {
            change(group);
        }
    }
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(robots_txt: &str, agent: &str, url: &str, allowed: bool) {
        let robots = Robots::parse(robots_txt.as_bytes());
        assert_eq!(robots.allows(agent, url), allowed, "{robots_txt:?} {agent} {url}");
    }

    #[test]
    fn the_longest_rule_wins_and_allow_wins_a_tie() {
        let body = "user-agent: *\ndisallow: /watches\nallow: /watches/new\n";
        check(body, "any", "https://a.example/watches/old", false);
        check(body, "any", "https://a.example/watches/new/1", true);
        check(body, "any", "https://a.example/straps", true);
        check("user-agent: *\nallow: /x\ndisallow: /x\n", "any", "/x/y", true);
    }

    #[test]
    fn wildcards_and_the_end_mark() {
        let body = "user-agent: *\ndisallow: /*/cart$\ndisallow: /*.pdf\n";
        check(body, "any", "/de/cart", false);
        check(body, "any", "/de/cart/2", true);
        check(body, "any", "/a/b.pdf?page=2", false);
        check("user-agent: *\ndisallow: /p$q", "any", "/p$q", false);
        check("user-agent: *\ndisallow: /p%24", "any", "/p$", false);
    }

    #[test]
    fn the_most_specific_group_decides_alone() {
        let body = "user-agent: *\ndisallow: /\nuser-agent: watchesfyi\ndisallow: /private\n";
        check(body, "WatchesFyi", "/open", true);
        check(body, "WatchesFyi/0.1 (+https://watches.fyi/bot)", "/private/1", false);
        check(body, "Watch", "/open", false);
        check("user-agent: fyi\ndisallow: /", "WatchesFyi", "/open", true);
    }

    #[test]
    fn groups_of_one_name_are_merged_and_unknown_records_do_not_split() {
        let body = "user-agent: a\nallow: /x\n\nuser-agent: b\ndisallow: /\n\nuser-agent: a\ndisallow: /y\n";
        check(body, "a", "/y", false);
        check(body, "a", "/x", true);
        let body = "user-agent: a\nsitemap: https://a.example/s.xml\nnote: hello\nuser-agent: b\ndisallow: /\n";
        check(body, "a", "/", false);
    }

    #[test]
    fn escapes_are_compared_decoded_but_a_slash_stays_special() {
        check("user-agent: *\ndisallow: /caf%c3%a9", "a", "/café", false);
        check("user-agent: *\ndisallow: /%7ejoe", "a", "/~joe", false);
        check("user-agent: *\ndisallow: /a%2Fb", "a", "/a/b", true);
    }

    #[test]
    fn sloppy_files_are_read() {
        check("\u{feff}user-agent: *\ndisallow: /", "a", "/x", false);
        check("user agent *\rdisallow /x\r", "a", "/x", false);
        check("user-agent: *\ndissalow: /x # typo", "a", "/x", false);
        check("disallow: /", "a", "/x", true);
        check("user-agent: *\ndisallow: /", "a", "https://a.example/robots.txt", true);
    }

    #[test]
    fn pace_records_belong_to_their_group() {
        let body = b"user-agent: a\ncrawl-delay: 2.5\nuser-agent: b\ncrawl-delay: nan\ndisallow: /";
        let robots = Robots::parse(body);
        assert_eq!(robots.crawl_delay("a"), Some(Span(2_500_000)));
        assert_eq!(robots.crawl_delay("b"), None);
        assert!(robots.allows("a", "/"));
    }

    proptest! {
        #[test]
        fn no_bytes_can_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..600), agent in ".{0,20}", url in ".{0,60}") {
            let robots = Robots::parse(&body);
            let _ = robots.allows(&agent, &url);
            let _ = robots.crawl_delay(&agent);
        }

        #[test]
        fn a_rule_matches_its_own_path(path in "/([a-zA-Z0-9_.~ä-ü-][a-zA-Z0-9/_.~ä-ü-]{0,30})?") {
            let robots = Robots::parse(format!("user-agent: *\ndisallow: {path}").as_bytes());
            let is_robots = path == "/robots.txt";
            prop_assert_eq!(robots.allows("a", &path), is_robots);
        }
    }
}
