//! Which database a command works on.

use anyhow::{Context, bail};
use clap::Args;
use membership_store::purpose::Purpose;
use membership_store::{Holder, Store};

use crate::clock::Clock;
use crate::purpose;

/// Where the database is, as every command takes it.
#[derive(Debug, Args)]
pub struct Address {
    /// sqlite:FILE, or postgres://USER@HOST/DATABASE with the password in the file that PGPASSFILE
    /// names; with a password in it, in the environment and not here, where others can see it
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
}

impl Address {
    /// Connects to it, whatever its tables are.
    pub async fn connect(&self) -> anyhow::Result<Store> {
        let store = Store::connect(&self.database_url);
        store.await.context("--database-url")
    }
}

/// The database, as `serve` and `account` take it.
#[derive(Debug, Args)]
pub struct Database {
    #[command(flatten)]
    address: Address,
    /// Leave the tables as they are, for a role that does not own them; `migrate` updates them
    #[arg(long, env = "MEMBERSHIP_NO_MIGRATE")]
    no_migrate: bool,
}

impl Database {
    /// Opens it, with tables that this version can work with, for a demo or for real data.
    pub async fn open(&self, clock: &Clock, wanted: Purpose) -> anyhow::Result<Store> {
        let store = self.address.connect().await?;
        purpose::refuse_other(&store, wanted).await?;
        if !self.no_migrate {
            migrate(&store).await.context(
                "the tables of --database-url; a role that does not own them takes --no-migrate",
            )?;
        }
        let tables = store.tables().await.context("--database-url")?;
        if !tables.fit() {
            bail!("--no-migrate: {tables}");
        }
        purpose::settle(&store, clock, wanted).await?;
        Ok(store)
    }
}

/// Brings the tables up to date, as a server that others can tell from themselves.
pub async fn migrate(store: &Store) -> anyhow::Result<()> {
    // Where there is no such file, one machine is most likely all there is.
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let host = Some(host.trim()).filter(|host| !host.is_empty());
    let (version, process) = (env!("CARGO_PKG_VERSION"), std::process::id());
    let host = host.unwrap_or("this machine");
    let name = format!("membership-server {version} on {host}, process {process}");
    Ok(store.migrate_as(&name, waits).await?)
}

/// To the terminal, where the log of a demo or of a command is silent.
fn waits(holder: &Holder) {
    eprintln!(
        "The tables are being brought up to date by {}, since {}. Waiting for it.",
        holder.name,
        holder.since.to_rfc3339()
    );
}
