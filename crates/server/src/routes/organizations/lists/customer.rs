//! `GET /api/v1/organizations/{organization}/customers/{customer}`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::customer::CustomerDetail;
use membership_contract::paths;
use membership_domain::id::OrganizationId;

use crate::App;
use crate::engines::Engines;
use crate::guard::Member;
use crate::http::problem::{Answer, ApiError};

/// One customer with all its usage, as evidence has them, with the tag of the whole evidence: an
/// import of evidence with such a row changes it.
#[utoipa::path(
    get, path = paths::CUSTOMER, tag = "lists", operation_id = "get_customer",
    params(("customer" = String, Path, description = "The id in the evidence")),
    responses((status = 200, body = CustomerDetail, headers(("ETag" = String)))),
)]
pub async fn get_customer(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(OrganizationId, String)>,
) -> Answer<Response> {
    let view = Engines::view(&app, &member).await?;
    let found = view.customer(&id).ok_or_else(ApiError::not_found)?;
    Ok(([(header::ETAG, view.tag())], Json(found)).into_response())
}
