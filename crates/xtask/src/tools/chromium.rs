//! The browser of the end-to-end tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::apt;
use crate::process;
use crate::steps::Step;

/// The first is the smallest and quickest: no windows, no profile, no extensions.
const NAMES: [&str; 5] = [
    SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Chromium without a window, which Debian has as a package of its own.
const SHELL: &str = "chromium-headless-shell";

/// Finds or installs a browser. `None` means the one that Playwright keeps for itself.
pub fn ensure(root: &Path, step: &Step) -> Result<(Option<PathBuf>, String)> {
    if let Some(named) = std::env::var_os("CHROMIUM_PATH").map(PathBuf::from) {
        if !named.is_file() {
            bail!(
                "CHROMIUM_PATH names {}, which is not a file",
                named.display()
            );
        }
        return Ok((Some(named), "named by CHROMIUM_PATH".into()));
    }
    if let Some(found) = find() {
        return Ok((Some(found), "present".into()));
    }
    let by_apt = apt::install(&[SHELL], step).or_else(|_| apt::install(&["chromium"], step));
    if let (Ok(()), Some(found)) = (&by_apt, find()) {
        return Ok((Some(found), "installed by apt".into()));
    }
    step.note("asking Playwright for its own");
    let mut playwright = Command::new("npx");
    playwright
        .current_dir(root.join("end2end"))
        .args(["playwright", "install", "chromium"]);
    match (step.run(&mut playwright), by_apt) {
        (Ok(()), _) => Ok((None, "installed by Playwright".into())),
        (Err(error), Err(apt)) => bail!(
            "no Chromium. Install one and put it on PATH, or name it in CHROMIUM_PATH.\n\
             apt: {apt:#}\nPlaywright: {error:#}"
        ),
        (Err(error), Ok(())) => Err(error),
    }
}

fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let candidates = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |f| f.join(name)));
    let works = |program: &PathBuf| process::output(Command::new(program).arg("--version")).is_ok();
    candidates.filter(|program| program.is_file()).find(works)
}
