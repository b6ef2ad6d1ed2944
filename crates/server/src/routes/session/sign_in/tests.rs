use axum::http::StatusCode;
use membership_contract::paths;
use membership_contract::session::Session;
use serde_json::json;

use chrono::Duration;

use crate::app::Settings;
use crate::demo;
use crate::limiter::Quota;
use crate::testing::{Answer, Browser, Failure, Outcome, TestApp};

const ADMIN: &str = "global-admin@contoso.example";

#[tokio::test]
async fn the_right_password_opens_a_session() -> Outcome {
    TestApp::each(async |app| {
        let body = json!({"email": " Global-Admin@CONTOSO.example", "password": demo::PASSPHRASE});
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
        let quota = app.app.settings.sign_in_by_account_and_client;
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

/// A server behind a proxy that tells where its clients are.
fn behind_proxy() -> Settings {
    Settings {
        behind_proxy: true,
        sign_in_by_account: Quota {
            burst: 25,
            refill: Duration::minutes(1),
        },
        ..Settings::default()
    }
}

/// The answer to a sign-in from an address.
async fn from(browser: &Browser, address: &str, email: &str, password: &str) -> Outcome<Answer> {
    let headers = [("x-forwarded-for", address)];
    let body = json!({"email": email, "password": password});
    browser
        .send("POST", paths::SESSION, &headers, Some(body))
        .await
}

#[tokio::test]
async fn wrong_passwords_from_elsewhere_lock_nobody_out() -> Outcome {
    TestApp::each_with(&behind_proxy(), async |app| {
        let browser = app.browser();
        let burst = app.app.settings.sign_in_by_account_and_client.burst;
        for _ in 0..burst {
            let answer = from(&browser, "203.0.113.9", ADMIN, "wrong").await?;
            assert_eq!(answer.status, 401);
        }
        let right = async |address| from(&browser, address, ADMIN, demo::PASSPHRASE).await;
        assert_eq!(right("203.0.113.9").await?.status, 429);
        // The same client, whatever it says itself, alone or on a line before.
        assert_eq!(right("192.0.2.1, 203.0.113.9:4711").await?.status, 429);
        let lines = [
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        let body = json!({"email": ADMIN, "password": demo::PASSPHRASE});
        let answer = browser.send("POST", paths::SESSION, &lines, Some(body));
        assert_eq!(answer.await?.status, 429);
        assert_eq!(right("192.0.2.1").await?.status, 201);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_known_browser_has_tries_of_its_own() -> Outcome {
    TestApp::each_with(&behind_proxy(), async |app| {
        let known = async |email: &str| {
            let mut browser = app.browser();
            let answer = from(&browser, "192.0.2.1", email, demo::PASSPHRASE).await?;
            let cookies = answer.headers.get_all("set-cookie").iter();
            let mut cookies = cookies.filter_map(|one| one.to_str().ok());
            let device = cookies.find(|one| one.starts_with("__Host-device="));
            let device = device.ok_or("no cookie for the browser")?;
            for attribute in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
                assert!(device.contains(attribute), "{device}");
            }
            browser.cookie = device.split(';').next().map(str::to_owned);
            Ok::<_, Failure>(browser)
        };
        let (owner, other) = (known(ADMIN).await?, known("owner@contoso.example").await?);
        let wide = app.app.settings.sign_in_by_account.burst;
        let attacker = app.browser();
        for number in 0..wide {
            let address = format!("203.0.113.{}", number / 9);
            let answer = from(&attacker, &address, ADMIN, "wrong").await?;
            assert_eq!(answer.status, 401);
        }
        // Neither a new place, nor a browser that only another account knows.
        for browser in [&app.browser(), &other] {
            let answer = from(browser, "198.51.100.1", ADMIN, demo::PASSPHRASE).await?;
            let problem = answer.problem()?;
            assert_eq!(problem.status, 429);
            assert!(
                problem.detail.contains("a browser in which you signed in"),
                "{}",
                problem.detail
            );
        }
        // Also where the attack comes from the same place.
        for address in ["192.0.2.1", "203.0.113.0"] {
            let answer = from(&owner, address, ADMIN, demo::PASSPHRASE).await?;
            assert_eq!(answer.status, 201);
        }
        let own = app.app.settings.sign_in_by_device.burst;
        for _ in 0..own {
            let answer = from(&owner, "192.0.2.1", ADMIN, "wrong").await?;
            assert_eq!(answer.status, 401);
        }
        let answer = from(&owner, "192.0.2.1", ADMIN, demo::PASSPHRASE).await?;
        assert_eq!(answer.status, 429, "it is limited too");
        let detail = answer.problem()?.detail;
        assert!(detail.contains("correct password works"), "{detail}");
        Ok(())
    })
    .await
}

/// A session that began before its browser could be known, or whose mark a new password ended.
#[tokio::test]
async fn a_browser_with_a_session_becomes_known() -> Outcome {
    TestApp::each_with(&behind_proxy(), async |app| {
        let mut browser = app.signed_in(ADMIN).await?;
        let answer = browser.get(paths::SESSION).await?;
        let session = browser.cookie.clone().ok_or("no session")?;
        let device = answer
            .cookie()
            .filter(|one| one.starts_with("__Host-device="));
        let device = device.ok_or("the browser is not known")?;
        browser.cookie = Some(format!("{session}; {device}"));
        let again = browser.get(paths::SESSION).await?;
        assert_eq!(again.header("set-cookie"), "", "it is known");
        // What a browser sends that is known to somebody else here is kept.
        let other = app.signed_in("owner@contoso.example").await?;
        let both = format!("{}; {device}", other.cookie.unwrap_or_default());
        browser.cookie = Some(both);
        let both = browser.get(paths::SESSION).await?.cookie().ok_or("none")?;
        let wide = app.app.settings.sign_in_by_account.burst;
        for number in 0..wide {
            let address = format!("203.0.113.{}", number / 9);
            from(&app.browser(), &address, ADMIN, "wrong").await?;
        }
        browser.cookie = None;
        let unknown = from(&browser, "192.0.2.1", ADMIN, demo::PASSPHRASE).await?;
        assert_eq!(unknown.status, 429);
        for cookie in [device, both] {
            browser.cookie = Some(cookie);
            let known = from(&browser, "192.0.2.1", ADMIN, demo::PASSPHRASE).await?;
            assert_eq!(known.status, 201);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn servers_of_one_database_count_together() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, another| {
        let wrong = || json!({"email": ADMIN, "password": "wrong"});
        let right = || json!({"email": ADMIN, "password": demo::PASSPHRASE});
        let (here, there) = (one.browser(), another.browser());
        let quota = one.app.settings.sign_in_by_account_and_client;
        for number in 0..quota.burst {
            let browser = [&here, &there][number as usize % 2];
            let answer = browser.post(paths::SESSION, wrong()).await?;
            assert_eq!(answer.status, 401);
            let left = format!("r={};", quota.burst - 1 - number);
            assert!(answer.header("ratelimit").contains(&left), "{left}");
        }
        for browser in [&here, &there] {
            let answer = browser.post(paths::SESSION, right()).await?;
            assert_eq!(answer.status, 429);
            let wait = quota.refill.num_seconds().to_string();
            assert_eq!(answer.header("retry-after"), wait);
        }
        for app in [one, another] {
            app.app.clock.wait(quota.refill);
        }
        assert_eq!(there.post(paths::SESSION, right()).await?.status, 201);
        assert_eq!(here.post(paths::SESSION, wrong()).await?.status, 401);
        assert_eq!(there.post(paths::SESSION, right()).await?.status, 429);
        Ok(())
    })
    .await
}

/// A success gives its try back on each of them, and elsewhere nothing is used up by what was
/// refused.
#[tokio::test]
async fn who_signs_in_correctly_is_never_told_to_wait_by_any_server() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, another| {
        let right = || json!({"email": ADMIN, "password": demo::PASSPHRASE});
        let burst = one.app.settings.sign_in_by_account_and_client.burst;
        for number in 0..=2 * burst {
            let browser = [one, another][number as usize % 2].browser();
            let answer = browser.post(paths::SESSION, right()).await?;
            assert_eq!(answer.status, 201, "{number}");
        }
        Ok(())
    })
    .await
}

/// The database is not asked about accounts beyond what may be tried.
#[tokio::test]
async fn tries_are_counted_before_an_account_is_looked_up() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.browser();
        app.lose_database().await?;
        let body = || json!({"email": ADMIN, "password": "wrong"});
        let burst = app.app.settings.sign_in_by_account_and_client.burst;
        for _ in 0..burst {
            let answer = browser.post(paths::SESSION, body()).await?;
            assert!(answer.status.is_server_error(), "{}", answer.status);
        }
        assert_eq!(browser.post(paths::SESSION, body()).await?.status, 429);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_user_has_so_many_sessions() -> Outcome {
    let settings = Settings {
        sessions_of_user: 3,
        ..Settings::default()
    };
    TestApp::each_with(&settings, async |app| {
        let mut browsers = Vec::new();
        for _ in 0..4 {
            browsers.push(app.signed_in(ADMIN).await?);
            app.app.clock.wait(Duration::minutes(2));
        }
        let others = app.signed_in("owner@contoso.example").await?;
        let mut statuses = Vec::new();
        for browser in browsers.iter().chain([&others]) {
            statuses.push(browser.get(paths::SESSION).await?.status.as_u16());
        }
        assert_eq!(statuses, [204, 200, 200, 200, 200]);
        // The one that was used is kept, though others are younger.
        app.app.clock.wait(Duration::minutes(2));
        browsers[1].get(paths::SESSION).await?;
        app.signed_in(ADMIN).await?;
        assert_eq!(browsers[1].get(paths::SESSION).await?.status, 200);
        assert_eq!(browsers[2].get(paths::SESSION).await?.status, 204);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_address_is_limited_whatever_the_account() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.browser();
        let burst = app.app.settings.sign_in_by_client.burst;
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
            (
                json!({"email": "a\u{0}@contoso.example", "password": "x"}),
                vec!["/email"],
            ),
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
