//! What cargo builds of all native crates for their tests: the tests, and the programs and examples
//! that they start. Every part takes from here what it runs, for another choice of packages has
//! other features, and most of it would be compiled once more.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{memory, process, workspace};

/// Something that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// What it is: `lib`, `bin`, `example` or `test`.
    pub kind: String,
    /// Its name, without an ending.
    pub name: String,
    /// Whether these are tests, also of a library or program.
    pub is_test: bool,
    /// The folder of its package, where its tests expect to run.
    pub folder: PathBuf,
    /// The program.
    pub file: PathBuf,
}

impl Built {
    /// Whether these are the tests within the library in this folder.
    pub fn is_lib_of(&self, folder: &str) -> bool {
        self.is_test && self.kind == "lib" && self.folder.ends_with(folder)
    }
}

/// `cargo test` of all crates but the web app.
pub fn cargo_test(root: &Path) -> Command {
    let mut test = workspace::cargo(root);
    memory::used(&mut test);
    test.args(["test", "--workspace", "--exclude", workspace::WEB])
        // A test asks for a database where it is told of one, and no part says it by accident.
        .env_remove("TEST_DATABASE_URL");
    test
}

/// Builds all of it, unless that was done already.
pub fn all(root: &Path) -> Result<Vec<Built>> {
    let mut build = cargo_test(root);
    build.args(["--no-run", "--message-format=json-render-diagnostics"]);
    let mut built = Vec::new();
    let well = process::heard(&mut build, |line| built.extend(read(line)))?;
    ensure!(well, "the tests do not compile");
    Ok(built)
}

/// The program with this kind and name.
pub fn program(all: &[Built], kind: &str, name: &str) -> Result<PathBuf> {
    let is_it = |one: &&Built| !one.is_test && one.kind == kind && one.name == name;
    let found = all.iter().find(is_it);
    let found = found.with_context(|| format!("cargo built no {kind} {name}"))?;
    Ok(found.file.clone())
}

/// A line of cargo's, if it is about something that can be run.
fn read(line: &str) -> Option<Built> {
    let said: Value = serde_json::from_str(line).ok()?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let manifest = PathBuf::from(text(&said["manifest_path"])?);
    Some(Built {
        kind: text(&said["target"]["kind"][0])?,
        name: text(&said["target"]["name"])?,
        is_test: said["profile"]["test"].as_bool()?,
        folder: manifest.parent()?.to_owned(),
        file: text(&said["executable"])?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_run_is_found_among_what_cargo_says() {
        let line = |kind: &str, is_test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/p/crates/a/Cargo.toml",
                "target":{{"kind":["{kind}"],"name":"a"}},"profile":{{"test":{is_test}}},
                "executable":{executable}}}"#
            )
        };
        let said = [
            line("lib", false, "null"),
            line("lib", true, r#""/p/target/debug/deps/a-1""#),
            line("bin", true, r#""/p/target/debug/deps/a-2""#),
            line("bin", false, r#""/p/target/debug/a""#),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
            "   Compiling a".to_owned(),
        ];
        let built: Vec<Built> = said.iter().filter_map(|line| read(line)).collect();
        assert_eq!(built.len(), 3, "{built:?}");
        assert!(built[0].is_lib_of("crates/a"), "{built:?}");
        assert!(!built[1].is_lib_of("crates/a"), "{built:?}");
        let program = program(&built, "bin", "a").expect("a program");
        assert_eq!(program, PathBuf::from("/p/target/debug/a"));
        assert!(super::program(&built, "example", "a").is_err());
    }
}
