//! `membership-server catalog check DIR`: says everything that is wrong with a catalog.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, Subcommand};
use membership_domain::Catalog;

/// What to do with a catalog.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a folder with a catalog
    Check {
        /// Catalog folder
        folder: PathBuf,
    },
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let Command::Check { folder } = &options.command;
    let catalog = load(Some(folder))?;
    println!(
        "{}: valid. {} programs, {} scores, {} certificates, {} sources. Digest {}.",
        folder.display(),
        catalog.programs.len(),
        catalog.scores.len(),
        catalog.certificates.len(),
        catalog.sources.len(),
        membership_catalog::digest(&serde_json::to_vec(&catalog)?),
    );
    Ok(())
}

/// The catalog of a folder, or the one that comes with the server.
pub fn load(folder: Option<&Path>) -> anyhow::Result<Catalog> {
    let (name, loaded) = match folder {
        Some(folder) => (
            folder.display().to_string(),
            membership_catalog::load(folder),
        ),
        None => ("built-in".to_owned(), membership_catalog::builtin()),
    };
    let faults = match loaded {
        Ok(catalog) => return Ok(catalog),
        Err(faults) => faults,
    };
    let lines = faults
        .iter()
        .map(|fault| format!("\n  {}: {}: {}", fault.file, fault.key, fault.reason));
    bail!(
        "the catalog {name} can't be used:{}",
        lines.collect::<String>()
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Outcome;

    #[test]
    fn a_broken_catalog_is_refused_with_file_key_and_reason() -> Outcome {
        let folder = tempfile::tempdir()?;
        for (name, text) in membership_catalog::builtin_files() {
            let path = folder.path().join(&name);
            std::fs::create_dir_all(path.parent().ok_or("no folder")?)?;
            let text = if name == "limits.toml" {
                format!("{text}\nbroken = = 1\n")
            } else {
                text
            };
            std::fs::write(path, text)?;
        }
        let refusal = load(Some(folder.path()))
            .map(|_| ())
            .map_err(|error| error.to_string());
        let text = refusal.err().ok_or("a broken catalog was loaded")?;
        assert!(
            text.contains("limits.toml") && text.contains("line "),
            "{text}"
        );
        let nowhere = load(Some(Path::new("nowhere/at/all"))).is_err();
        assert!(nowhere && load(None).is_ok());
        Ok(())
    }
}
