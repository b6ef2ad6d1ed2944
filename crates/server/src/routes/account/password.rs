//! `PUT /api/v1/account/password`: another password for oneself.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use membership_contract::account::PasswordChange;
use membership_contract::paths;
use membership_domain::link::LinkPurpose;
use membership_store::audit::{self, Action};
use membership_store::users::User;
use membership_store::{links, sessions as stored, users};
use serde_json::json;

use super::notify;
use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::mail::About;
use crate::sessions::{Arrival, Caller};
use crate::tries::{Of, Source};
use crate::write::{Tx, write};
use crate::{App, accounts, devices, passwords, sessions};

/// Gives the caller's account another password. All its other sessions end, and links to reset the
/// password no longer work; this browser stays signed in and known.
#[utoipa::path(
    put, path = paths::PASSWORD, tag = "account", operation_id = "replace_password",
    request_body = PasswordChange,
    responses(
        (status = 204, description = "It is the password now", headers(("Set-Cookie" = String))),
        (status = 422, description = "The old password is wrong, or the new one is not fit"),
        (status = 429, description = "The old password was wrong too often",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn replace_password(
    State(app): State<App>,
    caller: Caller,
    arrival: Arrival,
    Body(request): Body<PasswordChange>,
) -> Answer<Response> {
    let user = caller.user.clone();
    let of = Of::SignIn(Source::of(Some(&user), &user.email, &arrival));
    let counted = app.tries.count(&app.store, of, app.clock.real()).await?;
    let stored_hash = Some(user.password_hash.clone());
    let fits = app.passwords.verify(request.old, stored_hash).await;
    let wrong = || ApiError::invalid_at("/old", "wrong", "The password is incorrect.");
    if !fits.map_err(ApiError::internal)? {
        return Err(counted.told(wrong()));
    }
    counted.give_back().await;
    let hash = fit(&app, &user, request.new, "/new").await?;
    let (now, own) = (app.clock.real(), &caller.session.token_hash);
    let changed = write(&app.store, async |write: Tx| {
        let known = users::lock(&write, user.id).await?;
        if known.password_hash != user.password_hash {
            return Ok((false, None));
        }
        users::set_password(&write, user.id, hash.clone()).await?;
        let ended = stored::delete_others(&write, user.id, own).await?;
        let subject = user.id.to_string();
        links::revoke(&write, LinkPurpose::PasswordReset, &subject, now).await?;
        notify(&app, &write, &user, About::PasswordChanged).await?;
        let (id, action) = (&arrival.request_id, Action::AccountPassword);
        let entry = audit::Entry {
            about: Some(user.id),
            detail: json!({"sessions": ended}),
            ..sessions::entry(&app, id, &caller.session, None, action, user.id)?
        };
        Answer::Ok((true, Some(entry)))
    });
    // Somebody else changed it a moment ago: what was typed is the old one no longer.
    if !changed.await? {
        return Err(wrong());
    }
    let user = User {
        password_hash: hash,
        ..user
    };
    let device = devices::remember(&arrival.headers, &user)?;
    let device = AppendHeaders(device.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((StatusCode::NO_CONTENT, device).into_response())
}

/// The hash of a new password, where the account can be given it.
pub async fn fit(app: &App, user: &User, password: String, pointer: &str) -> Answer<String> {
    let names = accounts::names(&app.store, user).await?;
    passwords::fit(&password, &names)
        .map_err(|unfit| ApiError::invalid(vec![unfit.at(pointer)]))?;
    let hash = app.passwords.hash(password).await;
    hash.map_err(ApiError::internal)
}

#[cfg(test)]
mod tests;
