//! `PUT /api/v1/organizations/{organization}/orders/{order}/proof`: the proof of a transfer.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use membership_contract::paths;
use membership_contract::purchase::{Order as Told, TransferLimits, check_transfer};
use membership_domain::purchase::order::OrderCommand;
use membership_domain::purchase::proof::ProofKind;
use membership_domain::text::trimmed;
use membership_store::orders::Order;
use membership_store::proofs::{self, Proof};
use serde_json::json;

use super::{Named, changed, known};
use crate::change::Keyed;
use crate::hash::sha256;
use crate::http::body::Raw;
use crate::http::params::Params;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Reading;
use crate::purchase::apply::apply;
use crate::write::Tx;

/// What is said of the transfer.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Parameters {
    /// The day on which it was sent
    paid_on: NaiveDate,
    /// The account that it was sent to
    account: String,
    /// The bank's reference of it
    transaction: String,
}

/// Shows that a transfer was sent: a PDF, JPEG or PNG file of the bank's confirmation, which
/// operators see. It replaces the one before, and changes nothing about the payment itself.
#[utoipa::path(
    put, path = paths::ORDER_PROOF, tag = "purchases", operation_id = "replace_order_proof",
    request_body(content(
        ("application/pdf"), ("image/jpeg"), ("image/png"), ("application/octet-stream"),
    )),
    responses(
        (status = 200, body = Told, headers(("ETag" = String))),
        (status = 409, description = "The order's status doesn't allow it"),
    ),
)]
pub async fn replace_order_proof(
    by: Keyed,
    named: Named,
    asked: Params<Parameters>,
    Raw(file): Raw,
) -> Answer<Response> {
    let app = &by.app;
    let uploaded_by = by.member.person()?.user.id;
    let mut reading = Reading::of(&asked.pairs);
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let paid_on = reading.parsed("paid_on", "Must be a day, such as 2023-12-31.", day);
    reading.done()?;
    let text = |name: &str| trimmed(asked.pairs.get(name).unwrap_or_default()).to_owned();
    let (account, transaction) = (text("account"), text("transaction"));
    let order = known(app, &by.member, named.0).await?;
    let now = app.clock.now();
    let placed_on = order.placed_at.unwrap_or(now).date_naive();
    let limits = TransferLimits::of(placed_on, now.date_naive(), &app.catalog.purchase);
    let kind = ProofKind::of(&file);
    let faults = check_transfer(paid_on, &account, &transaction, (kind, file.len()), &limits);
    let (Some(paid_on), Some(kind), true) = (paid_on, kind, faults.is_empty()) else {
        return Err(ApiError::invalid(faults));
    };
    let proof = Proof {
        paid_on,
        account,
        transaction,
        kind,
        size: file.len() as u64,
        uploaded_by,
        uploaded_at: now,
    };
    let said = json!({
        "paid_on": paid_on, "account": proof.account, "transaction": proof.transaction,
        "file": sha256(&file),
    });
    let (proof, file) = (&proof, &file);
    let work = async |write: Tx, mut order: Order| {
        let mut done = apply(app, &write, &mut order, OrderCommand::ProveTransfer).await?;
        proofs::put(&write, order.id, proof.clone(), file.to_vec()).await?;
        if let Some(first) = done.first_mut() {
            // The state it is in stays.
            first.changes.clear();
        }
        Ok((order, done))
    };
    changed(&by, None, named.0, (&said, StatusCode::OK), work).await
}
