//! `cargo test`, on this machine's own processor.

use anyhow::Result;

use super::context::Context;
use super::counts::Counts;
use crate::{process, workspace};

/// All crates but the web app.
pub fn crates(context: &mut Context) -> Result<Counts> {
    cargo_test(context, &["--workspace", "--exclude", workspace::WEB], None)
}

/// The web app's functions that need no browser.
pub fn web(context: &mut Context) -> Result<Counts> {
    cargo_test(context, &["--package", workspace::WEB], None)
}

/// Runs the tests of the selected packages, on PostgreSQL too when there is an address of one.
pub fn cargo_test(context: &Context, selected: &[&str], database: Option<&str>) -> Result<Counts> {
    let mut test = workspace::cargo(&context.root);
    test.args(["test", "--no-fail-fast"])
        .args(selected)
        .env_remove("TEST_DATABASE_URL");
    if let Some(url) = database {
        test.env("TEST_DATABASE_URL", url);
    }
    let mut counts = Counts::default();
    let well = process::seen(&mut test, |line| counts.read_libtest(line))?;
    Ok(counts.ended(well))
}
