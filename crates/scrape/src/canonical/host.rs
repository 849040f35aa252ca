//! The authority of an address: user, host and port, the host in ASCII.

use std::net::Ipv6Addr;

use url::Host;

use super::{
    BadAddress,
    escape::{self, Set},
};

/// The authority in ASCII: user escaped, host in Punycode, an empty port left out.
pub fn ascii(authority: &str) -> Result<String, BadAddress> {
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, authority),
    };
    let (host, port) = host_and_port(place)?;
    // A bracket belongs to an address of numbers; beside any other host it is a mistake.
    if user.is_some_and(|user| user.contains(['[', ']'])) && !place.starts_with('[') {
        return Err(BadAddress::Host);
    }
    let user = user.map(escaped_user).unwrap_or_default();
    let port =
        port.filter(|port| !port.is_empty()).map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{user}{host}{port}"))
}

/// `user:password@`, both escaped.
fn escaped_user(user: &str) -> String {
    let escaped = |part: &str| escape::text(part, Set::UserInfo, encoding_rs::UTF_8);
    match user.split_once(':') {
        Some((name, password)) => format!(
            "{}:{}@",
            escaped(name),
            password.split(':').map(escaped).collect::<Vec<_>>().join(":")
        ),
        None => format!("{}@", escaped(user)),
    }
}

fn host_and_port(place: &str) -> Result<(String, Option<&str>), BadAddress> {
    let (host, port) = match place.strip_prefix('[') {
        Some(inner) => {
            let (number, after) = inner.split_once(']').ok_or(BadAddress::Host)?;
            let port = if after.is_empty() {
                None
            } else {
                Some(after.strip_prefix(':').ok_or(BadAddress::Host)?)
            };
            (bracketed(number)?, port)
        }
        None => {
            let (host, port) =
                place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port)));
            (named(host)?, port)
        }
    };
    let number = port.is_none_or(|port| {
        port.is_empty()
            || (port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok())
    });
    if number { Ok((host, port)) } else { Err(BadAddress::Port) }
}

/// `[::1]`, or a future kind of address (`[v6a.ip]`), which is a name today.
fn bracketed(inner: &str) -> Result<String, BadAddress> {
    if inner.parse::<Ipv6Addr>().is_ok() {
        return Ok(format!("[{inner}]"));
    }
    let future = inner.strip_prefix(['v', 'V']).and_then(|rest| rest.split_once('.'));
    let is_future = future.is_some_and(|(version, rest)| {
        !version.is_empty()
            && version.bytes().all(|byte| byte.is_ascii_hexdigit())
            && !rest.is_empty()
    });
    // Of a kind that nobody speaks yet only the plain lower-case form is a name too.
    let plain = inner
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.');
    if is_future && plain { Ok(inner.to_owned()) } else { Err(BadAddress::Host) }
}

/// Marks that no host may hold (WHATWG URL's forbidden domain code points, controls left to a test of their
/// own). `%` is let through: pages write hosts with escapes, and a resolver refuses them anyway.
const FORBIDDEN: [char; 12] = [' ', '#', '/', '<', '>', '?', '@', '[', '\\', ']', '^', '|'];

/// A name as it stands if it is ASCII, else in Punycode.
fn named(host: &str) -> Result<String, BadAddress> {
    if host.contains(FORBIDDEN) || host.contains(|letter: char| letter.is_ascii_control()) {
        return Err(BadAddress::Host);
    }
    if host.is_ascii() {
        return Ok(host.to_owned());
    }
    // Not a host that anybody answers at; other tools leave it as it stands too.
    if host.split('.').any(str::is_empty) {
        return Ok(host.to_owned());
    }
    // Label by label: no letter may become a dot or another mark and so move the border of the host.
    let labels: Result<Vec<String>, _> = host.split('.').map(label).collect();
    Ok(labels?.join("."))
}

fn label(label: &str) -> Result<String, BadAddress> {
    if label.is_ascii() {
        return Ok(label.to_owned());
    }
    match Host::parse(label) {
        Ok(Host::Domain(name)) => Ok(name),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => Err(BadAddress::Host),
    }
}

/// A host means the same in any case; the user before it does not.
pub fn fold(authority: &mut String) {
    let start = authority.rfind('@').map_or(0, |at| at + 1);
    let host = authority.split_off(start).to_lowercase();
    let number = host.strip_prefix('[').and_then(|inner| inner.split_once(']'));
    let shortest = number
        .and_then(|(inner, after)| Some(format!("[{}]{after}", inner.parse::<Ipv6Addr>().ok()?)));
    authority.push_str(&shortest.unwrap_or(host));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(authority: &str, expected: Result<&str, BadAddress>) {
        assert_eq!(ascii(authority).as_deref(), expected.as_ref().map(|text| *text), "{authority}");
    }

    #[test]
    fn hosts_are_written_in_ascii() {
        check("shop.example:", Ok("shop.example"));
        check("ünër:pä@bücher.example:81", Ok("%C3%BCn%C3%ABr:p%C3%A4@xn--bcher-kva.example:81"));
        check("[::1]:80", Ok("[::1]:80"));
        check("[::1", Err(BadAddress::Host));
        check("a[b]", Err(BadAddress::Host));
        check("shop.example：80", Err(BadAddress::Host));
        check(".bücher..example", Ok(".bücher..example"));
        check("bücher.ex\u{1f}mple", Err(BadAddress::Host));
        check("shop example", Err(BadAddress::Host));
        check("ℂ℆.example", Err(BadAddress::Host));
        check("shop.example:8x", Err(BadAddress::Port));
    }
}
