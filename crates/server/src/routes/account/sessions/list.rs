//! `GET /api/v1/account/sessions`: where one is signed in.

use std::cmp::Reverse;

use axum::Json;
use axum::extract::State;
use membership_contract::account::{OwnSession, OwnSessions};
use membership_contract::paths;
use membership_store::sessions::{self as stored, Session};

use crate::App;
use crate::http::problem::Answer;
use crate::sessions::{self, Arrival, Caller};

/// The caller's sessions that have not ended, those that were used last first.
#[utoipa::path(
    get, path = paths::SESSIONS, tag = "account", operation_id = "list_own_sessions",
    responses((status = 200, body = OwnSessions)),
)]
pub async fn list_own_sessions(
    State(app): State<App>,
    caller: Caller,
    arrival: Arrival,
) -> Answer<Json<OwnSessions>> {
    let mut open = stored::of_user(app.store.db(), caller.user.id).await?;
    let (now, idle) = (app.clock.real(), app.settings.session_idle);
    open.retain(|one| one.expires_at > now && now - one.seen_at < idle);
    open.sort_by_key(|one| Reverse((one.seen_at, one.created_at)));
    let items = open.into_iter();
    let items = items.map(|one| told(one, &caller, &arrival)).collect();
    Ok(Json(OwnSessions { items }))
}

/// A session as its person sees it from where they are.
pub fn told(one: Session, caller: &Caller, arrival: &Arrival) -> OwnSession {
    OwnSession {
        id: sessions::public_id(&one),
        this: one.token_hash == caller.session.token_hash,
        this_network: one.address == Some(arrival.client.0.to_string()),
        device: one.device,
        address: one.address,
        begun_at: one.created_at,
        seen_at: one.seen_at,
    }
}
