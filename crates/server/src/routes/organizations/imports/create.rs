//! `POST /api/v1/organizations/{organization}/imports`: imports a file.

use std::mem;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_domain::Evidence;
use membership_import::Kind;
use membership_store::imports::Import;

use super::{Asked, Parameters, report};
use crate::guard::Member;
use crate::http::body::File;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::http::query::Pairs;
use crate::routes::organizations::evidence::Known;
use crate::routes::organizations::evidence::write::{self, Brought};
use crate::turns::Watch;
use crate::{App, random};

/// Imports everything in a file that is not refused, or nothing.
///
/// A file that leaves something open, or changes nothing, is reported and not imported.
#[utoipa::path(
    post, path = paths::IMPORTS, tag = "imports", operation_id = "create_import",
    params(
        ("organization" = Uuid, Path),
        ("If-Match" = String, Header, description = "The tag of the whole evidence"),
        Parameters,
    ),
    request_body(
        content(
            (String = "text/csv"),
            (String = "text/tab-separated-values"),
            (Evidence = "application/json"),
            (Vec<u8> = "application/octet-stream"),
        ),
    ),
    security(("session" = [])),
    responses(
        (status = 200, body = ImportReport, headers(("ETag" = String))),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn create_import(
    State(app): State<App>,
    member: Member,
    request_id: RequestId,
    headers: HeaderMap,
    query: Pairs,
    File(sent): File,
) -> Answer<Response> {
    let asked = Asked::of(&app, &member, &query)?;
    let now = app.clock.real();
    let (place, bytes) = app.turns.receive(&member, now, sent).await?;
    let name = asked.name.clone();
    let turn = app.turns.files.turn(place).await?;
    let known = Known::read(&app, &member).await?;
    // Also for a file that changes nothing: a writer says what they have read.
    known.expect(&headers, None)?;
    let tag = known.tag(None);
    let served = app.catalog.clone();
    let work = move |watch: &Watch| -> Answer<_> {
        let mut plan = asked.plan(&bytes, &known, &served.catalog, watch)?;
        let evidence = plan
            .changes_something()
            .then(|| mem::take(&mut plan.evidence));
        Ok((evidence, report(&plan, true)))
    };
    let (turn, read) = turn.run(work).await?;
    let (evidence, mut report) = read?;
    let Some(evidence) = evidence else {
        report.imported = false;
        return Ok(([(header::ETAG, tag)], Json(report)).into_response());
    };
    let import = Import {
        id: random::id(app.clock.real())?,
        name,
        kind: code(report.kind)?,
        counts: serde_json::to_string(&report.counts).map_err(ApiError::internal)?,
        imported_by: member.caller.user.id,
        imported_at: app.clock.now(),
        undone: None,
    };
    let brought = Brought::Import(Box::new(evidence), import);
    let known = write::replace(&app, &member, &request_id, &headers, turn, brought).await?;
    Ok(([(header::ETAG, known.tag(None))], Json(report)).into_response())
}

/// The kind as it is stored, and as the API tells it.
fn code(kind: Kind) -> Answer<String> {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        other => Err(ApiError::internal(format!(
            "the kind is no text: {other:?}"
        ))),
    }
}
