//! `membership-server migrate`: creates or updates the tables, before a new version serves.

use anyhow::Context;
use clap::Args;
use membership_store::Store;

/// Which database.
#[derive(Debug, Args)]
pub struct Options {
    /// sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let store = Store::connect(&options.database_url)
            .await
            .context("the database")?;
        store.migrate().await.context("the tables")?;
        println!(
            "The tables are those of version {}.",
            env!("CARGO_PKG_VERSION")
        );
        Ok(())
    })
}
