//! `GET /api/v1/organizations/{organization}/certifications`.

use axum::extract::State;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_lists::{CertificationRow, List, Page};

use super::{Parameters, answer};
use crate::App;
use crate::guard::Member;
use crate::http::accepts::Accepts;
use crate::http::problem::Answer;
use crate::http::query::Pairs;

/// Certificates in people's hands: found, sorted, page by page; each with the areas in which it counts, and why not in
/// the others.
#[utoipa::path(
    get, path = paths::CERTIFICATIONS, tag = "lists", operation_id = "list_certifications",
    params(("organization" = Uuid, Path), Parameters),
    security(("session" = [])),
    responses(
        (status = 200, content((Page<CertificationRow> = "application/json"), (String = "text/csv"))),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn list_certifications(
    State(app): State<App>,
    member: Member,
    accepts: Accepts,
    pairs: Pairs,
) -> Answer<Response> {
    answer(
        &app,
        &member,
        (&pairs, accepts),
        List::Certifications,
        |lists, query| lists.certifications(query),
    )
    .await
}
