//! An mbox file -> its messages, quoted `From ` lines restored.
//!
//! A `From ` line begins a message only after an empty line and when it names a year: people write
//! "From 8,000 euros" in texts. The parser's own mailbox iterator splits there too, so it is not used.

use std::borrow::Cow;

/// The messages of a file; one that is no mailbox is its one message.
pub fn messages(file: &[u8]) -> Vec<Cow<'_, [u8]>> {
    if !is_separator(first_line(file)) {
        return vec![Cow::Borrowed(file)];
    }
    let mut found = Vec::new();
    let mut begin: Option<usize> = None;
    let mut at = 0;
    let mut after_empty = true;
    for line in file.split_inclusive(|byte| *byte == b'\n') {
        if after_empty && is_separator(line) {
            found.extend(begin.map(|begin| &file[begin..at]));
            begin = Some(at + line.len());
        }
        after_empty = matches!(line, b"\n" | b"\r\n");
        at += line.len();
    }
    found.extend(begin.and_then(|begin| file.get(begin..)));
    found.into_iter().filter(|part| !part.trim_ascii().is_empty()).map(unquoted).collect()
}

fn first_line(file: &[u8]) -> &[u8] {
    file.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default()
}

/// `From max@example.org Mon Nov  2 10:00:00 2026`, also with a zone after it.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let is_year = |word: &[u8]| {
        word.len() == 4
            && word.iter().all(u8::is_ascii_digit)
            && (word.starts_with(b"19") || word.starts_with(b"20"))
    };
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let has_time = |word: &[u8]| word.iter().filter(|byte| **byte == b':').count() >= 1;
    let all: Vec<&[u8]> = words.by_ref().take(12).collect();
    all.iter().any(|word| is_year(word)) && all.iter().any(|word| has_time(word))
}

/// `>From ` and `>>From ` at the start of a line lose one sign (mboxrd).
fn unquoted(part: &[u8]) -> Cow<'_, [u8]> {
    let quoted = |line: &[u8]| {
        let signs = line.iter().take_while(|byte| **byte == b'>').count();
        signs > 0 && line[signs..].starts_with(b"From ")
    };
    let mut lines = part.split_inclusive(|byte| *byte == b'\n');
    if !lines.any(quoted) {
        return Cow::Borrowed(part);
    }
    let mut out = Vec::with_capacity(part.len());
    for line in part.split_inclusive(|byte| *byte == b'\n') {
        out.extend_from_slice(if quoted(line) { &line[1..] } else { line });
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, expected: &[&str]) {
        let found = messages(file.as_bytes());
        let found: Vec<_> = found.iter().map(|part| String::from_utf8_lossy(part)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_mailbox_is_cut_where_messages_begin() {
        let from = "From a@b.example Mon Nov  2 10:00:00 2026\n";
        check("Subject: a\n\nx\n", &["Subject: a\n\nx\n"]);
        check(
            &format!("{from}Subject: a\n\nx\n\n{from}Subject: b\n\ny\n"),
            &["Subject: a\n\nx\n\n", "Subject: b\n\ny\n"],
        );
        check(
            &format!("{from}Subject: a\n\n>From x\n>>From y\n\nFrom 8,000 euros\n> From z\n"),
            &["Subject: a\n\nFrom x\n>From y\n\nFrom 8,000 euros\n> From z\n"],
        );
        check(from, &[]);
        check("", &[""]);
    }
}
