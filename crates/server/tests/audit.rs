//! An export of the audit log, whole and tampered with, before both of its verifiers: the real
//! program, and the script in the docs.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_membership-server"));
    program.env_remove("DATABASE_URL");
    program
}

/// Adds an account at Fabrikam: an entry with values of a person.
fn add(url: &str, name: &str) -> Outcome {
    let mut child = program()
        .args([
            "account",
            "add",
            "--database-url",
            url,
            "--organization",
            "Fabrikam",
        ])
        .args([
            "--email",
            &format!("{name}@fabrikam.example"),
            "--name",
            name,
        ])
        .args(["--role", "guest"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    let mut input = child.stdin.take().ok_or("no input")?;
    input.write_all(b"a lantern in the fog\n")?;
    drop(input);
    assert!(child.wait()?.success());
    Ok(())
}

fn export(url: &str, file: &Path) -> Outcome<std::process::Output> {
    let output = program()
        .args([
            "audit",
            "export",
            "--database-url",
            url,
            "--organization",
            "Fabrikam",
        ])
        .arg("--out")
        .arg(file)
        .output()?;
    Ok(output)
}

/// Whether each verifier finds nothing wrong, and what they say.
fn verified(file: &Path, head: Option<&str>) -> Outcome<([bool; 2], String)> {
    let mut ours = program();
    ours.args(["audit", "verify"]).arg(file);
    if let Some(head) = head {
        ours.args(["--head", head]);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify_audit.py");
    let mut theirs = Command::new("python3");
    theirs.arg(script).arg(file).args(head);
    let (ours, theirs) = (ours.output()?, theirs.output()?);
    let mut said = String::new();
    for stream in [&ours.stdout, &ours.stderr, &theirs.stdout, &theirs.stderr] {
        said += &String::from_utf8_lossy(stream);
    }
    Ok(([ours.status.success(), theirs.status.success()], said))
}

#[test]
fn both_verifiers_pass_what_is_whole_and_find_what_was_changed() -> Outcome {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("x.sqlite").display());
    for name in ["ines", "\u{201c}omar\u{201d}", "zoë"] {
        add(&url, name)?;
    }
    let file = folder.path().join("audit.jsonl");
    let exported = export(&url, &file)?;
    assert!(exported.status.success(), "{exported:?}");
    assert!(
        !export(&url, &file)?.status.success(),
        "a file that is there stays"
    );
    let text = std::fs::read_to_string(&file)?;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "this export too: {text}");
    let hash = |line: &str| -> Outcome<String> {
        let line: serde_json::Value = serde_json::from_str(line)?;
        Ok(line["hash"].as_str().ok_or("no hash")?.to_owned())
    };
    let (head, earlier) = (hash(lines[3])?, hash(lines[1])?);
    for known in [None, Some(&*head), Some(&*earlier)] {
        let (both, said) = verified(&file, known)?;
        assert_eq!(both, [true, true], "{said}");
        assert_eq!(said.matches(&format!("Head: {head}")).count(), 2, "{said}");
    }

    let whole = |lines: &[&str]| {
        lines
            .iter()
            .flat_map(|line| [line, "\n"])
            .collect::<String>()
    };
    let personal = lines[1].replace("\u{201d}@", "@");
    let action = lines[2].replace("account.add", "role.add");
    let null = {
        let mut line: serde_json::Value = serde_json::from_str(lines[2])?;
        line["entry"] = serde_json::Value::Null;
        line.to_string()
    };
    for (what, text, known) in [
        (
            "a changed entry",
            whole(&[lines[0], lines[1], &action, lines[3]]),
            None,
        ),
        (
            "no entry",
            whole(&[lines[0], lines[1], &null, lines[3]]),
            None,
        ),
        (
            "a changed personal value",
            whole(&[lines[0], &personal, lines[2], lines[3]]),
            None,
        ),
        (
            "a removed line",
            whole(&[lines[0], lines[2], lines[3]]),
            None,
        ),
        ("no first line", whole(&lines[1..]), None),
        (
            "swapped lines",
            whole(&[lines[0], lines[2], lines[1], lines[3]]),
            None,
        ),
        (
            "a line twice",
            whole(&[lines[0], lines[1], lines[1], lines[2], lines[3]]),
            None,
        ),
        (
            "a cut end, with a known head",
            whole(&lines[..3]),
            Some(&*head),
        ),
        ("another head", text.clone(), Some("ab")),
        ("half a line", text[..text.len() - 9].to_owned(), None),
        ("no lines", "{}\n".to_owned(), None),
    ] {
        let tampered = folder.path().join("tampered.jsonl");
        std::fs::write(&tampered, text)?;
        let (both, said) = verified(&tampered, known)?;
        assert_eq!(both, [false, false], "{what}: {said}");
    }
    let cut = folder.path().join("cut.jsonl");
    std::fs::write(&cut, whole(&lines[..3]))?;
    assert_eq!(
        verified(&cut, None)?.0,
        [true, true],
        "nobody can know without a head"
    );
    Ok(())
}

#[test]
fn the_documented_script_is_the_one_that_is_tested() {
    let (page, script) = (
        include_str!("../../../docs/AUDIT.md"),
        include_str!("../../../docs/verify_audit.py"),
    );
    assert!(page.contains(script), "docs/AUDIT.md has another script");
    assert!(script.lines().count() <= 30);
}
