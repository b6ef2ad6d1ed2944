//! `membership-server`: serves the API and the pages, and runs the same rules on the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    membership_server::cli::run()
}
