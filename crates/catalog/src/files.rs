//! Where the files come from: embedded in the program, or a folder.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use membership_domain::catalog::Fault;

/// The texts of a catalog by their path below its folder, with `/`: `scores/security.toml`.
pub type Files = BTreeMap<String, String>;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog");

/// The embedded folder.
pub(crate) fn embedded() -> Files {
    let folders = std::iter::once(&EMBEDDED).chain(EMBEDDED.dirs());
    folders
        .flat_map(Dir::files)
        .filter_map(|file| {
            let path = file.path().to_str()?.replace('\\', "/");
            Some((path, file.contents_utf8()?.to_owned()))
        })
        .filter(|(path, _)| path.ends_with(".toml"))
        .collect()
}

/// Every TOML file of a folder and of the folders directly in it. Others are left alone: an
/// editor's copies, notes, hidden folders.
///
/// # Errors
/// Every folder and file that cannot be read.
pub fn load_files(folder: &Path) -> Result<Files, Vec<Fault>> {
    let mut found = Found::default();
    found.folder(folder, "", true);
    if found.faults.is_empty() {
        Ok(found.files)
    } else {
        Err(found.faults)
    }
}

#[derive(Default)]
struct Found {
    files: Files,
    faults: Vec<Fault>,
}

impl Found {
    fn folder(&mut self, folder: &Path, prefix: &str, deeper: bool) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(&folder.display().to_string(), &error),
        };
        for entry in entries {
            let path = match entry {
                Ok(entry) => entry.path(),
                Err(error) => return self.unreadable(&folder.display().to_string(), &error),
            };
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                if deeper {
                    self.folder(&path, &format!("{prefix}{name}/"), false);
                }
            } else if name.ends_with(".toml") {
                let key = format!("{prefix}{name}");
                match std::fs::read_to_string(&path) {
                    Ok(text) => drop(self.files.insert(key, text)),
                    Err(error) => self.unreadable(&key, &error),
                }
            }
        }
    }

    fn unreadable(&mut self, what: &str, error: &std::io::Error) {
        self.faults.push(Fault {
            file: what.to_owned(),
            key: "(whole file)".to_owned(),
            reason: format!("cannot be read: {error}"),
        });
    }
}
