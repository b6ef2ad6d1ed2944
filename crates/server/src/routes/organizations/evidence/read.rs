//! `GET /api/v1/organizations/{organization}/evidence`: everything known about it.

use axum::extract::State;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_domain::Evidence;

use super::Known;
use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;

/// Everything known about the organization.
#[utoipa::path(
    get, path = paths::EVIDENCE, tag = "evidence", operation_id = "get_evidence",
    params(("organization" = Uuid, Path)), security(("session" = [])),
    responses(
        (status = 200, body = Evidence, headers(("ETag" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn get_evidence(State(app): State<App>, member: Member) -> Answer<Response> {
    super::whole(&Known::read(&app, &member).await?)
}
