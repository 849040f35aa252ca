//! `cargo xtask ui`: the window's page, built into `ui/dist`.
//!
//! In: the `watches-ui` crate, `ui/style/*.css`, and fonts and icons from the npm packages that
//! `ui/package-lock.json` pins. Out: `index.html`, one script, one WebAssembly file, one style
//! sheet, fonts. wasm-bindgen's library must have the version of `wasm-bindgen` in the lock file.

mod assets;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{cargo, root, run, target_folder};

/// How the page is compiled: `Dev` quickly, `Release` small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

impl Profile {
    /// The cargo profile and the folder it writes to.
    fn cargo(self) -> (&'static str, &'static str) {
        match self {
            Profile::Dev => ("dev", "debug"),
            Profile::Release => ("wasm", "wasm"),
        }
    }
}

/// Builds `ui/dist` whole. The app embeds it, so this runs before the app is compiled.
pub fn build(profile: Profile) -> Result<()> {
    let root = root();
    let ui = root.join("ui");
    install_packages(&ui)?;
    let wasm = compile(profile)?;
    let dist = ui.join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).context("clearing ui/dist")?;
    }
    fs::create_dir_all(&dist)?;
    bind(&wasm, &dist)?;
    if profile == Profile::Release {
        shrink(&ui, &dist.join("watches_ui_bg.wasm"))?;
    }
    assets::write(&ui, &dist)
}

/// `npm ci`, only when the lock file is newer than what is installed.
fn install_packages(ui: &Path) -> Result<()> {
    let stamp = ui.join("node_modules/.package-lock.json");
    let modified = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    if modified(&stamp).is_some_and(|done| modified(&ui.join("package-lock.json")) <= Some(done)) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(Command::new(npm).current_dir(ui).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))
}

fn compile(profile: Profile) -> Result<PathBuf> {
    let (cargo_profile, folder) = profile.cargo();
    let target = ["--target", "wasm32-unknown-unknown", "--profile", cargo_profile];
    run(cargo(&["build", "--package", "watches-ui"]).args(target))?;
    let wasm = target_folder().join("wasm32-unknown-unknown").join(folder).join("watches-ui.wasm");
    ensure!(wasm.exists(), "cargo built no {}", wasm.display());
    Ok(wasm)
}

fn bind(wasm: &Path, dist: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("watches_ui").web(true)?.typescript(false);
    bindgen.remove_producers_section(true).generate(dist).context("binding the WebAssembly")
}

/// `wasm-opt -Oz` from npm's binaryen: Debian's is too old for what rustc writes.
fn shrink(ui: &Path, wasm: &Path) -> Result<()> {
    let tool = ui.join("node_modules/binaryen/bin/wasm-opt");
    let features =
        ["--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext"];
    let more = ["--enable-mutable-globals", "--enable-multivalue", "--enable-reference-types"];
    let before = fs::metadata(wasm)?.len();
    run(Command::new("node")
        .arg(tool)
        .args(["-Oz", "--converge"])
        .args(features)
        .args(more)
        .args([wasm.as_os_str(), "-o".as_ref(), wasm.as_os_str()]))?;
    let after = fs::metadata(wasm)?.len();
    ensure!(after <= before, "wasm-opt made the page larger: {before} to {after} bytes");
    Ok(())
}
