//! Payments at Stripe against its own client for Node.js, and against localstripe.

use std::process::Command;

use anyhow::Result;

use super::context::Context;
use super::counts::Counts;
use crate::process;
use crate::tools::{apt, npm, python};
use crate::workspace::SERVER;

/// Prepares both and the server, and counts what `end2end/stripe/run.mjs` says.
pub fn run(context: &mut Context) -> Result<Counts> {
    if python::find().is_none() && super::in_ci() {
        context.steps(1)?.step("Python", |step| {
            apt::install(&python::APT, step).map(|()| ((), "installed".to_owned()))
        })?;
    }
    let folder = context.root.join("end2end/stripe");
    let mut counts = Counts::default();
    let mut steps = context.steps(2)?;
    let local = match python::find() {
        Some(python) => Some(steps.step("localstripe", |step| {
            let requirements = folder.join("requirements.txt");
            python::ensure(python, "localstripe", &requirements, step)
        })?),
        None => {
            let least = python::LEAST;
            let reason = format!("without localstripe: no Python {least} or later with venv here");
            if super::in_ci() {
                return Ok(Counts::not_run(&reason));
            }
            counts.notes.push(reason);
            None
        }
    };
    steps.step("Stripe's client", |step| npm::ensure_locked(&folder, step))?;
    let (server, sign) = (context.program(SERVER)?, context.example("sign")?);

    let mut test = Command::new("node");
    test.arg(folder.join("run.mjs"));
    test.arg("--server").arg(server).arg("--sign").arg(sign);
    if let Some(python) = local {
        test.arg("--localstripe").arg(python);
    }
    let well = process::seen(&mut test, |line| read(line, &mut counts))?;
    Ok(counts.ended(well))
}

/// `FAILED a check: why`, and at the end `15 passed, 0 failed`.
fn read(line: &str, counts: &mut Counts) {
    if let Some(failed) = line.strip_prefix("FAILED ") {
        counts.notes.push(format!("failed: {failed}"));
    }
    counts.read_script(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_counted_and_what_failed_is_named() {
        let mut counts = Counts::default();
        for line in [
            "passed a buyer is sent to Stripe's page",
            "FAILED events are refused: it doesn't hold",
            "14 passed, 1 failed",
        ] {
            read(line, &mut counts);
        }
        assert_eq!((counts.passed, counts.failed), (14, 1));
        assert_eq!(
            counts.notes,
            ["failed: events are refused: it doesn't hold"]
        );
    }
}
