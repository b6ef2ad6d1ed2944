use axum::http::StatusCode;
use chrono::Duration;
use membership_contract::link::LinkLook;
use membership_contract::paths;
use membership_domain::Id;
use membership_domain::link::{LinkPurpose, LinkState, LinkTerm};
use membership_store::audit::Action;
use membership_store::links::{self, Link};
use serde_json::json;

use crate::hash::sha256;
use crate::testing::{Outcome, TestApp};

/// Issues an invitation with this token that works for an hour.
async fn issue(app: &TestApp, number: u128, token: &str) -> Outcome<Link> {
    let now = app.app.clock.real();
    let link = Link {
        id: Id::from_u128(number),
        purpose: LinkPurpose::Invitation,
        user: None,
        organization: Some(app.organization("Contoso").await?),
        email: "new@contoso.example".to_owned(),
        subject: number.to_string(),
        issued_at: now,
        term: LinkTerm::until(now + Duration::hours(1)),
    };
    let write = app.app.store.write().await?;
    links::issue(&write, link.clone()).await?;
    links::add_token(write.tx(), link.id, sha256(token)).await?;
    write
        .commit(crate::trail::entry(&app.app.clock, Action::ClockSet, "")?)
        .await?;
    Ok(link)
}

async fn look(app: &TestApp, token: &str) -> Outcome<LinkLook> {
    let body = json!({ "token": token });
    app.browser().post(paths::LINK_LOOK, body).await?.json()
}

#[tokio::test]
async fn looking_says_what_it_is_for_and_uses_nothing() -> Outcome {
    TestApp::each(async |app| {
        issue(app, 1, "one").await?;
        let browser = app.browser();
        for _ in 0..2 {
            let seen = look(app, "one").await?;
            assert_eq!(
                (seen.purpose, seen.state),
                (LinkPurpose::Invitation, LinkState::Issued)
            );
            assert_eq!(seen.organization.as_deref(), Some("Contoso"));
            assert_eq!(seen.email, "new@contoso.example");
            assert!(!seen.renewable);
            // As scanners of mails do, and browsers that fetch ahead.
            for method in ["GET", "HEAD"] {
                let ahead = [("purpose", "prefetch"), ("sec-purpose", "prefetch")];
                let answer = browser.send(method, paths::LINK_LOOK, &ahead, None).await?;
                assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn used_expired_and_revoked_ones_say_so() -> Outcome {
    TestApp::each(async |app| {
        let store = &app.app.store;
        for (number, token) in [(1, "used"), (2, "revoked"), (3, "expired")] {
            issue(app, number, token).await?;
        }
        let (write, now) = (store.write().await?, app.app.clock.real());
        let purpose = LinkPurpose::Invitation;
        links::use_up(&write, &sha256("used"), purpose, now).await?;
        links::revoke(&write, purpose, "2", now).await?;
        write
            .commit(crate::trail::entry(&app.app.clock, Action::ClockSet, "")?)
            .await?;
        app.app.clock.wait(Duration::hours(1));
        for state in [LinkState::Used, LinkState::Revoked, LinkState::Expired] {
            assert_eq!(look(app, state.code()).await?.state, state);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn guesses_are_limited_and_real_links_are_not() -> Outcome {
    TestApp::each(async |app| {
        issue(app, 1, "one").await?;
        let burst = app.app.settings.link_by_client.burst;
        let browser = app.browser();
        for _ in 0..2 * burst {
            look(app, "one").await?;
        }
        for number in 0..burst {
            let guess = json!({"token": format!("guess-{number}")});
            let problem = browser.post(paths::LINK_LOOK, guess).await?.problem()?;
            assert_eq!((problem.status, &*problem.code), (404, "link_unknown"));
        }
        let body = json!({"token": "one"});
        let answer = browser.post(paths::LINK_LOOK, body).await?;
        assert_eq!(answer.problem()?.status, 429);
        for wrong in [json!({"token": ""}), json!({"token": "a/b"}), json!({})] {
            assert_eq!(browser.post(paths::LINK_LOOK, wrong).await?.status, 422);
        }
        Ok(())
    })
    .await
}
