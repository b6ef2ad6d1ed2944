//! hledger, which judges the books: found, or unpacked from Debian's packages.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{apt, unpacked};
use crate::cache;
use crate::steps::Step;

/// Below the cache folder.
const FOLDER: &str = "hledger";

/// The program, if it is here.
pub fn find() -> Option<PathBuf> {
    unpacked::find("hledger", "--version", FOLDER)
}

/// Finds it, or unpacks it into the cache folder.
pub fn ensure(step: &Step) -> Result<(PathBuf, String)> {
    if let Some(found) = find() {
        return Ok((found, "present".into()));
    }
    let turn = cache::turn(step)?;
    if let Some(found) = find() {
        return Ok((found, "present by now".into()));
    }
    apt::unpack(&["hledger"], &turn.folder.join(FOLDER), step)?;
    let found = find().context("Debian's hledger does not start here")?;
    Ok((found, "unpacked".into()))
}
