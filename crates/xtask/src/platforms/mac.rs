//! Type-checks the app for macOS from Linux.
//!
//! Rust needs nothing for that, but some dependencies compile C: zig (from PyPI) is a C compiler with
//! Apple's headers for it. Objective-C files become an empty object, since nothing is linked.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::process::{cargo, program, run, target_folder};

const TARGET: &str = "aarch64-apple-darwin";
const ZIG: &str = "ziglang==0.13.0";

/// A C compiler for `cc`: drops the flags that only Apple's compiler knows.
const WRAPPER: &str = r#"#!/bin/sh
# Hands C to zig; answers Objective-C with an empty object. Written by `cargo xtask platforms`.
out=; objective=
for arg in "$@"; do
  case "$arg" in
    *.m|*.mm) objective=1 ;;
  esac
done
if [ -n "$objective" ]; then
  while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
  exec "$PYTHON" -m ziglang cc -target aarch64-macos -c "${0%cc.sh}empty.c" -o "$out"
fi
count=$#
while [ $count -gt 0 ]; do
  arg=$1; shift; count=$((count - 1))
  case "$arg" in
    -arch|-isysroot) shift; count=$((count - 1)) ;;
    --target=*|-march=*|-mmacosx-version-min=*|-mmacos-version-min=*) ;;
    *) set -- "$@" "$arg" ;;
  esac
done
# Every Mac with this processor is at least an M1.
exec "$PYTHON" -m ziglang cc -target aarch64-macos -mcpu=apple_m1 "$@"
"#;

/// `cargo check` of the whole app for macOS.
pub fn type_check() -> Result<()> {
    let folder = target_folder().join("zig");
    let python = zig(&folder)?;
    let compiler = folder.join("cc.sh");
    fs::write(&compiler, WRAPPER).with_context(|| format!("writing {}", compiler.display()))?;
    fs::write(folder.join("empty.c"), "").context("writing an empty file")?;
    fs::set_permissions(&compiler, fs::Permissions::from_mode(0o755))?;
    run(cargo(&["check", "--target", TARGET, "-p", "watches-desktop", "-p", "watches-cli"])
        .env("PYTHON", python)
        .env("CC_aarch64_apple_darwin", &compiler)
        .env("AR_aarch64_apple_darwin", "ar")
        .env("MACOSX_DEPLOYMENT_TARGET", "11.0"))
}

/// A Python that has zig, in an environment of its own.
fn zig(folder: &Path) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    if !python.is_file() {
        run(program("python3", &["-m", "venv"]).arg(folder))?;
    }
    if !folder.join("zig-is-here").is_file() {
        run(&mut program(&python.to_string_lossy(), &["-m", "pip", "install", "--quiet", ZIG]))?;
        fs::write(folder.join("zig-is-here"), ZIG)?;
    }
    Ok(python)
}
