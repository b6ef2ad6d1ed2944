//! `GET /api/v1/organizations/{organization}`: company data and locations.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::organization::Organization;
use membership_contract::paths;
use membership_store::organizations;

use crate::App;
use crate::change::Tagged;
use crate::guard::Member;
use crate::http::problem::{Answer, ApiError};

/// Company data and locations of one organization.
#[utoipa::path(
    get, path = paths::ORGANIZATION, tag = "organizations", operation_id = "get_organization",
    responses((status = 200, body = Organization, headers(("ETag" = String)))),
)]
pub async fn get_organization(State(app): State<App>, member: Member) -> Answer<Response> {
    let found = organizations::whole(app.store.db(), member.organization).await?;
    let found = found.ok_or_else(ApiError::not_found)?;
    Ok(([(header::ETAG, found.tag())], Json(found.told())).into_response())
}
