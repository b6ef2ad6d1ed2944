//! Which database a command works on.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use membership_store::purpose::Purpose;
use membership_store::{Holder, Store, StoreError};

use crate::clock::Clock;
use crate::purpose;

/// Where the database is, as every command takes it.
#[derive(Debug, Args)]
pub struct Address {
    /// sqlite:FILE, or postgres://USER@HOST/DATABASE with the password in the file that PGPASSFILE
    /// names. Put a URL with a password in the environment, not here, where others can see it
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
}

impl Address {
    /// Connects to it, whatever its tables are.
    pub async fn connect(&self) -> anyhow::Result<Store> {
        let store = Store::connect(&self.database_url);
        store.await.context("--database-url")
    }

    /// The file, of a SQLite database that has one.
    pub fn file(&self) -> Option<PathBuf> {
        Store::file(&self.database_url)
    }
}

/// The database, as `serve` and `account` take it.
#[derive(Debug, Args)]
pub struct Database {
    #[command(flatten)]
    address: Address,
    /// Don't update the tables, for a role that doesn't own them; `migrate` updates them
    #[arg(long, env = "MEMBERSHIP_NO_MIGRATE")]
    no_migrate: bool,
}

impl Database {
    /// See [`Address::file`].
    pub fn file(&self) -> Option<PathBuf> {
        self.address.file()
    }

    /// Opens it, with tables that this version can work with, for a demo or for real data.
    pub async fn open(&self, clock: &Clock, wanted: Purpose) -> anyhow::Result<Store> {
        let store = self.address.connect().await?;
        purpose::refuse_other(&store, wanted).await?;
        if !self.no_migrate {
            migrate(&store).await.map_err(told)?;
        }
        let tables = store.tables().await.context("--database-url")?;
        if !tables.fit() {
            bail!("--no-migrate: {tables}");
        }
        purpose::settle(&store, clock, wanted).await?;
        Ok(store)
    }
}

/// The database of a command, and of which kind it is.
#[derive(Debug, Args)]
pub struct Kept {
    #[command(flatten)]
    database: Database,
    /// The database is a demo's
    #[arg(long)]
    demo: bool,
}

impl Kept {
    /// Opens it, for a demo or for real data.
    pub async fn open(&self, clock: &Clock) -> anyhow::Result<Store> {
        let wanted = match self.demo {
            true => Purpose::Demo,
            false => Purpose::Production,
        };
        self.database.open(clock, wanted).await
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

/// With what lifts it: tables of another version say so themselves.
fn told(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref() {
        Some(StoreError::Tables(_)) => error.context("--database-url"),
        _ => error.context(
            "the tables of --database-url; a role that doesn't own them needs --no-migrate",
        ),
    }
}

/// In the log, or to the terminal where a command has none.
fn waits(holder: &Holder) {
    let Holder { name, since } = holder;
    let since = since.to_rfc3339();
    match tracing::dispatcher::has_been_set() {
        true => tracing::warn!(by = name, since, "waits until the tables are up to date"),
        false => eprintln!("Waiting for {name}, which has been updating the tables since {since}."),
    }
}

#[cfg(test)]
mod tests {
    use membership_store::testing::execute;

    use super::*;
    use crate::testing::Outcome;

    /// What `serve --no-migrate` and `serve` say to tables of each age.
    #[tokio::test]
    async fn tables_of_another_version_are_told_with_what_lifts_it() -> Outcome {
        let folder = tempfile::tempdir()?;
        let opened = async |no_migrate| {
            let address = Address {
                database_url: format!("sqlite:{}", folder.path().join("x.sqlite").display()),
            };
            let database = Database {
                address,
                no_migrate,
            };
            database.open(&Clock::system(), Purpose::Production).await
        };
        let said = async |no_migrate| match opened(no_migrate).await {
            Ok(_) => String::new(),
            Err(error) => format!("{error:#}"),
        };
        let older = said(true).await;
        assert!(older.starts_with("--no-migrate"), "{older}");
        assert!(older.contains("Run `membership-server migrate`"), "{older}");
        let store = opened(false).await?;
        let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m998_later', 0)";
        execute(&store, later).await?;
        assert_eq!((said(true).await, said(false).await), Default::default());
        let ahead = "UPDATE installation SET value = 'm998_later' WHERE name = 'needs'";
        execute(&store, ahead).await?;
        for no_migrate in [true, false] {
            let ahead = said(no_migrate).await;
            assert!(ahead.contains("knows m998_later"), "{ahead}");
            assert!(!ahead.contains("does not own"), "{ahead}");
        }
        Ok(())
    }
}
