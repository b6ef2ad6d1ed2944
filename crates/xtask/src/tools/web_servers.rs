//! nginx and Caddy, on which the pages are tried: found, or unpacked from Debian's packages.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::steps::Step;
use crate::{cache, process};

/// Both programs.
pub struct WebServers {
    /// `nginx`.
    pub nginx: PathBuf,
    /// `caddy`.
    pub caddy: PathBuf,
}

/// Finds both, or unpacks both into the cache folder.
pub fn ensure(step: &Step) -> Result<(WebServers, String)> {
    if let Some(found) = find() {
        return Ok((found, "present".into()));
    }
    let folder = cache::writable()?.join(FOLDER);
    apt::unpack(&["nginx", "caddy"], &folder, step)?;
    let found = find().context("Debian's nginx or Caddy does not start here")?;
    Ok((found, "unpacked".into()))
}

/// Below the cache folder.
const FOLDER: &str = "web-servers";

fn find() -> Option<WebServers> {
    Some(WebServers {
        nginx: find_one("nginx", "-v")?,
        caddy: find_one("caddy", "version")?,
    })
}

/// `version` makes it print its version, to know that it starts.
fn find_one(name: &str, version: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    // Where Debian has programs for administrators, which is not on everybody's PATH.
    folders.push("/usr/sbin".into());
    if let Ok(cache) = cache::folder() {
        let unpacked = cache.join(FOLDER);
        folders.extend(["usr/sbin", "usr/bin"].map(|folder| unpacked.join(folder)));
    }
    let mut programs = folders.into_iter().map(|folder| folder.join(name));
    programs.find(|program| {
        program.is_file() && process::output(Command::new(program).arg(version)).is_ok()
    })
}
