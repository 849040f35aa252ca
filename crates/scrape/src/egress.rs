//! The guard on the way out: which addresses may be fetched at all.
//!
//! Called before every request and every redirect, and again on every resolved IP address, so that
//! a name that resolves to a private address gets no connection. Loopback is open only to the
//! configured demo market's exact origin.

mod addresses;
mod resolver;

use std::net::IpAddr;

use url::{Host, Origin, Url};

pub use addresses::is_public;
pub use resolver::{GuardedResolver, Unresolved};

/// Why an address is not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    #[error("only http and https are fetched, not `{0}`")]
    Scheme(String),
    #[error("an address with a user name in it is not fetched")]
    UserInfo,
    #[error("port {0} is not one of the web")]
    Port(u16),
    #[error("it has no host")]
    NoHost,
    #[error("`{0}` is in a private network")]
    Private(String),
}

/// The ports of the web; others are somebody's mail, database or shell.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Names that never leave the machine or the local network.
const LOCAL_NAMES: [&str; 6] =
    ["localhost", "local", "internal", "localdomain", "home.arpa", "intranet"];

#[derive(Debug, Clone, Default)]
pub struct Egress {
    demo: Option<Origin>,
}

impl Egress {
    /// `demo_market` is the one loopback origin that may be reached.
    pub fn new(demo_market: Option<&Url>) -> Egress {
        Egress { demo: demo_market.map(Url::origin) }
    }

    /// Is it the demo market itself?
    pub fn is_demo(&self, url: &Url) -> bool {
        self.demo.as_ref() == Some(&url.origin())
    }

    /// May this address be asked for? Names are only resolved later, by [`GuardedResolver`].
    pub fn check(&self, url: &Url) -> Result<(), Forbidden> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Forbidden::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Forbidden::UserInfo);
        }
        if self.is_demo(url) {
            return Ok(());
        }
        let port = url.port_or_known_default().unwrap_or(0);
        if !PORTS.contains(&port) {
            return Err(Forbidden::Port(port));
        }
        match url.host() {
            None => Err(Forbidden::NoHost),
            Some(Host::Domain(name)) => check_name(name),
            Some(Host::Ipv4(ip)) => check_ip(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => check_ip(IpAddr::V6(ip)),
        }
    }
}

fn check_name(name: &str) -> Result<(), Forbidden> {
    let plain = name.trim_end_matches('.').to_ascii_lowercase();
    let local = |suffix: &&str| plain == **suffix || plain.ends_with(&format!(".{suffix}"));
    match plain.is_empty() || !plain.contains('.') || LOCAL_NAMES.iter().any(local) {
        true => Err(Forbidden::Private(name.to_owned())),
        false => Ok(()),
    }
}

fn check_ip(ip: IpAddr) -> Result<(), Forbidden> {
    if is_public(ip) { Ok(()) } else { Err(Forbidden::Private(ip.to_string())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Result<(), Forbidden>) {
        let url = Url::parse(url).expect("the test's address parses");
        assert_eq!(Egress::default().check(&url), expected, "{url}");
    }

    #[track_caller]
    fn private(url: &str) {
        let parsed = Url::parse(url).expect("the test's address parses");
        assert!(matches!(Egress::default().check(&parsed), Err(Forbidden::Private(_))), "{url}");
    }

    #[test]
    fn only_the_public_web_is_open() {
        check("https://www.example.com/x", Ok(()));
        check("http://93.184.216.34/", Ok(()));
        check("https://example.com:8443/", Ok(()));
        check("https://example.com:22/", Err(Forbidden::Port(22)));
        check("http://example.com:6379/", Err(Forbidden::Port(6379)));
        check("file:///etc/passwd", Err(Forbidden::Scheme("file".into())));
        check("ftp://example.com/", Err(Forbidden::Scheme("ftp".into())));
        check("https://me:secret@example.com/", Err(Forbidden::UserInfo));
    }

    #[test]
    fn every_spelling_of_a_private_address_is_refused() {
        let spellings = [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://0/",
            "http://0.0.0.0/",
            "http://10.1.2.3/",
            "http://172.16.0.1/",
            "http://172.31.255.255/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/",
            "http://100.127.255.254/",
            "http://192.0.0.8/",
            "http://192.0.2.1/",
            "http://198.18.0.1/",
            "http://198.51.100.7/",
            "http://203.0.113.9/",
            "http://224.0.0.1/",
            "http://240.0.0.1/",
            "http://255.255.255.255/",
            "http://[::]/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b:1::1]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:0:53aa:64c::1]/",
            "http://[2001:db8::1]/",
            "http://[fe80::1]/",
            "http://[febf::1]/",
            "http://[fec0::1]/",
            "http://[fc00::1]/",
            "http://[fdff::1]/",
            "http://[ff02::1]/",
            "http://[100::1]/",
            "http://[5f00::1]/",
            "http://[3fff::1]/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://printer.local/",
            "http://metadata.google.internal/",
            "http://router/",
            "http://router./",
            "http://１２７.0.0.1/",
            "http://①②⑦.0.0.1/",
        ];
        spellings.into_iter().for_each(private);
    }

    #[test]
    fn a_public_address_behind_nat64_stays_public() {
        check("http://[64:ff9b::5db8:d822]/", Ok(()));
        check("http://[2606:4700::1111]/", Ok(()));
    }

    #[test]
    fn loopback_is_open_to_the_demo_market_alone() {
        let demo = Url::parse("http://127.0.0.1:4567").expect("the test's address parses");
        let egress = Egress::new(Some(&demo));
        assert_eq!(egress.check(&demo.join("/ebay/sch/i.html?_nkw=x").expect("joins")), Ok(()));
        for other in ["http://127.0.0.1:4568/", "https://127.0.0.1:4567/", "http://localhost:4567/"]
        {
            let other = Url::parse(other).expect("the test's address parses");
            assert!(egress.check(&other).is_err(), "{other}");
        }
    }
}
