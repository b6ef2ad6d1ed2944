//! Tells a program's script and its page of the chunks.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// From which the main part imports the loaders of its groups (`crates/split`).
const LOADER: &str = "\"./chunks.js\"";

/// Gives the script, which wasm-bindgen wrote, the loaders in place of a file to import; and lists
/// in index.html which chunks each group needs, where `public/chunks.js` reads it before any
/// program is here.
pub fn tell(
    folder: &Path,
    program: &str,
    build: &str,
    needs: &BTreeMap<String, Vec<String>>,
) -> Result<()> {
    let script = folder.join(format!("{program}.js"));
    let glue = std::fs::read_to_string(&script)
        .with_context(|| format!("cannot read {}", script.display()))?;
    std::fs::write(&script, with_loaders(&glue, program, build, needs)?)?;
    let page = folder.join("index.html");
    let html = std::fs::read_to_string(&page).context("cannot read index.html")?;
    let named = format!("{program}_bg.wasm\"");
    ensure!(html.contains(&named), "index.html does not name {program}");
    let mut with_chunks = format!("{program}_bg.wasm");
    for (group, chunks) in needs {
        write!(with_chunks, " {group}={}", chunks.join("+"))?;
    }
    std::fs::write(page, html.replace(&named, &format!("{with_chunks}\"")))?;
    Ok(())
}

fn with_loaders(
    glue: &str,
    program: &str,
    build: &str,
    needs: &BTreeMap<String, Vec<String>>,
) -> Result<String> {
    let mut loaders = format!(
        "const load = (group) => async (callback, data) => {{\n    \
         const came = await globalThis.__membership.load(\"{program}\", group, {{ s: {{ ...wasm, \"{build}\": 0 }} }});\n    \
         wasm.__indirect_function_table.get(callback)(data, came);\n}};\nconst chunks = {{\n"
    );
    for group in needs.keys() {
        writeln!(loaders, "    __wasm_split_load_{group}: load(\"{group}\"),")?;
    }
    loaders.push_str("};\n");
    let (mut lines, mut given) = (Vec::new(), 0);
    for line in glue.lines() {
        // One and the same for each function that is imported.
        if line.starts_with("import ") && line.contains(LOADER) {
            continue;
        }
        if line.trim_start().starts_with(LOADER) {
            given += 1;
            if given == 1 {
                lines.push(format!("        {LOADER}: chunks,"));
            }
            continue;
        }
        lines.push(line.to_owned());
    }
    ensure!(given > 0, "the script does not import {LOADER}");
    Ok(loaders + &lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_its_loaders_and_imports_no_file() {
        let glue = "import * as import1 from \"./chunks.js\"\nimport * as import2 from \"./chunks.js\"\n\
                    let wasm;\n        \"./chunks.js\": import1,\n        \"./chunks.js\": import2,\n";
        let needs = BTreeMap::from([("access".to_owned(), vec!["common".to_owned()])]);
        let script = with_loaders(glue, "workspace", "0123", &needs).expect("rewritten");
        assert!(!script.contains("import "), "{script}");
        assert!(
            script.contains("__wasm_split_load_access: load(\"access\"),"),
            "{script}"
        );
        assert_eq!(
            script.matches("\"./chunks.js\": chunks,").count(),
            1,
            "{script}"
        );
        assert!(script.contains("\"0123\": 0"), "{script}");
        assert!(
            with_loaders("let wasm;", "workspace", "0123", &needs).is_err(),
            "another wasm-bindgen"
        );
    }
}
