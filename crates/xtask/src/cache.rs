//! The user's cache folder, where build tools are kept so that a second clone finds them.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::steps::Step;

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

/// A turn to install something: two commands, of two clones perhaps, share the folder.
pub struct Turn {
    /// The cache folder, created and known to be writable.
    pub folder: PathBuf,
    /// Given back when it is closed, also when the process is killed.
    _lock: File,
}

/// Waits until nobody else installs anything. What was missing before may be there then.
pub fn turn(step: &Step) -> Result<Turn> {
    turn_in(folder()?, || {
        step.note("waiting for another command that installs tools")
    })
}

fn turn_in(folder: PathBuf, wait: impl FnOnce()) -> Result<Turn> {
    writable_folder(
        &folder,
        "Build tools are kept there; choose another with XDG_CACHE_HOME",
    )?;
    let lock = File::create(folder.join("lock")).context("cannot write the cache folder's lock")?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            wait();
            lock.lock().context("cannot wait for the cache folder")?;
        }
        // Some network folders know no locks: there it goes without.
        Err(TryLockError::Error(_)) => {}
    }
    Ok(Turn {
        folder,
        _lock: lock,
    })
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
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn one_installs_at_a_time_and_the_next_one_waits() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-turns-{}", std::process::id()));
        let first = turn_in(folder.clone(), || panic!("nobody is before the first"))?;
        let (tell, told) = mpsc::channel();
        let there = folder.clone();
        let second = std::thread::spawn(move || {
            turn_in(there, || tell.send(()).expect("somebody listens")).map(drop)
        });
        told.recv()?;
        assert!(!second.is_finished());
        drop(first);
        second.join().expect("no panic")?;
        Ok(std::fs::remove_dir_all(folder)?)
    }

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
