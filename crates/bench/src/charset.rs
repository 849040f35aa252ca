//! `bench charset`: html5lib's encoding cases, each decoded by us and by encoding_rs under the named encoding.
//!
//! The cases lie beside the checkout (`../shared/corpora`) and are unpacked into a folder that goes away;
//! nothing of them is kept here. The texts must be equal: a name that makes no difference makes none.

use std::{io::Write, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};
use clap::Args;
use encoding_rs::Encoding;
use serde_json::json;
use watches_scrape::fetch::decode_text;

use crate::line::Verdict;

#[derive(Debug, Args)]
pub struct CharsetArgs {
    /// The archive of html5lib's tests.
    #[arg(long, default_value = "../shared/corpora/html5lib-tests.tar.xz")]
    archive: PathBuf,
    /// Also print each case that differs.
    #[arg(long)]
    failures: bool,
}

/// One page and the name of its encoding.
struct Case {
    page: Vec<u8>,
    encoding: &'static Encoding,
}

pub fn run(args: &CharsetArgs) -> Result<Verdict> {
    let cases = cases(&args.archive)?;
    let mut out = std::io::stdout().lock();
    let mut wrong = 0;
    for case in &cases {
        // Letters that every encoding reads otherwise, and that are no UTF-8 at all.
        let page = [&case.page[..], b"\n\xb1\xe4\xa4 \xe9"].concat();
        let ours = decode_text(page.clone(), "text/html");
        let theirs = case.encoding.decode(&page).0;
        if ours != theirs {
            wrong += 1;
            if args.failures {
                let page = String::from_utf8_lossy(&case.page);
                writeln!(out, "{}", json!({ "encoding": case.encoding.name(), "page": page }))?;
            }
        }
    }
    let kept = wrong == 0 && !cases.is_empty();
    let line = json!({ "area": "charset", "cases": cases.len(), "wrong": wrong, "kept": kept });
    writeln!(out, "{line}")?;
    Ok(if kept { Verdict::Passed } else { Verdict::Failed })
}

fn cases(archive: &PathBuf) -> Result<Vec<Case>> {
    let folder = tempfile::tempdir()?;
    let unpacked = Command::new("tar")
        .arg("-xJf")
        .arg(archive)
        .arg("-C")
        .arg(folder.path())
        .status()
        .context("starting tar")?;
    if !unpacked.success() {
        bail!("{} could not be unpacked", archive.display());
    }
    let mut cases = Vec::new();
    // Those in `scripted` need a browser that runs scripts, which no reader of ours does.
    for entry in std::fs::read_dir(folder.path().join("encoding"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "dat") {
            cases.extend(read(&std::fs::read(&path)?)?);
        }
    }
    Ok(cases)
}

/// `#data`, the page, `#encoding`, its name.
fn read(file: &[u8]) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mut rest = file;
    while let Some(start) = find(rest, b"#data\n") {
        rest = &rest[start + b"#data\n".len()..];
        let end = find(rest, b"\n#encoding\n").context("a case without an encoding")?;
        let page = rest[..end].to_vec();
        rest = &rest[end + b"\n#encoding\n".len()..];
        let name = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let encoding = Encoding::for_label(name).context("an encoding without a name")?;
        cases.push(Case { page, encoding });
    }
    Ok(cases)
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_told_apart() {
        let cases =
            read(b"#data\n<p>\n\n#encoding\nutf-8\n\n#data\nx\n#encoding\nbig5\n").expect("read");
        let found: Vec<(&[u8], &str)> =
            cases.iter().map(|case| (case.page.as_slice(), case.encoding.name())).collect();
        assert_eq!(found, [(&b"<p>\n"[..], "UTF-8"), (b"x", "Big5")]);
    }
}
