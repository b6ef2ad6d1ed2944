//! Scripts without their comments and indentation, which are for people who read the source: they
//! would be a third of what travels.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha384};

use super::compress;

/// Scripts that the page itself starts, as their files' names begin. Trunk has put a hash into each
/// name, and another one beside it for browsers to check: both change with the content.
const STARTED: [&str; 2] = ["boot", "chunks"];

/// Takes comments and indentation out of all scripts in a built folder.
pub fn shorten(folder: &Path) -> Result<()> {
    let page = folder.join("index.html");
    let mut html = std::fs::read_to_string(&page).context("cannot read index.html")?;
    for file in compress::files(folder)? {
        if file.extension().is_none_or(|ending| ending != "js") {
            continue;
        }
        let script = without_comments(&std::fs::read_to_string(&file)?);
        std::fs::write(&file, &script)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.split('-').next().unwrap_or_default();
        if name != format!("{stem}.js") && STARTED.contains(&stem) {
            let digest = Sha384::digest(script.as_bytes());
            let hash: String = digest
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let renamed = format!("{stem}-{hash}.js");
            html = started(&html, &name, &renamed, &BASE64_STANDARD.encode(digest))?;
            std::fs::rename(&file, folder.join(renamed))?;
        }
    }
    std::fs::write(page, html)?;
    Ok(())
}

/// The page with a script's new name and the digest of its content.
fn started(html: &str, name: &str, renamed: &str, digest: &str) -> Result<String> {
    const BEFORE: &str = "\" integrity=\"sha384-";
    let named = format!("{name}{BEFORE}");
    ensure!(
        html.matches(&named).count() == 1,
        "index.html does not say once what is in {name}"
    );
    let (before, after) = html.split_once(&named).unwrap_or_default();
    let (_, after) = after.split_once('"').context("the digest has no end")?;
    Ok(format!("{before}{renamed}{BEFORE}{digest}\"{after}"))
}

/// Without lines that are nothing but a comment, and without the spaces around all others: what is
/// in a text over several lines is not known here, so in none of ours may they matter.
fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut inside = false;
    for line in script.lines() {
        let text = line.trim();
        let begins = text.starts_with("/*");
        if inside || begins {
            inside = !text.ends_with("*/");
        } else if !text.is_empty() && !text.starts_with("//") {
            kept += text;
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let script = "// About this.\nimport a from \"./a.js\"; // kept\n\n/** One line. */\n  /*\n   * Several\n   */\n\
                      if (a) {\n    b = \"//\" + `x y`;\n}\n";
        assert_eq!(
            without_comments(script),
            "import a from \"./a.js\"; // kept\nif (a) {\nb = \"//\" + `x y`;\n}\n"
        );
    }

    #[test]
    fn the_page_knows_what_became_of_its_scripts() {
        let folder = std::env::temp_dir().join(format!("xtask-scripts-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect(name);
        let page = "<script src=\"./boot-1.js\" integrity=\"sha384-old\" type=\"module\">";
        write("index.html", page);
        write("boot-1.js", "// Why.\nrun();\n");
        write("worker.js", "// Why.\nwork();\n");
        shorten(&folder).expect("shortened");
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect(name);
        assert_eq!(read("worker.js"), "work();\n");
        let html = read("index.html");
        let name = html
            .split(['/', '"'])
            .find(|part| part.starts_with("boot-"))
            .expect("named");
        assert_eq!(read(name), "run();\n");
        let digest = BASE64_STANDARD.encode(Sha384::digest(b"run();\n"));
        assert!(
            html.ends_with(&format!(
                "\" integrity=\"sha384-{digest}\" type=\"module\">"
            )),
            "{html}"
        );
        write("boot-2.js", "run();\n");
        assert!(
            shorten(&folder).is_err(),
            "a script that the page does not name"
        );
        std::fs::remove_dir_all(folder).expect("the folder was made");
    }
}
