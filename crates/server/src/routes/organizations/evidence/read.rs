//! `GET /api/v1/organizations/{organization}/evidence`: everything known about it.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_domain::Evidence;

use super::Known;
use crate::App;
use crate::guard::Member;
use crate::http::etag;
use crate::http::problem::Answer;

/// Everything known about the organization.
///
/// Send the ETag back as If-None-Match: large evidence need not travel twice.
#[utoipa::path(
    get, path = paths::EVIDENCE, tag = "evidence", operation_id = "get_evidence",
    params(("organization" = Uuid, Path)), security(("session" = [])),
    responses(
        (status = 200, body = Evidence, headers(("ETag" = String))),
        (status = 304, description = "The caller has it already"),
    ),
)]
pub async fn get_evidence(
    State(app): State<App>,
    member: Member,
    headers: HeaderMap,
) -> Answer<Response> {
    let tag = Known::tag_of(&app, &member).await?;
    if etag::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    super::whole(&Known::read(&app, &member).await?)
}
