//! The job of a bill: the number, in order and without a gap, then the files, whose bytes are kept.
//!
//! What confirms a payment waits for none of it. Numbers are given under the lock of their series,
//! to all bills of it that have none, in the order in which they were made.

use std::sync::LazyLock;

use anyhow::Context as _;
use membership_domain::id::BillId;
use membership_domain::purchase::bill::{self, Bill, BillKind, Issued};
use membership_store::audit::Action;
use membership_store::bills::{self, Files, Kept};
use membership_store::jobs::{self as stored, Claim, Kind};
use tokio::sync::Semaphore;

use crate::App;
use crate::change::Done;
use crate::hash::sha256;
use crate::write::{Tx, write};

/// Half of the processors draw at most: the others are for requests.
static DRAWING: LazyLock<Semaphore> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Semaphore::new((processors / 2).max(1))
});

/// So many are numbered in one write.
const SOME: u64 = 200;

/// Gives the bill its number, if it has none, and its files, and ends the job. Each bill has its
/// job: two that run at once don't draw the same one.
pub async fn issue(app: &App, claim: &Claim) -> anyhow::Result<()> {
    let id: BillId = claim.key.parse()?;
    let mut kept = of_job(app, id).await?;
    while kept.number.is_none() {
        // As many as there are in front of it.
        numbers(app).await?;
        kept = of_job(app, id).await?;
    }
    let made = match kept.has_files {
        true => None,
        false => Some(drawn(&kept).await?),
    };
    write(&app.store, async |write: Tx| {
        let subject = kept.number.clone().unwrap_or_default();
        let mut done = Done::of(Action::BillIssue, subject);
        if let Some(made) = &made
            && bills::keep_files(&write, id, made.clone()).await?
        {
            done.detail = serde_json::json!({"sha256": made.hash});
        }
        stored::finish(&write, claim).await?;
        let entry = done.of_job(&app.clock, kept.organization, Kind::BillIssue)?;
        anyhow::Ok(((), Some(entry)))
    })
    .await
}

async fn of_job(app: &App, id: BillId) -> anyhow::Result<Kept> {
    let kept = bills::find(app.store.db(), id).await?;
    kept.context("there is no such bill")
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

/// Makes the files of a bill. Drawing takes a few milliseconds of a processor, so it is done off the
/// threads of requests.
async fn drawn(kept: &Kept) -> anyhow::Result<Files> {
    let issued = kept.issued().context("the bill has no number")?;
    let bill = kept.bill.clone();
    let _turn = DRAWING.acquire().await?;
    tokio::task::spawn_blocking(move || made(&bill, &issued)).await?
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
