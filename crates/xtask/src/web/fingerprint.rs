//! Whether anything changed that the web app is built from.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;

/// What the web app is built from, beside its packages' sources.
const FILES: [&str; 11] = [
    "Cargo.toml",
    "build.rs",
    "crates/split/src",
    "crates/xtask/src/web",
    "Cargo.lock",
    ".cargo/config.toml",
    "Trunk.toml",
    "index.html",
    "style",
    "public",
    "catalog",
];

/// A short text that changes with every input: names and bytes of all files, and `tools`.
pub fn of(root: &Path, tools: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    tools.hash(&mut hasher);
    for name in FILES {
        add(&root.join(name), &mut hasher)?;
    }
    let packages = workspace::packages(root)?;
    let mut used = workspace::closure(&packages, workspace::WEB);
    used.extend(workspace::closure(&packages, workspace::CATALOG));
    used.sort_by(|a, b| a.name.cmp(&b.name));
    used.dedup_by(|a, b| a.name == b.name);
    for package in used {
        add(&package.folder.join("Cargo.toml"), &mut hasher)?;
        add(&package.folder.join("src"), &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let unreadable = || format!("cannot read {}", path.display());
    path.hash(hasher);
    if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(unreadable)?;
        let mut entries: Vec<_> = entries
            .collect::<std::io::Result<_>>()
            .with_context(unreadable)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            add(&entry.path(), hasher)?;
        }
    } else if path.exists() {
        std::fs::read(path).with_context(unreadable)?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_and_name_counts() {
        let folder = std::env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        let below = folder.join("below");
        std::fs::create_dir_all(&below).expect("a temporary folder");
        let hash = || {
            let mut hasher = DefaultHasher::new();
            add(&folder, &mut hasher).expect("readable");
            hasher.finish()
        };
        let mut seen = vec![hash()];
        for (name, text) in [("a", "1"), ("a", "2"), ("b", "2"), ("below/a", "2")] {
            std::fs::write(folder.join(name), text).expect("writable");
            seen.push(hash());
            assert_eq!(seen.last(), Some(&hash()), "the same twice");
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "each change is another fingerprint");
        std::fs::remove_dir_all(folder).expect("the folder was made");
    }
}
