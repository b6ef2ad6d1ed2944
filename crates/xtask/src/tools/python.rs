//! Python, and the packages of one of its programs, in a virtual environment in the cache folder.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::steps::Step;
use crate::{cache, process};

/// What the Debian and Ubuntu packages are called.
pub const APT: [&str; 2] = ["python3", "python3-venv"];

/// What schemathesis asks for.
pub const LEAST: &str = "3.11";

/// Debian's own by its path, too: another one that is first on PATH may be too old.
const NAMES: [&str; 3] = ["python3", "python", "/usr/bin/python3"];

/// Debian's Python has `venv` even where it cannot be used, for want of `ensurepip`.
const FITS: &str = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";

/// A Python that is new enough, and can make virtual environments.
pub fn find() -> Option<&'static str> {
    NAMES.into_iter().find(|python| says_yes(python, FITS))
}

/// Finds or makes the environment with `package` and all that stands beside it in `requirements`.
/// Gives its Python. Each file that is installed must have its hash in there.
pub fn ensure(
    python: &str,
    package: &str,
    requirements: &Path,
    step: &Step,
) -> Result<(PathBuf, String)> {
    let wanted = std::fs::read(requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = cache::folder()?.join(format!("{package}-{}", fingerprint(&wanted)));
    let own = folder.join(PYTHON);
    // Written last, so that an installation that broke off is not taken for a whole one.
    let done = folder.join("installed.txt");
    let installed = || std::fs::read(&done).is_ok_and(|installed| installed == wanted);
    // It goes to waste when the Python that it was made from goes, or becomes a newer one.
    let there = format!(
        "import importlib.util, sys; sys.exit(importlib.util.find_spec('{package}') is None)"
    );
    let present = || installed() && says_yes(&own, &there);
    if present() {
        return Ok((own, "present".into()));
    }
    let _turn = cache::turn(step)?;
    if present() {
        return Ok((own, "present by now".into()));
    }
    step.note("installing, about 20 s");
    let mut venv = Command::new(python);
    step.run(venv.args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut pip = Command::new(&own);
    pip.args(["-m", "pip", "install", "--no-input", "--progress-bar=off"])
        .args([
            "--disable-pip-version-check",
            "--require-hashes",
            "--requirement",
        ])
        .arg(requirements);
    step.run(&mut pip).with_context(|| {
        format!("{package} could not be installed; the step can be run again as it is")
    })?;
    std::fs::write(&done, &wanted)?;
    Ok((own, "installed".into()))
}

/// Where an environment has its Python.
const PYTHON: &str = if cfg!(windows) {
    "Scripts/python.exe"
} else {
    "bin/python"
};

/// Whether this program is a Python, and the script ends well in it.
fn says_yes(python: impl AsRef<Path>, script: &str) -> bool {
    let mut python = Command::new(python.as_ref());
    process::output(python.args(["-c", script])).is_ok()
}

fn fingerprint(requirements: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    requirements.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_requirements_are_another_environment() {
        assert_eq!(fingerprint(b"a==1\n"), fingerprint(b"a==1\n"));
        assert_ne!(fingerprint(b"a==1\n"), fingerprint(b"a==2\n"));
    }

    #[test]
    fn what_is_asked_of_a_python_is_what_is_said() {
        assert!(FITS.contains(&format!("({})", LEAST.replace('.', ", "))));
        assert!(!says_yes("no-such-python", ""));
    }
}
