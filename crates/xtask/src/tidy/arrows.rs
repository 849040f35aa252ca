//! Who may depend on whom: the map of docs/architecture.md, compared with `cargo metadata`.

use super::{Violation, tree::Tree};

/// Ours may be built from ours: package folder, then the folders it may name.
const OURS: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("ipc", &["core"]),
    ("store", &["core"]),
    ("scrape", &["core"]),
    ("testkit", &["core"]),
    ("demo", &["core"]),
    ("app", &["core", "ipc", "store", "scrape"]),
    ("cli", &["app", "core", "demo", "ipc", "scrape"]),
    ("desktop", &["app", "demo", "ipc"]),
    ("ui", &["core", "ipc"]),
    ("xtask", &[]),
];

/// These may depend on anything.
const FREE: &[&str] = &["bench", "bench-hello", "tests"];

/// Libraries that only some may name.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("reqwest", &["scrape"]),
    ("tauri", &["desktop"]),
    ("yew", &["ui"]),
    ("tonic", &[]),
    ("rdkafka", &[]),
];

fn short(name: &str) -> &str {
    name.strip_prefix("watches-").unwrap_or(name)
}

pub fn ours(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for package in &tree.packages {
        let name = short(&package.name);
        if FREE.contains(&name) {
            continue;
        }
        let allowed = OURS.iter().find(|(owner, _)| *owner == name).map(|(_, allowed)| *allowed);
        for dependency in package.dependencies.iter().filter(|name| name.starts_with("watches-")) {
            if !allowed.unwrap_or_default().contains(&short(dependency)) {
                violations.push(violation("arrows", &package.folder, name, dependency));
            }
        }
    }
    violations
}

pub fn outside(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for package in &tree.packages {
        let name = short(&package.name);
        for dependency in &package.dependencies {
            let rule = OUTSIDE.iter().find(|(library, _)| library == dependency);
            if rule.is_some_and(|(_, allowed)| !allowed.contains(&name)) && !FREE.contains(&name) {
                violations.push(violation("outside", &package.folder, name, dependency));
            }
        }
    }
    violations
}

fn violation(rule: &'static str, folder: &str, from: &str, to: &str) -> Violation {
    Violation {
        path: format!("{folder}/Cargo.toml"),
        line: 0,
        rule,
        message: format!("the map has no arrow {from} -> {to}; a new arrow is a commit of its own"),
    }
}
