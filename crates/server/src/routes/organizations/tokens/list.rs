//! `GET /api/v1/organizations/{organization}/tokens`: the tokens for machines.

use axum::Json;
use axum::extract::State;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::tokens::Token;
use membership_store::tokens;

use super::told;
use crate::App;
use crate::guard::Member;
use crate::http::newest::{self, Parameters};
use crate::http::params::Params;
use crate::http::problem::Answer;

/// So many of those that ended at a time.
const LIMIT: u64 = 50;

/// The tokens of an organization: those that work, and then those that expired or were revoked, of
/// both the newest first.
#[utoipa::path(
    get, path = paths::TOKENS, tag = "tokens", operation_id = "list_tokens",
    responses((status = 200, body = Page<Token>)),
)]
pub async fn list_tokens(
    State(app): State<App>,
    member: Member,
    asked: Params<Parameters>,
) -> Answer<Json<Page<Token>>> {
    let before = newest::before(&asked)?;
    let db = app.store.db();
    let (organization, now) = (member.organization, app.clock.real());
    // All that work are on the first page: the catalog says how many there can be.
    let mut found = match before {
        None => tokens::active(db, organization, now).await?,
        Some(_) => Vec::new(),
    };
    let mut ended = tokens::ended(db, organization, now, before, LIMIT + 1).await?;
    let next = newest::next(&mut ended, LIMIT, |one| one.id);
    found.extend(ended);
    let items = told(&app, db, found).await?;
    Ok(Json(Page { items, next }))
}
