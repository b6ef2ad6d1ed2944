//! What the project is built from: licenses, banned packages and where they come from, as
//! `deny.toml` says. Advisories are left out: they need a clone of their own over the network.

use std::process::Command;

use anyhow::Result;

use super::context::Context;
use super::counts::Counts;
use crate::{process, tools};

/// Each is a check of its own.
const CHECKS: [&str; 3] = ["licenses", "bans", "sources"];

/// Finds or builds cargo-deny and asks it. Without it, elsewhere than in continuous integration,
/// the part says that it did not run.
pub fn run(context: &mut Context) -> Result<Counts> {
    let tool = tools::cargo_deny();
    let mut steps = context.steps(1)?;
    let folder = match steps.step(&tool.title(), |step| tool.ensure(step)) {
        Ok(folder) => folder,
        Err(error) => return Ok(Counts::not_run(&format!("not run: {error:#}"))),
    };
    let program = folder.map_or_else(|| tool.program.into(), |folder| folder.join(tool.program));
    let mut counts = Counts::default();
    for check in CHECKS {
        let mut deny = Command::new(&program);
        deny.current_dir(&context.root);
        // Without it only the package at the root, the web app, would be looked at.
        deny.args(["--locked", "--workspace"]);
        deny.args(["check", "--hide-inclusion-graph", check]);
        counts.add(&Counts::check(process::seen(&mut deny, |_| ())?));
    }
    Ok(counts)
}
