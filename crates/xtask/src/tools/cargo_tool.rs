//! A tool that `cargo install` builds into the cache folder.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::steps::Step;
use crate::{cache, process};

/// One tool in one version.
pub struct CargoTool {
    /// The program's name.
    pub program: &'static str,
    /// The package that holds it.
    pub package: &'static str,
    /// Its exact version.
    pub version: String,
    /// How long building it takes on two cores, in words.
    pub takes: &'static str,
}

impl CargoTool {
    /// Name and version, for people.
    pub fn title(&self) -> String {
        format!("{} {}", self.program, self.version)
    }

    /// Finds or builds the tool. Gives the folder to put on PATH, or nothing when it is there.
    pub fn ensure(&self, step: &Step) -> Result<(Option<PathBuf>, String)> {
        if self.is_right(self.program.as_ref()) {
            return Ok((None, "found on PATH".into()));
        }
        let root = cache::folder()?.join(format!("{}-{}", self.program, self.version));
        let folder = root.join("bin");
        let present = || self.is_right(&folder.join(self.program));
        if present() {
            return Ok((Some(folder), "present".into()));
        }
        let turn = cache::turn(step)?;
        if present() {
            return Ok((Some(folder), "present by now".into()));
        }
        let cache = &turn.folder;
        step.note(&format!("building, about {}", self.takes));
        let build = cache.join(format!("build-{}", self.program));
        let mut install = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // Its own folder, so that no setting of the project reaches it; its own target folder, so
        // that an interrupted build goes on where it was; little optimization, for it runs rarely.
        install
            .current_dir(cache)
            .args([
                "install",
                "--locked",
                self.package,
                "--version",
                &self.version,
                "--root",
            ])
            .arg(&root)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env_remove("RUSTFLAGS");
        step.run(&mut install).with_context(|| {
            format!(
                "{} could not be built; the step can be run again as it is",
                self.title()
            )
        })?;
        std::fs::remove_dir_all(&build).ok();
        Ok((Some(folder), "installed".into()))
    }

    /// Whether this program exists and says the right version.
    fn is_right(&self, program: &std::path::Path) -> bool {
        process::output(Command::new(program).arg("--version"))
            .is_ok_and(|said| said.split_whitespace().nth(1) == Some(self.version.as_str()))
    }
}
