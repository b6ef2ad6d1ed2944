//! The standard library for wasm32: found, or brought by rustup or by Debian's packages.

mod debian;
mod rustup;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::steps::Step;

/// The target of the web app.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that can build for wasm32.
pub struct WasmStd {
    /// Which route was taken, for people.
    pub said: String,
    /// `rustc --version` of the compiler.
    pub compiler: String,
    /// Set for Debian's compiler; the default compiler needs nothing.
    debian: Option<debian::Compiler>,
}

/// Finds or installs the library: the default compiler's own, then one that an earlier run built
/// for Debian's compiler, then `rustup target add`, then Debian's packages.
/// `MEMBERSHIP_WASM_STD` as `rustup` or `debian` keeps it to one of the two.
pub fn ensure(root: &Path, step: &Step) -> Result<WasmStd> {
    let forced = std::env::var("MEMBERSHIP_WASM_STD").ok();
    let (by_rustup, by_debian) = match forced.as_deref() {
        None | Some("") => (true, true),
        Some("rustup") => (true, false),
        Some("debian") => (false, true),
        Some(other) => bail!("MEMBERSHIP_WASM_STD={other}: it is rustup or debian"),
    };
    if by_rustup && has_library("rustc") {
        return WasmStd::new(None, "present");
    }
    if by_debian && let Some(compiler) = debian::find(root) {
        return WasmStd::new(Some(compiler), "present");
    }
    let mut refusals = Vec::new();
    if by_rustup {
        match rustup::install(step) {
            Ok(()) => return WasmStd::new(None, "installed"),
            Err(error) => refusals.push(format!("rustup: {error:#}")),
        }
    }
    if by_debian {
        match debian::install(root, step) {
            Ok(compiler) => return WasmStd::new(Some(compiler), "built"),
            Err(error) => refusals.push(format!("Debian: {error:#}")),
        }
    }
    bail!(
        "there is no wasm32 standard library. Either\n\
         - run `rustup target add {TARGET}` where rustup reaches its servers, or\n\
         - on Debian or Ubuntu, run this command once as root: it installs rustc-web and \
           rust-web-src and builds the library.\n\n{}",
        refusals.join("\n\n")
    )
}

impl WasmStd {
    fn new(debian: Option<debian::Compiler>, done: &str) -> Result<Self> {
        let program = debian.as_ref().map_or("rustc", |_| debian::RUSTC);
        let compiler = process::output(Command::new(program).arg("--version"))?;
        let route = if debian.is_some() {
            "Debian's compiler"
        } else {
            "default toolchain"
        };
        Ok(Self {
            said: format!("{done}, {route}"),
            compiler,
            debian,
        })
    }

    /// What a cargo command must have in its environment to use this compiler.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        self.debian
            .as_ref()
            .map(debian::Compiler::environment)
            .unwrap_or_default()
    }

    /// Where cargo builds with this compiler: two compilers would throw away each other's work.
    pub fn target_folder(&self, root: &Path) -> PathBuf {
        self.debian
            .as_ref()
            .map_or_else(|| root.join("target"), |d| d.target_folder.clone())
    }

    /// Whether this is the default toolchain's own library.
    pub fn is_rustup(&self) -> bool {
        self.debian.is_none()
    }
}

/// Whether this compiler has the library in its own folder.
fn has_library(rustc: &str) -> bool {
    library_folder(rustc).is_ok_and(|folder| {
        std::fs::read_dir(folder).is_ok_and(|mut files| {
            files.any(|file| {
                file.is_ok_and(|f| f.file_name().as_encoded_bytes().starts_with(b"libstd-"))
            })
        })
    })
}

/// Where this compiler looks for the library.
fn library_folder(rustc: &str) -> Result<PathBuf> {
    process::output(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))
        .map(PathBuf::from)
        .with_context(|| format!("{rustc} does not know the target {TARGET}"))
}
