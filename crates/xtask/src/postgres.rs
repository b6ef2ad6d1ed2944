//! A PostgreSQL of its own for the store's tests: a temporary folder, a unix socket, gone after.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::memory;
use crate::tools::apt;

/// Waits for its standard input to end, which it does however we end, and then stops the server
/// and removes the folder: no signal, crash or Ctrl-C leaves a server behind.
const GUARD: &str = r#"
trap '' INT
mkdir -m 700 "$1" || exit 1
"$2/initdb" --pgdata "$1/data" --username membership --auth trust --encoding UTF8 --no-sync \
  >"$1/log" 2>&1 || { cat "$1/log" >&2; rm -rf "$1"; exit 1; }
"$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c max_connections=300 \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=256MB \
  >>"$1/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT "$server"
wait "$server"
rm -rf "$1"
"#;

/// A running server, stopped and removed when dropped.
pub struct Postgres {
    guard: Child,
    /// Address for `TEST_DATABASE_URL`.
    pub url: String,
}

/// The folder with `initdb` and `postgres`, if this machine has them.
pub fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    // Debian keeps them apart, one folder for each major version.
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    folders.extend(debian.map(|version| version.path().join("bin")));
    // Some systems link only a few programs into a folder on PATH: follow the link.
    let real = folders
        .into_iter()
        .filter_map(|folder| folder.join("initdb").canonicalize().ok());
    let mut real = real.filter_map(|initdb| initdb.parent().map(Path::to_owned));
    real.find(|folder| folder.join("postgres").is_file())
}

impl Postgres {
    /// Starts one and waits until it answers.
    pub fn start(binaries: &Path) -> Result<Self> {
        let folder = memory::folder().join(format!("membership-postgres-{}", std::process::id()));
        // PostgreSQL refuses to run as root.
        let mut guard = if apt::is_root() {
            let mut guard = Command::new("runuser");
            guard.args(["-u", "postgres", "--", "sh"]);
            guard
        } else {
            Command::new("sh")
        };
        guard
            .current_dir(std::env::temp_dir())
            .args(["-c", GUARD, "sh"]);
        guard.arg(&folder).arg(binaries).stdin(Stdio::piped());
        let guard = guard
            .spawn()
            .context("the temporary PostgreSQL could not be started")?;
        let socket = folder.display();
        let url = format!("postgres://membership@localhost/postgres?host={socket}");
        let mut server = Self { guard, url };
        server.wait_until_ready(&folder.join("data/postmaster.pid"))?;
        Ok(server)
    }

    /// The server writes its state into the last line of `state`.
    fn wait_until_ready(&mut self, state: &Path) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.guard.try_wait()? {
                bail!(
                    "the temporary PostgreSQL ended at once ({status}); does the user postgres exist?"
                );
            }
            let said = std::fs::read_to_string(state).unwrap_or_default();
            if said
                .lines()
                .last()
                .is_some_and(|line| line.trim() == "ready")
            {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        bail!("the temporary PostgreSQL did not answer within a minute")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        self.guard.wait().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_gone_when_the_server_is() {
        let Some(binaries) = binaries() else { return };
        let server = Postgres::start(&binaries).expect("it starts");
        let (_, folder) = server.url.split_once("host=").expect("a socket");
        let folder = PathBuf::from(folder);
        assert!(folder.join(".s.PGSQL.5432").exists());
        drop(server);
        assert!(!folder.exists());
    }
}
