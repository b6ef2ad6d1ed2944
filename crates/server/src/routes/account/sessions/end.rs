//! `DELETE /api/v1/account/sessions/{session}`: signs one of one's browsers out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use membership_contract::paths;
use membership_domain::id::SessionId;
use membership_store::audit::{self, Action};
use membership_store::sessions as stored;
use serde_json::json;

use crate::App;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::sessions::{self, Caller};
use crate::write::{Tx, write};

/// Ends one of the caller's sessions, also the one that asks.
#[utoipa::path(
    delete, path = paths::OWN_SESSION, tag = "account", operation_id = "delete_own_session",
    responses((status = 204, description = "It has ended")),
)]
pub async fn delete_own_session(
    State(app): State<App>,
    caller: Caller,
    request_id: RequestId,
    Path(session): Path<SessionId>,
) -> Answer<StatusCode> {
    let user = caller.user.id;
    let ended = write(&app.store, async |write: Tx| {
        let all = stored::of_user(write.tx(), user).await?;
        let named = |one: &&stored::Session| sessions::public_id(one) == session;
        let Some(found) = all.iter().find(named) else {
            return Ok((false, None));
        };
        if !stored::delete(&write, &found.token_hash).await? {
            return Ok((false, None));
        }
        let entry = audit::Entry {
            about: Some(user),
            detail: json!({"sessions": 1, "why": "person", "session": session}),
            ..sessions::entry(
                &app,
                &request_id,
                &caller.session,
                None,
                Action::SessionEnd,
                user,
            )?
        };
        Answer::Ok((true, Some(entry)))
    });
    match ended.await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ApiError::not_found()),
    }
}
