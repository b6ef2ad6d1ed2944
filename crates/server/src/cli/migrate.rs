//! `membership-server migrate`: creates or updates the tables, before a new version serves.

use anyhow::Context;
use clap::Args;
use membership_store::Store;

/// Which database, and for whom.
#[derive(Debug, Args)]
pub struct Options {
    /// sqlite:FILE, or postgres://USER@HOST/DATABASE with the password in the file that PGPASSFILE
    /// names. Put a URL with a password in the environment, not here, where others can see it
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// PostgreSQL role that `serve --no-migrate` uses: it can read and write what the program does,
    /// and owns nothing
    #[arg(long, value_name = "ROLE")]
    allow: Option<String>,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let store = Store::connect(&options.database_url)
            .await
            .context("the database")?;
        store.migrate().await.context("the tables")?;
        println!("The tables are at version {}.", env!("CARGO_PKG_VERSION"));
        if let Some(role) = &options.allow {
            store.allow(role).await.context("--allow")?;
            println!("The role {role} can use them.");
        }
        Ok(())
    })
}
