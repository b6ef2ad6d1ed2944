//! `membership-server import` on files that leave open who or what a line is about.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use membership_domain::Evidence;

type Outcome = Result<(), Box<dyn Error>>;

/// What the command says of one of the files, on both outputs, and the evidence that it wrote.
fn imported(file: &str, more: &[&str]) -> Result<(String, Option<Evidence>), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let output = folder.path().join("evidence.json");
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("../import/tests/files");
    let ran = Command::new(env!("CARGO_BIN_EXE_membership-server"))
        .args(["import", "--file"])
        .arg(files.join(file))
        .arg("--output")
        .arg(&output)
        .args(more)
        .output()?;
    let said = [ran.stdout, ran.stderr].concat();
    let written = fs::read(&output).ok();
    let evidence = written.map(|bytes| serde_json::from_slice(&bytes));
    Ok((String::from_utf8(said)?, evidence.transpose()?))
}

#[test]
fn lines_that_leave_open_whom_they_are_about_are_asked_about_or_refused() -> Outcome {
    for (file, asked) in [
        (
            "customers-punctuation.csv",
            "resembles \u{201c}C++ Contoso Labs\u{201d}",
        ),
        (
            "customers-nfc-nfd.csv",
            "resembles \u{201c}Caf\u{e9} Northwind\u{201d}",
        ),
    ] {
        let (said, evidence) = imported(file, &[])?;
        assert!(
            said.contains(asked) && said.contains("--similar-names different"),
            "{said}"
        );
        assert_eq!(evidence, None, "{file}");
    }
    let different = ["--similar-names", "different"];
    for (file, more, counts, people, customers) in [
        ("customers-punctuation.csv", &different[..], "4 added", 0, 4),
        (
            "customers-punctuation.csv",
            &["--similar-names", "refused"],
            "2 refused",
            0,
            2,
        ),
        ("customers-nfc-nfd.csv", &different, "5 added", 0, 3),
        ("customers-one-id.csv", &[], "3 refused", 0, 0),
        (
            "people-invisible.csv",
            &[],
            "1 added, 0 changed, 0 unchanged, 1 left out",
            1,
            0,
        ),
        ("spaced-quotes.csv", &[], "2 added", 2, 0),
        ("titles-level.csv", &[], "1 added", 1, 0),
        ("profile.json", &[], "1 left out", 0, 0),
    ] {
        let (said, evidence) = imported(file, more)?;
        assert!(said.contains(counts), "{file}: {said}");
        let evidence = evidence.ok_or("nothing was written")?;
        let found = (evidence.people.len(), evidence.customers.len());
        assert_eq!(found, (people, customers), "{file}");
    }
    let (_, evidence) = imported("titles-level.csv", &[])?;
    let held = &evidence.ok_or("nothing was written")?.people[0].certificates[0];
    assert_eq!(held.certificate, "mb-330");
    Ok(())
}
