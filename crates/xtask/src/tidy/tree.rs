//! What tidy looks at: the tracked files' text and the packages with their dependencies.

use std::fs;

use anyhow::Context;
use serde_json::Value;

use crate::process::{cargo, output, program, root};

pub struct Tree {
    pub files: Vec<File>,
    pub packages: Vec<Package>,
}

pub struct File {
    /// From the root, with slashes.
    pub path: String,
    pub text: String,
}

pub struct Package {
    pub name: String,
    /// From the root, with slashes.
    pub folder: String,
    /// What it is built from; dev-dependencies are not counted.
    pub dependencies: Vec<String>,
}

impl File {
    #[cfg(test)]
    pub fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the whole file is test code.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.contains("/tests/")
    }

    /// The lines, numbered from 1, with whether each stands in test code.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str, bool)> {
        let mut in_tests = self.is_test();
        self.text.lines().enumerate().map(move |(index, line)| {
            in_tests |= line.starts_with("#[cfg(test)]");
            (index + 1, line, in_tests)
        })
    }
}

impl Package {
    #[cfg(test)]
    pub fn new(name: &str, folder: &str, dependencies: &[&str]) -> Package {
        let dependencies = dependencies.iter().map(|&name| name.to_owned()).collect();
        Package { name: name.to_owned(), folder: folder.to_owned(), dependencies }
    }
}

impl Tree {
    /// Tracked and new files that are text, and `cargo metadata`.
    pub fn read() -> anyhow::Result<Tree> {
        let listing = output(&mut program(
            "git",
            &["ls-files", "--cached", "--others", "--exclude-standard"],
        ))
        .context("`git ls-files` failed: tidy needs a git checkout")?;
        let mut files = Vec::new();
        for path in listing.lines() {
            // A tracked file may be deleted in the working tree, or not be text.
            if let Ok(text) = fs::read_to_string(root().join(path)) {
                files.push(File { path: path.to_owned(), text });
            }
        }
        let metadata = output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))
            .context("`cargo metadata` failed")?;
        Ok(Tree { files, packages: packages(&serde_json::from_str(&metadata)?) })
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

fn packages(metadata: &Value) -> Vec<Package> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let prefix = text(&metadata["workspace_root"]).replace('\\', "/") + "/";
    let mut found = Vec::new();
    for package in rows(&metadata["packages"]) {
        let manifest = text(&package["manifest_path"]).replace('\\', "/");
        let folder = manifest.trim_start_matches(&prefix).trim_end_matches("/Cargo.toml");
        let built_from =
            rows(&package["dependencies"]).into_iter().filter(|one| one["kind"] != "dev");
        found.push(Package {
            name: text(&package["name"]),
            folder: folder.to_owned(),
            dependencies: built_from.map(|one| text(&one["name"])).collect(),
        });
    }
    found
}
