use axum::http::StatusCode;
use chrono::Duration;
use membership_contract::paths;
use serde_json::json;

use crate::demo;
use crate::testing::{Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";

#[tokio::test]
async fn a_proof_opens_what_asks_for_it_in_this_session_until_its_minutes_are_over() -> Outcome {
    TestApp::each(async |app| {
        let (browser, other) = (app.signed_in(ADMIN).await?, app.signed_in(ADMIN).await?);
        let begin = async || browser.post(paths::TOTP, json!({})).await;
        assert_eq!(begin().await?.status, StatusCode::CREATED, "just signed in");
        let minutes = Duration::minutes(app.app.catalog.access.step_up_minutes.into());
        app.app.clock.wait(minutes);
        for _ in 0..2 {
            let problem = begin().await?.problem()?;
            assert_eq!((problem.status, &*problem.code), (403, "proof_required"));
            let wrong = json!({"password": "wrong"});
            let answer = browser.post(paths::PROOF, wrong).await?;
            assert_eq!(answer.problem()?.errors[0].pointer, "/password");
        }
        let right = json!({"password": demo::PASSPHRASE});
        let answer = browser.post(paths::PROOF, right).await?;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(begin().await?.status, StatusCode::CREATED);
        let answer = other.post(paths::TOTP, json!({})).await?;
        assert_eq!(answer.problem()?.code, "proof_required", "another session");
        app.app.clock.wait(minutes);
        assert_eq!(begin().await?.problem()?.code, "proof_required");
        assert_eq!(app.told("session.prove", 1).await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn wrong_proofs_are_limited_and_count_as_failed_sign_ins() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let burst = app.app.settings.sign_in_by_account_and_client.burst;
        let wrong = || json!({"password": "wrong"});
        for _ in 0..burst {
            assert_eq!(browser.post(paths::PROOF, wrong()).await?.status, 422);
        }
        let right = json!({"password": demo::PASSPHRASE});
        assert_eq!(browser.post(paths::PROOF, right).await?.status, 429);
        let nothing = json!({"code": "123456"});
        let answer = browser.post(paths::PROOF, nothing).await?;
        assert_eq!(
            answer.problem()?.errors[0].pointer,
            "/code",
            "no second step"
        );
        for body in [json!({}), json!({"code": "1", "password": "x"})] {
            assert_eq!(browser.post(paths::PROOF, body).await?.status, 422);
        }
        Ok(())
    })
    .await
}
