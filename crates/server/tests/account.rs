//! The real program adds accounts: what it reads, says, refuses and never tells.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const PASSWORD: &str = "a lantern in the fog";

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_membership-server"));
    program.env_remove("DATABASE_URL");
    program
}

/// Runs `account add` for somebody at Fabrikam, with other or more flags, and a standard input.
fn add(url: &str, flags: &[&str], input: &str) -> Outcome<Output> {
    let mut arguments = vec![
        ("--database-url", url),
        ("--email", "admin@fabrikam.example"),
        ("--name", "Admin"),
        ("--organization", "Fabrikam"),
        ("--role", "global_admin"),
    ];
    for pair in flags.chunks_exact(2) {
        arguments.retain(|(flag, _)| *flag != pair[0]);
    }
    let mut child = program()
        .args(["account", "add"])
        .args(arguments.iter().flat_map(|(flag, value)| [flag, value]))
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // One that refuses at once does not read it.
    let _ = child
        .stdin
        .take()
        .ok_or("no input")?
        .write_all(input.as_bytes());
    Ok(child.wait_with_output()?)
}

/// Runs another command of `account` for the same person, and gives what it says, well or not.
fn account(url: &str, arguments: &[&str], input: &str) -> Outcome<(Option<i32>, String)> {
    let mut child = program()
        .arg("account")
        .args(arguments)
        .args(["--database-url", url, "--email", "admin@fabrikam.example"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let _ = child
        .stdin
        .take()
        .ok_or("no input")?
        .write_all(input.as_bytes());
    let output = child.wait_with_output()?;
    let said = String::from_utf8([output.stdout, output.stderr].concat())?;
    Ok((output.status.code(), said))
}

/// A server without a demo, killed when the test ends however it ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The first line of the answer to a sign-in.
fn signed_in(url: &str, email: &str, password: &str) -> Outcome<String> {
    let mut command = program();
    command.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = Server(command.spawn()?);
    let mut greeting = String::new();
    BufReader::new(server.0.stdout.take().ok_or("no output")?).read_line(&mut greeting)?;
    let port = greeting.trim_end().trim_end_matches('/').rsplit(':').next();
    let address = format!("127.0.0.1:{}", port.ok_or("no address")?);
    let body = format!(r#"{{"email":"{email}","password":"{password}"}}"#);
    let mut stream = TcpStream::connect(&address)?;
    write!(
        stream,
        "POST /api/v1/session HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

#[test]
fn a_first_account_opens_a_server_without_a_demo() -> Outcome {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("x.sqlite").display());
    let flags = [
        "--role",
        "global_admin",
        "--role",
        "mpn_partner_admin",
        "--partner-id",
        "4400001",
    ];
    let output = add(&url, &flags, &format!("{PASSWORD}\nnot this\n"))?;
    let (said, told) = (
        String::from_utf8(output.stdout)?,
        String::from_utf8(output.stderr)?,
    );
    assert_eq!((output.status.code(), told.as_str()), (Some(0), ""));
    assert_eq!(
        said,
        "Added the account admin@fabrikam.example at the new organization Fabrikam, \
         PartnerID 4400001: Global admin and MPN Partner admin.\n"
    );
    let status = signed_in(&url, "admin@fabrikam.example", PASSWORD)?;
    assert_eq!(status, "HTTP/1.1 201 Created");

    // As much work as OWASP asks for at least.
    let mut kept = Vec::new();
    for entry in std::fs::read_dir(folder.path())? {
        let path = entry?.path();
        if path.is_file() {
            kept.extend(std::fs::read(path)?);
        }
    }
    let hash = b"$argon2id$v=19$m=19456,t=2,p=1$";
    assert!(kept.windows(hash.len()).any(|part| part == hash));

    // Now there is an account: no password is read, and the old one goes on.
    let output = add(
        &url,
        &["--role", "account_admin"],
        "another password of hers\n",
    )?;
    let said = String::from_utf8(output.stdout)?;
    assert!(
        output.status.success() && said.contains("exists; its name and password stay the same"),
        "{said}"
    );
    let output = add(&url, &["--role", "account_admin"], "")?;
    let said = String::from_utf8(output.stdout)?;
    assert!(
        output.status.success() && said.ends_with("Nothing was changed.\n"),
        "{said}"
    );
    let status = signed_in(&url, "admin@fabrikam.example", PASSWORD)?;
    assert_eq!(status, "HTTP/1.1 201 Created");
    Ok(())
}

#[test]
fn an_account_is_disabled_enabled_and_gets_another_password_and_other_roles() -> Outcome {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("x.sqlite").display());
    add(&url, &[], PASSWORD)?;
    let status = |password: &str| signed_in(&url, "admin@fabrikam.example", password);
    let (right, wrong) = ("HTTP/1.1 201 Created", "HTTP/1.1 401 Unauthorized");
    let other = "a heron in the reeds";
    assert_eq!(status(PASSWORD)?, right);
    let (_, listed) = account(&url, &["sessions"], "")?;
    assert!(listed.starts_with("Signed in at "), "{listed}");
    for (arguments, input, said) in [
        (
            vec!["disable"],
            "",
            "Disabled the account admin@fabrikam.example. 1 session ended.",
        ),
        (
            vec!["disable"],
            "",
            "The account admin@fabrikam.example is already disabled. Nothing was changed.",
        ),
    ] {
        assert_eq!(
            account(&url, &arguments, input)?,
            (Some(0), format!("{said}\n"))
        );
    }
    assert_eq!(status(PASSWORD)?, wrong);
    assert_eq!(account(&url, &["enable"], "")?.0, Some(0));
    assert_eq!(status(PASSWORD)?, right);

    let (code, said) = account(&url, &["password"], "fabrikam-2026\n")?;
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("made of names") && !said.contains("2026"),
        "{said}"
    );
    let (code, said) = account(&url, &["password"], &format!("{other}\n"))?;
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.ends_with("1 session ended.\n") && !said.contains(other),
        "{said}"
    );
    assert_eq!(
        (status(PASSWORD)?.as_str(), status(other)?.as_str()),
        (wrong, right)
    );

    let last = ["roles", "--add", "guest", "--remove", "global_admin"];
    let (code, said) = account(&url, &last, "")?;
    assert!(
        code == Some(1) && said.contains("only person with the role Global admin"),
        "{said}"
    );
    let roles = ["roles", "--add", "report_viewer", "--add", "guest"];
    assert_eq!(account(&url, &roles, "")?.0, Some(0));
    assert_eq!(status(other)?, right);
    let roles = ["roles", "--remove", "report_viewer"];
    let (code, said) = account(&url, &roles, "")?;
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains(": Global admin and Guest.\n1 session ended."),
        "{said}"
    );
    assert_eq!(account(&url, &["roles"], "")?.1.lines().count(), 1);
    let (code, said) = account(&url, &["roles", "--add", "guest", "--remove", "guest"], "")?;
    assert!(code == Some(1) && said.contains("--remove"), "{said}");

    assert_eq!(status(other)?, right);
    let ended = (Some(0), "1 session ended.\n".to_owned());
    assert_eq!(account(&url, &["sessions", "--end"], "")?, ended);
    let (code, said) = account(&url, &["sessions"], "")?;
    assert!(
        code == Some(0) && said.contains("has no sessions"),
        "{said}"
    );
    Ok(())
}

/// A command line that cannot be read is refused before the database is touched.
#[test]
fn wrong_arguments_are_refused_by_name_and_create_nothing() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("x.sqlite");
    let url = format!("sqlite:{}", file.display());
    for (flags, named) in [
        (["--role", "root"], "mpn_partner_admin"),
        (["--email", "admin"], "name@example.com"),
        (["--name", " "], "--name"),
        (["--organization", "名前"], "Western European"),
        (["--country", "usa"], "ISO 3166-1"),
        (["--partner-id", "12"], "seven digits"),
        (["--password", PASSWORD], "--password"),
    ] {
        let output = add(&url, &flags, PASSWORD)?;
        let text = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(
            text.starts_with("error: ") && text.contains(named),
            "{flags:?}: {text}"
        );
    }
    assert!(!file.exists());
    Ok(())
}

#[test]
fn what_cannot_be_done_is_one_line_without_the_password() -> Outcome {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("x.sqlite").display());
    let long = "x".repeat(1025);
    for (url, password, named) in [
        (url.as_str(), "eleven char", "at least 12 characters"),
        (&url, &long, "at most 1024 bytes"),
        (&url, "", "standard input"),
        ("sqlite:/nowhere/at/all/x", PASSWORD, "--database-url"),
        (
            "postgres://nobody:hidden-word@127.0.0.1:1/x",
            PASSWORD,
            "--database-url",
        ),
        ("oracle:x", PASSWORD, "--database-url"),
    ] {
        let output = add(url, &[], password)?;
        let text = String::from_utf8(output.stderr)?;
        assert_eq!(
            (output.status.code(), output.stdout.as_slice()),
            (Some(1), b"".as_slice())
        );
        assert!(
            text.starts_with("error: ") && text.contains(named),
            "{text}"
        );
        assert_eq!(text.lines().count(), 1, "{text}");
        let secret = [PASSWORD, "eleven char", &long, "hidden-word"];
        assert!(!secret.iter().any(|secret| text.contains(secret)), "{text}");
    }
    // Had one of them left the account, its password would be this one now, and not be asked for.
    let output = add(&url, &[], PASSWORD)?;
    assert!(String::from_utf8(output.stdout)?.starts_with("Added the account"));
    Ok(())
}
