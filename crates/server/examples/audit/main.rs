//! How long pages of an audit log with 100,000 entries take, by each filter, at its beginning and at
//! its end; and how long it takes to seal, export and verify it.
//!
//! `cargo run --profile server -p membership-server --example audit`, after
//! `cargo build --profile server -p membership-server`; `MEMBERSHIP_SERVER_BIN` names another
//! build, `DATABASE_URL` an empty database (SQLite in a temporary folder).

#[path = "../load/client.rs"]
mod client;
mod entries;
#[path = "../load/pages.rs"]
mod pages;
#[allow(dead_code, reason = "the bare route, and memory, are for the load")]
#[path = "../load/running.rs"]
mod running;

use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use membership_store::testing::execute;
use membership_store::{Store, audit};

use client::{Caller, Client};
use running::Running;

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| running::url(folder.path()));
    let server = Running::server_on(&url)?;
    let caller = Caller::sign_in(&server.address, "account-admin@contoso.example").await?;
    let caller = Arc::new(caller);
    let store = Store::connect(&url).await?;
    let begin = Instant::now();
    let known = entries::fill(&store, caller.organization).await?;
    println!(
        "{} entries written in {:.1?}",
        entries::MANY,
        begin.elapsed()
    );
    if url.starts_with("postgres") {
        // It does so by itself within a minute, and goes by what it finds.
        execute(&store, "ANALYZE").await?;
    }
    let begin = Instant::now();
    let sealed = audit::seal(&store).await?;
    println!("{sealed} sealed in {:.1?}", begin.elapsed());

    let mut client = Client::new(Arc::clone(&caller)).await?;
    println!("\n| asked | entries | p50, p95 ms of the first pages | of the last ones |");
    println!("|---|---|---|---|");
    for (name, query) in known.filters() {
        pages::pages(&mut client, &caller, "audit", &name, &query).await?;
    }

    let begin = Instant::now();
    let export = client.get(&caller.path("audit?format=jsonl")).await?;
    let compressed = export.size / 1024;
    println!(
        "\nexported in {:.1?}, {compressed} kB compressed",
        begin.elapsed()
    );
    let file = folder.path().join("audit.jsonl");
    let plain = client
        .send("GET", &caller.path("audit?format=jsonl"), "", "")
        .await?;
    if plain.status != 200 {
        bail!("the export: {}", plain.status);
    }
    std::fs::write(&file, unchunked(&client.body())?)?;
    for (name, mut verify) in [
        ("membership-server", Command::new(running::program())),
        ("verify_audit.py", Command::new("python3")),
    ] {
        match name {
            "verify_audit.py" => verify.arg("docs/verify_audit.py"),
            _ => verify.args(["audit", "verify"]),
        };
        let begin = Instant::now();
        let said = verify.arg(&file).output()?;
        let took = begin.elapsed();
        if !said.status.success() {
            bail!("{name}: {said:?}");
        }
        println!(
            "{name}: {took:.1?}, {}",
            String::from_utf8_lossy(&said.stdout).trim()
        );
    }
    Ok(())
}

/// What was sent in chunks, in one piece.
fn unchunked(mut sent: &str) -> Result<String> {
    let mut whole = String::new();
    while let Some((size, rest)) = sent.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16)?;
        if size == 0 {
            break;
        }
        // A chunk can end within a character only if it is not ours.
        whole += rest.get(..size).context("a chunk")?;
        sent = rest.get(size + 2..).context("a chunk's end")?;
    }
    Ok(whole)
}
