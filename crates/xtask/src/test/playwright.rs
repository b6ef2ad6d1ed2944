//! The end-to-end tests: the real server, the release pages and a real browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::context::Context;
use super::counts::Counts;
use super::simulation;
use crate::memory;
use crate::process;
use crate::tools::{chromium, hledger, npm};
use crate::workspace::SERVER;

/// Prepares what the tests start themselves, and counts what they report.
pub fn run(context: &mut Context) -> Result<Counts> {
    let root = context.root.clone();
    let pages = context.pages()?.to_owned();
    let server = context.program(SERVER)?;
    let mut steps = context.steps(2)?;
    steps.step("end2end packages", |step| npm::ensure_packages(&root, step))?;
    let browser = steps.step("chromium", |step| chromium::ensure(&root, step))?;

    let mut npx = command(&root, browser, &server);
    npx.env("MEMBERSHIP_WEB_DIR", pages);
    // Each server adds its books when it ends; those of an earlier run go.
    let journal = root.join("target/xtask/playwright.journal");
    std::fs::remove_file(&journal).ok();
    npx.env("MEMBERSHIP_JOURNAL", &journal);
    let mut counts = suite(&root, npx, "playwright")?;
    match context.steps(1)?.step("hledger", hledger::ensure) {
        // Without any books nobody bought anything, which is a fault, too.
        Ok(judge) if journal.exists() && simulation::is_clean(&judge, &journal) => {
            counts.add(&Counts::check(true));
        }
        Ok(_) => {
            counts.add(&Counts::check(false));
            let fault = "failed: hledger finds faults in the books that the servers left, or none";
            counts.notes.push(fault.into());
        }
        Err(error) => {
            let missing = Counts::not_run(&format!("hledger could not look: {error:#}"));
            counts.add(&missing);
            counts.notes.extend(missing.notes);
        }
    }
    Ok(counts)
}

/// Playwright with what every suite needs.
pub fn command(root: &Path, browser: Option<PathBuf>, server: &Path) -> Command {
    let mut npx = Command::new("npx");
    memory::used(&mut npx)
        .current_dir(root.join("end2end"))
        .args(["playwright", "test", "--reporter=list,json"])
        .env("MEMBERSHIP_SERVER_BIN", server);
    if let Some(browser) = browser {
        npx.env("CHROMIUM_PATH", browser);
    }
    npx
}

/// Runs it, and counts what it reports in the file `name`.
pub fn suite(root: &Path, mut npx: Command, name: &str) -> Result<Counts> {
    let report = root.join(format!("target/xtask/{name}.json"));
    std::fs::remove_file(&report).ok();
    npx.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let well = process::seen(&mut npx, |_| ())?;
    if !well {
        show_pages(&root.join("end2end/test-results"));
    }
    let text = std::fs::read_to_string(&report)
        .with_context(|| format!("Playwright left no report in {}", report.display()))?;
    Ok(count(&text)?.ended(well))
}

/// Prints what the page held where a test failed: of a run elsewhere, the log is all there is.
fn show_pages(results: &Path) {
    let folders = std::fs::read_dir(results).into_iter().flatten().flatten();
    for folder in folders.map(|entry| entry.path()) {
        if let Ok(text) = std::fs::read_to_string(folder.join("error-context.md")) {
            println!("── {}", folder.display());
            text.lines().take(LINES).for_each(|line| println!("{line}"));
        }
    }
}

/// As much of a page as is worth a place in a log.
const LINES: usize = 120;

/// A flaky test is a broken test.
fn count(report: &str) -> Result<Counts> {
    let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
    let number = |name: &str| {
        report["stats"][name]
            .as_u64()
            .with_context(|| format!("no stats.{name}"))
    };
    let flaky = number("flaky")?;
    let mut counts = Counts {
        passed: number("expected")?,
        failed: number("unexpected")? + flaky,
        ignored: number("skipped")?,
        notes: named(&report),
    };
    if flaky > 0 {
        counts
            .notes
            .push(format!("{flaky} flaky, counted as failed"));
    }
    Ok(counts)
}

/// Each test that failed, by file and line, with the first line of what it says: of a run
/// elsewhere the end of the log is what is read.
fn named(report: &Value) -> Vec<String> {
    let children = |of: &Value, name: &str| of[name].as_array().cloned().unwrap_or_default();
    let mut notes: Vec<_> = children(report, "suites").iter().flat_map(named).collect();
    for spec in children(report, "specs") {
        if spec["ok"] == true {
            continue;
        }
        let text = |name: &str| spec[name].as_str().unwrap_or_default();
        let message = spec
            .pointer("/tests/0/results/0/error/message")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let (file, line, title) = (text("file"), &spec["line"], text("title"));
        let first = plain(message.lines().next().unwrap_or_default());
        notes.push(format!("failed: {file}:{line} {title}: {first}"));
    }
    notes
}

/// Without the colors of a terminal.
fn plain(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| {
        all + piece.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_named() {
        let report = r#"{"stats":{"expected":1,"unexpected":1,"flaky":0,"skipped":0},
            "suites":[{"specs":[{"title":"well","ok":true}],"suites":[{"specs":[{
                "title":"a page","ok":false,"file":"specs/a.spec.ts","line":7,
                "tests":[{"results":[{"error":{"message":"\u001b[2mnot\u001b[22m there\nat line 9"}}]}]}]}]}]}"#;
        let counts = count(report).expect("a report");
        assert_eq!(
            counts.notes,
            ["failed: specs/a.spec.ts:7 a page: not there"]
        );
    }

    #[test]
    fn flaky_is_failed() {
        let report = r#"{"stats":{"expected":5,"unexpected":1,"flaky":1,"skipped":2}}"#;
        let counts = count(report).expect("a report");
        assert_eq!((counts.passed, counts.failed, counts.ignored), (5, 2, 2));
        assert!(count("{}").is_err());
    }
}
