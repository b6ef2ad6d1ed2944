//! How many answers a second the server gives to 1, 16 and 64 clients, for a usual organization and
//! the largest, how long they take, and the memory that it has by then; beside a bare axum route
//! that does one SQL read, in a process of its own and in the same run. Before that the first
//! answers after a start, and after it what an edit of evidence takes and writes.
//!
//! `cargo run --profile server -p membership-server --example load`, after
//! `cargo build --profile server -p membership-server`; `MEMBERSHIP_SERVER_BIN` names another
//! build, `LOAD_SECONDS` how long each is measured (3). Linux: memory and bytes are read from /proc.

mod asked;
mod client;
mod loads;
mod running;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use client::{Caller, Client};
use loads::Load;
use running::Running;

const CLIENTS: [usize; 3] = [1, 16, 64];
const USUAL: (&str, &str) = ("usual", "mpn-partner-admin@contoso.example");
const LARGEST: (&str, &str) = ("largest", "mpn-partner-admin@fabrikam.example");

/// Edits that are measured, one after the other: of two at once one is refused.
const EDITS: u32 = 20;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [bare, database, id] if bare == "bare" => running::serve_bare(database, id.parse()?).await,
        _ => measure().await,
    }
}

async fn measure() -> Result<()> {
    let seconds = std::env::var("LOAD_SECONDS").ok();
    let seconds = seconds.map_or(Ok(3), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    // Fills the database, which is no part of any start that is measured.
    drop(Running::server(folder.path())?);
    firsts(folder.path()).await?;

    let server = Running::server(folder.path())?;
    let largest = Caller::sign_in(&server.address, LARGEST.1).await?;
    let (before, _) = server.memory()?;
    let bare = Running::bare(folder.path(), largest.organization)?;
    let bare = rates_of_bare(&bare, seconds).await?;
    println!("\n| organization | asked | clients | a second | of bare | p50 ms | p95 ms | kB |");
    println!("|---|---|---|---|---|---|---|---|");
    for (name, email) in [USUAL, LARGEST] {
        let caller = Arc::new(Caller::sign_in(&server.address, email).await?);
        for what in asked::SAME {
            let path = caller.path(what);
            Load::first(1, &caller, &path).await?;
            let ask = move |_| path.clone();
            under_load((name, what), &caller, (&bare, seconds), ask).await?;
        }
        let own = Arc::clone(&caller);
        let ask = move |n| own.path(&asked::page(n));
        under_load((name, "different pages"), &caller, (&bare, seconds), ask).await?;
    }
    let (after, peak) = server.memory()?;
    println!("\n| memory | MB |\n|---|---|");
    println!(
        "| after the start | {before} |\n| after the load | {after} |\n| at its peak | {peak} |"
    );

    println!("\n| organization | an edit | of bare | p95 ms | kB written |\n|---|---|---|---|---|");
    for (name, email) in [USUAL, LARGEST] {
        let caller = Arc::new(Caller::sign_in(&server.address, email).await?);
        edits(name, &server, &caller, &bare).await?;
    }
    let (after, peak) = server.memory()?;
    println!("\n{after} MB after the edits, {peak} at the peak");
    Ok(())
}

/// What the first who ask after a start wait for: one of them, and sixteen at once, who share what
/// is made.
async fn firsts(folder: &Path) -> Result<()> {
    println!("| first of the largest | one, ms | sixteen at once, ms | MB before | after | peak |");
    println!("|---|---|---|---|---|---|");
    for what in ["overview", "assessments", "people", "usage?sort=month"] {
        let mut times = Vec::new();
        let mut memory = (0, 0, 0);
        for clients in [1, 16] {
            let server = Running::server(folder)?;
            let caller = Arc::new(Caller::sign_in(&server.address, LARGEST.1).await?);
            let (before, _) = server.memory()?;
            let first = Load::first(clients, &caller, &caller.path(what)).await?;
            times.push(first.within(100));
            let (after, peak) = server.memory()?;
            memory = (before, after, peak);
        }
        let (before, after, peak) = memory;
        let [one, all] = times.as_slice() else {
            bail!("two times");
        };
        println!("| {what} | {one:.0} | {all:.0} | {before} | {after} | {peak} |");
    }
    Ok(())
}

/// Answers a second of the bare route, for each number of clients.
async fn rates_of_bare(bare: &Running, seconds: u64) -> Result<Vec<f64>> {
    println!("\n| bare route | a second | p50 ms | p95 ms |\n|---|---|---|---|");
    let nobody = Arc::new(Caller::nobody(&bare.address));
    let mut rates = Vec::new();
    for clients in CLIENTS {
        let load = Load::of(clients, seconds, &nobody, |_| "/".to_owned()).await?;
        let (rate, p50, p95) = (load.rate(), load.within(50), load.within(95));
        println!("| {clients} clients | {rate:.0} | {p50:.2} | {p95:.2} |");
        rates.push(rate);
    }
    Ok(rates)
}

async fn under_load(
    (name, what): (&str, &str),
    caller: &Arc<Caller>,
    (bare, seconds): (&[f64], u64),
    path: impl Fn(u64) -> String + Clone + Send + 'static,
) -> Result<()> {
    let mut before = 0;
    for (clients, bare) in CLIENTS.into_iter().zip(bare) {
        // Different addresses go on where the clients before ended.
        let (path, begin) = (path.clone(), before);
        let load = Load::of(clients, seconds, caller, move |n| path(begin + n)).await?;
        before += load.asked();
        let refused = match load.refused {
            0 => String::new(),
            many => format!(", {many} refused"),
        };
        println!(
            "| {name} | {what} | {clients} | {:.0} | {:.2} | {:.1} | {:.1}{refused} | {:.1} |",
            load.rate(),
            load.rate() / bare,
            load.within(50),
            load.within(95),
            load.size(),
        );
    }
    Ok(())
}

/// Somebody enters people by hand, one after the other.
async fn edits(name: &str, server: &Running, caller: &Arc<Caller>, bare: &[f64]) -> Result<()> {
    let mut client = Client::new(Arc::clone(caller)).await?;
    let whole = client.get(&caller.path("imports")).await?;
    let mut tag = whole.header("etag").context("a tag")?.to_owned();
    let mut times = Vec::new();
    let before = server.written()?;
    let begin = Instant::now();
    for number in 0..EDITS {
        let head = format!("content-type: application/json\r\nif-match: {tag}\r\n");
        let body = format!(r#"{{"people":[{{"id":"load-{number}","name":"Load {number}"}}]}}"#);
        let begin = Instant::now();
        let path = caller.path("imports?name=entered");
        let answer = client.send("POST", &path, &head, &body).await?;
        times.push(begin.elapsed());
        if answer.status != 200 {
            bail!("an edit: {} {}", answer.status, client.body());
        }
        answer.header("etag").context("a tag")?.clone_into(&mut tag);
    }
    let load = Load::new(times, begin.elapsed());
    let written = (server.written()? - before) / u64::from(EDITS) / 1024;
    let of_bare = bare.first().map_or(0.0, |bare| load.rate() / bare);
    println!(
        "| {name} | {:.1} ms | {of_bare:.4} | {:.1} | {written} |",
        load.within(50),
        load.within(95)
    );
    Ok(())
}
