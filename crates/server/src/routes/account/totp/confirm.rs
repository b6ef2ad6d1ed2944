//! `PUT /api/v1/account/totp`: turns two-step sign-in on.

use axum::Json;
use axum::extract::State;
use membership_contract::account::{CodeRequest, RecoveryCodes};
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_store::audit::Action;
use membership_store::{second_factors, users};

use super::NewCodes;
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::mail::About;
use crate::routes::account::notify;
use crate::routes::session::proof::wrong_code;
use crate::second_factor::{self, Code};
use crate::sessions::{Arrival, Caller};
use crate::tries::{Of, Source};
use crate::write::{Tx, write};
use crate::{App, sessions};

/// Turns two-step sign-in on with a code that shows that the app has the secret. The recovery codes
/// of the answer are told this once.
#[utoipa::path(
    put, path = paths::TOTP, tag = "account", operation_id = "replace_totp",
    request_body = CodeRequest,
    responses(
        (status = 200, body = RecoveryCodes),
        (status = 409, description = "Its setup was not begun, or it is on already"),
        (status = 422, description = "The code is wrong"),
        (status = 429, description = "Too many wrong codes",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn replace_totp(
    State(app): State<App>,
    caller: Caller,
    arrival: Arrival,
    Body(request): Body<CodeRequest>,
) -> Answer<Json<RecoveryCodes>> {
    let user = &caller.user;
    let (code, now) = (Code::of(&request.code), app.clock.real());
    let of = Of::Code(Source::of(Some(user), &user.email, &arrival));
    let counted = app.tries.count(&app.store, of, now).await?;
    let codes = NewCodes::make()?;
    let confirmed = write(&app.store, async |write: Tx| {
        users::lock(&write, user.id).await?;
        let factor = second_factors::of_user(write.tx(), user.id).await?;
        let factor = factor.ok_or(Refusal::NoSecondFactor)?;
        if factor.confirmed_at.is_some() {
            return Err(Refusal::SecondFactorThere.into());
        }
        if !second_factor::accept(&write, user.id, &factor, &code, now).await? {
            return Ok((false, None));
        }
        second_factors::confirm(&write, user.id, now).await?;
        codes.keep(&write, user.id).await?;
        notify(&app, &write, user, About::SecondFactorChanged { on: true }).await?;
        let (id, action) = (&arrival.request_id, Action::SecondFactorEnable);
        let entry = sessions::entry(&app, id, &caller.session, None, action, user.id)?;
        Answer::Ok((true, Some(entry)))
    });
    let confirmed = confirmed.await;
    if let Ok(false) = confirmed {
        return Err(counted.told(wrong_code()));
    }
    // What is refused for another reason was no guess.
    counted.give_back().await;
    confirmed.map(|_| Json(codes.told()))
}
