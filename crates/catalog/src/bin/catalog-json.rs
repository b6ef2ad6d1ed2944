//! Prints the built-in catalog as `GET /api/v1/catalog` answers it, for pages without an API.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let catalog = match membership_catalog::builtin() {
        Ok(catalog) => catalog,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return ExitCode::FAILURE;
        }
    };
    let written = serde_json::to_vec(&catalog)
        .map_err(std::io::Error::from)
        .and_then(|json| std::io::stdout().write_all(&json));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
