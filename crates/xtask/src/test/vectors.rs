//! The worked examples of the rules, run natively and as WASM in Node: the same bytes, all passed.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::context::Context;
use super::counts::Counts;
use crate::process::say;
use crate::wasm_std::TARGET;
use crate::{process, workspace};

const PACKAGE: &str = "membership-vectors";
/// Assessments of a large organization that are timed.
const ROUNDS: &str = "200";

/// Builds and runs both forms. Each case is a test, and so is the comparison of the bytes.
pub fn run(context: &mut Context) -> Result<Counts> {
    let root = context.root.clone();
    let tools = context.tools()?;

    let mut build = workspace::cargo(&root);
    build.args(["rustc", "--release", "--package", PACKAGE, "--lib"]);
    build.args(["--target", TARGET, "--crate-type", "cdylib"]);
    ensure!(
        process::seen(tools.for_wasm(&mut build), |_| ())?,
        "the worked examples do not compile for wasm32"
    );
    let wasm = tools
        .wasm_target(&root)
        .join("release/membership_vectors.wasm");
    let node = || {
        let mut node = Command::new("node");
        node.current_dir(&root)
            .arg("end2end/engine/vectors.mjs")
            .arg(&wasm);
        node
    };
    let in_wasm = process::output(&mut node())?;
    let natively = process::output(&mut Command::new(context.program(PACKAGE)?))?;
    let mut counts = compare(&natively, &in_wasm)?;
    counts
        .notes
        .push(timing(&process::output(node().args(["--bench", ROUNDS]))?)?);
    Ok(counts)
}

/// `{"milliseconds": 0.8, ...}` as a sentence.
fn timing(json: &str) -> Result<String> {
    let report: Value = serde_json::from_str(json).context("the timing is not JSON")?;
    let time = report["milliseconds"]
        .as_f64()
        .context("the timing has no milliseconds")?;
    Ok(format!(
        "a large organization takes {time} ms in WASM (2 ms wanted)"
    ))
}

fn compare(natively: &str, in_wasm: &str) -> Result<Counts> {
    let mut counts = count(natively).context("what `cargo run -p membership-vectors` printed")?;
    let same = natively == in_wasm;
    if !same {
        let pairs = natively.bytes().zip(in_wasm.bytes());
        let at = pairs.take_while(|(left, right)| left == right).count();
        let near = |text: &str| {
            let bytes = text.as_bytes();
            let part = bytes.get(at.saturating_sub(60)..(at + 60).min(bytes.len()));
            String::from_utf8_lossy(part.unwrap_or_default()).into_owned()
        };
        say(&format!("natively and in WASM differ at byte {at}:"));
        say(&format!(
            "  natively: {}\n  in WASM:  {}",
            near(natively),
            near(in_wasm)
        ));
    }
    counts.add(&Counts::check(same));
    Ok(counts.ended(same))
}

/// `{"cases": [{"number": 1, "ok": true, ...}, ...]}`.
fn count(json: &str) -> Result<Counts> {
    let report: Value = serde_json::from_str(json).context("is not JSON")?;
    let cases = report["cases"].as_array().context("has no list `cases`")?;
    ensure!(!cases.is_empty(), "has no case");
    let mut counts = Counts::default();
    for case in cases {
        let passed = case["ok"].as_bool().context("has a case without `ok`")?;
        counts.add(&Counts::check(passed));
        if !passed {
            let [number, name] = [&case["number"], &case["name"]];
            let [expected, actual] = [&case["expected"], &case["actual"]];
            say(&format!(
                "{number} {name}: expected {expected}, and was {actual}"
            ));
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_byte_and_a_failed_case_are_found() {
        let good = r#"{"cases":[{"number":1,"ok":true}]}"#;
        let bad = r#"{"cases":[{"number":1,"ok":false}]}"#;
        let counts = |a, b| {
            compare(a, b)
                .map(|counts| (counts.passed, counts.failed))
                .ok()
        };
        assert_eq!(counts(good, good), Some((2, 0)));
        assert_eq!(counts(good, bad), Some((1, 1)));
        assert_eq!(counts(bad, bad), Some((1, 1)));
        assert_eq!(counts(r#"{"cases":[]}"#, r#"{"cases":[]}"#), None);
        assert_eq!(counts("panicked", "panicked"), None);
    }
}
