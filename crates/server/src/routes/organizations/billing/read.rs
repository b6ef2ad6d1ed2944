//! `GET /api/v1/organizations/{organization}/billing-profile`.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_domain::purchase::profile::BillingProfile;
use membership_store::billing;

use super::Billing;
use crate::App;
use crate::change::Tagged;
use crate::guard::Member;
use crate::http::problem::Answer;

/// To whom things are sold, and where bills go; `null` until a Global admin linked it.
#[utoipa::path(
    get, path = paths::BILLING_PROFILE, tag = "purchases", operation_id = "get_billing_profile",
    responses((status = 200, body = Option<BillingProfile>, headers(("ETag" = String)))),
)]
pub async fn get_billing_profile(State(app): State<App>, member: Member) -> Answer<Response> {
    let known = Billing(billing::of(app.store.db(), member.organization).await?);
    Ok(([(header::ETAG, known.tag())], Json(known.told())).into_response())
}
