//! A hash of the content in the names of files that trunk leaves without one.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// The programs that trunk builds as workers, without a hash.
const UNHASHED: [&str; 5] = ["workspace", "preview", "operator", "reader", "local"];

/// Renames their files in a built folder (`workspace-1a2b3c4d5e6f7a8b.js`), and names
/// them so in its index.html: only such a file may be kept by browsers for ever. All files of a
/// program have one hash: no part of one build is ever taken for another's.
pub fn add_hashes(folder: &Path) -> Result<()> {
    let page = folder.join("index.html");
    let mut html = std::fs::read_to_string(&page).context("cannot read index.html")?;
    for program in UNHASHED {
        let named = [format!("{program}.js"), format!("{program}_bg.wasm")];
        let files = files_of(folder, program)?;
        let mut hasher = DefaultHasher::new();
        for name in &files {
            std::fs::read(folder.join(name))?.hash(&mut hasher);
        }
        let hash = hasher.finish();
        let hashed = |name: &str| name.replacen(program, &format!("{program}-{hash:016x}"), 1);
        for name in &named {
            ensure!(files.contains(name), "no {name}");
            ensure!(html.contains(name), "index.html does not name {name}");
            html = html.replace(name, &hashed(name));
        }
        for name in files {
            std::fs::rename(folder.join(&name), folder.join(hashed(&name)))?;
        }
    }
    std::fs::write(page, html)?;
    Ok(())
}

/// A program's files, in order: its script, its main part, and what the page does not name: its
/// chunks, which `public/chunks.js` knows by the script's name, and the styles that it alone has,
/// which `public/boot.js` knows the same way.
fn files_of(folder: &Path, program: &str) -> Result<Vec<String>> {
    let own = [format!("{program}.js"), format!("{program}.css")];
    let part = format!("{program}_");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if own.contains(&name) || name.starts_with(&part) && name.ends_with(".wasm") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_page_agree_and_other_bytes_get_another_name() {
        let folder = std::env::temp_dir().join(format!("xtask-names-{}", std::process::id()));
        let names = |chunk: &str| {
            std::fs::create_dir_all(&folder).expect("a temporary folder");
            let write = |name: &str, text: &str| {
                std::fs::write(folder.join(name), text).expect("writable");
            };
            let named = UNHASHED.map(|name| format!("{name}.js {name}_bg.wasm"));
            write("index.html", &format!("content=\"{}\"", named.join(" ")));
            for name in UNHASHED {
                write(&format!("{name}.js"), "glue");
                write(&format!("{name}_bg.wasm"), "main");
            }
            write("workspace_common.wasm", chunk);
            write("operator.css", chunk);
            add_hashes(&folder).expect("all there");
            let html = std::fs::read_to_string(folder.join("index.html")).expect("the page");
            for name in html.split(['"', ' ']).filter(|name| name.contains('-')) {
                assert!(folder.join(name).is_file(), "{name}");
            }
            let script = html
                .split(['"', ' '])
                .find(|name| name.starts_with("workspace-"));
            let chunk = script.map(|name| name.replace(".js", "_common.wasm"));
            assert!(
                chunk.is_some_and(|name| folder.join(name).is_file()),
                "{html}"
            );
            let mut scripts = html.split(['"', ' ']);
            let style = scripts.find(|name| name.starts_with("operator-"));
            let style = style.map(|name| name.replace(".js", ".css"));
            assert!(
                style.is_some_and(|name| folder.join(name).is_file()),
                "{html}"
            );
            std::fs::remove_dir_all(&folder).expect("the folder was made");
            html
        };
        let first = names("1");
        assert_eq!(first, names("1"));
        assert_ne!(first, names("2"));
    }
}
