//! `PUT /api/v1/organizations/{organization}/evidence`: replaces everything known about it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_domain::Evidence;

use super::write::{self, Brought};
use crate::App;
use crate::guard::Member;
use crate::http::body::Document;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;

/// Replaces everything known about the organization. Parts that are left out become empty.
#[utoipa::path(
    put, path = paths::EVIDENCE, tag = "evidence", operation_id = "replace_evidence",
    params(("organization" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = Evidence, security(("session" = [])),
    responses(
        (status = 200, body = Evidence, headers(("ETag" = String))),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn replace_evidence(
    State(app): State<App>,
    member: Member,
    request_id: RequestId,
    headers: HeaderMap,
    Document(sent): Document,
) -> Answer<Response> {
    let now = app.clock.real();
    let (place, bytes) = app.turns.receive(&member, now, sent).await?;
    // Before anything is written: what was written is told in any case.
    let sending = app.turns.answers.place(member.organization).await?;
    let turn = app.turns.files.turn(place).await?;
    let brought = Brought::Whole(bytes);
    let known = write::replace(&app, &member, &request_id, &headers, turn, brought).await?;
    let (tag, text) = known.tagged(None)?;
    Ok(super::json(tag, app.turns.tell(sending, text)))
}
