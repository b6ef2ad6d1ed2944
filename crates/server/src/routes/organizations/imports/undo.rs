//! `POST /api/v1/organizations/{organization}/imports/{import}/undo`: takes an import back.

use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::import::{Import, Undone};
use membership_contract::paths;
use membership_domain::id::{ImportId, OrganizationId};
use membership_store::imports as history;

use super::told;
use crate::App;
use crate::change::{Keyed, json, sent};
use crate::evidence::Snapshot;
use crate::evidence::edit::Edit;
use crate::evidence::write::{Promised, Writing, replace};
use crate::guard::Member;
use crate::http::problem::{Answer, ApiError};

/// Takes back what an import changed, row by row; what was changed elsewhere since stays.
///
/// Needs no tag: each row says itself whether it was changed since. An import that is undone already
/// stays so.
#[utoipa::path(
    post, path = paths::IMPORT_UNDO, tag = "imports", operation_id = "create_import_undo",
    responses(
        (status = 200, body = Import, headers(("ETag" = String))),
        (status = 409, description = "A row of it was changed again since, or something else depends on it"),
        (status = 413, description = "The evidence would be too large with what comes back"),
    ),
)]
pub async fn create_import_undo(
    by: Keyed,
    Path((_, id)): Path<(OrganizationId, String)>,
) -> Answer<Response> {
    let id = id.parse::<ImportId>().map_err(|_| ApiError::not_found())?;
    let (app, member) = (&by.app, &by.member);
    let once = by.once(&())?;
    if let Some(kept) = once.given_before().await? {
        return Ok(sent(kept, true));
    }
    let (import, changes) = found(app, member, id).await?;
    if import.undone.is_some() {
        return now(app, member, id).await;
    }
    let place = app
        .turns
        .place(member.organization, app.clock.real())
        .await?;
    let turn = app.turns.files.turn(place).await?;
    let at = app.clock.now();
    let name = member.name().to_owned();
    let undone = Import {
        undone: Some(Undone { by: name, at }),
        kept: None,
        ..one(app, member, import).await?
    };
    let promised = Promised {
        once,
        body: json(&undone)?,
    };
    let writing = Writing {
        app,
        member,
        if_match: None,
        promised: Some(&promised),
    };
    let edit = Edit::Undo {
        import: id,
        changes,
        at,
    };
    match replace(writing, turn, edit).await?.response(&promised) {
        Some(response) => Ok(response),
        // Somebody else was quicker: it is done once.
        None => now(app, member, id).await,
    }
}

/// An import of the organization, and what it changed.
async fn found(app: &App, member: &Member, id: ImportId) -> Answer<(history::Import, String)> {
    let found = history::by_id(app.store.db(), member.organization, id).await?;
    found.ok_or_else(ApiError::not_found)
}

/// As it is told.
async fn one(app: &App, member: &Member, import: history::Import) -> Answer<Import> {
    let told = told(app, member, vec![import]).await?.pop();
    told.ok_or_else(ApiError::not_found)
}

/// The answer where nothing is to be done.
async fn now(app: &App, member: &Member, id: ImportId) -> Answer<Response> {
    let (import, _) = found(app, member, id).await?;
    let tag = Snapshot::tag_of(app, member.organization).await?;
    Ok(([(header::ETAG, tag)], Json(one(app, member, import).await?)).into_response())
}
