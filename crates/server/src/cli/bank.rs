//! `membership-server bank`: imports a bank's files, and lets programs send them.

mod feeds;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::database::Kept;
use crate::App;
use crate::app::Settings;
use crate::bank::import;
use crate::clock::Clock;
use crate::trail;

/// What to do with a bank's files.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Import statements (camt.053) or notifications (camt.054); what was imported before changes
    /// nothing
    Import(Import),
    /// Tokens with which a program sends a bank's files
    #[command(subcommand)]
    Feed(feeds::Command),
}

#[derive(Debug, Args)]
struct Import {
    #[command(flatten)]
    database: Kept,
    /// Files to import
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Does it, and says what was done.
pub fn run(options: Options) -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        match options.command {
            Command::Import(wanted) => imported(wanted).await,
            Command::Feed(command) => {
                println!("{}", feeds::done(command).await?);
                Ok(())
            }
        }
    })
}

/// Longer than any file takes: nobody waits for an answer.
const ALL: Duration = Duration::from_secs(24 * 60 * 60);

async fn imported(wanted: Import) -> anyhow::Result<()> {
    let clock = Clock::system();
    let store = wanted.database.open(&clock).await?;
    let catalog = membership_catalog::builtin();
    let catalog = catalog.map_err(|_| anyhow::anyhow!("the built-in catalog has faults"))?;
    let app = App::new(store, catalog, clock, Settings::default())?;
    for file in &wanted.files {
        let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        let entry = |action, subject: &str| Ok(trail::of_operator(&app.clock, action, subject)?);
        let imported = import::import(&app, bytes, None, ALL, entry).await;
        let imported = imported.map_err(|refused| anyhow::anyhow!("{}", refused.detail()));
        let imported = imported.with_context(|| file.display().to_string())?;
        let said = match imported.is_known {
            true => "imported before; nothing changed".to_owned(),
            false => format!(
                "{} statements, {} entries, {} of them new, {} matched, {} waiting",
                imported.statements,
                imported.entries,
                imported.new,
                imported.matched,
                imported.waiting
            ),
        };
        println!("{}: {said}", file.display());
    }
    Ok(())
}
