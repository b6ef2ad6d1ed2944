//! `membership-server migrate`: creates or updates the tables, before a new version serves.

use anyhow::Context;
use clap::Args;

use super::database::{Address, migrate};

/// Which database, and for whom.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    address: Address,
    /// PostgreSQL role that `serve --no-migrate` uses: it can read and write what the program does,
    /// and owns nothing
    #[arg(long, value_name = "ROLE")]
    allow: Option<String>,
}

pub fn run(options: &Options) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let store = options.address.connect().await?;
        migrate(&store).await.context("the tables")?;
        println!("The tables are at version {}.", env!("CARGO_PKG_VERSION"));
        if let Some(role) = &options.allow {
            store.allow(role).await.context("--allow")?;
            println!("The role {role} can use them.");
        }
        Ok(())
    })
}
