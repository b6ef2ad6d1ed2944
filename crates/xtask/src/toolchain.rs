//! Everything that building the web app needs, found or installed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::steps::Steps;
use crate::tools::{self, cargo_tool, npm, splitter};
use crate::wasm_std::{self, WasmStd};

/// How many steps [`prepare`] takes.
pub fn step_count(release: bool) -> usize {
    if release { 5 } else { 3 }
}

/// The tools of a web build, ready to be started.
pub struct Toolchain {
    wasm_std: WasmStd,
    trunk: PathBuf,
    path: Vec<PathBuf>,
    /// Where wasm-opt and wasm-merge are as programs of Node, unless they are on PATH.
    binaryen: Option<PathBuf>,
    /// What the stand-in for wasm-bindgen has to know, if it is on PATH.
    splitting: Vec<(&'static str, PathBuf)>,
    versions: String,
}

/// Finds or installs the wasm32 standard library, trunk, the wasm-bindgen command and, for a
/// release build, what cuts programs and makes them small.
pub fn prepare(steps: &mut Steps, root: &Path, release: bool) -> Result<Toolchain> {
    let wasm_std = steps.step("wasm32 standard library", |step| {
        let found = wasm_std::ensure(root, step)?;
        let said = found.said.clone();
        Ok((found, said))
    })?;
    let mut path = Vec::new();
    let mut versions = Vec::new();
    let mut ready = |tool: cargo_tool::CargoTool, steps: &mut Steps| -> Result<PathBuf> {
        let folder = steps.step(&tool.title(), |step| tool.ensure(step))?;
        versions.push(tool.title());
        let program = folder
            .as_ref()
            .map_or_else(|| tool.program.into(), |f| f.join(tool.program));
        path.extend(folder);
        Ok(program)
    };
    let trunk = ready(tools::trunk(), steps)?;
    let wasm_bindgen = ready(tools::wasm_bindgen(root)?, steps)?;
    let (mut splitting, mut binaryen) = (Vec::new(), None);
    if release {
        let folder = steps.step("splitter", |step| splitter::ensure(root, step))?;
        // First, for trunk takes the first of its name.
        path.insert(0, folder);
        splitting = splitter::environment(root, &wasm_bindgen)?;
        let folder = steps.step("wasm-opt", |step| npm::ensure_wasm_opt(root, step))?;
        binaryen.clone_from(&folder);
        path.extend(folder);
        versions.push(npm::WASM_OPT_VERSION.to_owned());
    }
    Ok(Toolchain {
        wasm_std,
        trunk,
        path,
        binaryen,
        splitting,
        versions: versions.join(" "),
    })
}

impl Toolchain {
    /// Trunk in the project's folder.
    pub fn trunk(&self, root: &Path) -> Result<Command> {
        let mut trunk = self.building(Command::new(&self.trunk), root)?;
        // Trunk reads NO_COLOR as a boolean and refuses the customary value 1.
        trunk.env_remove("NO_COLOR");
        Ok(trunk)
    }

    /// Cargo, building just as trunk has it build: what the one has made the other finds.
    pub fn cargo_of_trunk(&self, root: &Path) -> Result<Command> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        self.building(Command::new(cargo), root)
    }

    /// In the project's folder, seeing our tools first.
    fn building(&self, mut command: Command, root: &Path) -> Result<Command> {
        command
            .current_dir(root)
            .env("PATH", self.search_path()?)
            .envs(self.wasm_std.environment())
            .envs(self.splitting.iter().cloned());
        Ok(command)
    }

    /// One of the tools that make programs small, for something that is small already.
    pub fn binaryen(&self, name: &str) -> Command {
        let Some(folder) = &self.binaryen else {
            return Command::new(name);
        };
        // It is WebAssembly itself, and compiling it well takes longer than what it does here.
        let mut node = Command::new("node");
        node.arg("--liftoff-only").arg(folder.join(name));
        node
    }

    /// Makes a cargo command use the compiler that has the wasm32 standard library.
    pub fn for_wasm<'a>(&self, cargo: &'a mut Command) -> &'a mut Command {
        cargo.envs(self.wasm_std.environment())
    }

    /// Where cargo puts what it builds for wasm32.
    pub fn wasm_target(&self, root: &Path) -> PathBuf {
        self.wasm_std
            .target_folder(root)
            .join("wasm32-unknown-unknown")
    }

    /// Whether clippy can check wasm32 code here: it must be of the compiler's own release.
    pub fn has_clippy(&self) -> bool {
        self.wasm_std.is_rustup()
    }

    /// Changes when another tool or compiler would build the web app.
    pub fn identity(&self) -> String {
        format!("{} {}", self.versions, self.wasm_std.compiler)
    }

    fn search_path(&self) -> Result<OsString> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let all = self.path.iter().cloned().chain(std::env::split_paths(&old));
        std::env::join_paths(all).context("a folder on PATH has a character that PATH cannot hold")
    }
}
