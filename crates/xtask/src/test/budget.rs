//! The first load: every file that the sign-in page needs, as a browser receives it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::context::Context;
use super::counts::Counts;
use crate::process::say;
use crate::web::compress;

/// What a browser downloads for one way to arrive, in bytes after brotli.
struct Budget {
    /// The way, for people.
    name: &'static str,
    /// The programs that are loaded; the others are not.
    programs: &'static [&'static str],
    /// Wanted.
    warn: u64,
    /// Refused above.
    fail: u64,
}

const BUDGETS: [Budget; 4] = [
    // Everything that the sign-in page needs: the budget of the design.
    Budget {
        name: "first load",
        programs: &[ENTRANCE],
        warn: 218_000,
        fail: 300_000,
    },
    // The whole app, which is fetched while somebody signs in: it may not grow unnoticed.
    Budget {
        name: "signed in",
        programs: &[WORKSPACE],
        warn: 400_000,
        fail: 520_000,
    },
    // What reads files, which only the page of imports loads, beside the frame of every page.
    Budget {
        name: "reading a file",
        programs: &[READER],
        warn: 210_000,
        fail: 250_000,
    },
    // Without an account the browser is its own server: the whole app, and what answers it.
    Budget {
        name: "preview without an account",
        programs: &[PREVIEW, LOCAL],
        warn: 750_000,
        fail: 930_000,
    },
];

const ENTRANCE: &str = "entrance-";
const WORKSPACE: &str = "workspace-";
const PREVIEW: &str = "preview-";
const READER: &str = "reader-";
const LOCAL: &str = "local-";
/// A script, not a program.
const LOCAL_WORKER: &str = "local-worker.js";

/// The release build is one check, each budget another.
pub fn run(context: &mut Context) -> Result<Counts> {
    let pages = context.pages()?;
    let mut counts = Counts::check(true);
    for budget in &BUDGETS {
        let mut total = 0;
        for name in loaded(pages, budget.programs)? {
            let size = sent(&pages.join(&name))?;
            say(&format!("{size:>9} bytes  {name}"));
            total += size;
        }
        counts.add(&Counts::check(total <= budget.fail));
        counts.notes.push(budget.sentence(total));
        say(&budget.sentence(total));
    }
    Ok(counts)
}

/// The bytes that travel: of the compressed form, where there is one.
fn sent(file: &Path) -> Result<u64> {
    let compressed = compress::beside(file, "br");
    let sent = if compressed.is_file() {
        &compressed
    } else {
        file
    };
    let meta =
        std::fs::metadata(sent).with_context(|| format!("cannot read {}", sent.display()))?;
    Ok(meta.len())
}

impl Budget {
    fn sentence(&self, total: u64) -> String {
        let verdict = if total > self.fail {
            "too much"
        } else if total > self.warn {
            "warning: more than wanted"
        } else {
            "within what is wanted"
        };
        #[expect(clippy::cast_precision_loss, reason = "a size for people")]
        let kilobytes = |bytes: u64| bytes as f64 / 1000.0;
        format!(
            "{} {:.1} kB after brotli: {verdict} ({} kB wanted, {} kB refused)",
            self.name,
            kilobytes(total),
            self.warn / 1000,
            self.fail / 1000
        )
    }
}

/// index.html, the files of this build that it names but for the other program's, and what
/// boot.js and the shell ask for.
fn loaded(pages: &Path, programs: &[&str]) -> Result<BTreeSet<String>> {
    let html =
        std::fs::read_to_string(pages.join("index.html")).context("cannot read index.html")?;
    let named = html
        .split(['"', '\'', ' '])
        .map(|text| text.split('#').next().unwrap_or(text));
    let named = named.map(|text| text.trim_start_matches("./").to_owned());
    let other = |name: &str| {
        [ENTRANCE, WORKSPACE, PREVIEW, READER, LOCAL]
            .iter()
            .any(|one| !programs.contains(one) && name.starts_with(one))
    };
    let mut files: BTreeSet<String> = named
        .filter(|name| !name.is_empty() && !other(name) && pages.join(name).is_file())
        .collect();
    files.extend(["index.html".to_owned(), "config.json".to_owned()]);
    if pages.join("icons.svg").is_file() {
        files.insert("icons.svg".into());
    }
    for ending in [".wasm", ".js", ".css"] {
        ensure!(
            files.iter().any(|name| name.ends_with(ending)),
            "index.html names no {ending} file: the budget would measure nothing"
        );
    }
    for program in programs {
        ensure!(
            files.iter().any(|name| name.starts_with(program)),
            "index.html names no file {program}*: the budget would measure nothing"
        );
    }
    if programs.contains(&LOCAL) {
        files.extend([LOCAL_WORKER.to_owned(), "catalog.json".to_owned()]);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_told_apart() {
        for budget in &BUDGETS {
            let said = |total| budget.sentence(total);
            assert!(said(budget.warn).contains("within"));
            assert!(said(budget.warn + 1).contains("warning"));
            assert!(said(budget.fail + 1).contains("too much"));
        }
    }

    #[test]
    fn each_program_is_measured_alone_and_a_page_without_its_code_is_refused() {
        let pages = std::env::temp_dir().join(format!("xtask-budget-{}", std::process::id()));
        std::fs::create_dir_all(&pages).expect("a temporary folder");
        let write = |name: &str, text: &str| std::fs::write(pages.join(name), text).expect(name);
        let html = "<link href=\"./a.css\"><meta content=\"./entrance-1.js ./entrance-1.wasm\">\
                    <meta content='/workspace-2.js /workspace-2.wasm'>";
        write("index.html", html);
        let files = [
            "a.css",
            "entrance-1.js",
            "workspace-2.js",
            "workspace-2.wasm",
        ];
        for name in files.iter().chain(&["not-named.js", "config.json"]) {
            write(name, "x");
        }
        assert!(loaded(&pages, &[ENTRANCE]).is_err(), "no .wasm file");
        write("entrance-1.wasm", "x");
        let files = loaded(&pages, &[ENTRANCE]).expect("all there");
        assert_eq!(
            files.into_iter().collect::<Vec<_>>(),
            [
                "a.css",
                "config.json",
                "entrance-1.js",
                "entrance-1.wasm",
                "index.html"
            ]
        );
        std::fs::remove_dir_all(pages).expect("the folder was made");
    }
}
