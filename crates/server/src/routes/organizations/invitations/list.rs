//! `GET /api/v1/organizations/{organization}/invitations`: whom somebody invited.

use axum::Json;
use axum::extract::State;
use membership_contract::invitations::Invitation;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_store::invitations;

use super::told;
use crate::App;
use crate::guard::Member;
use crate::http::newest::{self, Parameters};
use crate::http::params::Params;
use crate::http::problem::Answer;

/// So many at a time.
const LIMIT: u64 = 50;

/// The invitations of an organization, newest first; also those that expired or were answered.
#[utoipa::path(
    get, path = paths::INVITATIONS, tag = "users", operation_id = "list_invitations",
    responses((status = 200, body = Page<Invitation>)),
)]
pub async fn list_invitations(
    State(app): State<App>,
    member: Member,
    asked: Params<Parameters>,
) -> Answer<Json<Page<Invitation>>> {
    let before = newest::before(&asked)?;
    let db = app.store.db();
    let mut found = invitations::list(db, member.organization, before, LIMIT + 1).await?;
    let next = newest::next(&mut found, LIMIT, |one| one.id);
    let items = told(&app, db, found).await?;
    Ok(Json(Page { items, next }))
}
