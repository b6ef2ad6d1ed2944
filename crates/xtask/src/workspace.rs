//! What cargo knows about this project: its folder, packages and locked versions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// The package that is compiled to WASM.
pub const WEB: &str = "membership-web";
/// The package and the program that serve.
pub const SERVER: &str = "membership-server";
/// The package that reads the catalog, and prints the built-in one.
pub const CATALOG: &str = "membership-catalog";

/// The project's folder.
pub fn root() -> Result<PathBuf> {
    // Set by `cargo run`; the compiled-in folder serves a binary that is started by hand.
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = here
        .ancestors()
        .nth(2)
        .context("xtask is not inside the project")?;
    Ok(root.to_owned())
}

/// The cargo that runs us, started in the project's folder.
pub fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    // What `cargo run` says of us. Build scripts look at some of it, and with another value than in
    // a build by hand each of the two would compile again what the other made.
    let of_us = |name: &str| name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(of_us) {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// One package of the workspace.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its name in Cargo.toml.
    pub name: String,
    /// Where its Cargo.toml is.
    pub folder: PathBuf,
    /// Packages of this workspace that it needs to be built (not those only its tests need).
    pub needs: Vec<String>,
}

/// All packages of the workspace.
pub fn packages(root: &Path) -> Result<Vec<Package>> {
    let json = process::output(cargo(root).args(["metadata", "--no-deps", "--format-version=1"]))?;
    parse_packages(&json).context("`cargo metadata` answered in an unknown form")
}

fn parse_packages(json: &str) -> Result<Vec<Package>> {
    let metadata: Value = serde_json::from_str(json)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    packages.iter().map(parse_package).collect()
}

fn parse_package(package: &Value) -> Result<Package> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let manifest = PathBuf::from(text(&package["manifest_path"]).context("no manifest_path")?);
    let needs = package["dependencies"]
        .as_array()
        .context("no dependencies")?
        .iter();
    Ok(Package {
        name: text(&package["name"]).context("no name")?,
        folder: manifest
            .parent()
            .context("manifest_path has no folder")?
            .to_owned(),
        needs: needs
            .filter(|dependency| dependency["path"].is_string() && dependency["kind"] != "dev")
            .filter_map(|dependency| text(&dependency["name"]))
            .collect(),
    })
}

/// The package `name` and all packages of the workspace that it is built from.
pub fn closure<'a>(packages: &'a [Package], name: &str) -> Vec<&'a Package> {
    let mut wanted = vec![name.to_owned()];
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while let Some(name) = wanted.pop() {
        if let Some(package) = packages.iter().find(|package| package.name == name)
            && seen.insert(name)
        {
            wanted.extend(package.needs.iter().cloned());
            found.push(package);
        }
    }
    found
}

/// The version of the package `name` in Cargo.lock.
pub fn locked_version(root: &Path, name: &str) -> Result<String> {
    let path = root.join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    find_version(&lock, name).with_context(|| format!("Cargo.lock does not name {name}"))
}

fn find_version(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted).skip(1);
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_workspace_is_understood() {
        let root = root().expect("a root");
        let packages = packages(&root).expect("cargo metadata");
        let web = closure(&packages, WEB);
        assert!(
            web.iter()
                .any(|package| package.name == "membership-domain"),
            "{web:?}"
        );
        assert!(web.iter().all(|package| package.name != "xtask"), "{web:?}");
    }

    #[test]
    fn the_locked_version_is_that_of_the_exact_name() {
        let lock = "name = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    name = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(
            find_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.129")
        );
        assert_eq!(find_version(lock, "wasm"), None);
    }
}
