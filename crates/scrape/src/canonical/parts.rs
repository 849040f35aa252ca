//! An address cut into its parts as browsers cut it, and put together again.

use std::fmt;

/// Schemes whose addresses have a host and a path that begins with a slash.
const SPECIAL: [&str; 6] = ["http", "https", "ftp", "file", "ws", "wss"];

/// An address in parts, each as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Without the colon, in small letters.
    pub scheme: Option<String>,
    /// What stands between two slashes and the path.
    pub authority: Option<String>,
    pub path: String,
    pub query: Option<String>,
    pub fragment: Option<String>,
}

impl Parts {
    pub fn is_special(&self) -> bool {
        self.scheme.as_deref().is_some_and(|scheme| SPECIAL.contains(&scheme))
    }
}

/// Cuts an address; any text has parts.
pub fn split(address: &str) -> Parts {
    let (rest, fragment) = cut(address, '#');
    let (scheme, rest) = scheme(rest);
    let special = scheme.as_deref().is_none_or(|scheme| SPECIAL.contains(&scheme));
    let (rest, query) = cut(rest, '?');
    let starts =
        |rest: &str| rest.strip_prefix("//").map(str::len).map(|length| rest.len() - length);
    let (authority, path) = match starts(rest) {
        Some(length) => {
            let after = &rest[length..];
            let ends = |letter: char| letter == '/' || (special && letter == '\\');
            let (authority, path) = after.split_at(after.find(ends).unwrap_or(after.len()));
            (Some(authority.to_owned()), path)
        }
        None => (None, rest),
    };
    Parts { scheme, authority, path: path.to_owned(), query, fragment }
}

fn cut(text: &str, mark: char) -> (&str, Option<String>) {
    text.split_once(mark).map_or((text, None), |(before, after)| (before, Some(after.to_owned())))
}

fn scheme(text: &str) -> (Option<String>, &str) {
    let Some((name, rest)) = text.split_once(':') else { return (None, text) };
    let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let plain =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if begins && plain { (Some(name.to_ascii_lowercase()), rest) } else { (None, text) }
}

/// A path without `.` and `..`; what would lead above the root stays at the root.
pub fn without_dots(path: &str) -> String {
    if !path.contains("./") && !path.ends_with("/.") && !path.ends_with("/..") {
        return path.to_owned();
    }
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    for (index, segment) in segments.iter().enumerate() {
        let last = index + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, kept.join("/"))
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(scheme) = &self.scheme {
            write!(f, "{scheme}:")?;
        }
        if let Some(authority) = &self.authority {
            write!(f, "//{authority}")?;
        }
        f.write_str(&self.path)?;
        if let Some(query) = &self.query {
            write!(f, "?{query}")?;
        }
        self.fragment.as_ref().map_or(Ok(()), |fragment| write!(f, "#{fragment}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_resolved() {
        assert_eq!(without_dots("/a/b/../../c"), "/c");
        assert_eq!(without_dots("/a/./b/.."), "/a/");
        assert_eq!(without_dots("/../../x"), "/x");
        assert_eq!(without_dots("/a//b"), "/a//b");
    }

    #[test]
    fn parts_come_together_again() {
        for address in
            ["http://u:p@h:1/p?q#f", "//h/p", "p?q", "data:,x", "://x/y", "?b=1", "http://h?"]
        {
            assert_eq!(split(address).to_string(), address);
        }
    }
}
