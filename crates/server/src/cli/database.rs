//! Which database a command works on.

use anyhow::{Context, bail};
use clap::Args;
use membership_store::Store;
use membership_store::purpose::Purpose;

use crate::clock::Clock;
use crate::purpose;

/// The database, as `serve` and `account` take it.
#[derive(Debug, Args)]
pub struct Database {
    /// sqlite:FILE, or postgres://USER@HOST/DATABASE with the password in the file that PGPASSFILE
    /// names. Put a URL with a password in the environment, not here, where others can see it
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// Don't update the tables, for a role that doesn't own them; `migrate` updates them
    #[arg(long, env = "MEMBERSHIP_NO_MIGRATE")]
    no_migrate: bool,
}

impl Database {
    /// Opens it, with tables of this version, for a demo or for real data.
    pub async fn open(&self, clock: &Clock, wanted: Purpose) -> anyhow::Result<Store> {
        let store = Store::connect(&self.database_url)
            .await
            .context("--database-url")?;
        purpose::refuse_other(&store, wanted).await?;
        if !self.no_migrate {
            store.migrate().await.context(
                "the tables of --database-url; a role that doesn't own them needs --no-migrate",
            )?;
        } else if !store.is_ready().await.context("--database-url")? {
            bail!(
                "--no-migrate: the tables aren't at version {}; run membership-server migrate \
                 first, as the role that owns them",
                env!("CARGO_PKG_VERSION")
            );
        }
        purpose::settle(&store, clock, wanted).await?;
        Ok(store)
    }
}
