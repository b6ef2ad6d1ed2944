//! The store's and the server's suites once more, on PostgreSQL.

use std::process::Command;

use anyhow::Result;

use super::built::Built;
use super::context::Context;
use super::counts::Counts;
use crate::postgres::{self, Postgres};
use crate::tools::apt;
use crate::{memory, process};

/// On `TEST_DATABASE_URL`, or on a server started for this.
pub fn run(context: &mut Context) -> Result<Counts> {
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        return tested(context.built()?, &url);
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
    tested(context.built()?, &server.url)
}

/// Runs what asks for a database: all tests of the store, and those within the server.
fn tested(built: &[Built], url: &str) -> Result<Counts> {
    let mut counts = Counts::default();
    let tests = built.iter().filter(|one| one.is_test);
    let of_store = |one: &Built| one.folder.ends_with("crates/store");
    for one in tests.filter(|one| of_store(one) || one.is_lib_of("crates/server")) {
        let mut test = Command::new(&one.file);
        memory::used(&mut test)
            .current_dir(&one.folder)
            .env("TEST_DATABASE_URL", url)
            // It has a database of its own.
            .args(["--skip", "simulation::"]);
        let mut ran = Counts::default();
        let well = process::seen(&mut test, |line| ran.read_libtest(line))?;
        counts.add(&ran.ended(well));
    }
    Ok(counts)
}
