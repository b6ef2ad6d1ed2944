//! `DELETE /api/v1/account/sessions`: signs all other browsers of one out.

use axum::extract::State;
use axum::http::StatusCode;
use membership_contract::paths;
use membership_store::audit::{self, Action};
use membership_store::sessions as stored;
use serde_json::json;

use crate::App;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::sessions::{self, Caller};
use crate::write::{Tx, write};

/// Ends all sessions of the caller but the one that asks.
#[utoipa::path(
    delete, path = paths::SESSIONS, tag = "account", operation_id = "delete_other_sessions",
    responses((status = 204, description = "No other session is left")),
)]
pub async fn delete_other_sessions(
    State(app): State<App>,
    caller: Caller,
    request_id: RequestId,
) -> Answer<StatusCode> {
    let (user, own) = (caller.user.id, &caller.session.token_hash);
    write(&app.store, async |write: Tx| {
        let ended = stored::delete_others(&write, user, own).await?;
        let entry = audit::Entry {
            about: Some(user),
            detail: json!({"sessions": ended, "why": "person"}),
            ..sessions::entry(
                &app,
                &request_id,
                &caller.session,
                None,
                Action::SessionEnd,
                user,
            )?
        };
        Answer::Ok(((), (ended > 0).then_some(entry)))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
