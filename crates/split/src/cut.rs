//! Cuts a program into its main part and pieces.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

use crate::stub;

/// What the main part asks for the loaders of its groups: the script that xtask writes.
const LOADER: &str = "./chunks.js";

/// Whether a program says where everything in it came from, as it must to be cut.
pub fn can_be_cut(program: &[u8]) -> Result<bool> {
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == "linking"
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Cuts it into a folder, and gives the main part. Beside that there are:
///
/// - the pieces, each with what some set of groups shares, which import memory, table and stack;
/// - `stub.wasm`, with which any of them can be merged ([`stub`]);
/// - `pieces.json`: `{build, groups: {NAME: [FILE, ...]}}`, where `build` names this cut, for no
///   two need be alike.
pub fn cut(program: &[u8], folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).context("cannot empty the folder")?;
    }
    let main_part = folder.join("main.wasm");
    let mut options = Options::new(program);
    options.output_dir = folder;
    options.main_out_path = &main_part;
    options.link_name = LOADER;
    let made = transform(options).map_err(|error| anyhow!("{error:#}"))?;

    let mut build = DefaultHasher::new();
    std::fs::read(&main_part)?.hash(&mut build);
    let mut pieces = Vec::new();
    let mut files = made.split_modules;
    files.sort();
    for file in &files {
        let piece = std::fs::read(file)?;
        piece.hash(&mut build);
        pieces.push(piece);
    }
    let build = format!("{:016x}", build.finish());
    std::fs::write(folder.join("stub.wasm"), stub::of(&pieces, &build)?)?;
    let named = |stems: Vec<String>| stems.iter().map(|stem| format!("{stem}.wasm")).collect();
    let groups: BTreeMap<String, Vec<String>> = made
        .prefetch_map
        .into_iter()
        .map(|(group, stems)| (group, named(stems)))
        .collect();
    let list = serde_json::json!({ "build": build, "groups": groups });
    std::fs::write(folder.join("pieces.json"), list.to_string())?;
    Ok(main_part)
}
