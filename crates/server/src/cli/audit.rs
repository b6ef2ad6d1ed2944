//! `membership-server audit`: verifies exports of the audit log, and makes them.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use membership_store::audit::{self, Action, Verifier};

use super::database::Kept;
use crate::clock::Clock;
use crate::{accounts, trail, write};

/// What to do with the audit log.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Verify an export by itself, without a database
    Verify(Verify),
    /// Export the chain of an organization as JSON Lines
    Export(Export),
}

#[derive(Debug, Args)]
struct Verify {
    /// The export, as JSON Lines
    file: PathBuf,
    /// A hash that was written down before: it must be one of the export's
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
}

#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    database: Kept,
    /// Name of the organization
    #[arg(long)]
    organization: String,
    /// Its PartnerID, where several have that name
    #[arg(long)]
    partner_id: Option<String>,
    /// Where to write it; standard output without
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Does it, and says what was found.
pub fn run(options: Options) -> anyhow::Result<()> {
    match options.command {
        Command::Verify(options) => {
            let file = &options.file;
            let opened = File::open(file).with_context(|| file.display().to_string())?;
            let head = options.head.as_deref();
            println!("{}", verify(BufReader::new(opened), file, head)?);
            Ok(())
        }
        Command::Export(options) => tokio::runtime::Runtime::new()?.block_on(export(options)),
    }
}

/// Reads an export line by line, until its end or the first line that is not what was sealed.
fn verify(mut export: impl BufRead, file: &Path, head: Option<&str>) -> anyhow::Result<String> {
    let (mut verifier, mut text) = (Verifier::default(), String::new());
    let mut found = head.is_none();
    let file = file.display();
    for number in 1_u64.. {
        text.clear();
        let read = export.read_line(&mut text);
        if read.with_context(|| format!("{file}: line {number}"))? == 0 {
            break;
        }
        let taken = verifier.take(&text);
        taken.with_context(|| format!("{file}: line {number}"))?;
        found |= head == Some(&verifier.head());
    }
    let (position, last) = (verifier.position(), verifier.head());
    if !found {
        bail!(
            "{file}: --head isn't the hash of any of its {position} entries: entries are missing at \
             the end, or all of it was made again"
        );
    }
    Ok(format!(
        "{file}: {position} entries, nothing was changed. Head: {last}"
    ))
}

/// Tells the audit log of it first, so that the export has that too.
async fn export(options: Export) -> anyhow::Result<()> {
    let clock = Clock::system();
    let store = options.database.open(&clock).await?;
    let name = &options.organization;
    let found = accounts::find(&store, name, options.partner_id.as_deref()).await?;
    let id = found
        .with_context(|| format!("--organization: no organization is named {name}"))?
        .id;
    let entry = audit::Entry {
        organization: Some(id),
        detail: serde_json::json!({"format": "jsonl"}),
        ..trail::of_operator(&clock, Action::AuditExport, "audit")?
    };
    write::tell(&store, entry).await?;
    audit::seal_of(&store, Some(id)).await?;
    let mut out: Box<dyn Write> = match &options.out {
        Some(path) => Box::new(created(path)?),
        None => Box::new(stdout()),
    };
    let mut after = 0;
    while let Some(lines) = audit::lines(store.db(), Some(id), after).await? {
        out.write_all(lines.text.as_bytes()).context("--out")?;
        after = lines.last;
    }
    out.flush().context("--out")
}

/// A new file that only its owner can read: it has values of people.
fn created(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path);
    Ok(BufWriter::new(
        file.with_context(|| format!("--out: {}", path.display()))?,
    ))
}
