//! Stands in for the wasm-bindgen command while `cargo xtask` builds the pages for release.
//!
//! Trunk has no hook between the linker and wasm-bindgen, where a program has to be cut. So it
//! finds this program first on PATH, under that name. It cuts what was linked to be cut (see
//! `build.rs` of the web app), leaves the pieces in a folder for xtask to pack, and calls the real
//! command: on the main part of such a program, and for everything else as it was asked.

mod cut;
mod stub;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// The real command.
const REAL: &str = "MEMBERSHIP_WASM_BINDGEN";
/// The folder in which each program that is cut gets one of its own.
const PIECES: &str = "MEMBERSHIP_PIECES";
/// Names a program, among the arguments.
const NAME: &str = "--out-name=";
/// Pieces need the main part's stack, which wasm-bindgen hides otherwise.
const KEEP: &str = "--keep-lld-exports";

fn main() -> ExitCode {
    match run(std::env::args_os().skip(1).collect()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Vec<OsString>) -> Result<ExitCode> {
    if let Some(main_part) = cut(&arguments)? {
        for argument in arguments.iter_mut().filter(|one| is_program(one)) {
            *argument = main_part.clone().into();
        }
        arguments.push(KEEP.into());
    }
    let real = variable(REAL)?;
    let status = Command::new(&real)
        .args(arguments)
        .status()
        .with_context(|| format!("cannot start {}", real.display()))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Cuts the program among the arguments, if there is one that can be cut. Gives its main part.
fn cut(arguments: &[OsString]) -> Result<Option<PathBuf>> {
    let Some(program) = arguments.iter().find(|one| is_program(one)) else {
        return Ok(None);
    };
    let linked = std::fs::read(program)
        .with_context(|| format!("cannot read {}", Path::new(program).display()))?;
    if !cut::can_be_cut(&linked)? {
        return Ok(None);
    }
    let name = arguments
        .iter()
        .find_map(|one| one.to_str()?.strip_prefix(NAME))
        .with_context(|| format!("no {NAME}NAME among the arguments"))?;
    let folder = variable(PIECES)?.join(name);
    cut::cut(&linked, &folder)
        .with_context(|| format!("cannot cut {name} into {}", folder.display()))
        .map(Some)
}

fn is_program(argument: &OsString) -> bool {
    Path::new(argument)
        .extension()
        .is_some_and(|ending| ending == "wasm")
}

fn variable(name: &str) -> Result<PathBuf> {
    let value = std::env::var_os(name);
    value
        .map(PathBuf::from)
        .with_context(|| format!("{name} is not set: `cargo xtask` calls this, not a person"))
}
