//! Two-step sign-in from its setup to its end.

use chrono::Duration;
use membership_contract::account::{RecoveryCodes, Totp, TotpSetup};
use membership_contract::paths;
use membership_store::users;
use serde_json::{Value, json};

use crate::app::Settings;
use crate::demo;
use crate::second_factor::shown;
use crate::testing::{Answer, Browser, Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";

/// Turns it on in this browser: the secret, and the recovery codes.
async fn enabled(app: &TestApp, browser: &Browser) -> Outcome<(String, Vec<String>)> {
    let setup: TotpSetup = browser.post(paths::TOTP, json!({})).await?.json()?;
    let code = shown(&setup.secret, app.app.clock.real());
    let answer = browser.put(paths::TOTP, json!({"code": code})).await?;
    Ok((setup.secret, answer.json::<RecoveryCodes>()?.codes))
}

async fn sign_in(browser: &Browser, code: Option<&str>) -> Outcome<Answer> {
    let mut body = json!({"email": ADMIN, "password": demo::PASSPHRASE});
    if let Some(code) = code {
        body["code"] = Value::from(code);
    }
    browser.post(paths::SESSION, body).await
}

/// As an app shows it at this time; each step has another one.
fn next(app: &TestApp, secret: &str) -> String {
    app.app.clock.wait(Duration::seconds(30));
    shown(secret, app.app.clock.real())
}

#[tokio::test]
async fn it_is_on_once_a_code_confirmed_it_and_until_it_is_turned_off() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let early = browser.put(paths::TOTP, json!({"code": "123456"})).await?;
        assert_eq!(early.problem()?.status, 409, "nothing was begun");
        let first: TotpSetup = browser.post(paths::TOTP, json!({})).await?.json()?;
        let setup: TotpSetup = browser.post(paths::TOTP, json!({})).await?.json()?;
        assert!(setup.uri.contains(&setup.secret) && setup.size > 20);
        let now = app.app.clock.real();
        let old = json!({"code": shown(&first.secret, now)});
        let problem = browser.put(paths::TOTP, old).await?.problem()?;
        assert_eq!(
            (problem.status, &*problem.errors[0].pointer),
            (422, "/code")
        );
        assert_eq!(sign_in(&app.browser(), None).await?.status, 201, "not yet");

        let right = json!({"code": shown(&setup.secret, now)});
        let codes: RecoveryCodes = browser.put(paths::TOTP, right.clone()).await?.json()?;
        assert_eq!(codes.codes.len(), 10);
        for answer in [
            browser.put(paths::TOTP, right).await?,
            browser.post(paths::TOTP, json!({})).await?,
        ] {
            assert_eq!(answer.problem()?.status, 409, "it is on");
        }
        let totp = browser.get(paths::TOTP).await?;
        assert!(!totp.text().contains(&setup.secret), "told once");
        let totp: Totp = totp.json()?;
        assert_eq!((totp.since, totp.recovery_codes), (Some(now), 10));

        let answer = sign_in(&app.browser(), None).await?;
        assert_eq!(answer.header("set-cookie"), "");
        assert_eq!(answer.problem()?.code, "code_required");
        assert_eq!(browser.delete(paths::TOTP).await?.status, 204);
        assert_eq!(
            browser.delete(paths::TOTP).await?.status,
            204,
            "nothing left"
        );
        assert_eq!(sign_in(&app.browser(), None).await?.status, 201);
        for (action, many) in [("enable", 1), ("disable", 1)] {
            let action = format!("second_factor.{action}");
            assert_eq!(app.told(&action, many).await?.len(), many);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_code_works_once_and_so_does_a_recovery_code() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let (secret, codes) = enabled(app, &browser).await?;
        let confirmed = shown(&secret, app.app.clock.real());
        let answer = sign_in(&app.browser(), Some(&confirmed)).await?;
        assert_eq!(
            answer.problem()?.code,
            "wrong_code",
            "it confirmed the setup"
        );
        let code = next(app, &secret);
        assert_eq!(sign_in(&app.browser(), Some(&code)).await?.status, 201);
        let answer = sign_in(&app.browser(), Some(&code)).await?;
        assert_eq!(answer.problem()?.code, "wrong_code", "replayed");
        let typed = codes[3].to_uppercase();
        assert_eq!(sign_in(&app.browser(), Some(&typed)).await?.status, 201);
        let answer = sign_in(&app.browser(), Some(&codes[3])).await?;
        assert_eq!(answer.problem()?.code, "wrong_code", "used before");

        // A code is a proof, too; and new recovery codes end those before.
        app.app.clock.wait(Duration::minutes(20));
        let make = async || browser.post(paths::RECOVERY_CODES, json!({})).await;
        assert_eq!(make().await?.problem()?.code, "proof_required");
        let code = json!({"code": next(app, &secret)});
        assert_eq!(browser.post(paths::PROOF, code.clone()).await?.status, 204);
        assert_eq!(
            browser.post(paths::PROOF, code).await?.status,
            422,
            "replayed"
        );
        let new: RecoveryCodes = make().await?.json()?;
        let answer = sign_in(&app.browser(), Some(&codes[4])).await?;
        assert_eq!(answer.problem()?.code, "wrong_code", "of those before");
        let answer = sign_in(&app.browser(), Some(&new.codes[0])).await?;
        assert_eq!(answer.status, 201);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_two_servers_one_takes_a_code() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, another| {
        let browser = one.signed_in(ADMIN).await?;
        let (secret, codes) = enabled(one, &browser).await?;
        for app in [one, another] {
            app.app.clock.wait(Duration::seconds(60));
        }
        let code = shown(&secret, one.app.clock.real());
        for code in [&code, &codes[0]] {
            let (here, there) = (one.browser(), another.browser());
            let both = tokio::join!(sign_in(&here, Some(code)), sign_in(&there, Some(code)));
            let mut statuses = [both.0?.status.as_u16(), both.1?.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 401]);
        }
        Ok(())
    })
    .await
}

/// Whoever does not know the password learns nothing of the second step, and whoever does uses up
/// only the tries of codes elsewhere.
#[tokio::test]
async fn codes_are_limited_and_the_owner_gets_in_where_the_account_is_known() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let (secret, _) = enabled(app, &browser).await?;
        let attacker = app.browser();
        let wrong = json!({"email": ADMIN, "password": "wrong", "code": "000000"});
        let answer = attacker.post(paths::SESSION, wrong).await?;
        assert_eq!(answer.problem()?.code, "wrong_credentials");

        let introduced = browser.get(paths::SESSION).await?;
        let mut owner = app.browser();
        owner.cookie = introduced.cookie();
        let burst = app.app.settings.code_by_account.burst;
        for number in 0..burst {
            let answer = sign_in(&attacker, Some(&format!("{number:06}"))).await?;
            assert!(answer.header("ratelimit").starts_with("\"code\";"));
            assert_eq!(answer.problem()?.code, "wrong_code");
        }
        let code = next(app, &secret);
        let refused = sign_in(&attacker, Some(&code)).await?;
        assert_eq!(refused.problem()?.status, 429);
        assert_eq!(
            sign_in(&attacker, None).await?.problem()?.code,
            "code_required"
        );
        assert_eq!(sign_in(&owner, Some(&code)).await?.status, 201);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_audit_log_has_no_secret() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in(ADMIN).await?;
        let (secret, codes) = enabled(app, &browser).await?;
        let code = next(app, &secret);
        sign_in(&app.browser(), Some(&code)).await?;
        let mut told = String::new();
        for action in ["second_factor.begin", "second_factor.enable", "sign_in"] {
            told += &format!("{:?}", app.told(action, 1).await?);
        }
        assert!(!told.contains(&secret) && !told.contains(&code) && !told.contains(&codes[0]));
        let user = users::by_email(app.app.store.db(), ADMIN).await?;
        assert!(told.contains(&user.ok_or("gone")?.id.to_string()));
        Ok(())
    })
    .await
}
