//! The real program: started, used over a socket, stopped; and what it wrote meanwhile.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

type Outcome = Result<(), Box<dyn Error>>;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_membership-server"))
}

/// A server on a temporary database, killed when the test ends however it ends.
struct Server {
    child: Child,
    port: u16,
    greeting: String,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}", folder.path().join("demo.sqlite").display());
        let mut child = program()
            .args([
                "serve",
                "--demo",
                "--listen",
                "127.0.0.1:0",
                "--database-url",
                &url,
            ])
            .env("RUST_LOG", "info,membership_server=trace")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut greeting = String::new();
        while !greeting.ends_with("\n\n") || greeting.lines().count() < 6 {
            if lines.read_line(&mut greeting)? == 0 {
                break;
            }
        }
        let port = greeting
            .split("http://localhost:")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let port = port.ok_or("no address printed")?.parse()?;
        child.stdout = Some(lines.into_inner());
        Ok(Self {
            child,
            port,
            greeting,
            _folder: folder,
        })
    }

    /// One request on its own connection; the whole answer as text.
    fn ask(
        &self,
        method: &str,
        path: &str,
        cookie: &str,
        body: &str,
    ) -> Result<String, Box<dyn Error>> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\nCookie: {cookie}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}",
            self.port
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// Asks it to stop, and gives what it wrote to standard error.
    fn stop(mut self) -> Result<(bool, String), Box<dyn Error>> {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status()?;
        let mut log = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut log)?;
        }
        Ok((self.child.wait()?.success(), log))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is logged: ids and paths, never what people typed or hold secret.
#[test]
fn it_serves_stops_when_told_and_logs_no_secrets() -> Outcome {
    let server = Server::start()?;
    let email = "global-admin@contoso.example";
    assert!(server.greeting.contains(email), "{}", server.greeting);
    let password = server
        .greeting
        .split("password: ")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    let password = password.ok_or("no password printed")?;

    let form = |password: &str| format!(r#"{{"email":"{email}","password":"{password}"}}"#);
    let wrong = server.ask("POST", "/api/v1/session", "", &form("hunter2-secret"))?;
    assert!(wrong.starts_with("HTTP/1.1 401"), "{wrong}");
    let answer = server.ask("POST", "/api/v1/session", "", &form(password))?;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let token = answer
        .split("__Host-session=")
        .nth(1)
        .and_then(|rest| rest.split(';').next());
    let token = token.ok_or("no cookie")?;
    let cookie = format!("__Host-session={token}");
    let session = server.ask("GET", "/api/v1/session?typed=by-someone", &cookie, "")?;
    assert!(
        session.starts_with("HTTP/1.1 200") && session.contains(email),
        "{session}"
    );

    // Ids in an address may be addresses of people, also where the page is asked for.
    for path in [
        "/api/v1/organizations/1/people/hidden-name%40contoso.example",
        "/api/v1/hidden-name@contoso.example",
        "/evidence/people/hidden-name%40contoso.example?q=by-someone",
        "/hidden-name.txt",
    ] {
        server.ask("GET", path, &cookie, "")?;
    }
    let link = mailed(&server, email)?;
    let looked = format!(r#"{{"token":"{link}"}}"#);
    let looked = server.ask("POST", "/api/v1/links/look", "", &looked)?;
    assert!(looked.starts_with("HTTP/1.1 200"), "{looked}");
    let hidden = [
        &link,
        "hidden-name",
        email,
        "hunter2-secret",
        password,
        token,
        "by-someone",
        "argon2",
    ]
    .map(str::to_owned);
    let (success, log) = server.stop()?;
    assert!(success, "{log}");
    for secret in hidden {
        assert!(!log.contains(&secret), "{secret} in {log}");
    }
    // The log is there, or this test could not fail.
    assert!(
        log.contains("answered")
            && log.contains("/api/v1/session")
            && log.contains("/organizations/{organization}/people/{person}"),
        "{log}"
    );
    Ok(())
}

/// The token of a link that was asked for, from the mailbox.
fn mailed(server: &Server, email: &str) -> Result<String, Box<dyn Error>> {
    let asked = format!(r#"{{"email":"{email}"}}"#);
    let asked = server.ask("POST", "/api/v1/account/password-reset", "", &asked)?;
    assert!(asked.starts_with("HTTP/1.1 202"), "{asked}");
    for _ in 0..100 {
        let list = server.ask("GET", "/mailbox", "", "")?;
        let mail = list.split("<a href=\"").nth(1);
        if let Some(path) = mail.and_then(|rest| rest.split('"').next()) {
            let mail = server.ask("GET", path, "", "")?;
            let token = mail.split("/link#").nth(1);
            let token = token.and_then(|rest| rest.split('"').next());
            return Ok(token.ok_or("no link in the mail")?.to_owned());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Err("no mail came".into())
}

/// Early and clear: what is wrong, by the name of its flag.
#[test]
fn what_cannot_be_served_is_refused_by_name() -> Outcome {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let taken = listener.local_addr()?.to_string();
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("x.sqlite").display());
    let empty = folder.path().display().to_string();
    let local = ["--listen", "127.0.0.1:0", "--database-url"];
    let [_, _, database] = local;
    let network = ["--listen", "0.0.0.0:0", database, &url];
    let smtp = ["--smtp-url", "smtps://app@mail.contoso.example"];
    let sender = ["--mail-from", "noreply@contoso.example"];
    let public = ["--public-url", "https://app.contoso.example"];
    for (flags, named) in [
        (vec!["--listen", &taken, database, &url], "--listen"),
        (vec!["--web", &empty, database, &url], "--web"),
        (vec!["--catalog", &empty, database, &url], "catalog"),
        ([&local[..], &["oracle:x"]].concat(), database),
        (
            [&local[..], &["sqlite:/nowhere/at/all/x"]].concat(),
            database,
        ),
        ([&network[..], &["--mailbox", &empty]].concat(), "--mailbox"),
        ([&network[..], &smtp, &sender].concat(), "--public-url"),
        (
            [&network[..], &smtp, &sender, &public].concat(),
            "MEMBERSHIP_SMTP_PASSWORD",
        ),
        (
            [
                &network[..],
                &smtp,
                &sender,
                &public,
                &["--smtp-trust", &empty],
            ]
            .concat(),
            "--smtp-trust",
        ),
    ] {
        let output = program().arg("serve").args(&flags).output()?;
        let text = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(
            text.starts_with("error: ") && text.contains(named),
            "{flags:?}: {text}"
        );
        assert!(!text.contains("panicked"), "{text}");
    }
    drop(listener);
    assert!(
        !folder.path().join("x.sqlite").exists(),
        "a refused start creates nothing"
    );
    Ok(())
}
