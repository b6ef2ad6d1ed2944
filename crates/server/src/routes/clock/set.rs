//! `PUT /api/v1/clock`: sets the clock of a demo.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::Datelike;
use membership_contract::clock::{Clock, SetClock};
use membership_contract::paths;
use membership_contract::problem::{FieldError, Problem, code};

use crate::App;
use crate::http::body::Body;
use crate::http::problem::{Answer, Refused};

/// As the evidence's days: far enough either way, and no arithmetic of days can overflow.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Sets the clock of a demo, for everyone.
#[utoipa::path(
    put, path = paths::CLOCK, tag = "clock", operation_id = "replace_clock",
    request_body = SetClock, security(("session" = [])),
    responses(
        (status = 200, body = Clock),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json",
            description = "Not a demo: the clock shows real time"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn replace_clock(
    State(app): State<App>,
    Body(request): Body<SetClock>,
) -> Answer<Json<Clock>> {
    if !YEARS.contains(&request.now.year()) {
        let detail = "The year must be from 1990 to 2100.";
        return Err(Refused::invalid(vec![FieldError::new(
            "/now",
            "impossible_day",
            detail,
        )]));
    }
    app.clock.set(request.now).map_err(|_| {
        let detail = "This server shows real time, so its clock stays. Start one with --demo to \
                      stand on another day.";
        Refused::new(StatusCode::CONFLICT, code::CONFLICT, detail)
    })?;
    tracing::info!(now = %request.now, "demo clock set");
    Ok(Json(super::now(&app)))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::clock::Clock;
    use membership_contract::paths;
    use serde_json::json;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn a_demo_moves_and_nobody_is_signed_out() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let answer = browser
                .put(paths::CLOCK, json!({"now": "2031-02-03T04:05:06Z"}))
                .await?;
            assert_eq!(answer.status, StatusCode::OK);
            let clock: Clock = app.browser().get(paths::CLOCK).await?.json()?;
            assert!(clock.settable);
            assert_eq!(clock.now.to_rfc3339(), "2031-02-03T04:05:06+00:00");
            assert_eq!(browser.get(paths::SESSION).await?.status, StatusCode::OK);
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn nonsense_changes_nothing() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let before: Clock = browser.get(paths::CLOCK).await?.json()?;
            for (body, pointer) in [
                (json!({"now": "yesterday"}), "/now"),
                (json!({"now": "0001-01-01T00:00:00Z"}), "/now"),
                (json!({"now": "9999-12-31T23:59:59Z"}), "/now"),
                (json!({"then": 1}), ""),
                (json!({}), ""),
            ] {
                let problem = browser.put(paths::CLOCK, body.clone()).await?.problem()?;
                assert_eq!(problem.status, 422, "{body}");
                let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
                assert!(
                    pointers.iter().all(|p| p.starts_with(pointer)),
                    "{pointers:?}"
                );
            }
            assert_eq!(browser.get(paths::CLOCK).await?.json::<Clock>()?, before);
            let body = json!({"now": "2024-01-01T00:00:00Z"});
            let stranger = app.browser().put(paths::CLOCK, body).await?;
            assert_eq!(stranger.problem()?.status, 401);
            Ok(())
        })
        .await
    }
}
