//! `POST /api/v1/session`: signs in with a local account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use membership_contract::paths;
use membership_contract::problem::{FieldError, Problem, code};
use membership_contract::session::{Session, SignInRequest};
use membership_store::users::{self, User};
use serde_json::Map;

use crate::http::body::Body;
use crate::http::client::Client;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, Refused};
use crate::limiter::{Exhausted, Quota};
use crate::trail::What;
use crate::{App, passwords, sessions, trail};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Signs in. The answer sets the session's cookie and ends the browser's old session.
///
/// An unknown address and a wrong password get the same answer after the same work. Failures are
/// limited by client address and by account; successes are not.
#[utoipa::path(
    post, path = paths::SESSION, tag = "session", operation_id = "create_session",
    request_body = SignInRequest,
    responses(
        (status = 201, body = Session, headers(("Set-Cookie" = String))),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json",
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
    check(&request)?;
    let account = users::normalize(&request.email);
    let now = app.clock.real();
    let by_address = app.by_address.take(&client.0, now);
    by_address.map_err(|exhausted| too_many(exhausted, app.by_address.quota()))?;
    let by_account = app.by_account.take(&account, now);
    let left = by_account.map_err(|exhausted| too_many(exhausted, app.by_account.quota()))?;

    let user = users::by_email(app.store.read(), &account).await?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let fits = app
        .passwords
        .verify(request.password, stored)
        .await
        .map_err(Refused::internal)?;
    let refused = |user: Option<&User>| {
        tell(&app, &request_id, user, client);
        let limit = format!("\"sign-in\";r={};t={}", left.tries, seconds(left.full_in));
        let detail = "No account fits this e-mail address and password. Check both; capital \
                      letters matter in the password.";
        Refused::new(StatusCode::UNAUTHORIZED, code::WRONG_CREDENTIALS, detail)
            .with_header(LIMIT, &limit)
            .with_header(POLICY, &policy(app.by_account.quota()))
    };
    let user = match user {
        Some(user) if fits && user.disabled_at.is_none() => user,
        other => return Err(refused(other.as_ref())),
    };
    let begun = sessions::begin(&app, &user, &headers, &request_id).await?;
    let (session, cookie) = begun.ok_or_else(|| refused(Some(&user)))?;
    app.by_address.give_back(&client.0);
    app.by_account.give_back(&account);
    let described = sessions::describe(&app, &user, &session).await?;
    Ok((
        StatusCode::CREATED,
        [(header::SET_COOKIE, cookie)],
        Json(described),
    )
        .into_response())
}

/// Tells of a failed sign-in. Addresses without an account are counted together, so that nobody
/// can fill the disk with them.
fn tell(app: &App, request_id: &RequestId, user: Option<&User>, client: Client) {
    let what = What {
        action: "sign_in.fail",
        user: user.map(|user| user.id),
        organization: None,
        subject: user.map_or_else(|| "unknown".to_owned(), |user| user.id.to_string()),
    };
    let mut detail = Map::new();
    detail.insert("from".to_owned(), client.0.to_string().into());
    if user.is_some_and(|user| user.disabled_at.is_some()) {
        detail.insert("disabled".to_owned(), true.into());
    }
    trail::tell_refusal(app, request_id, what, detail);
}

fn check(request: &SignInRequest) -> Answer<()> {
    let mut errors = Vec::new();
    if request.email.trim().is_empty() {
        errors.push(FieldError::new(
            "/email",
            "empty",
            "Enter your e-mail address.",
        ));
    } else if request.email.len() > 254 {
        errors.push(FieldError::new(
            "/email",
            "too_long",
            "No e-mail address is that long.",
        ));
    }
    if request.password.is_empty() {
        errors.push(FieldError::new(
            "/password",
            "empty",
            "Enter your password.",
        ));
    } else if request.password.len() > passwords::LONGEST {
        errors.push(FieldError::new(
            "/password",
            "too_long",
            "At most 1,024 bytes.",
        ));
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refused::invalid(errors))
    }
}

fn too_many(exhausted: Exhausted, quota: Quota) -> Refused {
    let wait = seconds(exhausted.retry_in);
    let detail = format!(
        "Too many failed sign-ins. Wait {wait} seconds and try again; a correct password works then."
    );
    Refused::new(StatusCode::TOO_MANY_REQUESTS, code::TOO_MANY, detail)
        .with_header(header::RETRY_AFTER, &wait.to_string())
        .with_header(LIMIT, &format!("\"sign-in\";r=0;t={wait}"))
        .with_header(POLICY, &policy(quota))
}

fn policy(quota: Quota) -> String {
    let window = quota
        .refill
        .num_seconds()
        .saturating_mul(i64::from(quota.burst));
    format!("\"sign-in\";q={};w={window}", quota.burst)
}

/// Rounded up: whoever waits that long has waited long enough.
fn seconds(duration: Duration) -> i64 {
    (duration.num_milliseconds() + 999) / 1000
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::paths;
    use membership_contract::session::Session;
    use serde_json::json;

    use crate::demo;
    use crate::testing::{Outcome, TestApp};

    const ADMIN: &str = "global-admin@contoso.example";

    #[tokio::test]
    async fn the_right_password_opens_a_session() -> Outcome {
        TestApp::each(async |app| {
            let body =
                json!({"email": " Global-Admin@CONTOSO.example", "password": demo::PASSPHRASE});
            let answer = app.browser().post(paths::SESSION, body).await?;
            assert_eq!(answer.status, StatusCode::CREATED);
            assert_eq!(answer.json::<Session>()?.user.email, ADMIN);
            let cookie = answer.header("set-cookie");
            for attribute in [
                "__Host-session=",
                "Path=/",
                "Secure",
                "HttpOnly",
                "SameSite=Lax",
            ] {
                assert!(cookie.contains(attribute), "{cookie}");
            }
            assert_eq!(answer.header("cache-control"), "no-store");
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn unknown_users_and_wrong_passwords_look_the_same() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.browser();
            let mut problems = Vec::new();
            for email in [ADMIN, "nobody@contoso.example"] {
                let body = json!({"email": email, "password": "wrong"});
                let answer = browser.post(paths::SESSION, body).await?;
                assert_eq!(answer.header("set-cookie"), "");
                let mut problem = answer.problem()?;
                assert_eq!(
                    (problem.status, problem.code.as_str()),
                    (401, "wrong_credentials")
                );
                problem.request_id.clear();
                problems.push((problem, answer.header("ratelimit").to_owned()));
            }
            assert_eq!(problems[0], problems[1]);
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn a_new_sign_in_ends_the_old_session() -> Outcome {
        TestApp::each(async |app| {
            let old = app.signed_in(ADMIN).await?;
            let body = json!({"email": ADMIN, "password": demo::PASSPHRASE});
            let answer = old.post(paths::SESSION, body).await?;
            assert_eq!(answer.status, StatusCode::CREATED);
            assert_ne!(answer.cookie(), old.cookie);
            assert_eq!(
                old.get(paths::SESSION).await?.status,
                StatusCode::NO_CONTENT
            );
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn an_account_is_limited_and_recovers() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.browser();
            let wrong = || json!({"email": ADMIN, "password": "wrong"});
            let right = || json!({"email": ADMIN, "password": demo::PASSPHRASE});
            let quota = app.app.settings.sign_in_by_account;
            for _ in 0..quota.burst {
                assert_eq!(browser.post(paths::SESSION, wrong()).await?.status, 401);
            }
            let answer = browser.post(paths::SESSION, right()).await?;
            let problem = answer.problem()?;
            assert_eq!(
                (problem.status, problem.code.as_str()),
                (429, "too_many_requests")
            );
            assert_eq!(
                answer.header("retry-after"),
                quota.refill.num_seconds().to_string()
            );
            assert!(answer.header("ratelimit").contains("r=0"));
            let other = json!({"email": "owner@contoso.example", "password": demo::PASSPHRASE});
            assert_eq!(browser.post(paths::SESSION, other).await?.status, 201);
            app.app.clock.wait(quota.refill);
            assert_eq!(browser.post(paths::SESSION, right()).await?.status, 201);
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn an_address_is_limited_whatever_the_account() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.browser();
            let burst = app.app.settings.sign_in_by_address.burst;
            for number in 0..burst {
                let body = json!({"email": format!("{number}@contoso.example"), "password": "x"});
                assert_eq!(browser.post(paths::SESSION, body).await?.status, 401);
            }
            let body = json!({"email": ADMIN, "password": demo::PASSPHRASE});
            assert_eq!(browser.post(paths::SESSION, body).await?.status, 429);
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn forms_that_cannot_be_right_cost_no_try() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.browser();
            let long = "x".repeat(2000);
            for (body, pointers) in [
                (
                    json!({"email": " ", "password": ""}),
                    vec!["/email", "/password"],
                ),
                (json!({"email": long, "password": "x"}), vec!["/email"]),
                (json!({"email": "a", "password": long}), vec!["/password"]),
                (json!({"email": 7, "password": "x"}), vec!["/email"]),
                (
                    json!({"email": "a", "password": "x", "admin": true}),
                    vec!["/admin"],
                ),
            ] {
                let problem = browser.post(paths::SESSION, body).await?.problem()?;
                assert_eq!(problem.status, 422);
                let found: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
                assert_eq!(found, pointers);
            }
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn another_site_cannot_sign_anyone_in() -> Outcome {
        TestApp::each(async |app| {
            let body = json!({"email": ADMIN, "password": demo::PASSPHRASE});
            let evil = [
                ("origin", "https://evil.example"),
                ("sec-fetch-site", "cross-site"),
            ];
            let answer = app
                .browser()
                .send("POST", paths::SESSION, &evil, Some(body))
                .await?;
            assert_eq!(answer.problem()?.code, "cross_site");
            assert_eq!(answer.header("set-cookie"), "");
            assert_eq!(answer.header("access-control-allow-origin"), "");
            Ok(())
        })
        .await
    }
}
