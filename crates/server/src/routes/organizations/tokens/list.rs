//! `GET /api/v1/organizations/{organization}/tokens`: the tokens for machines.

use axum::Json;
use axum::extract::State;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_contract::tokens::Token;
use membership_domain::id::TokenId;
use membership_store::tokens;

use super::told;
use crate::App;
use crate::guard::Member;
use crate::http::params::Params;
use crate::http::problem::Answer;
use crate::http::query::Reading;

/// Where to go on.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameter")]
pub struct Parameters {
    /// The `next` of the page before
    cursor: Option<String>,
}

/// So many at a time.
const LIMIT: u64 = 50;

/// The tokens of an organization, newest first; also those that expired or were revoked.
#[utoipa::path(
    get, path = paths::TOKENS, tag = "tokens", operation_id = "list_tokens",
    responses((status = 200, body = Page<Token>)),
)]
pub async fn list_tokens(
    State(app): State<App>,
    member: Member,
    asked: Params<Parameters>,
) -> Answer<Json<Page<Token>>> {
    let mut reading = Reading::of(&asked.pairs);
    let id = |text: &str| text.parse::<TokenId>().ok();
    let before = reading.parsed("cursor", "Must be the `next` of a page of this list.", id);
    reading.done()?;
    let db = app.store.db();
    let mut found = tokens::list(db, member.organization, before, LIMIT + 1).await?;
    let more = found.len() as u64 > LIMIT;
    found.truncate(LIMIT as usize);
    let last = found.last().filter(|_| more);
    let next = last.map(|last| last.id.to_string());
    let items = told(&app, db, found).await?;
    Ok(Json(Page { items, next }))
}
