//! `POST /api/v1/organizations/{organization}/imports/{import}/undo`: takes an import back.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use membership_contract::import::Import;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_store::imports as history;
use uuid::Uuid;

use super::told;
use crate::App;
use crate::guard::Member;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::routes::organizations::evidence::write::{self, Brought};

/// Takes back what an import changed, row by row; what was changed elsewhere since stays.
///
/// 409 where a row of it was changed again since, or something else depends on it. An import that
/// is undone already stays so.
#[utoipa::path(
    post, path = paths::IMPORT_UNDO, tag = "imports", operation_id = "create_import_undo",
    params(("organization" = Uuid, Path), ("import" = Uuid, Path)),
    security(("session" = [])),
    responses(
        (status = 200, body = Import),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn create_import_undo(
    State(app): State<App>,
    member: Member,
    request_id: RequestId,
    Path((_, id)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Answer<Json<Import>> {
    let id = Uuid::parse_str(&id).map_err(|_| ApiError::not_found())?;
    let (db, organization) = (app.store.db(), member.organization);
    let found = history::by_id(db, organization, id).await?;
    let (import, changes) = found.ok_or_else(ApiError::not_found)?;
    if import.undone.is_none() {
        let place = app.turns.place(organization, app.clock.real()).await?;
        let turn = app.turns.files.turn(place).await?;
        let brought = Brought::Undo(id, changes);
        write::replace(&app, &member, &request_id, &headers, turn, brought).await?;
    }
    let found = history::by_id(db, organization, id).await?;
    let (import, _) = found.ok_or_else(ApiError::not_found)?;
    let told = told(&app, vec![import]).await?.pop();
    told.map(Json).ok_or_else(ApiError::not_found)
}
