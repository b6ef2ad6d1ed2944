//! `POST /api/v1/account/totp`: begins with two-step sign-in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use membership_contract::account::TotpSetup;
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_store::audit::Action;
use membership_store::{second_factors, users};

use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::sessions::{Caller, Proved};
use crate::write::{Tx, write};
use crate::{App, second_factor, sessions};

/// Begins with two-step sign-in: what an authenticator app needs, in place of what was begun before.
/// Nothing is on before a code of the app confirms it.
#[utoipa::path(
    post, path = paths::TOTP, tag = "account", operation_id = "create_totp",
    responses(
        (status = 201, body = TotpSetup),
        (status = 409, description = "It is on already"),
    ),
)]
pub async fn create_totp(
    State(app): State<App>,
    caller: Caller,
    _: Proved,
    request_id: RequestId,
) -> Answer<(StatusCode, Json<TotpSetup>)> {
    let user = &caller.user;
    let secret = second_factor::new_secret()?;
    let uri = second_factor::uri(&secret, &user.email).map_err(ApiError::internal)?;
    let (size, path) = second_factor::qr_code(&uri).map_err(ApiError::internal)?;
    write(&app.store, async |write: Tx| {
        users::lock(&write, user.id).await?;
        if second_factors::confirmed(write.tx(), user.id)
            .await?
            .is_some()
        {
            return Err(Refusal::SecondFactorThere.into());
        }
        let now = app.clock.real();
        second_factors::begin(&write, user.id, secret.clone(), now).await?;
        let action = Action::SecondFactorBegin;
        let entry = sessions::entry(&app, &request_id, &caller.session, None, action, user.id)?;
        Answer::Ok(((), Some(entry)))
    })
    .await?;
    let setup = TotpSetup {
        secret,
        uri,
        size,
        path,
    };
    Ok((StatusCode::CREATED, Json(setup)))
}
