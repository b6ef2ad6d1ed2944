//! `GET /api/v1/organizations/{organization}/evidence/{part}`: one part of what is known.

use axum::extract::{Path, State};
use axum::response::Response;
use membership_contract::paths;
use membership_domain::id::OrganizationId;

use super::exported;
use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;

/// One part of what is known about the organization.
#[utoipa::path(
    get, path = paths::EVIDENCE_PART, tag = "evidence", operation_id = "get_evidence_part",
    params(("part" = String, Path, description = "A property of Evidence: people, usage, ...")),
    responses(
        (status = 200, description = "That property's value", body = serde_json::Value,
            headers(("ETag" = String))),
    ),
)]
pub async fn get_evidence_part(
    State(app): State<App>,
    member: Member,
    Path((_, part)): Path<(OrganizationId, String)>,
) -> Answer<Response> {
    exported(&app, &member, Some(part)).await
}
