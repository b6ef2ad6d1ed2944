//! Memory that looks like a folder, for what tests write and nobody keeps: databases that wait for a
//! disk take twice as long.

use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use crate::process;

/// Where Linux has it.
const FOLDER: &str = "/dev/shm";

/// Less than so many kilobytes are too few: containers often have 64 MB.
const LEAST: u64 = 4_000_000;

static FOUND: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let said = process::output(Command::new("df").args(["-kP", FOLDER])).ok()?;
    (free(&said)? >= LEAST).then(|| FOLDER.into())
});

/// The folder for temporary files: in memory where there is enough of it.
pub fn folder() -> PathBuf {
    FOUND.clone().unwrap_or_else(std::env::temp_dir)
}

/// Has a program put its temporary files there, and those that it starts.
pub fn used(command: &mut Command) -> &mut Command {
    command.env("TMPDIR", folder())
}

/// The kilobytes that are free, in what `df -kP` says.
fn free(said: &str) -> Option<u64> {
    said.lines().last()?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_is_read() {
        let said = "Filesystem     1024-blocks  Used Available Capacity Mounted on\n\
                    tmpfs             24641536  3584  24637952       1% /dev/shm";
        assert_eq!(free(said), Some(24_637_952));
        assert_eq!(free(""), None);
    }
}
