//! `PUT /api/v1/organizations/{organization}/evidence/{part}`: replaces one part.

use axum::extract::Path;
use axum::response::Response;
use membership_contract::paths;
use membership_domain::id::OrganizationId;

use super::Replacing;
use crate::evidence::edit::Edit;
use crate::http::body::Document;
use crate::http::problem::Answer;

/// Replaces one part of what is known about the organization, and leaves the others.
#[utoipa::path(
    put, path = paths::EVIDENCE_PART, tag = "evidence", operation_id = "replace_evidence_part",
    params(("part" = String, Path, description = "A property of Evidence: people, usage, ...")),
    request_body(content = serde_json::Value, description = "The value of that property"),
    responses(
        (status = 200, description = "That property's value", body = serde_json::Value,
            headers(("ETag" = String))),
    ),
)]
pub async fn replace_evidence_part(
    replacing: Replacing,
    Path((_, part)): Path<(OrganizationId, String)>,
    Document(sent): Document,
) -> Answer<Response> {
    replacing.by(sent, |bytes| Edit::Part(part, bytes)).await
}
