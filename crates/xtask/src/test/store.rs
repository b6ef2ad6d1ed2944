//! The store's and the server's suites once more, on PostgreSQL.

use anyhow::Result;

use super::context::Context;
use super::counts::Counts;
use super::native::cargo_test;
use crate::postgres::{self, Postgres};
use crate::tools::apt;

const PACKAGES: [&str; 4] = [
    "--package",
    "membership-store",
    "--package",
    "membership-server",
];

/// On `TEST_DATABASE_URL`, or on a server started for this.
pub fn run(context: &mut Context) -> Result<Counts> {
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        return cargo_test(context, &PACKAGES, Some(&url));
    }
    let mut binaries = postgres::binaries();
    if binaries.is_none() && super::in_ci() {
        let install = |step: &crate::steps::Step| {
            apt::install(&["postgresql"], step).map(|()| ((), "installed".to_owned()))
        };
        context.steps(1)?.step("PostgreSQL", install)?;
        binaries = postgres::binaries();
    }
    let Some(binaries) = binaries else {
        let reason = "not run: no PostgreSQL here; install it or set TEST_DATABASE_URL";
        return Ok(Counts::not_run(reason));
    };
    let server = Postgres::start(&binaries)?;
    cargo_test(context, &PACKAGES, Some(&server.url))
}
