//! Build tools that are not part of the project, each in one fixed version.

pub mod apt;
pub mod cargo_tool;
pub mod chromium;
pub mod hledger;
pub mod npm;
pub mod python;
pub mod splitter;
pub mod unpacked;
pub mod web_servers;

use std::path::Path;

use anyhow::Result;

use crate::workspace;
use cargo_tool::CargoTool;

/// Builds the web app's files. Versions from 0.22 need a newer compiler than the project does.
pub fn trunk() -> CargoTool {
    CargoTool {
        program: "trunk",
        package: "trunk",
        version: "0.21.14".into(),
        takes: "4 minutes",
    }
}

/// Checks what the project is built from.
pub fn cargo_deny() -> CargoTool {
    CargoTool {
        program: "cargo-deny",
        package: "cargo-deny",
        version: "0.20.2".into(),
        takes: "6 minutes",
    }
}

/// Makes the JavaScript beside the WASM; must equal the library's version in Cargo.lock.
pub fn wasm_bindgen(root: &Path) -> Result<CargoTool> {
    Ok(CargoTool {
        program: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: workspace::locked_version(root, "wasm-bindgen")?,
        takes: "90 seconds",
    })
}
