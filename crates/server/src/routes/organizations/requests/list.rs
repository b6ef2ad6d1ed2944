//! `GET /api/v1/organizations/{organization}/requests`: what was asked for.

use axum::Json;
use axum::extract::State;
use membership_contract::paths;
use membership_contract::requests::AccessRequests;
use membership_domain::request::{RequestKind, RequestState};
use membership_domain::roles::{Permission, Place, may_at};
use membership_store::requests::{self, Request, Wanted};

use super::{is_theirs, told};
use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;

/// So many are looked at.
const MOST: u64 = 200;

/// The caller's own requests, and those that the caller may decide; for who sees company data also
/// those about locations. Those that wait come first.
#[utoipa::path(
    get, path = paths::REQUESTS, tag = "users", operation_id = "list_requests",
    responses((status = 200, body = AccessRequests)),
)]
pub async fn list_requests(State(app): State<App>, member: Member) -> Answer<Json<AccessRequests>> {
    let db = app.store.db();
    let all = requests::list(db, member.organization, Wanted::default(), MOST).await?;
    let me = member.caller.user.id;
    let sees = may_at(
        &member.grants,
        Permission::ViewProfiles,
        Place::Organization,
    );
    let may_see = |one: &Request| {
        let company = one.kind == RequestKind::LocationRemoval && sees;
        one.asked_by == me || company || is_theirs(one, me, &member.grants)
    };
    let mut seen: Vec<Request> = all.into_iter().filter(may_see).collect();
    seen.sort_by_key(|one| one.state != RequestState::Pending);
    let items = told(db, &member, seen).await?;
    Ok(Json(AccessRequests { items }))
}
