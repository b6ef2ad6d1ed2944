//! `cargo test`, on this machine's own processor.

use std::process::Command;

use anyhow::Result;

use super::built;
use super::context::Context;
use super::counts::Counts;
use crate::{process, workspace};

/// All crates but the web app.
pub fn crates(context: &mut Context) -> Result<Counts> {
    tested(built::cargo_test(&context.root))
}

/// The web app's functions that need no browser.
pub fn web(context: &mut Context) -> Result<Counts> {
    let mut test = workspace::cargo(&context.root);
    test.args(["test", "--package", workspace::WEB]);
    tested(test)
}

fn tested(mut test: Command) -> Result<Counts> {
    let mut counts = Counts::default();
    let test = test.arg("--no-fail-fast");
    let well = process::seen(test, |line| counts.read_libtest(line))?;
    Ok(counts.ended(well))
}
