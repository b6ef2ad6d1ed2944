//! Bills: kept with what causes them. The rest is a job's: the number, in order and without a gap,
//! then the files, whose bytes are kept.
//!
//! What confirms a payment waits for none of it. Numbers are given under the lock of their series,
//! to all bills of it that have none, in the order in which they were made.

use std::sync::LazyLock;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Datelike as _};
use membership_domain::id::BillId;
use membership_domain::purchase::bill::{self, Bill, BillKind, Issued};
use membership_store::Write;
use membership_store::audit::Action;
use membership_store::bills::{self, Files, Kept};
use membership_store::jobs::{self as stored, Claim, Kind};
use membership_store::orders::Order;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::change::Done;
use crate::hash::sha256;
use crate::http::problem::Answer;
use crate::write::{Tx, all_but_last, write};
use crate::{App, jobs, random};

/// Half of the processors draw at most: the others are for requests.
static DRAWING: LazyLock<Semaphore> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Semaphore::new((processors / 2).max(1))
});

/// So many are numbered in one write.
const SOME: u64 = 200;

/// What the bills of a job are called in it.
const BILLS: &str = "bills";

/// Keeps bills with what causes them, those without a number to be numbered, and has one job make
/// what is missing of them.
pub async fn keep(
    app: &App,
    write: &Write,
    order: &Order,
    new: Vec<(Bill, Option<String>)>,
) -> Answer<()> {
    let (real, on) = (app.clock.real(), app.clock.now().date_naive());
    let mut ids = Vec::new();
    for (bill, number) in new {
        let kept = Kept {
            id: random::id(real)?,
            organization: order.organization,
            order: order.id,
            series: bills::series(&bill.sale.seller_id, bill.kind, on.year()),
            bill,
            on,
            number,
            has_files: false,
            has_xml: false,
            created_at: real,
        };
        bills::insert(write, &kept).await?;
        ids.push(kept.id.to_string());
    }
    let job = jobs::Task {
        kind: Kind::BillsIssue,
        key: ids.first().cloned().unwrap_or_default(),
        organization: Some(order.organization),
        detail: json!({ BILLS: ids }),
        run_at: DateTime::UNIX_EPOCH,
    };
    jobs::enqueue(app, write, job).await?;
    Ok(())
}

/// Gives bills their numbers, where they have none, and their files, and ends the job. Each bill is
/// one job's: two that run at once don't draw the same one. One that can't be made keeps the job for
/// later, and not the others waiting.
pub async fn issue(app: &App, claim: &Claim) -> anyhow::Result<()> {
    let ids = of_job(claim)?;
    let (known, mut fault) = numbered(app, &ids).await?;
    let organization = known.first().map(|kept| kept.organization);
    let organization = organization.context("there are no such bills")?;
    let mut made = Vec::new();
    for (id, number, files) in drawn(known).await? {
        match files {
            Ok(files) => made.push((id, number, files)),
            Err(error) => fault = Some(error),
        }
    }
    write(&app.store, async |write: Tx| {
        let mut entries = Vec::new();
        for (id, number, files) in &made {
            if bills::keep_files(&write, *id, files.clone()).await? {
                let mut done = Done::of(Action::BillIssue, number);
                done.detail = json!({"sha256": files.hash});
                entries.push(done.of_job(&app.clock, organization, claim.kind)?);
            }
        }
        if fault.is_none() {
            stored::finish(&write, claim).await?;
            if entries.is_empty() {
                // The end of a job is told, too.
                let done = Done::of(Action::BillIssue, &claim.key);
                entries.push(done.of_job(&app.clock, organization, claim.kind)?);
            }
        }
        anyhow::Ok(((), all_but_last(&write, entries).await?))
    })
    .await?;
    fault.map_or(Ok(()), Err)
}

/// The bills with these ids, with their numbers, and why some have none.
async fn numbered(app: &App, ids: &[BillId]) -> anyhow::Result<(Vec<Kept>, Option<anyhow::Error>)> {
    let mut fault = None;
    loop {
        let known = bills::with_ids(app.store.db(), ids).await?;
        ensure!(known.len() == ids.len(), "a bill is gone");
        if known.iter().all(|kept| kept.number.is_some()) {
            return Ok((known, None));
        }
        if fault.is_some() {
            return Ok((known, fault));
        }
        // As many as there are in front of them.
        fault = numbers(app).await.err();
    }
}

/// The bills that a job names.
fn of_job(claim: &Claim) -> anyhow::Result<Vec<BillId>> {
    if claim.kind == Kind::BillIssue {
        return Ok(vec![claim.key.parse()?]);
    }
    let named = claim.detail[BILLS].as_array();
    let named = named.context("the job names no bills")?;
    let id = |one: &serde_json::Value| one.as_str().unwrap_or_default().parse();
    Ok(named.iter().map(id).collect::<Result<_, _>>()?)
}

/// Gives all bills their numbers that have none. A series that gets none keeps no other waiting.
pub async fn numbers(app: &App) -> anyhow::Result<()> {
    let mut fault = None;
    for series in bills::unnumbered_series(app.store.db()).await? {
        if let Err(error) = number(app, &series).await {
            fault = Some(error);
        }
    }
    fault.map_or(Ok(()), Err)
}

/// Numbers the bills of a series.
async fn number(app: &App, series: &str) -> anyhow::Result<()> {
    write(&app.store, async |write: Tx| {
        let mut last = bills::lock_series(&write, series).await?;
        let found = bills::unnumbered(write.tx(), series, SOME).await?;
        let mut entries = Vec::new();
        for kept in found {
            last += 1;
            let number = number_of(app, &kept, last)?;
            bills::issue(&write, kept.id, &number).await?;
            let done = Done::of(Action::BillIssue, number);
            entries.push(done.of_job(&app.clock, kept.organization, Kind::BillIssue)?);
        }
        bills::keep_last(&write, series, last).await?;
        anyhow::Ok(((), all_but_last(&write, entries).await?))
    })
    .await
}

fn number_of(app: &App, kept: &Kept, count: i64) -> anyhow::Result<String> {
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

/// A bill's id and number, and its files or why there are none.
type Drawn = (BillId, String, anyhow::Result<Files>);

/// Makes the files of those that have a number and no files. Drawing takes a few milliseconds of a
/// processor, so it is done off the threads of requests.
async fn drawn(known: Vec<Kept>) -> anyhow::Result<Vec<Drawn>> {
    let without = known.into_iter().filter(|one| !one.has_files);
    let without: Vec<(Kept, Issued)> = without
        .filter_map(|kept| kept.issued().map(|issued| (kept, issued)))
        .collect();
    if without.is_empty() {
        return Ok(Vec::new());
    }
    let _turn = DRAWING.acquire().await?;
    let draw = move || {
        let each = without.into_iter().map(|(kept, issued)| {
            let files = made(&kept.bill, &issued);
            (kept.id, issued.number, files)
        });
        each.collect()
    };
    Ok(tokio::task::spawn_blocking(draw).await?)
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
