//! Every dependency has its reason, and every package its place on the README's map.

use super::{Violation, tree::Tree};

const REASONS: &str = "docs/dependencies.md";

/// Each name under `[workspace.dependencies]` has a line `- name: reason`.
pub fn reasons(tree: &Tree) -> Vec<Violation> {
    let reasons = tree.file(REASONS).map(|file| file.text.as_str()).unwrap_or_default();
    let explained =
        |name: &str| reasons.lines().any(|line| line.starts_with(&format!("- {name}: ")));
    let Some(manifest) = tree.file("Cargo.toml") else { return Vec::new() };
    let mut violations = Vec::new();
    let mut inside = false;
    for (number, line, _) in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[workspace.dependencies]";
        } else if inside && let Some((name, _)) = line.split_once(['=', '.']) {
            let name = name.trim();
            if !name.is_empty()
                && !name.starts_with(['#', ' '])
                && !name.starts_with("watches-")
                && !explained(name)
            {
                violations.push(Violation {
                    path: "Cargo.toml".to_owned(),
                    line: number,
                    rule: "dependencies",
                    message: format!("`{name}` has no line `- {name}: reason` in {REASONS}"),
                });
            }
        }
    }
    violations
}

/// Each package's folder is named in README.md.
pub fn map(tree: &Tree) -> Vec<Violation> {
    let readme = tree.file("README.md").map(|file| file.text.as_str()).unwrap_or_default();
    let missing = tree.packages.iter().filter(|package| !readme.contains(&package.folder));
    missing
        .map(|package| Violation {
            path: "README.md".to_owned(),
            line: 0,
            rule: "map",
            message: format!("the map does not name {}", package.folder),
        })
        .collect()
}
