//! `GET /api/v1/organizations/{organization}/imports`: the history of imports.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::import::Import;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_store::imports as history;

use super::told;
use crate::App;
use crate::evidence::Snapshot;
use crate::guard::Member;
use crate::http::newest::{self, Parameters};
use crate::http::params::Params;
use crate::http::problem::Answer;

/// So many at a time.
const LIMIT: u64 = 20;

/// The imports of an organization, newest first, with what was undone and what the caller can't
/// undo; with the tag of the whole evidence, which changes with each of them.
#[utoipa::path(
    get, path = paths::IMPORTS, tag = "imports", operation_id = "list_imports",
    responses((status = 200, body = Page<Import>, headers(("ETag" = String)))),
)]
pub async fn list_imports(
    State(app): State<App>,
    member: Member,
    asked: Params<Parameters>,
) -> Answer<Response> {
    let before = newest::before(&asked)?;
    let tag = Snapshot::tag_of(&app, member.organization).await?;
    let db = app.store.db();
    let mut found = history::of_organization(db, member.organization, before, LIMIT + 1).await?;
    let next = newest::next(&mut found, LIMIT, |one| one.id);
    let items = told(&app, &member, found).await?;
    Ok(([(header::ETAG, tag)], Json(Page { items, next })).into_response())
}
