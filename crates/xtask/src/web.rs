//! The web app as files: built by trunk, skipped when nothing changed, compressed for release.

pub mod chunks;
pub mod compress;
mod fingerprint;
mod names;
mod scripts;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::steps::Step;
use crate::toolchain::Toolchain;
use crate::wasm_std::TARGET;
use crate::{process, workspace};

/// Which of the two builds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Profile {
    /// Quick to build, large to load.
    Dev,
    /// As small as can be, with `.br` and `.gz` beside each file.
    Release,
}

impl Profile {
    /// The release build or the other.
    pub fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    /// The folder that holds this build.
    pub fn folder(self, root: &Path) -> PathBuf {
        root.join("target/web").join(match self {
            Self::Dev => "dev",
            Self::Release => "release",
        })
    }
}

/// Builds the web app unless the last build was of the same inputs. Gives its folder.
pub fn build(
    root: &Path,
    tools: &Toolchain,
    profile: Profile,
    step: &Step,
) -> Result<(PathBuf, String)> {
    let folder = profile.folder(root);
    let mark = folder.with_extension("fingerprint");
    let inputs = fingerprint::of(root, &tools.identity())?;
    let unchanged = std::fs::read_to_string(&mark).is_ok_and(|mark| mark == inputs);
    if unchanged && folder.join("index.html").is_file() {
        return Ok((folder, "unchanged".into()));
    }
    std::fs::remove_file(&mark).ok();
    step.note(match profile {
        Profile::Dev => "building, about a minute the first time",
        Profile::Release => "building, about 3 minutes",
    });
    // Trunk has cargo build one program after the other, each of which ends on a single core.
    let mut programs = tools.cargo_of_trunk(root)?;
    programs.args(["build", "--offline", "--bins", "--package", workspace::WEB]);
    programs.args(["--target", TARGET]);
    programs.args((profile == Profile::Release).then_some("--release"));
    step.run(&mut programs)?;
    let mut trunk = tools.trunk(root)?;
    trunk.args(["build", "--dist"]).arg(&folder);
    trunk.arg(format!("--release={}", profile == Profile::Release));
    step.run(&mut trunk)?;
    ensure!(
        folder.join("index.html").is_file(),
        "trunk ended well, but left no index.html in {}",
        folder.display()
    );
    if profile == Profile::Release {
        chunks::pack(root, tools, &folder, step).context("cannot pack the chunks")?;
        scripts::shorten(&folder).context("cannot shorten the scripts")?;
    }
    names::add_hashes(&folder).context("cannot name the built files")?;
    add_catalog(root, &folder).context("cannot write the catalog beside the pages")?;
    if profile == Profile::Release {
        compress::all(&folder).context("cannot compress the built files")?;
    }
    std::fs::write(mark, inputs)?;
    Ok((folder, "built".into()))
}

/// The built-in catalog as the API gives it, for the pages that ask no API. Its name stays, so
/// that a newer one can be put in its place.
fn add_catalog(root: &Path, folder: &Path) -> Result<()> {
    let mut print = workspace::cargo(root);
    print.args(["run", "--quiet", "--package", workspace::CATALOG]);
    let json = process::output(&mut print)?;
    std::fs::write(folder.join("catalog.json"), json)?;
    Ok(())
}

/// Fetches every crate: trunk builds without the network.
pub fn fetch(root: &Path, step: &Step) -> Result<((), String)> {
    let mut fetch = workspace::cargo(root);
    fetch.arg("fetch");
    // What is submitted must build from the lock file as it is.
    if crate::test::in_ci() {
        fetch.arg("--locked");
    }
    step.run(&mut fetch)?;
    Ok(((), "present".into()))
}
