//! The shape of a Rust file: a header, a length, honest names.

use super::{
    Violation,
    tree::{File, Tree},
};

const MOST_LINES: usize = 400;
const EMPTY_WORDS: &[&str] =
    &["Manager", "Service", "Helper", "Helpers", "Util", "Utils", "Data", "Common"];
const KEYWORDS: &[&str] = &["struct ", "enum ", "trait ", "type ", "mod "];

fn rust_files(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.is_rust())
}

pub fn header(tree: &Tree) -> Vec<Violation> {
    let bare = rust_files(tree).filter(|file| !file.text.starts_with("//!"));
    bare.map(|file| Violation {
        path: file.path.clone(),
        line: 1,
        rule: "header",
        message: "open with `//!`: what goes in and out, who calls it, what always holds"
            .to_owned(),
    })
    .collect()
}

pub fn length(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in rust_files(tree) {
        let lines = file.lines().filter(|(_, _, in_tests)| file.is_test() || !in_tests).count();
        if lines > MOST_LINES {
            violations.push(Violation {
                path: file.path.clone(),
                line: 0,
                rule: "length",
                message: format!("{lines} lines; above {MOST_LINES} split by verb"),
            });
        }
    }
    violations
}

pub fn names(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in rust_files(tree) {
        let stem = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        if says_nothing(stem) {
            violations.push(empty_name(&file.path, 0, stem));
        }
        for (number, line, _) in file.lines() {
            if let Some(name) = declared(line).filter(|name| says_nothing(name)) {
                violations.push(empty_name(&file.path, number, name));
            }
        }
    }
    violations
}

/// The name that a line declares.
fn declared(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let after_visibility = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ").map_or("", |(_, rest)| rest),
        Some(rest) => rest.trim_start(),
        None => line,
    };
    let rest = KEYWORDS.iter().find_map(|word| after_visibility.strip_prefix(word))?;
    rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()
}

fn says_nothing(name: &str) -> bool {
    EMPTY_WORDS.iter().any(|word| name.ends_with(word) || name.eq_ignore_ascii_case(word))
}

fn empty_name(path: &str, line: usize, name: &str) -> Violation {
    let message = format!("`{name}` says nothing; name the thing or the act");
    Violation { path: path.to_owned(), line, rule: "names", message }
}
