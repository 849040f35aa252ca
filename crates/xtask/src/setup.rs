//! Finding and installing what a fresh machine lacks, said before it is done.
//!
//! Called by `run` (what building and opening the app needs) and `test` (also what the journeys need).

mod packages;

use anyhow::bail;

use crate::process::{cargo, exists, output, program, run, say};
use packages::{Installer, Need};

/// What `cargo xtask run` needs.
pub fn for_run() -> anyhow::Result<()> {
    system(Need::Run)?;
    rust_targets(&["wasm32-unknown-unknown"])
}

/// What `cargo xtask test` needs: also a desktop without a screen and a WebDriver.
pub fn for_test() -> anyhow::Result<()> {
    system(Need::Test)?;
    rust_targets(&["wasm32-unknown-unknown"])?;
    tauri_driver()
}

/// What `cargo xtask platforms` needs: cross compilers, Wine, and the other systems' Rust libraries.
pub fn for_platforms() -> anyhow::Result<()> {
    system(Need::Platforms)?;
    rust_targets(&["wasm32-unknown-unknown", "x86_64-pc-windows-gnu", "aarch64-apple-darwin"])
}

fn system(need: Need) -> anyhow::Result<()> {
    if cfg!(target_os = "windows") {
        return webview2();
    }
    if cfg!(target_os = "macos") {
        return require_npm();
    }
    let Some(installer) = Installer::find() else {
        bail!(
            "no apt, dnf, pacman or zypper here: install the packages named in CONTRIBUTING.md by hand"
        );
    };
    let missing = installer.missing(need);
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!(
        "Installing {} system packages with {}: {}",
        missing.len(),
        installer.name(),
        missing.join(" ")
    ));
    installer.install(&missing)
}

fn require_npm() -> anyhow::Result<()> {
    if exists("npm") {
        return Ok(());
    }
    bail!("npm is missing: install Node.js (fonts and icons come from npm packages)");
}

/// Windows 11 has it; Windows 10 may not.
fn webview2() -> anyhow::Result<()> {
    const KEY: &str = r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    if output(&mut program("reg", &["query", KEY, "/v", "pv"])).is_none() {
        say("Installing the WebView2 runtime with winget.");
        let install = [
            "install",
            "--exact",
            "--id",
            "Microsoft.EdgeWebView2Runtime",
            "--accept-source-agreements",
        ];
        run(&mut program("winget", &install))?;
    }
    require_npm()
}

fn rust_targets(wanted: &[&str]) -> anyhow::Result<()> {
    let installed =
        output(&mut program("rustup", &["target", "list", "--installed"])).unwrap_or_default();
    let missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| !installed.lines().any(|line| line == *name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("Installing Rust libraries for {}", missing.join(", ")));
    run(program("rustup", &["target", "add"]).args(&missing))
}

const TAURI_DRIVER: &str = "2.1.0";

/// The WebDriver bridge of the journeys, kept in the home's cache.
fn tauri_driver() -> anyhow::Result<()> {
    let folder = crate::process::cache_folder().join("tools");
    let binary = folder.join("bin").join(format!("tauri-driver{}", std::env::consts::EXE_SUFFIX));
    if binary.exists() || !cfg!(any(target_os = "linux", windows)) {
        return Ok(());
    }
    say(&format!("Building tauri-driver {TAURI_DRIVER} (about a minute)"));
    let mut install =
        cargo(&["install", "--locked", "tauri-driver", "--version", TAURI_DRIVER, "--root"]);
    run(install.arg(&folder))
}
