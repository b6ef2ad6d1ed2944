//! Programs that are measured: the server with a demo, and a bare axum route.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::routing::get;
use membership_domain::id::OrganizationId;
use membership_store::{Store, evidence};
use tokio::net::TcpListener;

/// The route that others are compared with: what an answer that is kept reads of the evidence.
pub async fn serve_bare(database: &str, organization: OrganizationId) -> Result<()> {
    let store = Store::connect(database).await?;
    let read = move || async move {
        let found = evidence::revisions_with(store.db(), organization).await;
        found
            .ok()
            .flatten()
            .map_or_else(String::new, |(own, all)| format!("{own}.{all}"))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(read))).await?;
    Ok(())
}

/// A program that ends with this one.
pub struct Running {
    child: Child,
    /// Host and port.
    pub address: String,
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

    /// The server with a demo in a folder, which it fills at the first start.
    pub fn server(folder: &Path) -> Result<Self> {
        Self::server_on(&url(folder))
    }

    /// The same on another database.
    pub fn server_on(database: &str) -> Result<Self> {
        let mut command = Command::new(program());
        command.args(["serve", "--demo", "--demo-largest"]);
        command.args(["--clock", "2023-11-15T09:00:00Z", "--listen", "127.0.0.1:0"]);
        command.args([
            "--connections-of-client",
            "5000",
            "--database-url",
            database,
        ]);
        Self::start(&mut command)
    }

    /// The bare route, about an organization of the demo in a folder.
    pub fn bare(folder: &Path, organization: OrganizationId) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["bare", &url(folder), &organization.to_string()]);
        Self::start(&mut command)
    }

    /// Megabytes that it has, and had at its peak.
    pub fn memory(&self) -> Result<(u64, u64)> {
        let status = self.told("status")?;
        let of = |name| Ok::<_, anyhow::Error>(number(&status, name)? / 1024);
        Ok((of("VmRSS:")?, of("VmHWM:")?))
    }

    /// Milliseconds of a processor that it used since its start.
    #[allow(dead_code, reason = "for purchases")]
    pub fn processor(&self) -> Result<u64> {
        let told = self.told("stat")?;
        // What comes before is its name, which may have spaces.
        let fields = told.rsplit(')').next().unwrap_or_default();
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks = ticks.map(str::parse::<u64>).sum::<Result<u64, _>>()?;
        // Linux counts a hundred a second for everybody who asks.
        Ok(ticks * 10)
    }

    /// Bytes that it had written to files since its start, which is to the database.
    pub fn written(&self) -> Result<u64> {
        number(&self.told("io")?, "write_bytes:")
    }

    fn told(&self, name: &str) -> Result<String> {
        let path = format!("/proc/{}/{name}", self.child.id());
        std::fs::read_to_string(&path).context(path)
    }
}

/// The build that is measured.
pub fn program() -> OsString {
    let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/server/membership-server");
    std::env::var_os("MEMBERSHIP_SERVER_BIN").unwrap_or(known.into_os_string())
}

fn number(told: &str, name: &str) -> Result<u64> {
    let rest = told.lines().find_map(|line| line.strip_prefix(name));
    let number = rest.and_then(|rest| rest.split_whitespace().next());
    Ok(number.context(name.to_owned())?.parse()?)
}

/// The database of a folder.
pub fn url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("demo.sqlite").display())
}
