//! `membership-server`: serves the API and the pages, and runs the same rules on the command line.

use std::process::ExitCode;

/// Evidence comes and goes by the hundred megabytes: the system's own allocator keeps twice as much
/// of it after it was given back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    membership_server::cli::run()
}
