//! Debian and Ubuntu packages, where we are allowed to install them.

use std::path::Path;
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

/// Unpacks packages into a folder, without those that they need. Nothing is installed, so nobody
/// has to be root and no service starts.
pub fn unpack(packages: &[&str], folder: &Path, step: &Step) -> Result<()> {
    if !process::is_there("apt-get") || !process::is_there("dpkg-deb") {
        bail!("this is not Debian or Ubuntu, so {packages:?} cannot be unpacked here");
    }
    step.note(&format!("unpacking {}", packages.join(" ")));
    let load = folder.join("packages");
    std::fs::create_dir_all(&load)?;
    let mut apt = Command::new("apt-get");
    apt.current_dir(&load).arg("download").args(packages);
    if let Err(error) = step.run(&mut apt) {
        // A fresh container has no lists of packages, and only root may fetch them.
        if !is_root() {
            return Err(error);
        }
        step.run(Command::new("apt-get").arg("update"))?;
        step.run(&mut apt)?;
    }
    for package in std::fs::read_dir(&load)? {
        let package = package?.path();
        step.run(Command::new("dpkg-deb").arg("-x").args([&package, folder]))?;
    }
    Ok(std::fs::remove_dir_all(load)?)
}

/// Whether we run as root.
pub fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
