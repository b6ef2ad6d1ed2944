//! Debian and Ubuntu packages, where we are allowed to install them.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;
use crate::steps::Step;

/// Installs packages, or says what a person has to type.
pub fn install(packages: &[&str], step: &Step) -> Result<()> {
    let list = packages.join(" ");
    if !process::is_there("apt-get") {
        bail!(
            "apt-get is missing: this is not Debian or Ubuntu, so {list} cannot be installed here"
        );
    }
    if !is_root() {
        bail!("only root may install packages; run this once: sudo apt-get install {list}");
    }
    step.note(&format!("installing {list}"));
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    step.run(apt().arg("update"))?;
    step.run(
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )
}

/// Whether we run as root.
pub fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
