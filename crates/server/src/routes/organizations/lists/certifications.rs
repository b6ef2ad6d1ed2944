//! `GET /api/v1/organizations/{organization}/certifications`.

use axum::response::Response;
use membership_contract::paths;
use membership_lists::{CertificationRow, List, Page};

use super::{Parameters, answer};
use crate::evidence::look::Look;
use crate::http::problem::Answer;

/// Certificates in people's hands: found, sorted, page by page; each with the areas in which it counts, and why not in
/// the others.
#[utoipa::path(
    get, path = paths::CERTIFICATIONS, tag = "lists", operation_id = "list_certifications",
    responses(
        (status = 200, content((Page<CertificationRow> = "application/json"), (String = "text/csv"))),
    ),
)]
pub async fn list_certifications(look: Look<Parameters>) -> Answer<Response> {
    answer(look, List::Certifications, |lists, query| {
        lists.certifications(query)
    })
    .await
}
