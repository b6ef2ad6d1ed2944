//! `POST /api/v1/organizations/{organization}/imports`: imports a file.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_contract::problem::Problem;

use super::Sent;
use crate::App;
use crate::guard::Member;
use crate::http::body::File;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::http::query::Pairs;
use crate::routes::organizations::evidence::{self, Brought, Known};

/// Imports everything in a file that is not refused, or nothing.
///
/// A file that leaves something open, or changes nothing, is reported and not imported.
#[utoipa::path(
    post, path = paths::IMPORTS, tag = "imports", operation_id = "create_import",
    params(
        ("organization" = Uuid, Path),
        ("If-Match" = String, Header, description = "The tag of the whole evidence"),
        ("name" = Option<String>, Query, description = "The file's name: the source of what it adds"),
        ("dates" = Option<String>, Query, description = "day_first or month_first"),
        ("decimals" = Option<String>, Query, description = "point or comma"),
    ),
    request_body(content = String, content_type = "text/csv"),
    security(("session" = [])),
    responses(
        (status = 200, body = ImportReport, headers(("ETag" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
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
    File(bytes): File,
) -> Answer<Response> {
    let sent = Sent::of(&query, bytes)?;
    let known = Known::read(&app, &member).await?;
    // Also for a file that changes nothing: whoever writes says what they have read.
    known.expect(&headers, None)?;
    let mut plan = sent.plan(&app, known.evidence()?).await?;
    let (known, imported) = if plan.changes_something() {
        let evidence = std::mem::take(&mut plan.evidence);
        let brought = Brought::Import(Box::new(evidence));
        let known = evidence::replace(&app, &member, &request_id, &headers, brought).await?;
        (known, true)
    } else {
        (known, false)
    };
    let report = ImportReport::of(&plan, imported);
    Ok(([(header::ETAG, known.tag(None))], Json(report)).into_response())
}
