//! A bank statement of 10,000 entries, most of which pay an order.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use membership_bank::reference;
use membership_bank::statement::{Direction, read};
use membership_bank::testing::{Payment, Row, Sheet, statement as written};
use membership_contract::desk::Imported;
use membership_contract::paths;
use membership_store::Store;
use membership_store::orders::{self, Order};

use crate::buyers::{self, Buyer};
use crate::client::Client;
use crate::filled;
use crate::running::Running;

/// Entries of the statement.
const ENTRIES: usize = 10_000;

/// Imports it, and its entries again: in the same file, and in another one.
pub async fn statement(server: &Running, store: &Store, like: &Buyer) -> Result<()> {
    let like = buyers::by_wire(like).await?;
    let like = orders::by_id(store.db(), like.id).await?;
    let like = like.context("an order by transfer")?;
    let begin = Instant::now();
    let references = filled::payers(store, &like, ENTRIES).await?;
    let took = begin.elapsed();
    println!("\n{ENTRIES} orders that wait for a transfer in {took:.1?}");
    let mut sheet = sheet(&like, &references);
    let file = String::from_utf8(written(&sheet))?;
    let begin = Instant::now();
    let entries: usize = read(file.as_bytes())?
        .iter()
        .map(|one| one.entries.len())
        .sum();
    let (took, size) = (begin.elapsed(), file.len() / 1024);
    println!("a statement of {entries} entries, {size} kB, is read in {took:.2?}");

    let operator = filled::operator(store, &server.address).await?;
    let mut client = Client::new(Arc::new(operator)).await?;
    println!("\n| imported | s | new | matched | waiting | later | server's s of a processor |");
    println!("|---|---|---|---|---|---|");
    imported(&mut client, server, "the statement", &file).await?;
    let begin = Instant::now();
    imported(&mut client, server, "the same file", &file).await?;
    sheet.id += "-AGAIN";
    let other = String::from_utf8(written(&sheet))?;
    imported(&mut client, server, "its entries in another file", &other).await?;
    while let Some(left) = crate::left(store).await? {
        if begin.elapsed() > Duration::from_secs(600) {
            bail!("{left} jobs are left");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!(
        "\nall invoices and mails of these in {:.1?}",
        begin.elapsed()
    );
    Ok(())
}

async fn imported(client: &mut Client, server: &Running, name: &str, file: &str) -> Result<()> {
    let head = "content-type: application/xml\r\n";
    let (begin, used) = (Instant::now(), server.processor()?);
    let path = paths::DESK_STATEMENTS;
    let answer = client.send("POST", path, head, file).await?;
    let (took, used) = (begin.elapsed().as_secs_f64(), server.processor()? - used);
    if answer.status != 200 {
        bail!("{path}: {} {}", answer.status, client.body());
    }
    let done: Imported = serde_json::from_str(&client.body())?;
    println!(
        "| {name} | {took:.2} | {} | {} | {} | {} | {:.2} |",
        done.new,
        done.matched,
        done.waiting,
        done.later,
        used as f64 / 1_000.0
    );
    Ok(())
}

/// Of twenty entries seventeen pay their orders, one pays too little, one has a digit wrong, and one
/// leaves the account.
fn sheet(like: &Order, references: &[String]) -> Sheet {
    let row = |(number, reference): (usize, &String)| {
        let total = like.status.total;
        let mut payment = Payment {
            amount: total,
            name: format!("Northwind Traders Ltd {number}"),
            iban: format!("GB00{number:018}"),
            ..Payment::default()
        };
        let spaced = reference::spaced(reference);
        match number % 20 {
            17 => payment.amount = total / 2,
            18 => payment.text = vec![one_off(reference)],
            19 => payment.text = vec!["Charges".to_owned()],
            _ => {}
        }
        if payment.text.is_empty() {
            match number % 4 {
                0 => payment.references = vec![reference.clone()],
                1 => payment.text = vec![format!("Membership {spaced} thank you")],
                2 => payment.text = vec![reference.to_lowercase()],
                _ => {
                    let (one, two) = reference.split_at(reference.len() / 2);
                    payment.text = vec![format!("Invoice {one}"), two.to_owned()];
                }
            }
        }
        let mut row = Row::credit(&format!("PB-{number}"), payment);
        if number % 20 == 19 {
            row.direction = Direction::Debit;
        }
        row
    };
    Sheet {
        id: "PURCHASE".to_owned(),
        number: 1,
        iban: "GB29NWBK60161331926819".to_owned(),
        owner: "Membership Operations Ltd".to_owned(),
        currency: like.quote.sale.currency,
        opening: 0,
        on: like.created_at.date_naive(),
        rows: references.iter().enumerate().map(row).collect(),
    }
}

/// A reference whose last digit is another one.
fn one_off(reference: &str) -> String {
    let mut wrong = reference.to_owned();
    let last = wrong.pop();
    wrong.push(if last == Some('7') { '1' } else { '7' });
    wrong
}
