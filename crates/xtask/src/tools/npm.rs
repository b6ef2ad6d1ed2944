//! What comes from npm: wasm-opt and the end-to-end tests' packages, all locked in end2end/.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;
use crate::steps::Step;

/// The binaryen release whose wasm-opt shrinks the release build.
pub const WASM_OPT_VERSION: &str = "132";

/// Stops early, before anything long, when npm is not there.
pub fn require() -> Result<()> {
    if !process::is_there("npm") || !process::is_there("node") {
        bail!(
            "npm is missing: wasm-opt and the end-to-end tests come from it.\n\
             Install Node.js 20 or later, which brings npm, and see that both are on PATH."
        );
    }
    Ok(())
}

/// Installs end2end/package-lock.json into end2end/node_modules unless that is done already.
pub fn ensure_packages(root: &Path, step: &Step) -> Result<((), String)> {
    ensure_locked(&root.join("end2end"), step)
}

/// The same for a folder with a package-lock.json of its own.
pub fn ensure_locked(folder: &Path, step: &Step) -> Result<((), String)> {
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    // A copy of the lock file that was installed: the next run compares bytes and is done.
    let installed = folder.join("node_modules/.installed-package-lock.json");
    if std::fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(((), "present".into()));
    }
    require()?;
    step.run(
        Command::new("npm")
            .current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund"]),
    )?;
    std::fs::write(installed, lock)?;
    Ok(((), "installed".into()))
}

/// Finds or installs wasm-opt, and wasm-merge, which comes with it. Gives the folder to put on
/// PATH, or nothing when they are there.
pub fn ensure_wasm_opt(root: &Path, step: &Step) -> Result<(Option<PathBuf>, String)> {
    let right = |folder: &Path| {
        ["wasm-opt", "wasm-merge"].iter().all(|program| {
            process::output(Command::new(folder.join(program)).arg("--version"))
                .is_ok_and(|said| said.split_whitespace().nth(2) == Some(WASM_OPT_VERSION))
        })
    };
    if right(Path::new("")) {
        return Ok((None, format!("{WASM_OPT_VERSION}, found on PATH")));
    }
    let ((), said) = ensure_packages(root, step)?;
    // Scripts for Node.
    let folder = root.join("end2end/node_modules/binaryen/bin");
    if !right(&folder) {
        bail!("end2end/package-lock.json does not bring wasm-opt {WASM_OPT_VERSION}");
    }
    Ok((Some(folder), format!("{WASM_OPT_VERSION}, {said}")))
}
