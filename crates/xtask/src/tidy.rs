//! `cargo xtask tidy`: the rules of style.md and the arrows of the map that a machine can check.
//!
//! Rules are pure functions over a [`Tree`], one file each in `tidy/`; the last test plants one
//! violation of every kind and expects each rule to find its own.

mod arrows;
mod dependencies;
mod hosts;
mod shape;
mod tests_rules;
mod tree;

use std::fmt;

use anyhow::bail;

use crate::process::say;
use tree::Tree;

/// One broken rule, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    pub path: String,
    /// From 1; 0 for the file as a whole.
    pub line: usize,
    pub rule: &'static str,
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: [{}] {}", self.path, self.line, self.rule, self.message)
    }
}

type Rule = fn(&Tree) -> Vec<Violation>;

const RULES: &[Rule] = &[
    shape::header,
    shape::length,
    shape::names,
    arrows::ours,
    arrows::outside,
    tests_rules::waiting,
    tests_rules::listening,
    hosts::registries,
    dependencies::reasons,
    dependencies::map,
];

pub fn run() -> anyhow::Result<()> {
    let violations = check(&Tree::read()?);
    for violation in &violations {
        say(&violation.to_string());
    }
    if !violations.is_empty() {
        bail!("tidy found {} violations", violations.len());
    }
    Ok(())
}

fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations: Vec<Violation> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    violations.sort();
    violations
}

#[cfg(test)]
mod tests {
    use super::{
        tree::{File, Package},
        *,
    };

    /// A tree that keeps every rule, to plant violations in.
    fn clean() -> Tree {
        Tree {
            files: vec![
                File::new("crates/core/src/lib.rs", "//! The domain.\n"),
                File::new("README.md", "crates/core crates/store\n"),
                File::new("docs/dependencies.md", "- serde: text forms of values\n"),
                File::new("Cargo.toml", "[workspace.dependencies]\nserde = \"1\"\n"),
            ],
            packages: vec![
                Package::new("watches-core", "crates/core", &["serde"]),
                Package::new("watches-store", "crates/store", &["watches-core", "sqlx"]),
            ],
        }
    }

    #[track_caller]
    fn check_plant(rule: &str, plant: impl FnOnce(&mut Tree)) {
        let mut tree = clean();
        plant(&mut tree);
        let found: Vec<&str> = check(&tree).iter().map(|violation| violation.rule).collect();
        assert_eq!(found, [rule]);
    }

    fn rust(path: &str, text: &str) -> impl FnOnce(&mut Tree) {
        let file = File::new(path, text);
        move |tree| tree.files.push(file)
    }

    #[test]
    fn a_clean_tree_has_no_violation() {
        assert_eq!(check(&clean()), []);
    }

    #[test]
    fn one_of_each_kind_is_found() {
        check_plant("header", rust("crates/core/src/a.rs", "pub struct Watch;\n"));
        check_plant(
            "length",
            rust("crates/core/src/a.rs", &format!("//! A.\n{}", "// x\n".repeat(400))),
        );
        check_plant("names", rust("crates/core/src/a.rs", "//! A.\npub struct PriceManager;\n"));
        check_plant("names", rust("crates/core/src/helpers.rs", "//! A.\n"));
        check_plant("arrows", |tree| {
            tree.packages[0].dependencies.push("watches-store".to_owned());
        });
        check_plant("outside", |tree| tree.packages[0].dependencies.push("sqlx".to_owned()));
        let sleeping =
            "//! A.\n#[cfg(test)]\nmod tests {\n    fn f() { std::thread::sleep(x); }\n}\n";
        check_plant("waiting", rust("crates/core/src/a.rs", sleeping));
        check_plant("waiting", rust("tests/journeys/a.rs", "//! A.\n#[ignore]\nfn f() {}\n"));
        let open = concat!("//! A.\nfn f() { bind(\"0.0.", "0.0:80\") }\n");
        check_plant("listening", rust("crates/app/src/a.rs", open));
        check_plant(
            "hosts",
            rust("docs/a.md", concat!("see https://regis", "try.npmjs.org/yew\n")),
        );
        check_plant("dependencies", |tree| {
            tree.files[3].text.push_str("rand = \"0.9\"\n");
        });
        check_plant("map", |tree| {
            tree.packages.push(Package::new("watches-app", "crates/app", &[]));
        });
    }

    #[test]
    fn tests_do_not_count_towards_length() {
        let mut tree = clean();
        let text = format!("//! A.\n#[cfg(test)]\nmod tests {{\n{}}}\n", "// x\n".repeat(500));
        tree.files.push(File::new("crates/core/src/a.rs", &text));
        assert_eq!(check(&tree), []);
    }
}
