//! The real program on one file and one port, in one life after the other.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use membership_contract::paths;
use membership_store::Store;
use membership_store::testing::execute;

use super::Outcome;
use super::chance::Chance;

/// How long a start may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program; killed when the test ends however it ends.
pub struct Server {
    folder: PathBuf,
    port: u16,
    child: Option<Child>,
    started: Instant,
    http: reqwest::Client,
}

impl Server {
    /// One that has never run.
    pub fn on(folder: &Path, chance: &mut Chance) -> Outcome<Self> {
        // Below those that the system gives to clients: one that looks for a server which is gone
        // could get its port.
        let port = |_| u16::try_from(20_000 + chance.below(12_000)).unwrap_or(20_000);
        let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
        let port = (0..100).map(port).find(free).ok_or("no port is free")?;
        Ok(Self {
            folder: folder.to_owned(),
            port,
            child: None,
            started: Instant::now(),
            http: reqwest::Client::builder().no_proxy().build()?,
        })
    }

    /// Of its database.
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.folder.join("demo.sqlite").display())
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Begins a life.
    pub fn start(&mut self) -> Outcome {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("log"))?;
        self.started = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_membership-server"))
            .args(["serve", "--demo", "--database-url", &self.url()])
            .args(["--listen", &format!("127.0.0.1:{}", self.port)])
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        self.child = Some(child);
        Ok(())
    }

    /// Waits until it is ready: how long that took from its start.
    pub async fn ready(&mut self) -> Outcome<Duration> {
        let address = format!("{}{}", self.address(), paths::READYZ);
        while self.started.elapsed() < PATIENCE {
            let answer = self.http.get(&address).send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return Ok(self.started.elapsed());
            }
            if let Some(child) = &mut self.child
                && let Some(status) = child.try_wait()?
            {
                return Err(format!("it ended with {status}: {}", self.log()).into());
            }
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        Err(format!("it is not ready: {}", self.log()).into())
    }

    /// Ends it at once, whatever it does (SIGKILL).
    pub fn kill(&mut self) -> Outcome {
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Asks it to end: whether it does so well.
    pub fn stop(&mut self) -> Outcome<bool> {
        let mut child = self.child.take().ok_or("it does not run")?;
        let id = child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status()?;
        Ok(child.wait()?.success())
    }

    /// A copy of its database, which is not in use, in place of the copy before.
    pub async fn copied(&self) -> Outcome<String> {
        let store = opened(&self.url()).await?;
        execute(&store, "PRAGMA wal_checkpoint(TRUNCATE)").await?;
        store.db().clone().close().await?;
        let copy = self.folder.join("copy.sqlite");
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(self.folder.join(format!("copy.sqlite{ending}")));
        }
        std::fs::copy(self.folder.join("demo.sqlite"), &copy)?;
        Ok(format!("sqlite:{}", copy.display()))
    }

    /// What it wrote in all of its lives.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// Its database, while it runs or not.
pub async fn opened(url: &str) -> Outcome<Store> {
    Ok(Store::connect(url).await?)
}
