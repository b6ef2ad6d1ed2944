//! Cuts a program into its main part and pieces.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_encoder::{Module, RawSection};
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

/// The section in which a compiler says what a program may use of WebAssembly.
const FEATURES: &str = "target_features";

/// A program without that section. With it wasm-bindgen keeps JavaScript's values in a table of
/// their own, which pieces know nothing of, and which costs more than it saves.
fn without_features(program: &[u8]) -> Result<Vec<u8>> {
    let mut kept = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if matches!(&payload, Payload::CustomSection(section) if section.name() == FEATURES) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = program.get(range).context("a section beyond the end")?;
            kept.section(&RawSection { id, data });
        }
    }
    Ok(kept.finish())
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
    std::fs::write(&main_part, without_features(&std::fs::read(&main_part)?)?)?;

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

#[cfg(test)]
mod tests {
    use wasm_encoder::CustomSection;

    use super::*;

    fn program(sections: &[&str]) -> Vec<u8> {
        let mut module = Module::new();
        for name in sections {
            module.section(&CustomSection {
                name: (*name).into(),
                data: b"something".as_slice().into(),
            });
        }
        module.finish()
    }

    #[test]
    fn what_was_linked_to_be_cut_is_known_and_broken_programs_are_refused() {
        let said = |program: &[u8]| can_be_cut(program).ok();
        assert_eq!(said(&program(&["name", "linking"])), Some(true));
        assert_eq!(said(&program(&["name"])), Some(false));
        assert_eq!(said(b"no program"), None);
    }

    #[test]
    fn one_section_goes_and_all_others_stay() {
        let less = without_features(&program(&["name", FEATURES, "producers"]));
        assert_eq!(less.expect("a program"), program(&["name", "producers"]));
    }
}
