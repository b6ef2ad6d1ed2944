//! What cuts the pages' programs into chunks: `crates/split`, under the name that trunk calls.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::steps::Step;
use crate::web::chunks;
use crate::workspace;

/// Builds it. Gives the folder to put first on PATH.
pub fn ensure(root: &Path, step: &Step) -> Result<(PathBuf, String)> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    let ending = std::env::consts::EXE_SUFFIX;
    let built = root
        .join(target)
        .join(format!("debug/membership-split{ending}"));
    if !built.is_file() {
        step.note("building, about 30 seconds the first time");
    }
    let mut build = workspace::cargo(root);
    step.run(build.args(["build", "--package", "membership-split"]))?;
    // In a folder of its own, so that nothing else is found under that name.
    let folder = root.join("target/xtask/splitter");
    std::fs::create_dir_all(&folder)?;
    std::fs::copy(&built, folder.join(format!("wasm-bindgen{ending}")))
        .with_context(|| format!("cannot copy {}", built.display()))?;
    Ok((folder, "ready".into()))
}

/// What it reads from its environment: where the real wasm-bindgen is, and where pieces go.
pub fn environment(root: &Path, wasm_bindgen: &Path) -> Result<Vec<(&'static str, PathBuf)>> {
    let real = found(wasm_bindgen)
        .with_context(|| format!("{} is not on PATH", wasm_bindgen.display()))?;
    Ok(vec![
        ("MEMBERSHIP_WASM_BINDGEN", real),
        ("MEMBERSHIP_PIECES", chunks::pieces(root)),
    ])
}

/// A program's whole path, for its name alone will lead to the stand-in.
fn found(program: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("{}{}", program.display(), std::env::consts::EXE_SUFFIX);
    // An absolute path stays what it is.
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_by_its_name_or_its_path() {
        let cargo = found(Path::new("cargo")).expect("cargo runs this test");
        assert!(cargo.is_absolute() && cargo.is_file());
        assert_eq!(found(&cargo.with_extension("")), Some(cargo));
        assert_eq!(found(Path::new("no-such-program-here")), None);
    }
}
