//! Runs Windows programs without a window under Wine, in a prefix of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::process::{output, program, run, target_folder};

/// Rust's standard library asks `bcryptprimitives.dll` for randomness; Wine 8 has no such library.
/// Windows' older name for the same thing is there.
const SHIM: &str = r"
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    return SystemFunction036(buffer, (ULONG)length);
}
";

/// A Windows program that Wine can start.
pub struct Wine {
    program: PathBuf,
    prefix: PathBuf,
}

/// Puts the shim beside the programs in `folder` and makes the prefix.
pub fn prepare(folder: &Path) -> Result<Wine> {
    let program = folder.join("watches.exe");
    ensure!(program.is_file(), "{} was not built", program.display());
    let source = folder.join("bcryptprimitives.c");
    fs::write(&source, SHIM).with_context(|| format!("writing {}", source.display()))?;
    run(crate::process::program("x86_64-w64-mingw32-gcc", &["-shared", "-O2", "-o"])
        .arg(folder.join("bcryptprimitives.dll"))
        .arg(&source)
        .arg("-ladvapi32"))?;
    let wine = Wine { program, prefix: target_folder().join("wine") };
    if !wine.prefix.join("system.reg").is_file() {
        fs::create_dir_all(&wine.prefix)?;
        run(&mut wine.under("wineboot", &["--init"]))?;
    }
    Ok(wine)
}

impl Wine {
    /// `watches.exe` with `arguments`.
    pub fn watches(&self, arguments: &[String]) -> Command {
        let mut command = self.under("wine", &[]);
        command.arg(&self.program).args(arguments);
        command
    }

    /// What Windows calls a folder of ours: Wine shows `/` as drive `Z:`.
    pub fn windows_path(path: &Path) -> String {
        format!("Z:{}", path.to_string_lossy().replace('/', "\\"))
    }

    fn under(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = program(name, arguments);
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEARCH", "win64")
            // No .NET, no browser engine, no messages, no window.
            .env("WINEDLLOVERRIDES", "mscoree=;mshtml=;winemenubuilder.exe=")
            .env("WINEDEBUG", "-all")
            .env_remove("DISPLAY");
        command
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // Ends this prefix's own server, nobody else's.
        let ended = output(&mut self.under("wineserver", &["-k"]));
        drop(ended);
    }
}
