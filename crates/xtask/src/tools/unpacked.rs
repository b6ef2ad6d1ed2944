//! Programs that are found on `PATH`, or unpacked from Debian's packages into the cache folder:
//! nothing is installed, and no service starts.

use std::path::PathBuf;
use std::process::Command;

use crate::{cache, process};

/// A program that starts: on `PATH`, where Debian has programs for administrators, or in a folder
/// below the cache folder. `version` makes it print its version.
pub fn find(name: &str, version: &str, folder: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push("/usr/sbin".into());
    if let Ok(cache) = cache::folder() {
        let unpacked = cache.join(folder);
        folders.extend(["usr/sbin", "usr/bin"].map(|folder| unpacked.join(folder)));
    }
    let mut programs = folders.into_iter().map(|folder| folder.join(name));
    programs.find(|program| {
        program.is_file() && process::output(Command::new(program).arg(version)).is_ok()
    })
}
