//! nginx and Caddy, on which the pages are tried: found, or unpacked from Debian's packages.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{apt, unpacked};
use crate::cache;
use crate::steps::Step;

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
    let turn = cache::turn(step)?;
    if let Some(found) = find() {
        return Ok((found, "present by now".into()));
    }
    apt::unpack(&["nginx", "caddy"], &turn.folder.join(FOLDER), step)?;
    let found = find().context("Debian's nginx or Caddy does not start here")?;
    Ok((found, "unpacked".into()))
}

/// Below the cache folder.
const FOLDER: &str = "web-servers";

fn find() -> Option<WebServers> {
    Some(WebServers {
        nginx: unpacked::find("nginx", "-v", FOLDER)?,
        caddy: unpacked::find("caddy", "version", FOLDER)?,
    })
}
