//! The arrows of the architecture: which package may be built from which, and no circle of modules
//! within one.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};

use super::circles::circles;
use super::context::Context;
use super::counts::Counts;
use crate::process::{self, say};
use crate::workspace::{self, Package};

const BANK: &str = "membership-bank";
const BILLS: &str = "membership-bills";
const CATALOG: &str = workspace::CATALOG;
const CONTRACT: &str = "membership-contract";
const DOMAIN: &str = "membership-domain";
const HEADERS: &str = "membership-headers";
const IMPORT: &str = "membership-import";
const LISTS: &str = "membership-lists";
const LOCAL: &str = "membership-local";
const SAMPLES: &str = "membership-samples";
const STORE: &str = "membership-store";

/// Each package with those of this workspace that it may need. A package that is not here is an
/// error: whoever adds one says where it stands.
const ALLOWED: [(&str, &[&str]); 16] = [
    (DOMAIN, &[]),
    (BANK, &[DOMAIN]),
    (BILLS, &[DOMAIN]),
    (CONTRACT, &[DOMAIN, IMPORT, LISTS]),
    // The catalog is for its tests alone.
    (IMPORT, &[CATALOG, DOMAIN]),
    (LISTS, &[CATALOG, DOMAIN]),
    (LOCAL, &[CATALOG, CONTRACT, DOMAIN, IMPORT, LISTS]),
    (CATALOG, &[DOMAIN]),
    (HEADERS, &[]),
    (SAMPLES, &[CATALOG, DOMAIN, IMPORT]),
    (STORE, &[DOMAIN]),
    (workspace::WEB, &[CONTRACT, DOMAIN, IMPORT, LISTS, LOCAL]),
    (
        "membership-server",
        &[
            BANK, BILLS, CATALOG, CONTRACT, DOMAIN, HEADERS, IMPORT, LISTS, SAMPLES, STORE,
        ],
    ),
    (
        "membership-vectors",
        &[CATALOG, CONTRACT, DOMAIN, IMPORT, LISTS, SAMPLES],
    ),
    // A program that xtask starts.
    ("membership-split", &[]),
    ("xtask", &[HEADERS]),
];

/// The shared packages know no clock, no chance, no input or output and no framework.
const PURE: [&str; 8] = [BANK, BILLS, DOMAIN, HEADERS, IMPORT, LISTS, LOCAL, CONTRACT];
const IMPURE: [&str; 12] = [
    "axum",
    "getrandom",
    "hyper",
    "leptos",
    "rand",
    "reqwest",
    "sea-orm",
    "sqlx",
    "tokio",
    "tracing",
    "wasm-bindgen",
    "web-sys",
];

/// In these no module leads back to itself.
const LAYERED: [&str; 11] = [
    BANK, BILLS, CATALOG, CONTRACT, DOMAIN, HEADERS, IMPORT, LISTS, LOCAL, SAMPLES, STORE,
];

/// Three checks: the packages' arrows, what the pure ones are built from, and circles of modules.
pub fn run(context: &mut Context) -> Result<Counts> {
    let packages = workspace::packages(&context.root)?;
    let mut counts = Counts::default();
    let mut report = |faults: Vec<String>| {
        counts.add(&Counts::check(faults.is_empty()));
        for fault in faults {
            say(&fault);
        }
    };
    report(forbidden_arrows(&packages));
    let mut impure = Vec::new();
    for package in PURE {
        let mut tree = workspace::cargo(&context.root);
        tree.args([
            "tree",
            "--package",
            package,
            "--edges=normal",
            "--prefix=none",
            "--format={p}",
        ]);
        impure.extend(impurities(package, &process::output(&mut tree)?));
    }
    report(impure);
    report(module_circles(&packages)?);
    Ok(counts)
}

fn forbidden_arrows(packages: &[Package]) -> Vec<String> {
    let mut faults = Vec::new();
    for package in packages {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            faults.push(format!(
                "{}: say in arrows.rs which packages it may need",
                package.name
            ));
            continue;
        };
        let strangers = package
            .needs
            .iter()
            .filter(|needed| !allowed.contains(&needed.as_str()));
        faults.extend(strangers.map(|needed| format!("{} must not need {needed}", package.name)));
    }
    faults
}

fn module_circles(packages: &[Package]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for name in LAYERED {
        let package = packages.iter().find(|package| package.name == name);
        let package = package.with_context(|| format!("no package {name}"))?;
        found.extend(circles(name, &package.folder)?);
    }
    Ok(found)
}

/// `tree` has a package on each line, its name first.
fn impurities(package: &str, tree: &str) -> BTreeSet<String> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let impure = names.filter(|name| IMPURE.contains(name));
    impure
        .map(|name| format!("{package} must not be built from {name}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, needs: &[&str]) -> Package {
        let needs = needs.iter().map(|&name| name.to_owned()).collect();
        Package {
            name: name.to_owned(),
            folder: ".".into(),
            needs,
        }
    }

    #[test]
    fn an_arrow_outward_is_found() {
        let good = package("membership-contract", &["membership-domain"]);
        assert!(forbidden_arrows(std::slice::from_ref(&good)).is_empty());
        let bad = package("membership-domain", &["membership-store"]);
        assert_eq!(
            forbidden_arrows(&[good, bad]),
            ["membership-domain must not need membership-store"]
        );
        assert_eq!(forbidden_arrows(&[package("new", &[])]).len(), 1);
    }

    #[test]
    fn a_framework_in_the_rules_is_found() {
        let tree = "membership-domain v0.1.0\nserde v1.0.228\nrand v0.9.2\nrand v0.9.2 (*)\n";
        assert_eq!(impurities("membership-domain", tree).len(), 1);
        assert!(impurities("membership-domain", "serde v1.0.228\nrandom-name v1.0.0").is_empty());
    }
}
