//! The job of a bill: the number, in order and without a gap, then the files, whose bytes are kept.
//!
//! What confirms a payment waits for none of it. Numbers are given under the lock of their series,
//! to all bills of it that have none, in the order in which they were made.

use anyhow::Context as _;
use membership_domain::purchase::bill::{self, Bill, BillKind, Issued};
use membership_store::audit::Action;
use membership_store::bills::{self, Files, Kept};
use membership_store::jobs::{self as stored, Claim, Kind};

use crate::App;
use crate::change::Done;
use crate::hash::sha256;
use crate::write::{Tx, write};

/// So many are numbered in one write.
const SOME: u64 = 200;

/// Gives the bill its number, if it has none, and ends the job.
pub async fn issue(app: &App, claim: &Claim) -> anyhow::Result<()> {
    numbers(app).await?;
    for kept in bills::unwritten(app.store.db(), SOME).await? {
        files(app, &kept).await?;
    }
    write(&app.store, async |write: Tx| {
        stored::finish(&write, claim).await?;
        let entry = crate::jobs::entry(&app.clock, claim.kind, Action::BillIssue, "bills")?;
        anyhow::Ok(((), Some(entry)))
    })
    .await
}

/// Gives all bills their numbers that have none.
pub async fn numbers(app: &App) -> anyhow::Result<()> {
    for series in bills::unnumbered_series(app.store.db()).await? {
        number(app, &series).await?;
    }
    Ok(())
}

/// Numbers the bills of a series.
async fn number(app: &App, series: &str) -> anyhow::Result<()> {
    write(&app.store, async |write: Tx| {
        let mut last = bills::lock_series(&write, series).await?;
        let found = bills::unnumbered(write.tx(), series, SOME).await?;
        let mut told = None;
        for kept in found {
            last += 1;
            let number = number_of(app, &kept, last)?;
            bills::issue(&write, kept.id, &number).await?;
            let done = Done::of(Action::BillIssue, number);
            let entry = done.of_job(&app.clock, kept.organization, Kind::BillIssue)?;
            if let Some(before) = told.replace(entry) {
                write.tell(before).await?;
            }
        }
        bills::keep_last(&write, series, last).await?;
        anyhow::Ok(((), told))
    })
    .await
}

fn number_of(app: &App, kept: &Kept, count: i64) -> anyhow::Result<String> {
    use chrono::Datelike as _;

    let seller = app
        .catalog
        .catalog
        .billing
        .seller(&kept.bill.sale.seller_id);
    let seller = seller.context("the catalog has no such seller any more")?;
    let prefix = match kept.bill.kind {
        BillKind::CreditNote => &seller.credit_note_prefix,
        _ => &seller.invoice_prefix,
    };
    let count = u64::try_from(count).unwrap_or_default();
    Ok(bill::number(prefix, kept.on.year(), count))
}

/// Makes the files of a bill and keeps them. Drawing takes a few milliseconds of a processor, so it
/// is done off the threads of requests.
async fn files(app: &App, kept: &Kept) -> anyhow::Result<()> {
    let issued = kept.issued().context("the bill has no number")?;
    let bill = kept.bill.clone();
    let made = tokio::task::spawn_blocking(move || made(&bill, &issued)).await??;
    write(&app.store, async |write: Tx| {
        let new = bills::keep_files(&write, kept.id, made.clone()).await?;
        let mut done = Done::of(Action::BillIssue, kept.number.clone().unwrap_or_default());
        done.detail = serde_json::json!({"sha256": made.hash});
        let entry = done.of_job(&app.clock, kept.organization, Kind::BillIssue)?;
        anyhow::Ok(((), new.then_some(entry)))
    })
    .await
}

fn made(bill: &Bill, issued: &Issued) -> anyhow::Result<Files> {
    let pdf = membership_bills::pdf::render(bill, issued)?;
    let has_xml = matches!(bill.kind, BillKind::Invoice | BillKind::CreditNote);
    let xml = match has_xml.then(|| membership_bills::ubl::write(bill, issued)) {
        None => None,
        Some(Ok(xml)) => Some(xml),
        // A bill is one without an e-invoice too; the PDF has none attached then either.
        Some(Err(error)) => {
            tracing::warn!(%error, number = issued.number, "there is no e-invoice of a bill");
            None
        }
    };
    Ok(Files {
        hash: sha256(&pdf),
        pdf,
        xml,
    })
}
