//! `PUT /api/v1/organizations/{organization}/evidence`: replaces everything known about it.

use axum::response::Response;
use membership_contract::paths;
use membership_domain::Evidence;

use super::Replacing;
use crate::evidence::edit::Edit;
use crate::http::body::Document;
use crate::http::problem::Answer;

/// Replaces everything known about the organization. Parts that are left out become empty.
#[utoipa::path(
    put, path = paths::EVIDENCE, tag = "evidence", operation_id = "replace_evidence",
    request_body = Evidence,
    responses((status = 200, body = Evidence, headers(("ETag" = String)))),
)]
pub async fn replace_evidence(replacing: Replacing, Document(sent): Document) -> Answer<Response> {
    replacing.by(sent, Edit::Whole).await
}
