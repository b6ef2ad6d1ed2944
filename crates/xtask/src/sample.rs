//! `cargo xtask sample`: exports to try imports with.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::workspace;

/// Hands the arguments on: what may be said, `membership-samples` knows.
pub fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let root = workspace::root()?;
    let mut command = workspace::cargo(&root);
    command.args(["run", "--quiet", "--package", "membership-samples"]);
    command.args(["--bin", "sample", "--"]).args(arguments);
    command.current_dir(std::env::current_dir().context("no working folder")?);
    let status = command.status().context("cannot start cargo")?;
    Ok(ExitCode::from(
        u8::try_from(status.code().unwrap_or(1)).unwrap_or(1),
    ))
}
