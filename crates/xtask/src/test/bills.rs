//! E-invoices of random bills against the rules of EN 16931, as CEN publishes them.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::context::Context;
use super::counts::Counts;
use crate::process;
use crate::tools::{apt, python};

const COUNT: &str = "10000";
const SEED: &str = "1";

/// Writes the bills, prepares Saxon, and counts what `end2end/bills/run.py` says.
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
    let folder = context.root.join("end2end/bills");
    let requirements = folder.join("requirements.txt");
    let python = context.steps(1)?.step("Saxon", |step| {
        python::ensure(python, "saxonche", &requirements, step)
    })?;

    let bills = context.root.join("target/xtask/bills");
    // What an earlier run left would be looked at, too.
    if bills.exists() {
        std::fs::remove_dir_all(&bills)
            .with_context(|| format!("cannot remove {}", bills.display()))?;
    }
    let mut random = Command::new(context.example("random")?);
    random.current_dir(&context.root).args([COUNT, SEED]);
    process::output(random.arg(&bills))?;

    let mut test = Command::new(python);
    // What it prints is not ASCII, whatever this machine is set to.
    test.env("PYTHONUTF8", "1")
        .arg(folder.join("run.py"))
        .arg(&bills);
    let mut counts = Counts::default();
    let well = process::seen(&mut test, |line| read(line, &mut counts))?;
    Ok(counts.ended(well))
}

/// `10,000 e-invoices checked in 18 s, 0 with faults`, and at the end `2 passed, 0 failed`.
fn read(line: &str, counts: &mut Counts) {
    if line.contains(" e-invoices checked in ") {
        counts.notes.push(line.to_owned());
    }
    counts.read_script(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_counted_and_e_invoices_are_told() {
        let mut counts = Counts::default();
        for line in [
            "MW-2023-000201.xml",
            "  fatal BR-CO-16: Amount due for payment (BT-115) = ...",
            "10,000 e-invoices checked in 18 s, 1 with faults",
            "1 passed, 1 failed",
        ] {
            read(line, &mut counts);
        }
        assert_eq!((counts.passed, counts.failed), (1, 1));
        assert_eq!(counts.notes.len(), 1);
    }
}
