//! `GET /api/v1/organizations/{organization}/orders`: the orders that were placed.

use axum::Json;
use axum::extract::State;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::purchase::Order as Told;
use membership_store::orders;

use crate::App;
use crate::guard::Member;
use crate::http::newest::{self, Parameters};
use crate::http::params::Params;
use crate::http::problem::Answer;
use crate::purchase::told;

/// So many at a time.
const LIMIT: u64 = 50;

/// The orders that were placed, the newest first.
#[utoipa::path(
    get, path = paths::ORDERS, tag = "purchases", operation_id = "list_orders",
    responses((status = 200, body = Page<Told>)),
)]
pub async fn list_orders(
    State(app): State<App>,
    member: Member,
    asked: Params<Parameters>,
) -> Answer<Json<Page<Told>>> {
    let before = newest::before(&asked)?;
    let db = app.store.db();
    let mut found = orders::placed(db, member.organization, before, LIMIT + 1).await?;
    let next = newest::next(&mut found, LIMIT, |one| one.id);
    let mut items = Vec::new();
    for order in &found {
        items.push(told::order(db, order).await?);
    }
    Ok(Json(Page { items, next }))
}
