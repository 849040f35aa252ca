//! No package registry's host is named: registries are reached by the clients' own settings.

use super::{Violation, tree::Tree};

/// Split so that this file does not break its own rule.
const HOSTS: &[&str] = &[
    concat!("regis", "try.npmjs.org"),
    concat!("static.cra", "tes.io"),
    concat!("index.cra", "tes.io"),
    concat!("py", "pi.org/simple"),
    concat!("files.python", "hosted.org"),
    concat!("repo.mav", "en.apache.org"),
    concat!("repo1.mav", "en.org"),
    concat!("proxy.gol", "ang.org"),
    concat!("deb.deb", "ian.org"),
];

pub fn registries(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(host) = HOSTS.iter().find(|host| line.contains(*host)) {
                violations.push(Violation {
                    path: file.path.clone(),
                    line: index + 1,
                    rule: "hosts",
                    message: format!(
                        "names the registry host {host}; leave it to the client's settings"
                    ),
                });
            }
        }
    }
    violations
}
