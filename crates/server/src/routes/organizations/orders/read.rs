//! `GET /api/v1/organizations/{organization}/orders/{order}`.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_contract::purchase::Order as Told;

use super::{Named, known};
use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;
use crate::purchase::told;

/// An order, with what was tried and received for it, and its bills.
#[utoipa::path(
    get, path = paths::ORDER, tag = "purchases", operation_id = "get_order",
    responses((status = 200, body = Told, headers(("ETag" = String)))),
)]
pub async fn get_order(State(app): State<App>, member: Member, named: Named) -> Answer<Response> {
    let order = known(&app, &member, named.0).await?;
    let told = told::order(app.store.db(), &order).await?;
    let tag = told::tag(&order, &told)?;
    Ok(([(header::ETAG, tag)], Json(told)).into_response())
}
