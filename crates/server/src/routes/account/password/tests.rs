use membership_contract::paths;
use membership_domain::link::{LinkPurpose, LinkState, LinkTerm};
use membership_store::audit::Action;
use membership_store::links::{self, Link};
use membership_store::users;
use serde_json::json;

use crate::demo;
use crate::testing::{Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";
const NEW: &str = "a lantern in the fog";

#[tokio::test]
async fn another_password_ends_all_other_sessions_and_open_links() -> Outcome {
    TestApp::each(async |app| {
        let (own, other) = (app.signed_in(ADMIN).await?, app.signed_in(ADMIN).await?);
        let store = &app.app.store;
        let user = users::by_email(store.db(), ADMIN).await?.ok_or("gone")?;
        let write = store.write().await?;
        let link = Link {
            id: membership_domain::Id::from_u128(7),
            purpose: LinkPurpose::PasswordReset,
            user: Some(user.id),
            organization: None,
            email: ADMIN.to_owned(),
            subject: user.id.to_string(),
            issued_at: app.app.clock.real(),
            term: LinkTerm::until(app.app.clock.real() + chrono::Duration::hours(1)),
        };
        links::issue(&write, link.clone()).await?;
        let entry = crate::trail::entry(&app.app.clock, Action::ClockSet, "")?;
        write.commit(entry).await?;

        let body = json!({"old": demo::PASSPHRASE, "new": NEW});
        let answer = own.put(paths::PASSWORD, body.clone()).await?;
        assert_eq!(answer.status, 204);
        let device = answer.header("set-cookie").to_owned();
        assert!(
            device.starts_with("__Host-device="),
            "known again: {device}"
        );
        assert_eq!(own.get(paths::SESSIONS).await?.status, 200);
        assert_eq!(other.get(paths::SESSIONS).await?.status, 401);
        let again = own.put(paths::PASSWORD, body).await?;
        assert_eq!(again.problem()?.errors[0].pointer, "/old");
        let link = links::by_id(store.db(), link.id).await?.ok_or("gone")?;
        assert_eq!(link.term.state(app.app.clock.real()), LinkState::Revoked);
        for (password, status) in [(demo::PASSPHRASE, 401), (NEW, 201)] {
            let body = json!({"email": ADMIN, "password": password});
            assert_eq!(
                app.browser().post(paths::SESSION, body).await?.status,
                status
            );
        }
        let told = app.told("account.password", 1).await?;
        assert_eq!(told[0].detail, json!({"sessions": 1}));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_easily_guessed_is_refused_and_changes_nothing() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        for (old, new, pointer, code) in [
            (demo::PASSPHRASE, "short", "/new", "too_short"),
            (demo::PASSPHRASE, "password1234", "/new", "common"),
            (demo::PASSPHRASE, "Contoso Contoso", "/new", "named"),
            (demo::PASSPHRASE, "", "/new", "empty"),
            ("wrong", NEW, "/old", "wrong"),
        ] {
            let body = json!({"old": old, "new": new});
            let problem = browser.put(paths::PASSWORD, body).await?.problem()?;
            let error = problem.errors.first().ok_or("no place")?;
            assert_eq!((&*error.pointer, &*error.code), (pointer, code), "{new}");
            assert!(new.is_empty() || !problem.detail.contains(new));
        }
        assert!(app.signed_in(ADMIN).await.is_ok());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_old_password_is_limited_like_a_sign_in() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let burst = app.app.settings.sign_in_by_account_and_client.burst;
        for _ in 0..burst {
            let body = json!({"old": "wrong", "new": NEW});
            assert_eq!(browser.put(paths::PASSWORD, body).await?.status, 422);
        }
        let body = json!({"old": demo::PASSPHRASE, "new": NEW});
        assert_eq!(browser.put(paths::PASSWORD, body).await?.status, 429);
        Ok(())
    })
    .await
}

/// A hash of an earlier version is renewed when its password is at hand, and the browser stays
/// known.
#[tokio::test]
async fn a_sign_in_renews_a_weak_hash() -> Outcome {
    TestApp::each(async |app| {
        let store = &app.app.store;
        let weak = crate::passwords::tests::weak(demo::PASSPHRASE);
        let user = users::by_email(store.db(), ADMIN).await?.ok_or("gone")?;
        let write = store.write().await?;
        users::set_password(&write, user.id, weak.clone()).await?;
        let entry = crate::trail::entry(&app.app.clock, Action::ClockSet, "")?;
        write.commit(entry).await?;
        let right = || json!({"email": ADMIN, "password": demo::PASSPHRASE});
        let wrong = json!({"email": ADMIN, "password": "wrong"});
        assert_eq!(app.browser().post(paths::SESSION, wrong).await?.status, 401);
        let stored = async || {
            let user = users::by_email(store.db(), ADMIN).await?;
            Ok::<_, crate::testing::Failure>(user.ok_or("gone")?)
        };
        assert_eq!(stored().await?.password_hash, weak);
        let answer = app.browser().post(paths::SESSION, right()).await?;
        assert_eq!(answer.status, 201);
        let renewed = stored().await?;
        assert_ne!(renewed.password_hash, weak);
        let cookies = answer.headers.get_all("set-cookie").iter();
        let cookie: String = cookies
            .filter_map(|one| one.to_str().ok())
            .next_back()
            .unwrap_or("")
            .into();
        let headers = [(
            "cookie".parse()?,
            cookie.split(';').next().unwrap_or("").parse()?,
        )];
        let headers = axum::http::HeaderMap::from_iter(headers);
        assert!(crate::devices::known(&headers, &renewed).is_some());
        assert_eq!(
            app.browser().post(paths::SESSION, right()).await?.status,
            201
        );
        assert_eq!(stored().await?, renewed, "it is as good as a new one");
        Ok(())
    })
    .await
}
