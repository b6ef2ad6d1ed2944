//! A forgotten password, from the request to the sign-in.

use std::time::{Duration as Wait, Instant};

use chrono::Duration;
use membership_contract::link::LinkLook;
use membership_contract::paths;
use membership_domain::link::LinkState;
use membership_store::{audit, links};
use serde_json::json;

use crate::accounts::change;
use crate::app::Settings;
use crate::demo;
use crate::hash::sha256;
use crate::jobs::worker::Worker;
use crate::mail::sink::Sink;
use crate::testing::{Answer, Browser, Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";
const NEW: &str = "a lantern in the fog";

async fn ask(app: &TestApp, email: &str) -> Outcome<Answer> {
    let body = json!({ "email": email });
    app.browser().post(paths::PASSWORD_RESET, body).await
}

/// Asks for a link and gives it this token, as sending its mail does.
async fn link(app: &TestApp, token: &str, so_far: usize) -> Outcome {
    assert_eq!(
        ask(app, " Global-Admin@CONTOSO.example ").await?.status,
        202
    );
    let told = app.told("password_reset.request", so_far + 1).await?;
    let id = told[0].subject.parse()?;
    let found = links::by_id(app.app.store.db(), id)
        .await?
        .ok_or("no link")?;
    assert_eq!((found.email.as_str(), told[0].about), (ADMIN, found.user));
    Ok(links::add_token(app.app.store.db(), id, sha256(token)).await?)
}

async fn apply(browser: &Browser, token: &str, password: &str) -> Outcome<Answer> {
    let body = json!({"token": token, "password": password});
    browser.put(paths::PASSWORD_RESET, body).await
}

async fn state(app: &TestApp, token: &str) -> Outcome<LinkState> {
    let body = json!({ "token": token });
    let seen: LinkLook = app.browser().post(paths::LINK_LOOK, body).await?.json()?;
    Ok(seen.state)
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_ends_every_session() -> Outcome {
    TestApp::each(async |app| {
        let (one, two) = (app.signed_in(ADMIN).await?, app.signed_in(ADMIN).await?);
        link(app, "token", 0).await?;
        assert_eq!(state(app, "token").await?, LinkState::Issued);
        let browser = app.browser();
        for (password, code) in [("short", "too_short"), ("password1234", "common")] {
            let problem = apply(&browser, "token", password).await?.problem()?;
            assert_eq!((problem.status, &*problem.errors[0].code), (422, code));
        }
        assert_eq!(state(app, "token").await?, LinkState::Issued, "not used up");
        assert_eq!(apply(&browser, "token", NEW).await?.status, 204);
        for browser in [&one, &two] {
            assert_eq!(
                browser.get(paths::SESSIONS).await?.status,
                401,
                "an old cookie"
            );
        }
        let again = apply(&browser, "token", "another lantern here")
            .await?
            .problem()?;
        assert_eq!((again.status, &*again.code), (410, "link_ended"));
        for (password, status) in [(demo::PASSPHRASE, 401), (NEW, 201)] {
            let body = json!({"email": ADMIN, "password": password});
            assert_eq!(
                app.browser().post(paths::SESSION, body).await?.status,
                status
            );
        }
        let told = app.told("account.password", 1).await?;
        assert_eq!(told[0].detail["sessions"], 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn older_expired_foreign_and_unknown_links_set_nothing() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.browser();
        link(app, "older", 0).await?;
        link(app, "newer", 1).await?;
        let refused = async |token: &str| {
            let problem = apply(&browser, token, NEW).await?.problem()?;
            Outcome::Ok((problem.status, problem.code))
        };
        assert_eq!(refused("older").await?, (410, "link_ended".to_owned()));
        assert_eq!(state(app, "older").await?, LinkState::Revoked);
        assert_eq!(refused("nothing").await?, (404, "link_unknown".to_owned()));
        app.app.clock.wait(Duration::minutes(60));
        assert_eq!(refused("newer").await?, (410, "link_ended".to_owned()));
        assert_eq!(state(app, "newer").await?, LinkState::Expired);

        // Of an account that was disabled since.
        link(app, "disabled", 2).await?;
        change::disable(&app.app.store, &app.app.clock, ADMIN).await?;
        assert_eq!(refused("disabled").await?, (410, "link_ended".to_owned()));
        change::enable(&app.app.store, &app.app.clock, ADMIN).await?;
        assert!(
            app.signed_in(ADMIN).await.is_ok(),
            "the password is as it was"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_two_browsers_that_finish_one_reset_one_wins() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, another| {
        link(one, "token", 0).await?;
        let (here, there) = (one.browser(), another.browser());
        let both = tokio::join!(
            apply(&here, "token", NEW),
            apply(&there, "token", "another lantern here")
        );
        let statuses = [both.0?.status.as_u16(), both.1?.status.as_u16()];
        let won = match statuses {
            [204, 410] => NEW,
            [410, 204] => "another lantern here",
            other => return Err(format!("{other:?}").into()),
        };
        let body = json!({"email": ADMIN, "password": won});
        assert_eq!(here.post(paths::SESSION, body).await?.status, 201);
        Ok(())
    })
    .await
}

/// Same answer, and nothing that differs is waited for: not even a database that takes its time.
#[tokio::test]
async fn nobody_learns_who_has_an_account() -> Outcome {
    TestApp::each(async |app| {
        let mut answers = Vec::new();
        for email in [ADMIN, "nobody@contoso.example"] {
            let begun = Instant::now();
            let answer = ask(app, email).await?;
            assert!(begun.elapsed() < Wait::from_secs(2));
            let names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
            answers.push((answer.status, answer.body, names));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0].0, 202);
        app.told("password_reset.request", 1).await?;

        // As many may be asked for an address without an account as for one with.
        let most = app.app.settings.reset_by_address.burst;
        for email in [ADMIN, "nobody@contoso.example"] {
            for _ in 1..most {
                assert_eq!(ask(app, email).await?.status, 202);
            }
            let problem = ask(app, email).await?.problem()?;
            assert_eq!(problem.status, 429);
            assert!(!problem.detail.contains('@'));
        }
        let wrong = ask(app, "nobody").await?.problem()?;
        assert_eq!(wrong.errors[0].pointer, "/email");
        Ok(())
    })
    .await
}

/// What the mail server takes has a link that works, at the address of the settings whatever host a
/// request names; before that nothing has a token.
#[tokio::test]
async fn the_mail_brings_a_link_at_our_own_address_and_nothing_else_has_its_token() -> Outcome {
    let sink = Sink::start().await?;
    let settings = Settings {
        mail: sink.settings()?,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        sink.forget();
        let forged = [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
        ];
        let (body, browser) = (json!({ "email": ADMIN }), app.browser());
        let answer = browser.send("POST", paths::PASSWORD_RESET, &forged, Some(body));
        assert_eq!(answer.await?.status, 202);
        app.told("password_reset.request", 1).await?;
        Worker::new(app.app.clone()).all_due().await?;
        let mails = sink.mails();
        let [mail] = mails.as_slice() else {
            return Err(format!("{} mails", mails.len()).into());
        };
        let mail = mail.replace("=\r\n", "");
        assert!(!mail.contains("evil"), "{mail}");
        let token = mail.split("https://app.contoso.example/link#").nth(1);
        let token = token.and_then(|rest| rest.get(..43)).ok_or("no token")?;
        let told = audit::newest(app.app.store.db(), 99).await?;
        assert!(!format!("{told:?}").contains(token));
        assert_eq!(state(app, token).await?, LinkState::Issued);
        assert_eq!(apply(&browser, token, NEW).await?.status, 204);

        // And what tells of it has no link that does anything.
        sink.forget();
        Worker::new(app.app.clone()).all_due().await?;
        let mails = sink.mails();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("Your password was changed") && !mails[0].contains("link#"));
        Ok(())
    })
    .await
}
