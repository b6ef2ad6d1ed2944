//! One's own sessions, and nobody else's.

use chrono::Duration;
use membership_contract::account::{OwnSession, OwnSessions};
use membership_contract::paths;
use membership_domain::id::SessionId;
use serde_json::json;

use crate::testing::{Browser, Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";

async fn listed(browser: &Browser) -> Outcome<Vec<OwnSession>> {
    let all: OwnSessions = browser.get(paths::SESSIONS).await?.json()?;
    Ok(all.items)
}

#[tokio::test]
async fn each_is_told_with_its_browser_and_place_and_never_its_token() -> Outcome {
    TestApp::each(async |app| {
        let body = json!({"email": ADMIN, "password": crate::demo::PASSPHRASE});
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let mut first = app.browser();
        let agent = [("user-agent", agent)];
        let answer = first
            .send("POST", paths::SESSION, &agent, Some(body))
            .await?;
        first.cookie = answer.cookie();
        app.app.clock.wait(Duration::minutes(5));
        let second = app.signed_in(ADMIN).await?;
        let all = listed(&second).await?;
        assert_eq!(
            all.iter().map(|one| one.this).collect::<Vec<_>>(),
            [true, false]
        );
        assert_eq!(all[1].device.as_deref(), Some("Firefox on Linux"));
        assert_eq!(all[0].device, None, "it says nothing");
        assert_eq!(all[1].address.as_deref(), Some("127.0.0.1"));
        assert!(all.iter().all(|one| one.this_network));
        assert_eq!(all[0].begun_at - all[1].begun_at, Duration::minutes(5));
        let text = second.get(paths::SESSIONS).await?.text();
        let token = first.cookie.clone().unwrap_or_default();
        let token = token.trim_start_matches("__Host-session=");
        assert!(!token.is_empty() && !text.contains(token));
        assert!(!text.contains(&crate::hash::sha256(token)));

        // One that time has ended is none.
        app.app
            .clock
            .wait(app.app.settings.session_idle - Duration::minutes(2));
        assert_eq!(listed(&second).await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_ends_or_all_others_and_each_is_told() -> Outcome {
    TestApp::each(async |app| {
        let own = app.signed_in(ADMIN).await?;
        let mut others = Vec::new();
        for _ in 0..3 {
            others.push(app.signed_in(ADMIN).await?);
        }
        let gone = listed(&others[0]).await?;
        let gone = gone.iter().find(|one| one.this).ok_or("not listed")?.id;
        let path = paths::own_session(gone);
        assert_eq!(own.delete(&path).await?.status, 204);
        assert_eq!(own.delete(&path).await?.status, 404, "again");
        assert_eq!(others[0].get(paths::SESSIONS).await?.status, 401);
        let told = app.told("session.end", 1).await?;
        let detail = json!({"sessions": 1, "why": "person", "session": gone});
        assert_eq!(told[0].detail, detail);

        for _ in 0..2 {
            assert_eq!(own.delete(paths::SESSIONS).await?.status, 204);
        }
        for other in &others {
            assert_eq!(other.get(paths::SESSIONS).await?.status, 401);
        }
        assert_eq!(listed(&own).await?.len(), 1);
        let told = app.told("session.end", 2).await?;
        assert_eq!(told.len(), 2, "nothing ended the second time");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn those_of_others_cannot_be_ended() -> Outcome {
    TestApp::each(async |app| {
        let (own, other) = (
            app.signed_in(ADMIN).await?,
            app.signed_in("owner@contoso.example").await?,
        );
        let foreign = listed(&other).await?[0].id;
        for id in [foreign, SessionId::nil()] {
            let answer = own.delete(&paths::own_session(id)).await?;
            assert_eq!(answer.problem()?.status, 404);
        }
        assert_eq!(own.delete(paths::SESSIONS).await?.status, 204);
        assert_eq!(listed(&other).await?.len(), 1);
        Ok(())
    })
    .await
}
