//! Memory that looks like a folder, for what tests write and nobody keeps, so that their databases
//! wait for no disk.

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
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    (free(&said)? >= LEAST && runs_programs(&mounts)).then(|| FOLDER.into())
});

/// The folder for temporary files: in memory where there is enough of it.
pub fn folder() -> PathBuf {
    FOUND.clone().unwrap_or_else(std::env::temp_dir)
}

/// Has a program put its temporary files there, and those that it starts.
pub fn used(command: &mut Command) -> &mut Command {
    command.env("TMPDIR", folder())
}

/// Whether programs may be started from there, in what the kernel says of its mounts: cargo puts
/// examples of the documentation there, and runs them.
fn runs_programs(mounts: &str) -> bool {
    let fields = mounts
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>());
    let mut of_folder = fields.filter(|line| line.get(1) == Some(&FOLDER));
    of_folder.all(|line| {
        let mut options = line.get(3).unwrap_or(&"").split(',');
        options.all(|one| one != "noexec")
    })
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

    #[test]
    fn a_folder_without_programs_is_left_alone() {
        let mounted = |options: &str| {
            runs_programs(&format!(
                "tmpfs /tmp tmpfs rw,noexec 0 0\ntmpfs /dev/shm tmpfs {options} 0 0"
            ))
        };
        assert!(mounted("rw,nosuid") && !mounted("rw,nosuid,noexec"));
    }
}
