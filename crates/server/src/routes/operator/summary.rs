//! `GET /api/v1/operator/summary`: what waits, and by which rules.

use axum::Json;
use axum::extract::State;
use membership_contract::desk::DeskSummary;
use membership_contract::paths;
use membership_domain::purchase::bank::BankEntryState;
use membership_store::{bank, orders, receipts};

use crate::App;
use crate::bank::sight;
use crate::guard::Operator;
use crate::http::problem::Answer;

/// What waits for an operator, and the catalog in force.
#[utoipa::path(
    get, path = paths::DESK_SUMMARY, tag = "operator", operation_id = "get_desk_summary",
    responses((status = 200, body = DeskSummary)),
)]
pub async fn get_desk_summary(State(app): State<App>, _: Operator) -> Answer<Json<DeskSummary>> {
    let db = app.store.db();
    Ok(Json(DeskSummary {
        bank_entries: bank::count(db, &BankEntryState::WAITING).await?,
        parked: receipts::parked(db).await?.len() as u64,
        open_orders: orders::count_open(db).await?,
        catalog: app.catalog.digest.clone(),
        gaps: sight::gaps(&app).await?,
    }))
}
