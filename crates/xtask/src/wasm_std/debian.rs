//! The route for machines that reach distribution packages only: Debian's compiler for web
//! software, and the library built once from its packaged source.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::TARGET;
use crate::steps::Step;
use crate::tools::apt;
use crate::{cache, process};

/// Debian's compiler.
pub const RUSTC: &str = "/usr/bin/rustc";
/// Older ones cannot compile the project (`rust-version` in Cargo.toml).
const OLDEST: (u32, u32) = (1, 95);

/// Debian's compiler with the library in place.
pub struct Compiler {
    linker: PathBuf,
    /// Where cargo builds with it.
    pub target_folder: PathBuf,
}

impl Compiler {
    /// See [`super::WasmStd::environment`].
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("RUSTC", PathBuf::from(RUSTC)),
            ("CARGO_TARGET_DIR", self.target_folder.clone()),
            (
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
                self.linker.clone(),
            ),
        ]
    }
}

/// The compiler, if an earlier run has made it ready.
pub fn find(root: &Path) -> Option<Compiler> {
    (is_recent() && super::has_library(RUSTC))
        .then(linker)?
        .map(|linker| compiler(root, linker))
}

/// Installs the packages, builds the library and puts it where the compiler looks for it.
pub fn install(root: &Path, step: &Step) -> Result<Compiler> {
    let source = Path::new("/usr/src");
    let has_source = || {
        let mut entries = std::fs::read_dir(source).into_iter().flatten().flatten();
        entries.any(|entry| entry.file_name().as_encoded_bytes().starts_with(b"rustc-"))
    };
    if !is_recent() || !has_source() {
        apt::install(&["rustc-web", "rust-web-src"], step)?;
    }
    ensure!(
        is_recent(),
        "{RUSTC} is missing or older than {}.{}: this release of Debian is too old",
        OLDEST.0,
        OLDEST.1
    );
    if !super::has_library(RUSTC) {
        build_library(step)?;
    }
    if linker().is_none() {
        apt::install(&["lld"], step)?;
    }
    let linker = linker().context("no linker for wasm32: neither rust-lld nor wasm-ld is there")?;
    Ok(compiler(root, linker))
}

fn compiler(root: &Path, linker: PathBuf) -> Compiler {
    Compiler {
        linker,
        target_folder: root.join("target/debian"),
    }
}

fn is_recent() -> bool {
    let version = process::output(Command::new(RUSTC).arg("--version")).unwrap_or_default();
    parse_version(&version).is_some_and(|version| version >= OLDEST)
}

fn parse_version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix("rustc ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Debian's compiler brings no linker for wasm32; the default toolchain's serves, or Debian's lld.
fn linker() -> Option<PathBuf> {
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
    let host = process::output(Command::new("rustc").args(["--print", "host-tuple"])).ok()?;
    let of_rustup = Path::new(&sysroot)
        .join("lib/rustlib")
        .join(host)
        .join("bin/rust-lld");
    let of_debian = PathBuf::from("/usr/bin/wasm-ld");
    [of_rustup, of_debian]
        .into_iter()
        .find(|linker| linker.is_file())
}

fn build_library(step: &Step) -> Result<()> {
    let turn = cache::turn(step)?;
    if super::has_library(RUSTC) {
        // Another command built it meanwhile, and may use it already.
        return Ok(());
    }
    step.note("building it from source, about a minute");
    let folder = turn.folder.join("build-wasm-std");
    let source = folder.join("src");
    std::fs::create_dir_all(&source)?;
    let manifest =
        "[package]\nname = \"empty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::write(source.join("lib.rs"), "#![no_std]\n")?;
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Without the bitcode a link with fat LTO finds nothing to work on in the library.
    build
        .current_dir(&folder)
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    step.run(&mut build)?;
    let built = folder.join("target").join(TARGET).join("release/deps");
    copy_library(&built, &super::library_folder(RUSTC)?)?;
    std::fs::remove_dir_all(&folder).context("cannot clean up after building the library")
}

/// Copies the library's files, and not the empty crate's that had it built.
fn copy_library(from: &Path, to: &Path) -> Result<()> {
    let failed = || {
        format!(
            "the library cannot be put into {}; are you root?",
            to.display()
        )
    };
    std::fs::create_dir_all(to).with_context(failed)?;
    let names = std::fs::read_dir(from)?.map(|entry| Ok(entry?.file_name().into_string()));
    let names: Vec<_> = names.collect::<std::io::Result<_>>()?;
    let mut names: Vec<String> = names.into_iter().flatten().collect();
    names.retain(|name| name.ends_with(".rlib") && !name.starts_with("libempty-"));
    // The one that tells the library is there comes last, in case we are interrupted.
    names.sort_by_key(|name| name.starts_with("libstd-"));
    for name in names {
        std::fs::copy(from.join(&name), to.join(&name)).with_context(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(
            parse_version("rustc 1.96.0 (ac68faa20 2026-05-25)"),
            Some((1, 96))
        );
        assert!(parse_version("rustc 1.85.0 (4d91de4e4)").expect("a version") < OLDEST);
        assert_eq!(parse_version("rustup 1.29"), None);
    }
}
