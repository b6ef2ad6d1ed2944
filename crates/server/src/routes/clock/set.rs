//! `PUT /api/v1/clock`: sets the clock of a demo.

use axum::Json;
use axum::extract::State;
use membership_contract::clock::{Clock, SetClock};
use membership_contract::paths;
use membership_contract::refusal::Refusal;
use membership_store::audit::{Action, FieldChange};
use membership_store::demo_clock;
use serde_json::json;

use crate::http::body::Body;
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::sessions::Caller;
use crate::write::Tx;
use crate::{App, sessions, write};

/// Sets the clock of a demo, for everyone.
#[utoipa::path(
    put, path = paths::CLOCK, tag = "clock", operation_id = "replace_clock",
    request_body = SetClock,
    responses(
        (status = 200, body = Clock),
        (status = 409, description = "Not a demo: the clock shows real time"),
    ),
)]
pub async fn replace_clock(
    State(app): State<App>,
    caller: Caller,
    request_id: RequestId,
    Body(request): Body<SetClock>,
) -> Answer<Json<Clock>> {
    if !app.clock.is_settable() {
        return Err(Refusal::RealTime.into());
    }
    let by = &caller.session;
    let mut entry = sessions::entry(&app, &request_id, by, None, Action::ClockSet, "clock")?;
    entry.changes = vec![FieldChange::of("now", json!(entry.at), json!(request.now))];
    write::write(&app.store, async |write: Tx| {
        demo_clock::set(&write, request.now).await?;
        Ok::<_, ApiError>(((), Some(entry.clone())))
    })
    .await?;
    app.clock.set(request.now).map_err(|_| Refusal::RealTime)?;
    tracing::info!(now = %request.now, "demo clock set");
    Ok(Json(super::now(&app)))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::clock::Clock;
    use membership_contract::paths;
    use membership_store::audit::FieldChange;
    use membership_store::{audit, users};
    use serde_json::json;

    use crate::app::Settings;
    use crate::testing::{Outcome, TestApp};
    use crate::{clock, demo};

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
    async fn who_set_it_from_when_to_when_is_audited() -> Outcome {
        TestApp::each(async |app| {
            let email = "mpn-partner-admin@contoso.example";
            let browser = app.signed_in(email).await?;
            // Entries are told apart by the millisecond.
            app.app.clock.wait(chrono::Duration::seconds(1));
            let body = json!({"now": "2031-02-03T04:05:06Z"});
            let answer = browser.put(paths::CLOCK, body).await?;

            let user = users::by_email(app.app.store.db(), email).await?;
            let trail = audit::newest(app.app.store.db(), 1).await?;
            assert_eq!(trail[0].action, "clock.set");
            assert_eq!(trail[0].user, user.map(|user| user.id));
            assert_eq!(trail[0].request_id, answer.header("x-request-id"));
            let (before, after) = ("2023-11-15T09:00:00Z", "2031-02-03T04:05:06Z");
            assert_eq!(trail[0].changes, [FieldChange::of("now", before, after)]);
            Ok(())
        })
        .await
    }

    /// Within a second, without a word from anybody.
    #[tokio::test]
    async fn another_server_shows_it_too_and_so_does_the_next_one() -> Outcome {
        TestApp::each_pair(&Settings::default(), async |one, another| {
            let browser = one.signed_in("mpn-partner-admin@contoso.example").await?;
            let elsewhere = another.browser();
            let shown = async || elsewhere.get(paths::CLOCK).await?.json::<Clock>();
            assert_eq!(shown().await?.now, demo::CLOCK);
            for day in ["2031-02-03T04:05:06Z", "2024-02-03T04:05:06Z"] {
                let set = browser.put(paths::CLOCK, json!({"now": day})).await?;
                let set = set.json::<Clock>()?.now;
                another.app.clock.wait(chrono::Duration::seconds(1));
                assert_eq!(shown().await?.now, set);
                assert_eq!(browser.get(paths::CLOCK).await?.json::<Clock>()?.now, set);
            }
            let (store, next) = (&one.app.store, clock::Clock::demo(demo::CLOCK));
            demo::clock::begin(store, &next, None).await?;
            assert_eq!(next.now(), one.app.clock.now(), "it survives");
            demo::clock::begin(store, &next, Some(demo::CLOCK)).await?;
            another.app.clock.wait(chrono::Duration::seconds(1));
            assert_eq!(shown().await?.now, demo::CLOCK, "asked for at a start");
            let trail = one.told("clock.set", 3).await?;
            assert_eq!(trail[0].user, None);
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn nonsense_changes_nothing() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let before: Clock = browser.get(paths::CLOCK).await?.json()?;
            let trail = audit::newest(app.app.store.db(), 10).await?;
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
            assert_eq!(audit::newest(app.app.store.db(), 10).await?, trail);
            Ok(())
        })
        .await
    }
}
