//! `PUT /api/v1/organizations/{organization}/evidence/{part}`: replaces one part.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::problem::Problem;
use uuid::Uuid;

use super::write::{self, Brought};
use crate::App;
use crate::guard::Member;
use crate::http::body::Document;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;

/// Replaces one part of what is known about the organization, and leaves the others.
#[utoipa::path(
    put, path = paths::EVIDENCE_PART, tag = "evidence", operation_id = "replace_evidence_part",
    params(
        ("organization" = Uuid, Path),
        ("part" = String, Path, description = "A property of Evidence: people, usage, ..."),
        ("If-Match" = String, Header),
    ),
    request_body(content = serde_json::Value, description = "The value of that property"),
    security(("session" = [])),
    responses(
        (status = 200, description = "That property's value", body = serde_json::Value,
            headers(("ETag" = String))),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn replace_evidence_part(
    State(app): State<App>,
    member: Member,
    Path((_, part)): Path<(Uuid, String)>,
    request_id: RequestId,
    headers: HeaderMap,
    Document(sent): Document,
) -> Answer<Response> {
    let now = app.clock.real();
    let (place, bytes) = app.turns.receive(&member, now, sent).await?;
    // Before anything is written: what was written is told in any case.
    let sending = app.turns.answers.place(member.organization).await?;
    let turn = app.turns.files.turn(place).await?;
    let brought = Brought::Part(part.clone(), bytes);
    let known = write::replace(&app, &member, &request_id, &headers, turn, brought).await?;
    let (tag, text) = known.tagged(Some(&part))?;
    Ok(super::json(tag, app.turns.tell(sending, text)))
}
