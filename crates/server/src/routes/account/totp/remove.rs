//! `DELETE /api/v1/account/totp`: turns two-step sign-in off.

use axum::extract::State;
use axum::http::StatusCode;
use membership_contract::paths;
use membership_store::audit::{self, Action};
use membership_store::{second_factors, users};

use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::mail::About;
use crate::routes::account::notify;
use crate::sessions::{Caller, Proved};
use crate::write::{Tx, write};
use crate::{App, sessions};

/// Turns two-step sign-in off, with its recovery codes. Where it is off nothing happens. An
/// organization that asks for it shows nothing to the caller then.
#[utoipa::path(
    delete, path = paths::TOTP, tag = "account", operation_id = "delete_totp",
    responses((status = 204, description = "It is off")),
)]
pub async fn delete_totp(
    State(app): State<App>,
    caller: Caller,
    _: Proved,
    request_id: RequestId,
) -> Answer<StatusCode> {
    let user = &caller.user;
    write(&app.store, async |write: Tx| {
        users::lock(&write, user.id).await?;
        let gone = second_factors::remove(&write, user.id).await?;
        if gone {
            notify(&app, &write, user, About::SecondFactorChanged { on: false }).await?;
        }
        let action = Action::SecondFactorDisable;
        let entry = audit::Entry {
            about: Some(user.id),
            ..sessions::entry(&app, &request_id, &caller.session, None, action, user.id)?
        };
        Answer::Ok(((), gone.then_some(entry)))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
