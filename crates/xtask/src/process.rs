//! Running other programs: what is run is said, and a failure names the command.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

/// The workspace's root folder.
pub fn root() -> PathBuf {
    // Cargo says where the package is when it runs it: build output may come from another checkout.
    let package = env::var("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|_not_run_by_cargo| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&package).ancestors().nth(2).map(Path::to_owned).unwrap_or_default()
}

/// Where build output is kept: `CARGO_TARGET_DIR`, else a folder in the home's cache, so that a
/// later clean checkout finds it.
pub fn target_folder() -> PathBuf {
    if let Some(chosen) = env::var_os("CARGO_TARGET_DIR").filter(|path| !path.is_empty()) {
        return PathBuf::from(chosen);
    }
    cache_folder().join("target")
}

/// Makes the target folder this checkout's: our own packages are built anew after another checkout used
/// it, since Cargo tells what changed by the age of files, and a file changed here may be older than
/// what was built there. Dependencies stay built.
pub fn claim_target_folder() -> anyhow::Result<()> {
    let (folder, own) = (target_folder(), root());
    let mark = folder.join("checkout.txt");
    let own = own.to_string_lossy();
    if fs::read_to_string(&mark).is_ok_and(|last| last == own) {
        return Ok(());
    }
    for profile in profiles(&folder)? {
        for package in folders_in(&profile.join(".fingerprint"))? {
            let name = package.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with("watches-") {
                fs::remove_dir_all(&package)
                    .with_context(|| format!("could not remove {}", package.display()))?;
            }
        }
    }
    fs::create_dir_all(&folder)?;
    fs::write(&mark, own.as_bytes()).with_context(|| format!("could not write {}", mark.display()))
}

/// `debug`, `x86_64-pc-windows-gnu/release` and the like.
fn profiles(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let first = folders_in(folder)?;
    let mut all = Vec::new();
    for one in first {
        all.extend(folders_in(&one)?);
        all.push(one);
    }
    Ok(all)
}

/// The folders in one; none where it is not there.
fn folders_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

/// The project's folder in the home's cache.
pub fn cache_folder() -> PathBuf {
    let variable =
        |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let home_cache = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    home_cache.unwrap_or_else(|| root().join("target")).join("watches-fyi")
}

/// A cargo call in the workspace with the shared target folder.
///
/// Linked by plain `cc`, which is there once xtask itself could be linked: the configured linker's path
/// is the checkout's, and a folder shared by checkouts would be rebuilt for each.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root()).env("CARGO_TARGET_DIR", target_folder());
    for target in ["X86_64_UNKNOWN_LINUX_GNU", "AARCH64_UNKNOWN_LINUX_GNU"] {
        let variable = format!("CARGO_TARGET_{target}_LINKER");
        if env::var_os(&variable).is_none() {
            command.env(variable, "cc");
        }
    }
    command
}

/// Any other program, run in the workspace's root.
pub fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// Runs to the end; an error if it could not start or did not succeed.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    say(&format!("$ {}", shown(command)));
    let status = command.status().with_context(|| format!("could not start {}", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs quietly and gives its stdout, or `None` when it cannot start or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of that name is on the path.
pub fn exists(name: &str) -> bool {
    let Some(path) = env::var_os("PATH") else { return false };
    let suffix = env::consts::EXE_SUFFIX;
    env::split_paths(&path)
        .any(|folder| fs::metadata(folder.join(format!("{name}{suffix}"))).is_ok())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Tells the person at the terminal one line, on stderr.
pub fn say(message: &str) {
    // Nothing is left to tell if stderr itself is gone.
    let _ = writeln!(io::stderr().lock(), "{message}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_lie_in_the_folder_and_in_its_targets() {
        let folder = env::temp_dir().join(format!("watches-xtask-{}", std::process::id()));
        fs::create_dir_all(folder.join("wasm32-unknown-unknown/wasm")).expect("made");
        let found = profiles(&folder).expect("read");
        fs::remove_dir_all(&folder).expect("removed");
        let one = folder.join("wasm32-unknown-unknown");
        assert_eq!(found, [one.join("wasm"), one]);
        assert_eq!(folders_in(&folder).expect("none"), Vec::<PathBuf>::new());
    }
}
