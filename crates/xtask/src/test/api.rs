//! The API against its own description: requests, right and wrong ones, as each role and as nobody.

use std::process::Command;

use anyhow::Result;

use super::context::Context;
use super::counts::Counts;
use crate::memory;
use crate::process;
use crate::tools::{apt, python};
use crate::workspace::SERVER;

/// Prepares schemathesis and the server, and counts what `end2end/api/run.py` says.
pub fn run(context: &mut Context) -> Result<Counts> {
    if python::find().is_none() && super::in_ci() {
        context.steps(1)?.step("Python", |step| {
            apt::install(&python::APT, step).map(|()| ((), "installed".to_owned()))
        })?;
    }
    let Some(python) = python::find() else {
        let least = python::LEAST;
        return Ok(Counts::not_run(&format!(
            "not run: no Python {least} or later with venv here"
        )));
    };
    let folder = context.root.join("end2end/api");
    let requirements = folder.join("requirements.txt");
    let python = context.steps(1)?.step("schemathesis", |step| {
        python::ensure(python, "schemathesis", &requirements, step)
    })?;
    let server = context.program(SERVER)?;

    let mut test = Command::new(python);
    // What it prints is not ASCII, whatever this machine is set to.
    memory::used(&mut test)
        .env("PYTHONUTF8", "1")
        .arg(folder.join("run.py"))
        .arg("--server")
        .arg(server);
    let mut counts = Counts::default();
    let well = process::seen(&mut test, |line| read(line, &mut counts))?;
    Ok(counts.ended(well))
}

/// `19,556 requests to 29 operations`, and at the end `25 passed, 0 failed`.
fn read(line: &str, counts: &mut Counts) {
    if line.contains(" requests to ") && line.ends_with(" operations") {
        counts.notes.push(line.to_owned());
    }
    counts.read_script(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_counted_and_requests_are_told() {
        let mut counts = Counts::default();
        for line in [
            "guest  29 operations    290 requests    0 failures    4 s",
            "     ✅ 27 passed  ❌  1 failed",
            "ST103: 290 requests to an undocumented status",
            "19,556 requests to 29 operations",
            "24 passed, 1 failed",
        ] {
            read(line, &mut counts);
        }
        assert_eq!((counts.passed, counts.failed), (24, 1));
        assert_eq!(counts.notes, ["19,556 requests to 29 operations"]);
    }
}
