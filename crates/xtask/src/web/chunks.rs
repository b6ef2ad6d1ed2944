//! Programs that load their pages when these are opened: packs what `crates/split` cut.
//!
//! A program that is cut leaves some sixty pieces, each with what one set of its groups of pages
//! shares. Here they become few chunks ([`families`]), are merged and made small ([`merge`]), and
//! the program's script and page are told of them ([`glue`]).

mod families;
mod glue;
mod merge;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::parallel;
use crate::steps::Step;
use crate::toolchain::Toolchain;

pub use families::COMMON;

/// The programs that are cut: `build.rs` of the web app has them linked for it. The one whose chunk
/// takes longest comes first.
pub const PROGRAMS: [&str; 3] = ["local", "workspace", "preview"];

/// Where `crates/split` leaves the pieces, a folder for each program.
pub fn pieces(root: &Path) -> PathBuf {
    root.join("target/web/pieces")
}

/// What was cut from one program.
struct Cut {
    /// Where the pieces are.
    folder: PathBuf,
    /// What every chunk of this cut asks for by name.
    build: String,
    /// The pieces that each group of pages needs.
    groups: BTreeMap<String, Vec<String>>,
}

impl Cut {
    fn read(folder: PathBuf) -> Result<Self> {
        let file = folder.join("pieces.json");
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let list: Value = serde_json::from_str(&text)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let groups = list["groups"].as_object().context("no groups")?;
        let groups = groups.iter().map(|(group, pieces)| {
            let pieces = pieces.as_array().context("a group is a list of pieces")?;
            Ok((group.clone(), pieces.iter().filter_map(text).collect()))
        });
        Ok(Self {
            folder,
            build: text(&list["build"]).context("no build")?,
            groups: groups.collect::<Result<_>>()?,
        })
    }
}

/// Packs the chunks of all programs that are cut into the folder of the built pages.
pub fn pack(root: &Path, tools: &Toolchain, folder: &Path, step: &Step) -> Result<()> {
    let options = merge::options(root)?;
    step.note("packing");
    // One chunk takes as long as all of another program.
    let made = parallel::each(&PROGRAMS, |program| {
        let cut = Cut::read(pieces(root).join(program))?;
        let chunks = families::chunks(&cut.groups);
        let made = merge::all(tools, &cut, &chunks, &options)
            .with_context(|| format!("cannot pack the chunks of {program}"))?;
        for (chunk, bytes) in made {
            std::fs::write(folder.join(format!("{program}_{chunk}.wasm")), bytes)?;
        }
        let needs = families::needs(&cut.groups, &chunks);
        Ok((*program, cut.build, needs))
    })?;
    for (program, build, needs) in made {
        glue::tell(folder, program, &build, &needs)?;
    }
    Ok(())
}
