//! The user's cache folder, where build tools are kept so that a second clone finds them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// `$XDG_CACHE_HOME/membership-workspace`, or `~/.cache/membership-workspace`.
pub fn folder() -> Result<PathBuf> {
    let absolute = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|p| p.is_absolute())
    };
    let cache = absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .or_else(|| absolute("LOCALAPPDATA"))
        .context("no cache folder: neither XDG_CACHE_HOME nor HOME names an absolute path")?;
    Ok(cache.join("membership-workspace"))
}

/// The cache folder, created and known to be writable.
pub fn writable() -> Result<PathBuf> {
    let folder = folder()?;
    writable_folder(
        &folder,
        "Build tools are kept there; choose another with XDG_CACHE_HOME",
    )?;
    Ok(folder)
}

/// Creates `folder` if needed and proves by a file that it can be written to. `purpose` tells a
/// person what it is for and how to choose another.
pub fn writable_folder(folder: &Path, purpose: &str) -> Result<()> {
    let probe = folder.join(format!(".probe-{}", std::process::id()));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    if let Err(error) = written {
        bail!(
            "the folder {} cannot be written to: {error}.
{purpose}.",
            folder.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_the_way_is_no_writable_folder() {
        let file = std::env::temp_dir().join(format!("xtask-cache-{}", std::process::id()));
        std::fs::write(&file, b"").expect("a temporary file");
        let error = writable_folder(&file.join("below"), "Of no use").expect_err("below a file");
        assert!(
            format!("{error:#}").contains("cannot be written to"),
            "{error:#}"
        );
        std::fs::remove_file(&file).expect("the file is still there");
    }
}
