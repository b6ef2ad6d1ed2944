//! Prints every worked example with its result, as JSON.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let report = match membership_vectors::run() {
        Ok(report) => report,
        Err(faults) => {
            eprintln!("the built-in catalog is refused:\n{faults}");
            return ExitCode::FAILURE;
        }
    };
    match writeln!(std::io::stdout(), "{report}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
