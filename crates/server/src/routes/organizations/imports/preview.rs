//! `POST /api/v1/organizations/{organization}/imports/preview`: what a file would change.

use axum::Json;
use axum::extract::State;
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_domain::Evidence;

use super::{Asked, Parameters, report};
use crate::App;
use crate::guard::Member;
use crate::http::body::File;
use crate::http::problem::Answer;
use crate::http::query::Pairs;
use crate::routes::organizations::evidence::Known;
use crate::turns::Watch;

/// What a file would change, line by line. Nothing is changed.
#[utoipa::path(
    post, path = paths::IMPORT_PREVIEW, tag = "imports", operation_id = "create_import_preview",
    params(
        ("organization" = Uuid, Path),
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
        (status = 200, body = ImportReport),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn create_import_preview(
    State(app): State<App>,
    member: Member,
    query: Pairs,
    File(sent): File,
) -> Answer<Json<ImportReport>> {
    let asked = Asked::of(&app, &member, &query)?;
    let now = app.clock.real();
    let (place, bytes) = app.turns.receive(&member, now, sent).await?;
    let turn = app.turns.files.turn(place).await?;
    let known = Known::read(&app, &member).await?;
    let served = app.catalog.clone();
    let work = move |watch: &Watch| -> Answer<_> {
        let plan = asked.plan(&bytes, &known, &served.catalog, watch)?;
        Ok(Json(report(&plan, false)))
    };
    let (_, report) = turn.run(work).await?;
    report
}
