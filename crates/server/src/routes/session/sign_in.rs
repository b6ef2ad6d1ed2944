//! `POST /api/v1/session`: signs in with a local account.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_contract::session::{Session, SignInRequest};
use membership_store::audit::Action;
use membership_store::users::{self, User};
use serde_json::Map;

use crate::http::body::Body;
use crate::http::problem::{Answer, ApiError};
use crate::second_factor::Code;
use crate::sessions::{Arrival, Begun};
use crate::trail::{Cause, What};
use crate::tries::{Of, Source};
use crate::{App, devices, sessions, trail};

/// Signs in. The answer sets the session's cookie and ends the browser's old session.
///
/// An unknown address and a wrong password get the same answer after the same work. Failures are
/// limited by client address, and by account at that address; successes are not. A browser in which
/// the account signed in before has its own tries, which failures elsewhere do not use up: the
/// answer sets a second cookie by which it is known. An account with two-step sign-in is asked for a
/// code once the password was right: the same request is sent again with it.
#[utoipa::path(
    post, path = paths::SESSION, tag = "session", operation_id = "create_session",
    request_body = SignInRequest,
    responses(
        (status = 201, body = Session, headers(("Set-Cookie" = String))),
        (status = 401, description = "Email or password is incorrect, or a code is needed too"),
        (status = 429, description = "Too many failed sign-ins",
            headers(("Retry-After" = u64), ("RateLimit" = String), ("RateLimit-Policy" = String))),
    ),
)]
pub async fn create_session(
    State(app): State<App>,
    arrival: Arrival,
    Body(request): Body<SignInRequest>,
) -> Answer<Response> {
    let account = users::normalize(&request.email);
    // Tries are counted before the database is asked; only of a browser that says it is known has
    // the account to be looked up first, to see whether that is so.
    let find = || users::by_email(app.store.db(), &account);
    let early = match devices::says(&arrival.headers) {
        true => Some(find().await?),
        false => None,
    };
    let known = early.as_ref().and_then(Option::as_ref);
    let source = Source::of(known, &account, &arrival);
    let count = |of| app.tries.count(&app.store, of, app.clock.real());
    let counted = count(Of::SignIn(source.clone())).await?;
    let user = match early {
        Some(found) => found,
        None => find().await?,
    };

    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let fits = (app.passwords)
        .verify(request.password.clone(), stored)
        .await
        .map_err(ApiError::internal)?;
    let refused = |user: Option<&User>| {
        tell(&app, &arrival, user);
        counted.told(Refusal::WrongCredentials.into())
    };
    let mut user = match user {
        Some(user) if fits && user.disabled_at.is_none() => user,
        other => return Err(refused(other.as_ref())),
    };
    let renewed = (app.passwords)
        .renewed(request.password, &user.password_hash)
        .await
        .map_err(ApiError::internal)?;
    // Only who knows the password uses up the tries of codes.
    let code = request.code.as_deref().map(Code::of);
    let coded = match code {
        Some(_) => Some(count(Of::Code(source)).await?),
        None => None,
    };
    let begun = sessions::begin(&app, &user, code.as_ref(), renewed.as_deref(), &arrival).await?;
    let (session, cookie) = match begun {
        Begun::Session(session, cookie) => (session, cookie),
        Begun::Outdated => return Err(refused(Some(&user))),
        Begun::CodeRequired => {
            counted.give_back().await;
            return Err(Refusal::CodeRequired.into());
        }
        Begun::WrongCode => {
            tell(&app, &arrival, Some(&user));
            counted.give_back().await;
            let wrong = ApiError::from(Refusal::WrongCode);
            return Err(match coded {
                Some(coded) => coded.told(wrong),
                None => wrong,
            });
        }
    };
    counted.give_back().await;
    if let Some(coded) = coded {
        coded.give_back().await;
    }
    user.password_hash = renewed.unwrap_or(user.password_hash);
    let described = sessions::describe(&app, &user, &session).await?;
    let device = devices::remember(&arrival.headers, &user)?;
    let cookies = [Some(cookie), device].into_iter().flatten();
    let cookies = AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((StatusCode::CREATED, cookies, Json(described)).into_response())
}

/// Tells of a failed sign-in. Addresses without an account are counted together, so that nobody
/// can fill the disk with them.
fn tell(app: &App, arrival: &Arrival, user: Option<&User>) {
    let what = What {
        action: Action::SignInFail,
        user: user.map(|user| user.id),
        token: None,
        organization: None,
        subject: user.map_or_else(|| "unknown".to_owned(), |user| user.id.to_string()),
    };
    let mut detail = Map::new();
    if user.is_some_and(|user| user.disabled_at.is_some()) {
        detail.insert("disabled".to_owned(), true.into());
    }
    let cause = Cause {
        from: Some(arrival.client.0.to_string()),
        ..Cause::stranger(&arrival.request_id)
    };
    trail::tell_refusal(app, cause, what, detail);
}

#[cfg(test)]
mod tests;
