//! What the audit log learns of sessions, and when they end against the will of who has them.

use std::net::Ipv4Addr;

use axum::http::{HeaderMap, StatusCode};
use chrono::Duration;
use membership_contract::paths;
use membership_store::users;
use serde_json::json;

use crate::accounts::change;
use crate::http::client::Client;
use crate::http::observe::RequestId;
use crate::sessions::{Arrival, Begun};
use crate::testing::{Outcome, TestApp};
use crate::{demo, sessions};

const ADMIN: &str = "global-admin@contoso.example";

#[tokio::test]
async fn failed_sign_ins_are_told_without_what_was_typed() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.browser();
        for email in [ADMIN, "nobody@contoso.example"] {
            let body = json!({"email": email, "password": "hunter2-secret"});
            assert_eq!(browser.post(paths::SESSION, body).await?.status, 401);
        }
        let told = app.told("sign_in.fail", 2).await?;
        let user = users::by_email(app.app.store.db(), ADMIN).await?;
        let known = told.iter().find(|entry| entry.about.is_some());
        let known = known.ok_or("none of the account")?;
        assert_eq!(known.about, user.map(|user| user.id));
        assert!(
            told.iter().all(|entry| entry.user.is_none()),
            "nobody knows who"
        );
        assert_eq!(known.detail, json!({"count": 1}));
        assert_eq!(known.changes[0].field, "from");
        let unknown = told.iter().find(|entry| entry.subject == "unknown");
        assert_eq!(unknown.map(|entry| entry.user), Some(None));
        let text = format!("{told:?}");
        assert!(!text.contains('@') && !text.contains("hunter2"), "{text}");
        assert!(!text.contains("127.0.0.1"), "it can be erased: {text}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_stays_out() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        let right = || json!({"email": ADMIN, "password": demo::PASSPHRASE});
        let browsers = [app.signed_in(ADMIN).await?, app.signed_in(ADMIN).await?];
        assert_eq!(change::disable(store, clock, ADMIN).await?, Some(2));
        for browser in &browsers {
            assert_eq!(browser.get(paths::ORGANIZATIONS).await?.status, 401);
            assert_eq!(browser.get(paths::SESSION).await?.status, 204);
        }
        let refused = app.browser().post(paths::SESSION, right()).await?;
        assert_eq!(refused.problem()?.code, "wrong_credentials");
        let told = app.told("sign_in.fail", 1).await?;
        assert_eq!(told[0].detail["disabled"], true);

        // Also a session that the database still has.
        assert!(change::enable(store, clock, ADMIN).await?);
        let browser = app.signed_in(ADMIN).await?;
        let user = users::by_email(store.db(), ADMIN).await?.ok_or("gone")?;
        let write = store.write().await?;
        users::set_disabled(&write, user.id, Some(clock.now())).await?;
        write
            .commit(crate::trail::entry(
                clock,
                membership_store::audit::Action::ClockSet,
                "",
            )?)
            .await?;
        assert_eq!(browser.get(paths::ORGANIZATIONS).await?.status, 401);
        Ok(())
    })
    .await
}

/// The password was right when it was looked at, and another one when the session begins.
#[tokio::test]
async fn a_session_does_not_outrun_a_new_password() -> Outcome {
    TestApp::each(async |app| {
        let (store, clock) = (&app.app.store, &app.app.clock);
        let before = users::by_email(store.db(), ADMIN).await?.ok_or("gone")?;
        let ask = || Ok("a lantern in the fog".to_owned());
        let ended = change::password(store, clock, ADMIN, ask).await;
        assert_eq!(ended?, 0);
        let arrival = Arrival {
            headers: HeaderMap::new(),
            client: Client::of(Ipv4Addr::LOCALHOST.into()),
            request_id: RequestId::default(),
        };
        let begun = sessions::begin(&app.app, &before, None, None, &arrival).await;
        assert!(matches!(begun, Ok(Begun::Outdated)));
        let old = json!({"email": ADMIN, "password": demo::PASSPHRASE});
        assert_eq!(app.browser().post(paths::SESSION, old).await?.status, 401);
        let new = json!({"email": ADMIN, "password": "a lantern in the fog"});
        assert_eq!(app.browser().post(paths::SESSION, new).await?.status, 201);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn sessions_that_end_are_told_once() -> Outcome {
    TestApp::each(async |app| {
        let user = users::by_email(app.app.store.db(), ADMIN).await?;
        let user = user.ok_or("gone")?.id;
        // By time, seen at the next request and at the next sign-in.
        let (one, two) = (app.signed_in(ADMIN).await?, app.signed_in(ADMIN).await?);
        app.app
            .clock
            .wait(app.app.settings.session_idle + Duration::seconds(1));
        for _ in 0..2 {
            assert_eq!(
                one.get(paths::SESSION).await?.status,
                StatusCode::NO_CONTENT
            );
        }
        let told = app.told("session.end", 1).await?;
        assert_eq!((told.len(), told[0].subject.clone()), (1, user.to_string()));
        assert_eq!(told[0].detail, json!({"sessions": 1, "why": "time"}));
        let next = app.signed_in(ADMIN).await?;
        assert_eq!(app.told("session.end", 2).await?.len(), 2);
        assert_eq!(
            two.get(paths::SESSION).await?.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(
            app.told("session.end", 2).await?.len(),
            2,
            "it is gone already"
        );

        // By somebody else who signs in there.
        let other = json!({"email": "owner@contoso.example", "password": demo::PASSPHRASE});
        assert_eq!(
            next.post(paths::SESSION, other).await?.status,
            StatusCode::CREATED
        );
        let told = app.told("session.end", 3).await?;
        assert_eq!(told[0].user, Some(user));
        assert_eq!(told[0].detail["why"], "sign_in");
        assert_eq!(
            next.get(paths::SESSION).await?.status,
            StatusCode::NO_CONTENT
        );
        Ok(())
    })
    .await
}
