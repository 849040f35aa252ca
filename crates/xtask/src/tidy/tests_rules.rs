//! How tests wait and where programs listen: by condition, and on loopback.

use super::{
    Violation,
    tree::{File, Tree},
};

const WAITING: &[&str] = &["sleep(", "#[ignore", "retry("];
/// Split so that this file does not break its own rule.
const EVERYWHERE: &[&str] = &[concat!("\"0.0.", "0.0:"), concat!("\"[:", ":]:")];

pub fn waiting(tree: &Tree) -> Vec<Violation> {
    let message = "tests do not sleep, retry or ignore: wait for the condition with a deadline";
    find(tree, "waiting", WAITING, message, |in_tests| in_tests)
}

pub fn listening(tree: &Tree) -> Vec<Violation> {
    let message = "every listener binds loopback unless configured";
    find(tree, "listening", EVERYWHERE, message, |_| true)
}

fn find(
    tree: &Tree,
    rule: &'static str,
    needles: &[&str],
    message: &str,
    applies: fn(bool) -> bool,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in tree.files.iter().filter(|file| file.is_rust() && !is_this_rule(file)) {
        for (number, line, in_tests) in file.lines() {
            if applies(in_tests) && needles.iter().any(|needle| line.contains(needle)) {
                let message = message.to_owned();
                violations.push(Violation { path: file.path.clone(), line: number, rule, message });
            }
        }
    }
    violations
}

/// The planted violations of tidy's own test are text, not code.
fn is_this_rule(file: &File) -> bool {
    file.path == "crates/xtask/src/tidy.rs"
}
