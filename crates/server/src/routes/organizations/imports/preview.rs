//! `POST /api/v1/organizations/{organization}/imports/preview`: what a file would change.

use axum::Json;
use axum::extract::State;
use membership_contract::import::ImportReport;
use membership_contract::paths;

use super::{Asked, report};
use crate::App;
use crate::evidence::Snapshot;
use crate::guard::Member;
use crate::http::body::File;
use crate::http::problem::Answer;
use crate::turns::Watch;

/// What a file would change, line by line. Nothing is changed.
#[utoipa::path(
    post, path = paths::IMPORT_PREVIEW, tag = "imports", operation_id = "create_import_preview",
    responses((status = 200, body = ImportReport)),
)]
pub async fn create_import_preview(
    State(app): State<App>,
    member: Member,
    asked: Asked,
    File(sent): File,
) -> Answer<Json<ImportReport>> {
    let (place, bytes) = app.turns.receive(&member, app.clock.real(), sent).await?;
    let turn = app.turns.files.turn(place).await?;
    let known = Snapshot::read(&app, &member).await?;
    let served = app.catalog.clone();
    let work = move |watch: &Watch| -> Answer<_> {
        let plan = asked.plan(&bytes, &known, &served.catalog, watch)?;
        Ok(Json(report(&plan, false)))
    };
    turn.run(work).await?.1
}
