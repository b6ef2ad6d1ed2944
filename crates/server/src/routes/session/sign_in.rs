//! `POST /api/v1/session`: signs in with a local account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_contract::session::{Session, SignInRequest};
use membership_store::audit::Action;
use membership_store::users::{self, User};
use serde_json::Map;

use crate::http::body::Body;
use crate::http::client::Client;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::trail::{Cause, What};
use crate::tries::Source;
use crate::{App, devices, sessions, trail};

/// Signs in. The answer sets the session's cookie and ends the browser's old session.
///
/// An unknown address and a wrong password get the same answer after the same work. Failures are
/// limited by client address, and by account at that address; successes are not. A browser in which
/// the account signed in before has its own tries, which failures elsewhere do not use up: the
/// answer sets a second cookie by which it is known.
#[utoipa::path(
    post, path = paths::SESSION, tag = "session", operation_id = "create_session",
    request_body = SignInRequest,
    responses(
        (status = 201, body = Session, headers(("Set-Cookie" = String))),
        (status = 401, description = "Email or password is incorrect"),
        (status = 429, description = "Too many failed sign-ins",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn create_session(
    State(app): State<App>,
    client: Client,
    request_id: RequestId,
    headers: HeaderMap,
    Body(request): Body<SignInRequest>,
) -> Answer<Response> {
    let account = users::normalize(&request.email);
    // Tries are counted before the database is asked; only of a browser that says it is known has
    // the account to be looked up first, to see whether that is so.
    let find = || users::by_email(app.store.db(), &account);
    let early = match devices::says(&headers) {
        true => Some(find().await?),
        false => None,
    };
    let known = early.as_ref().and_then(Option::as_ref);
    let known = known.and_then(|user| devices::known(&headers, user));
    let from = match known {
        Some(mark) => Source::Device(mark),
        None => Source::Elsewhere(account.clone(), client.0),
    };
    let counted = app.sign_ins.count(&app.store, from, app.clock.real());
    let counted = counted.await?;
    let user = match early {
        Some(found) => found,
        None => find().await?,
    };

    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let fits = app
        .passwords
        .verify(request.password, stored)
        .await
        .map_err(ApiError::internal)?;
    let refused = |user: Option<&User>| {
        tell(&app, &request_id, user, client);
        counted.told(Refusal::WrongCredentials.into())
    };
    let user = match user {
        Some(user) if fits && user.disabled_at.is_none() => user,
        other => return Err(refused(other.as_ref())),
    };
    let begun = sessions::begin(&app, &user, &headers, &request_id).await?;
    let (session, cookie) = begun.ok_or_else(|| refused(Some(&user)))?;
    counted.give_back().await;
    let described = sessions::describe(&app, &user, &session).await?;
    let device = devices::remember(&headers, &user)?;
    let cookies = [Some(cookie), device].into_iter().flatten();
    let cookies = AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((StatusCode::CREATED, cookies, Json(described)).into_response())
}

/// Tells of a failed sign-in. Addresses without an account are counted together, so that nobody
/// can fill the disk with them.
fn tell(app: &App, request_id: &RequestId, user: Option<&User>, client: Client) {
    let what = What {
        action: Action::SignInFail,
        user: user.map(|user| user.id),
        organization: None,
        subject: user.map_or_else(|| "unknown".to_owned(), |user| user.id.to_string()),
    };
    let mut detail = Map::new();
    if user.is_some_and(|user| user.disabled_at.is_some()) {
        detail.insert("disabled".to_owned(), true.into());
    }
    let cause = Cause {
        from: Some(client.0.to_string()),
        ..Cause::stranger(request_id)
    };
    trail::tell_refusal(app, cause, what, detail);
}

#[cfg(test)]
mod tests;
