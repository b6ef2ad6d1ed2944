//! The real program on a database that is for something else, and on tables that are not its own.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn program(arguments: &[&str], database: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_membership-server"));
    program
        .args(arguments)
        .env("DATABASE_URL", format!("sqlite:{}", database.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    program
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it until it says where it is, and ends it: the database is what it made of it.
fn serves(arguments: &[&str], database: &Path) -> Outcome {
    let mut running = Running(program(arguments, database).spawn()?);
    let mut said = String::new();
    let output = running.0.stdout.take().ok_or("no output")?;
    BufReader::new(output).read_line(&mut said)?;
    match said.contains("http://") {
        true => Ok(()),
        false => Err(format!("{arguments:?}: {said}").into()),
    }
}

/// What it says instead of doing it.
fn refusal(arguments: &[&str], database: &Path) -> Outcome<String> {
    let output = program(arguments, database).output()?;
    let said = String::from_utf8(output.stderr)?;
    match output.status.code() {
        Some(1) if said.starts_with("error: ") && said.lines().count() == 1 => Ok(said),
        other => Err(format!("{arguments:?}: {other:?} {said}").into()),
    }
}

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];
const DEMO: [&str; 4] = ["serve", "--listen", "127.0.0.1:0", "--demo"];

#[test]
fn a_demo_and_real_data_are_not_taken_for_each_other() -> Outcome {
    let folder = tempfile::tempdir()?;
    let [demo, real] = ["demo.sqlite", "real.sqlite"].map(|name| folder.path().join(name));
    serves(&DEMO, &demo)?;
    serves(&DEMO, &demo)?;
    serves(&SERVE, &real)?;
    serves(&SERVE, &real)?;
    let lifted = "name another database with --database-url";
    let said = refusal(&SERVE, &demo)?;
    assert!(
        said.contains("add --demo") && said.contains(lifted),
        "{said}"
    );
    let said = refusal(&DEMO, &real)?;
    assert!(
        said.contains("leave out --demo") && said.contains(lifted),
        "{said}"
    );

    let disable = ["account", "disable", "--email", "owner@contoso.example"];
    let said = refusal(&disable, &demo)?;
    assert!(said.contains("add --demo"), "{said}");
    let named = [&disable[..], &["--demo"]].concat();
    assert!(program(&named, &demo).status()?.success());
    assert!(refusal(&named, &real)?.contains("leave out --demo"));
    Ok(())
}

#[test]
fn a_demo_on_the_network_is_asked_for_twice() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("demo.sqlite");
    // The last two are this machine, written otherwise.
    for (listen, asks) in [
        ("0.0.0.0:0", true),
        ("[::]:0", true),
        ("[::ffff:127.0.0.1]:0", false),
        ("127.0.0.2:0", false),
    ] {
        let demo = ["serve", "--demo", "--listen", listen];
        if asks {
            let said = refusal(&demo, &file)?;
            assert!(said.contains("--demo-on-network"), "{said}");
            assert!(!file.exists(), "{listen}: a refused start creates nothing");
        } else {
            serves(&demo, &file)?;
            std::fs::remove_file(&file)?;
        }
    }
    let behind = [&DEMO[..], &["--behind-proxy"]].concat();
    let said = refusal(&behind, &file)?;
    assert!(
        said.contains("--demo-on-network") && !file.exists(),
        "{said}"
    );
    serves(&[&behind[..], &["--demo-on-network"]].concat(), &file)
}

#[test]
fn without_migrating_the_tables_must_be_there_and_stay_as_they_are() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("x.sqlite");
    let serve = [&SERVE[..], &["--no-migrate"]].concat();
    let said = refusal(&serve, &file)?;
    assert!(said.contains("membership-server migrate"), "{said}");
    assert!(program(&["migrate"], &file).status()?.success());
    serves(&serve, &file)?;
    let said = refusal(&["migrate", "--allow", "application"], &file)?;
    assert!(said.contains("PostgreSQL"), "{said}");
    Ok(())
}

/// Whatever the terminal is set to, and from the first moment.
#[cfg(unix)]
#[test]
fn a_database_is_its_owners_alone_under_any_umask() -> Outcome {
    use std::os::unix::fs::PermissionsExt;

    for umask in ["0000", "0277"] {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("x.sqlite");
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_membership-server")]);
        shell
            .args(SERVE)
            .env("DATABASE_URL", format!("sqlite:{}", file.display()));
        let mut running = Running(shell.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?);
        let output = running.0.stdout.take().ok_or("no output")?;
        BufReader::new(output).read_line(&mut String::new())?;
        let mut seen = 0;
        for entry in std::fs::read_dir(folder.path())? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            let mode = metadata.permissions().mode() & 0o7777;
            // The mailbox beside it is a folder.
            let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{umask}: {}", entry.path().display());
            seen += 1;
        }
        assert!(seen > 1, "{umask}: {seen}");
    }
    Ok(())
}
