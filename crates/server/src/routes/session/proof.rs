//! `POST /api/v1/session/proof`: shows again who is signed in.

use axum::extract::State;
use axum::http::StatusCode;
use membership_contract::account::Proof;
use membership_contract::paths;
use membership_store::audit::Action;
use membership_store::{second_factors, sessions as stored, users};

use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::second_factor::{self, Code};
use crate::sessions::{Arrival, Caller};
use crate::tries::{Of, Source};
use crate::write::{Tx, write};
use crate::{App, sessions};

/// Shows again who is signed in, with the password or a code.
///
/// What asks for a recent proof (403 `proof_required`) is let through for some minutes then, in this
/// session. Wrong ones are limited as failed sign-ins are.
#[utoipa::path(
    post, path = paths::PROOF, tag = "session", operation_id = "create_proof",
    request_body = Proof,
    responses(
        (status = 204, description = "It is right"),
        (status = 422, description = "The password or the code is wrong, or neither or both are sent"),
        (status = 429, description = "Too many wrong ones",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn create_proof(
    State(app): State<App>,
    caller: Caller,
    arrival: Arrival,
    Body(request): Body<Proof>,
) -> Answer<StatusCode> {
    let user = &caller.user;
    let code = request.code.as_deref().map(Code::of);
    let source = Source::of(Some(user), &user.email, &arrival);
    let of = match code {
        Some(_) => Of::Code(source),
        None => Of::SignIn(source),
    };
    let counted = app.tries.count(&app.store, of, app.clock.real()).await?;
    let password_fits = match request.password {
        Some(password) => {
            let stored = Some(user.password_hash.clone());
            let fits = app.passwords.verify(password, stored).await;
            fits.map_err(ApiError::internal)?
        }
        None => false,
    };
    let now = app.clock.real();
    let proved = write(&app.store, async |write: Tx| {
        let known = users::lock(&write, user.id).await?;
        let right = match &code {
            None => password_fits && known.password_hash == user.password_hash,
            Some(code) => match second_factors::confirmed(write.tx(), user.id).await? {
                Some(factor) => second_factor::accept(&write, user.id, &factor, code, now).await?,
                None => false,
            },
        };
        if !right || !stored::set_proved(&write, &caller.session.token_hash, now).await? {
            return Ok((false, None));
        }
        let (id, action) = (&arrival.request_id, Action::SessionProve);
        let entry = sessions::entry(&app, id, &caller.session, None, action, user.id)?;
        Answer::Ok((true, Some(entry)))
    });
    if !proved.await? {
        return Err(counted.told(match code {
            Some(_) => wrong_code(),
            None => ApiError::invalid_at("/password", "wrong", "The password is incorrect."),
        }));
    }
    counted.give_back().await;
    Ok(StatusCode::NO_CONTENT)
}

/// A code at its place in a request.
pub fn wrong_code() -> ApiError {
    let detail =
        "The code isn't right, or was already used. Enter the one that your app shows now.";
    ApiError::invalid_at("/code", "wrong", detail)
}

#[cfg(test)]
mod tests;
