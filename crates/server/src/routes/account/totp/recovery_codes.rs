//! `POST /api/v1/account/totp/recovery-codes`: new recovery codes.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use membership_contract::account::RecoveryCodes;
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_store::audit::Action;
use membership_store::{second_factors, users};

use super::NewCodes;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::sessions::{Caller, Proved};
use crate::write::{Tx, write};
use crate::{App, sessions};

/// Makes new recovery codes, told this once. Those before no longer work.
#[utoipa::path(
    post, path = paths::RECOVERY_CODES, tag = "account", operation_id = "create_recovery_codes",
    responses(
        (status = 201, body = RecoveryCodes),
        (status = 409, description = "Two-step sign-in is off"),
    ),
)]
pub async fn create_recovery_codes(
    State(app): State<App>,
    caller: Caller,
    _: Proved,
    request_id: RequestId,
) -> Answer<(StatusCode, Json<RecoveryCodes>)> {
    let user = caller.user.id;
    let codes = NewCodes::make()?;
    write(&app.store, async |write: Tx| {
        users::lock(&write, user).await?;
        if second_factors::confirmed(write.tx(), user).await?.is_none() {
            return Err(Refusal::NoSecondFactor.into());
        }
        codes.keep(&write, user).await?;
        let action = Action::RecoveryCodesMake;
        let entry = sessions::entry(&app, &request_id, &caller.session, None, action, user)?;
        Answer::Ok(((), Some(entry)))
    })
    .await?;
    Ok((StatusCode::CREATED, Json(codes.told())))
}
