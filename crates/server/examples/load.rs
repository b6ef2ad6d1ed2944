//! How many answers a second the server gives to 1, 16 and 64 clients, for a usual organization and
//! the largest, how long they take, and the memory that it has by then; beside a bare axum route
//! that does one SQL read, in a process of its own and in the same run.
//!
//! `cargo run --profile server -p membership-server --example load`, after
//! `cargo build --profile server -p membership-server`; `MEMBERSHIP_SERVER_BIN` names another
//! build, `LOAD_SECONDS` how long each is measured (3). Linux: memory is read from /proc.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::routing::get;
use membership_domain::id::OrganizationId;
use membership_store::{Store, organizations};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CLIENTS: [usize; 3] = [1, 16, 64];
const USUAL: &str = "mpn-partner-admin@contoso.example";
const LARGEST: &str = "mpn-partner-admin@fabrikam.example";

/// What is asked for, below an organization.
const ASKED: [&str; 7] = [
    "overview",
    "assessments",
    "assessments/action-pack",
    "people",
    "certifications?sort=completed_on",
    "customers?counts=yes",
    "usage?sort=month&order=desc",
];

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [bare, database, id] if bare == "bare" => serve_bare(database, id.parse()?).await,
        _ => measure().await,
    }
}

/// The route that others are compared with.
async fn serve_bare(database: &str, id: OrganizationId) -> Result<()> {
    let store = Store::connect(database).await?;
    let read = move || async move {
        let found = organizations::by_id(store.db(), id).await;
        let found = found.ok().flatten();
        found.map_or_else(String::new, |found| found.revision.to_string())
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(read))).await?;
    Ok(())
}

/// A program that is ended with this one.
struct Running {
    child: Child,
    address: String,
    /// Stays open: a program that says something to nobody ends.
    _said: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts a program and waits until it says its address.
    fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut said = BufReader::new(child.stdout.take().context("its output")?);
        let mut line = String::new();
        while said.read_line(&mut line)? > 0 {
            if let Some((_, address)) = line.trim_end().rsplit_once("http://") {
                let address = address.trim_end_matches('/').to_owned();
                let _said = said;
                return Ok(Self {
                    child,
                    address,
                    _said,
                });
            }
            line.clear();
        }
        bail!("{command:?} ended")
    }

    fn server(folder: &Path) -> Result<Self> {
        let known =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/server/membership-server");
        let program = std::env::var_os("MEMBERSHIP_SERVER_BIN").unwrap_or(known.into_os_string());
        let mut command = Command::new(program);
        command.args([
            "serve",
            "--demo",
            "--demo-largest",
            "--listen",
            "127.0.0.1:0",
        ]);
        command.args(["--clock", "2023-11-15T09:00:00Z"]);
        command.args([
            "--connections-of-client",
            "200",
            "--database-url",
            &url(folder),
        ]);
        Self::start(&mut command)
    }

    /// Megabytes by their name in /proc.
    fn memory(&self, field: &str) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(field));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kilobytes.context("memory")?.parse::<u64>()? / 1024)
    }
}

fn url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("demo.sqlite").display())
}

/// A connection that asks again and again.
struct Client {
    stream: TcpStream,
    head: String,
    read: Vec<u8>,
}

impl Client {
    async fn new(address: &str, path: &str, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\naccept-encoding: br\r\ncookie: {cookie}\r\n\r\n"
        );
        let read = Vec::new();
        Ok(Self { stream, head, read })
    }

    /// The status and the size of one answer.
    async fn ask(&mut self) -> Result<(u16, usize)> {
        self.stream.write_all(self.head.as_bytes()).await?;
        self.read.clear();
        let mut begin = 0;
        let (mut status, mut length) = (0, None);
        for line in 0.. {
            let text = self.line(&mut begin).await?.to_ascii_lowercase();
            match text.strip_prefix("content-length: ") {
                _ if text.is_empty() => break,
                _ if line == 0 => {
                    let code = text.split(' ').nth(1);
                    status = code.context("a status")?.parse()?;
                }
                Some(told) => length = Some(told.parse()?),
                None => {}
            }
        }
        if let Some(length) = length {
            self.until(begin + length).await?;
            return Ok((status, length));
        }
        let mut all = 0;
        loop {
            let size = self.line(&mut begin).await?;
            let size = usize::from_str_radix(&size, 16)?;
            begin += size + 2;
            self.until(begin).await?;
            if size == 0 {
                return Ok((status, all));
            }
            all += size;
        }
    }

    /// The line that begins there, and where the next one does.
    async fn line(&mut self, begin: &mut usize) -> Result<String> {
        loop {
            let rest = self.read.get(*begin..).unwrap_or_default();
            if let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
                let text = String::from_utf8_lossy(&rest[..end]).into_owned();
                *begin += end + 2;
                return Ok(text);
            }
            self.until(self.read.len() + 1).await?;
        }
    }

    /// Reads until so many bytes are there.
    async fn until(&mut self, bytes: usize) -> Result<()> {
        while self.read.len() < bytes {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the connection was closed");
            }
        }
        Ok(())
    }
}

/// Signs in: the cookie, and the organization's id.
async fn sign_in(address: &str, email: &str) -> Result<(String, OrganizationId)> {
    let body = format!(
        r#"{{"email":"{email}","password":"{}"}}"#,
        membership_server::demo::PASSPHRASE
    );
    let mut stream = TcpStream::connect(address).await?;
    let head = format!(
        "POST /api/v1/session HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let cookies = answer
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: "));
    let mut cookies = cookies.filter_map(|cookie| cookie.split(';').next());
    let cookie = cookies.find(|cookie| cookie.starts_with("__Host-session"));
    let organization = answer.split(r#""organizations":[{"id":""#).nth(1);
    let id = organization
        .and_then(|rest| rest.get(..36))
        .context(answer.clone())?;
    Ok((cookie.context("a cookie")?.to_owned(), id.parse()?))
}

/// What so many clients got.
struct Load {
    times: Vec<Duration>,
    took: Duration,
    size: usize,
    /// Answers that were refused: too many at once.
    refused: usize,
}

impl Load {
    async fn of(clients: usize, address: &str, path: &str, cookie: &str) -> Result<Self> {
        let seconds = std::env::var("LOAD_SECONDS")
            .ok()
            .and_then(|text| text.parse().ok());
        let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(3));
        let begin = Instant::now();
        let mut asking = Vec::new();
        for _ in 0..clients {
            let mut client = Client::new(address, path, cookie).await?;
            asking.push(tokio::spawn(async move {
                let (mut times, mut size, mut refused) = (Vec::new(), 0, 0);
                while Instant::now() < until {
                    let begin = Instant::now();
                    let (status, length) = client.ask().await?;
                    if status == 200 {
                        times.push(begin.elapsed());
                        size = length;
                    } else {
                        refused += 1;
                    }
                }
                anyhow::Ok((times, size, refused))
            }));
        }
        let (mut times, mut size, mut refused) = (Vec::new(), 0, 0);
        for asked in asking {
            let (more, length, not) = asked.await??;
            times.extend(more);
            size = length;
            refused += not;
        }
        times.sort_unstable();
        let took = begin.elapsed();
        Ok(Self {
            times,
            took,
            size,
            refused,
        })
    }

    fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// Milliseconds below which so many of a hundred stay.
    fn within(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent).div_ceil(100).saturating_sub(1);
        let time = self.times.get(at).copied().unwrap_or_default();
        time.as_secs_f64() * 1000.0
    }
}

async fn measure() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let first = Running::server(folder.path())?;
    let (cookie, id) = sign_in(&first.address, LARGEST).await?;
    println!("{} MB after the start", first.memory("VmRSS")?);
    let path = |id: OrganizationId, what: &str| format!("/api/v1/organizations/{id}/{what}");
    let begin = Instant::now();
    Client::new(&first.address, &path(id, "people"), &cookie)
        .await?
        .ask()
        .await?;
    println!(
        "the first list of the largest: {} ms",
        begin.elapsed().as_millis()
    );
    println!(
        "{} MB after it, {} at the peak",
        first.memory("VmRSS")?,
        first.memory("VmHWM")?
    );
    drop(first);

    let server = Running::server(folder.path())?;
    let (cookie, id) = sign_in(&server.address, LARGEST).await?;
    let begin = Instant::now();
    let mut asking = Vec::new();
    for _ in 0..16 {
        let mut client = Client::new(&server.address, &path(id, "people"), &cookie).await?;
        asking.push(tokio::spawn(async move { client.ask().await }));
    }
    for asked in asking {
        asked.await??;
    }
    println!(
        "sixteen first lists at once: {} ms",
        begin.elapsed().as_millis()
    );
    println!(
        "{} MB after them, {} at the peak",
        server.memory("VmRSS")?,
        server.memory("VmHWM")?
    );

    let program = std::env::current_exe()?;
    let bare =
        Running::start(Command::new(program).args(["bare", &url(folder.path()), &id.to_string()]))?;
    let mut rates = Vec::new();
    for clients in CLIENTS {
        let load = Load::of(clients, &bare.address, "/", "").await?;
        println!(
            "bare route, {clients} clients: {:.0} a second, p95 {:.1} ms",
            load.rate(),
            load.within(95)
        );
        rates.push(load.rate());
    }
    for email in [USUAL, LARGEST] {
        let (cookie, id) = sign_in(&server.address, email).await?;
        println!("{email}");
        for asked in ASKED {
            let path = path(id, asked);
            let begin = Instant::now();
            let (status, size) = Client::new(&server.address, &path, &cookie)
                .await?
                .ask()
                .await?;
            let took = begin.elapsed().as_millis();
            println!("  {asked}: first {took} ms, {} kB, {status}", size / 1024);
            if status != 200 {
                continue;
            }
            for (clients, bare) in CLIENTS.into_iter().zip(&rates) {
                let load = Load::of(clients, &server.address, &path, &cookie).await?;
                println!(
                    "    {clients:2} clients: {:7.0} a second ({:.2} of the bare route), p50 {:6.1}, p95 {:6.1} ms, {} kB, {} refused",
                    load.rate(),
                    load.rate() / bare,
                    load.within(50),
                    load.within(95),
                    load.size / 1024,
                    load.refused
                );
            }
        }
    }
    println!(
        "{} MB at the end, {} at the peak",
        server.memory("VmRSS")?,
        server.memory("VmHWM")?
    );
    Ok(())
}
