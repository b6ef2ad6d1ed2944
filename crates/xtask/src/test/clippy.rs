//! Clippy on both targets; a warning is a failure.

use anyhow::Result;

use super::context::Context;
use super::counts::Counts;
use crate::wasm_std::TARGET;
use crate::{process, workspace};

/// All native crates with their tests.
pub fn native(context: &mut Context) -> Result<Counts> {
    let mut clippy = workspace::cargo(&context.root);
    clippy.args([
        "clippy",
        "--workspace",
        "--exclude",
        workspace::WEB,
        "--all-targets",
    ]);
    clippy.args(["--", "-D", "warnings"]);
    Ok(Counts::check(process::seen(&mut clippy, |_| ())?))
}

/// The web app as it is compiled for the browser.
pub fn web(context: &mut Context) -> Result<Counts> {
    let root = context.root.clone();
    let tools = context.tools()?;
    if !tools.has_clippy() {
        let reason = "not checked: Debian's compiler for wasm32 comes without clippy";
        return Ok(Counts::not_run(reason));
    }
    let mut clippy = workspace::cargo(&root);
    clippy.args([
        "clippy",
        "--package",
        workspace::WEB,
        "--target",
        TARGET,
        "--",
        "-D",
        "warnings",
    ]);
    Ok(Counts::check(process::seen(&mut clippy, |_| ())?))
}
