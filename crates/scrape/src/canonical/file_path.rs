//! `file:` addresses, as file managers put them on the clipboard -> a path on this machine's disk.

use super::escape;

/// The path that a `file:` address (or a path already) means; a drive letter makes a Windows path.
pub fn from_address(address: &str) -> Option<String> {
    let after = address.strip_prefix("file:").unwrap_or(address);
    let path = match after.strip_prefix("//") {
        // Two slashes begin a host, and the path is what follows it.
        Some(rest) => rest.find('/').map_or("", |at| &rest[at..]),
        None => after,
    };
    let path = String::from_utf8_lossy(&escape::decode(path)).into_owned();
    match drive(&path) {
        Some(windows) => (!windows[2..].contains(':')).then(|| windows.replace('/', "\\")),
        None => Some(path),
    }
}

/// `/C:/a` without its first slash.
fn drive(path: &str) -> Option<&str> {
    let rest = path.strip_prefix('/')?;
    let mut letters = rest.chars();
    let is_drive = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next() == Some(':');
    is_drive.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(from_address(address).as_deref(), expected, "{address}");
    }

    #[test]
    fn file_addresses_are_paths() {
        check("file:///home/a%20b.html", Some("/home/a b.html"));
        check("file://localhost/a", Some("/a"));
        check("/already/a/path", Some("/already/a/path"));
        check("file:///C:/a/b", Some("C:\\a\\b"));
        check("file:///C:/a:b", None);
    }
}
