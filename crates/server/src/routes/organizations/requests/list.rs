//! `GET /api/v1/organizations/{organization}/requests`: what was asked for.

use std::cmp::Reverse;

use axum::Json;
use axum::extract::State;
use membership_contract::paths;
use membership_contract::requests::AccessRequests;
use membership_domain::request::{RequestKind, RequestState};
use membership_domain::roles::{Permission, Place, Role, Scope, Target, may_at, may_grant};
use membership_store::requests::{self, Request, Wanted};

use super::{is_theirs, told};
use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;
use crate::routes::organizations::users::granter;

/// So many of each at most.
const MOST: u64 = 200;

/// The caller's own requests, and those that the caller may decide; for who sees company data also
/// those about locations. Those that wait come first.
#[utoipa::path(
    get, path = paths::REQUESTS, tag = "users", operation_id = "list_requests",
    responses((status = 200, body = AccessRequests)),
)]
pub async fn list_requests(State(app): State<App>, member: Member) -> Answer<Json<AccessRequests>> {
    let db = app.store.db();
    let me = member.person()?.user.id;
    let own = Wanted {
        asked_by: Some(me),
        ..Wanted::default()
    };
    let mut seen = requests::list(db, member.organization, own, MOST).await?;
    let roles = decidable(&member);
    if !roles.is_empty() {
        let waiting = Wanted {
            kind: Some(RequestKind::Role),
            subjects: &roles,
            pending: true,
            ..Wanted::default()
        };
        let waiting = requests::list(db, member.organization, waiting, MOST).await?;
        let theirs = |one: &Request| is_theirs(one, me, &member.grants);
        seen.extend(waiting.into_iter().filter(theirs));
    }
    let company = Place::Organization;
    if may_at(&member.grants, Permission::ViewProfiles, company) {
        let removals = Wanted {
            kind: Some(RequestKind::LocationRemoval),
            ..Wanted::default()
        };
        let removals = requests::list(db, member.organization, removals, MOST).await?;
        seen.extend(removals.into_iter().filter(|one| one.asked_by != me));
    }
    seen.sort_by_key(|one| (one.state != RequestState::Pending, Reverse(one.id)));
    let items = told(db, &member, seen).await?;
    Ok(Json(AccessRequests { items }))
}

/// The codes of the roles that the caller may give others.
fn decidable(by: &Member) -> Vec<&'static str> {
    let granter = granter(by, &by.grants);
    let others = Target {
        person: None,
        is_guest: false,
    };
    let may = |role: &&Role| may_grant(granter, **role, &Scope::Organization, others).is_ok();
    Role::ALL
        .iter()
        .filter(may)
        .map(|role| role.code())
        .collect()
}
