//! The usual route: rustup downloads the library for the active toolchain.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::TARGET;
use crate::process;
use crate::steps::Step;

/// A locked-down network often swallows packets instead of refusing: do not wait for ever.
const LIMIT: Duration = Duration::from_secs(120);

/// `rustup target add`, given up after two minutes.
pub fn install(step: &Step) -> Result<()> {
    if !process::is_there("rustup") {
        bail!("rustup is not on PATH");
    }
    step.note("asking rustup");
    step.run_within(
        Command::new("rustup").args(["target", "add", TARGET]),
        Some(LIMIT),
    )?;
    if !super::has_library("rustc") {
        bail!("rustup added the target, but not to the toolchain that `rustc` is of");
    }
    Ok(())
}
