//! `GET /api/v1/organizations/{organization}/invitations`: whom somebody invited.

use axum::Json;
use axum::extract::State;
use membership_contract::invitations::Invitation;
use membership_contract::page::Page;
use membership_contract::paths;
use membership_domain::id::InvitationId;
use membership_store::invitations;

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
    let mut reading = Reading::of(&asked.pairs);
    let id = |text: &str| text.parse::<InvitationId>().ok();
    let before = reading.parsed("cursor", "Must be the `next` of a page of this list.", id);
    reading.done()?;
    let db = app.store.db();
    let mut found = invitations::list(db, member.organization, before, LIMIT + 1).await?;
    let more = found.len() as u64 > LIMIT;
    found.truncate(LIMIT as usize);
    let last = found.last().filter(|_| more);
    let next = last.map(|last| last.id.to_string());
    let items = told(&app, db, found).await?;
    Ok(Json(Page { items, next }))
}
