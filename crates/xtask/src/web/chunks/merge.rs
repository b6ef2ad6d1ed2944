//! Merges the pieces of each chunk and makes the result small, unless that was done before.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Cut;
use crate::parallel;
use crate::process;
use crate::toolchain::Toolchain;

/// Where index.html says what WebAssembly may use and how it is made small; chunks do the same.
const OPTIONS: &str = "data-wasm-opt-params=\"";
/// By which pieces import what the main part shares, and the stub gives it to them.
const MAIN_PART: &str = "__wasm_split";

/// What the programs may use of WebAssembly, and how they are made small, as options of wasm-opt.
pub fn options(root: &Path) -> Result<Vec<String>> {
    let page = std::fs::read_to_string(root.join("index.html"))?;
    let text = page
        .split(OPTIONS)
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let text = text.with_context(|| format!("index.html has no {OPTIONS}"))?;
    Ok(text.split_whitespace().map(str::to_owned).collect())
}

/// Makes all chunks of a program. Gives their bytes by name.
pub fn all(
    tools: &Toolchain,
    cut: &Cut,
    chunks: &BTreeMap<String, BTreeSet<String>>,
    options: &[String],
) -> Result<BTreeMap<String, Vec<u8>>> {
    let kept = cut.folder.with_extension("kept");
    std::fs::create_dir_all(&kept)?;
    let chunks: Vec<_> = chunks.iter().collect();
    let made = parallel::each(&chunks, |(name, pieces)| {
        let chunk = Chunk {
            tools,
            cut,
            options,
            kept: &kept,
            name,
            pieces,
        };
        let file = chunk.make().with_context(|| format!("chunk {name}"))?;
        Ok(((*name).clone(), file))
    })?;
    let made: BTreeMap<String, PathBuf> = made.into_iter().collect();
    forget_others(&kept, &made)?;
    made.into_iter()
        .map(|(name, file)| Ok((name, std::fs::read(file)?)))
        .collect()
}

/// One chunk to be made.
struct Chunk<'a> {
    tools: &'a Toolchain,
    cut: &'a Cut,
    options: &'a [String],
    /// Where chunks are kept, each with a hash of what it is made from in its name.
    kept: &'a Path,
    name: &'a str,
    pieces: &'a BTreeSet<String>,
}

impl Chunk<'_> {
    fn make(&self) -> Result<PathBuf> {
        let stub = self.cut.folder.join("stub.wasm");
        let mut hasher = DefaultHasher::new();
        (self.options, self.tools.identity()).hash(&mut hasher);
        std::fs::read(&stub)?.hash(&mut hasher);
        for piece in self.pieces {
            std::fs::read(self.cut.folder.join(piece))?.hash(&mut hasher);
        }
        let done = self
            .kept
            .join(format!("{}-{:016x}.wasm", self.name, hasher.finish()));
        if done.is_file() {
            return Ok(done);
        }
        let merged = self.kept.join(format!("{}.merged", self.name));
        let mut merge = self.tools.binaryen("wasm-merge");
        let features = self.options.iter();
        let features = features.filter(|option| option.starts_with("--enable-"));
        merge.args(features).arg(&stub).arg(MAIN_PART);
        for piece in self.pieces {
            merge.arg(self.cut.folder.join(piece)).arg(piece);
        }
        process::output(merge.arg("-o").arg(&merged))?;
        let small = self.kept.join(format!("{}.small", self.name));
        let mut opt = self.tools.binaryen("wasm-opt");
        opt.arg("-Os").args(self.options).arg(&merged);
        process::output(opt.arg("-o").arg(&small))?;
        // Whole or not at all, however this run ends.
        std::fs::rename(small, &done)?;
        Ok(done)
    }
}

/// Removes what is of no use to the next run.
fn forget_others(kept: &Path, made: &BTreeMap<String, PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(kept)? {
        let path = entry?.path();
        if !made.values().any(|file| *file == path) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
