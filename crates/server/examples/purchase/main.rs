//! How many orders a second are paid and fulfilled, how long each request of a buyer takes and how
//! long it takes until the invoice is there, for one buyer, for sixteen at once, and for fifty new
//! buyers a second; the same requests of the largest organization; and a bank statement of 10,000
//! entries.
//!
//! `cargo run --profile server -p membership-server --example purchase`, after
//! `cargo build --profile server -p membership-server`; `MEMBERSHIP_SERVER_BIN` names another
//! build, `DATABASE_URL` an empty database (SQLite in a temporary folder, which the server opens
//! with `synchronous=FULL`), `PURCHASE_A_SECOND` how many come each second (50) and
//! `PURCHASE_SECONDS` how long (20): a slow machine is asked for less. Linux: what the server uses
//! is read from /proc.
//!
//! Every buyer has an organization with the evidence of a demo's, and a session: signing in is not
//! measured. Nobody thinks about anything, so that a buyer is done in a moment.

mod bank;
mod buyers;
#[allow(dead_code, reason = "compressed answers are for the load")]
#[path = "../load/client.rs"]
mod client;
mod filled;
#[allow(dead_code, reason = "the bare route, and memory, are for the load")]
#[path = "../load/running.rs"]
mod running;
mod times;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use membership_store::Store;
use membership_store::jobs::{self, Moment};

use buyers::{Bought, Buyer};
use client::Caller;
use membership_server::clock::Clock;
use running::Running;

/// Orders of one buyer after the other.
const ALONE: usize = 100;
/// Orders of so many at once.
const AT_ONCE: (usize, usize) = (16, 600);
/// Buyers who come each second, as is wanted.
const A_SECOND: usize = 50;

#[tokio::main]
async fn main() -> Result<()> {
    let seconds = number("PURCHASE_SECONDS", 20)?;
    let a_second = number("PURCHASE_A_SECOND", A_SECOND)?;
    let folder = tempfile::tempdir()?;
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| running::url(folder.path()));
    let server = Running::server_on(&url)?;
    let store = Store::connect(&url).await?;

    let begin = Instant::now();
    let many = ALONE + AT_ONCE.1 + a_second * seconds + 2;
    let buyers = filled::buyers(&store, &server.address, many).await?;
    println!("{many} organizations in {:.1?}", begin.elapsed());
    let mut buyers = buyers.into_iter();
    // What is made at the first request of all is no part of what is measured.
    let first = buyers.next().context("a buyer")?;
    let by_wire = buyers.next().context("a buyer")?;
    buyers::buy(&first, true).await?;
    settled(&store).await?;

    println!("\n| buyers | asked | p50 | p95 | p99 ms |\n|---|---|---|---|---|");
    let some: Vec<Buyer> = buyers.by_ref().take(ALONE).collect();
    let mut rows = vec![measured("one", &server, &store, buyers::at_once(1, some, 1)).await?];
    let (clients, many) = AT_ONCE;
    let some: Vec<Buyer> = buyers.by_ref().take(many).collect();
    let name = format!("{clients} at once");
    rows.push(measured(&name, &server, &store, buyers::at_once(clients, some, 20)).await?);
    let name = format!("{a_second} a second");
    let paced = buyers::each_second(a_second, buyers.collect(), 20);
    rows.push(measured(&name, &server, &store, paced).await?);
    println!(
        "\n| buyers | fulfilled a second | server's ms of a processor, kB written for an order | \
         invoice there, p50, p95, p99, last ms | jobs done after the last order, s |"
    );
    println!("|---|---|---|---|---|");
    rows.iter().for_each(|row| println!("{row}"));

    largest(&server).await?;
    bank::statement(&server, &store, &by_wire).await
}

/// A number that the environment may say.
fn number(variable: &str, usual: usize) -> Result<usize> {
    let asked = std::env::var(variable).ok();
    Ok(asked.map_or(Ok(usual), |text| text.parse())?)
}

/// Prints what the requests took, and gives the row about the orders.
async fn measured(
    name: &str,
    server: &Running,
    store: &Store,
    buying: impl Future<Output = Result<Bought>>,
) -> Result<String> {
    let (used, written) = (server.processor()?, server.written()?);
    let bought = buying.await?;
    let after = settled(store).await?;
    let orders = bought.orders();
    let (used, written) = (server.processor()? - used, server.written()? - written);
    bought.print(name);
    Ok(format!(
        "| {name} | {:.1} | {:.1}, {} | {} | {:.1} |",
        bought.rate(),
        used as f64 / orders as f64,
        written / 1024 / orders as u64,
        bought.invoices(),
        after.as_secs_f64(),
    ))
}

/// Waits until no job is left but those that come again and again: how long that took.
async fn settled(store: &Store) -> Result<Duration> {
    let begin = Instant::now();
    while left(store).await?.is_some() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(begin.elapsed())
}

/// How many jobs are left that follow from orders.
async fn left(store: &Store) -> Result<Option<u64>> {
    let real = Clock::system().real();
    let tally = jobs::tally(store.db(), Moment { now: real, real }).await?;
    let ours = |kind: &str| matches!(kind, "mail.send" | "bills.issue" | "sandbox.event");
    let ours = tally.iter().filter(|((kind, _), _)| ours(kind));
    let many = ours.map(|(_, many)| many).sum();
    Ok((many > 0).then_some(many))
}

/// The same requests of the largest organization: of orders that it cancels, and of one that it
/// pays, after which what was made of its evidence is made again.
async fn largest(server: &Running) -> Result<()> {
    let address = &server.address;
    let admin = Caller::sign_in(address, "global-admin@fabrikam.example").await?;
    let caller = Arc::new(admin);
    let buyer = Buyer { caller };
    buyers::link(&buyer).await?;
    println!("\n| the largest | p50 | p95 | p99 ms |\n|---|---|---|---|");
    buyers::canceled(&buyer, 50).await?.print_alone();
    let begin = Instant::now();
    let bought = buyers::buy(&buyer, true).await?;
    println!(
        "\nan order of the largest paid in {:.0?}, its invoice there {:.0?} later",
        begin
            .elapsed()
            .saturating_sub(bought.invoice.unwrap_or_default()),
        bought.invoice.unwrap_or_default()
    );
    let mut client = client::Client::new(Arc::clone(&buyer.caller)).await?;
    let begin = Instant::now();
    let answer = client.get(&buyer.caller.path("overview")).await?;
    println!(
        "the overview after that: {} in {:.0?}",
        answer.status,
        begin.elapsed()
    );
    Ok(())
}
