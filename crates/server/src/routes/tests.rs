//! The table itself, the authorization matrix made from it, and what all addresses share.

use axum::http::StatusCode;
use membership_domain::id::OrganizationId;
use membership_domain::roles::{self, Role};

use super::*;
use crate::testing::{Browser, Outcome, TestApp, address};

/// Paths and methods of the table are those of the handlers' descriptions.
#[test]
fn the_table_says_what_the_handlers_are() {
    for route in ROUTES {
        let (_, paths, _) = (route.endpoint)().router;
        let described: Vec<_> = paths.paths.iter().collect();
        let [(path, item)] = described.as_slice() else {
            panic!("{}: one path each", route.path)
        };
        assert_eq!(path.as_str(), route.path);
        let an_organizations = route.path.contains("{organization}");
        let permission = matches!(route.needs, Needs::Permission(_));
        assert_eq!(
            an_organizations, permission,
            "{}: names its permission",
            route.path
        );
        let operation = match route.method {
            Method::GET => &item.get,
            Method::POST => &item.post,
            Method::PUT => &item.put,
            Method::PATCH => &item.patch,
            _ => &item.delete,
        };
        assert!(operation.is_some(), "{} {}", route.method, route.path);
    }
}

/// What a table of docs/API.md has in its first two cells: methods, addresses, what is needed.
fn documented() -> Vec<(Method, String, String)> {
    let page = include_str!("../../../../docs/API.md");
    let table = page.split("\n## ").nth(1).unwrap_or_default();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    rows.flat_map(|row| {
        let mut cells = row.split(" | ");
        let (what, needs) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        let (methods, addresses) = what.split_once(" `").unwrap_or_default();
        let paths = addresses.split('`').filter(|text| text.starts_with('/'));
        let whole = |path: &str| {
            let path = path.split('?').next().unwrap_or(path);
            // Several lists in one row: the first has the whole address.
            let one_of_several = ["/certifications", "/customers", "/usage"].contains(&path);
            let within = if one_of_several {
                paths::ORGANIZATION
            } else {
                paths::API
            };
            let within = if what.contains("outside of") {
                ""
            } else {
                within
            };
            format!("{within}{path}")
        };
        let paths: Vec<String> = paths.filter(|path| *path != "/api/v1").map(whole).collect();
        let each = methods.split(", ").flat_map(|method| {
            let method = Method::from_bytes(method.as_bytes());
            let method = method.unwrap_or_default();
            let row = |path: &String| (method.clone(), path.clone(), needs.to_owned());
            paths.iter().map(row).collect::<Vec<_>>()
        });
        each.collect::<Vec<_>>()
    })
    .collect()
}

#[test]
fn the_table_in_the_docs_is_this_one() {
    let wanted = |route: &Route| {
        let needs = match route.needs {
            Needs::Nothing => "none".to_owned(),
            Needs::SignedIn => "a session".to_owned(),
            Needs::Operator => "an operator".to_owned(),
            Needs::BankFiles => "an operator, or a bank feed".to_owned(),
            Needs::Permission(permission) => format!("`{}`", permission.code()),
        };
        (route.method.clone(), route.path.to_owned(), needs)
    };
    let sorted = |mut rows: Vec<(Method, String, String)>| {
        rows.sort_by_key(|(method, path, _)| (path.clone(), method.to_string()));
        rows
    };
    let rows = sorted(documented());
    assert_eq!(rows, sorted(ROUTES.iter().map(wanted).collect()));
}

async fn status(
    browser: &Browser,
    route: &Route,
    organization: OrganizationId,
) -> Outcome<StatusCode> {
    let path = address(route, &organization.to_string())?;
    let answer = browser
        .send(route.method.as_str(), &path, &[], None)
        .await?;
    if !answer.status.is_success() {
        answer.problem()?;
    }
    Ok(answer.status)
}

/// A proxy that gives up before the server does gives up on files that wait for their turn.
#[tokio::test]
async fn the_documented_proxy_waits_as_long_as_the_server_does() -> Outcome {
    let page = include_str!("../../../../docs/HOSTING.md");
    let store = membership_store::Store::connect("sqlite::memory:").await?;
    let catalog = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
    let settings = crate::app::Settings::default();
    let app = App::new(store, catalog, crate::clock::Clock::system(), settings)?;
    let longest = ROUTES.iter().map(|route| work(&app, route)).max();
    let longest = longest.unwrap_or_default() + crate::http::timeouts::PATIENCE;
    for name in ["proxy_read_timeout ", "proxy_send_timeout "] {
        let after = page.split(name).nth(1).ok_or(name)?;
        let seconds: u64 = after.split('s').next().unwrap_or_default().parse()?;
        assert!(Duration::from_secs(seconds) >= longest, "{name}{longest:?}");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_gets_through_without_a_session() -> Outcome {
    TestApp::each(async |app| {
        let home = app.organization("Contoso").await?;
        let mut browser = app.browser();
        for cookie in [
            None,
            Some("__Host-session=0"),
            Some("__Host-session=%00; =;;"),
            Some("\u{7f}"),
        ] {
            browser.cookie = cookie
                .map(str::to_owned)
                .filter(|cookie| cookie != "\u{7f}");
            for route in ROUTES.iter().filter(|route| route.needs != Needs::Nothing) {
                let status = status(&browser, route, home).await?;
                assert_eq!(
                    status,
                    StatusCode::UNAUTHORIZED,
                    "{} {}",
                    route.method,
                    route.path
                );
            }
        }
        Ok(())
    })
    .await
}

/// One user, two organizations, different rights: the organization of the path decides.
#[tokio::test]
async fn rights_are_those_of_the_paths_organization() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("advisor@fabrikam.example").await?;
        for (name, expected) in [
            ("Contoso", StatusCode::OK),
            ("Northwind", StatusCode::OK),
            ("Tailspin", StatusCode::NOT_FOUND),
        ] {
            let id = app.organization(name).await?;
            assert_eq!(
                browser.get(&paths::evidence(id)).await?.status,
                expected,
                "{name}"
            );
        }
        assert!(!roles::may(
            &[Role::MpnPartnerAdmin],
            Permission::AddLocations
        ));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_refusal_is_a_problem() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
        for (method, path, expected) in [
            ("GET", "/api/v1/nothing", 404),
            ("GET", "/api/v2/catalog", 404),
            ("GET", "/api/v1/organizations/not-an-id", 404),
            ("DELETE", "/api/v1/catalog", 405),
            ("PUT", "/api/v1/session", 405),
        ] {
            let problem = browser.send(method, path, &[], None).await?.problem()?;
            assert_eq!(problem.status, expected, "{method} {path}");
            assert_eq!(problem.instance, path);
        }
        let large = serde_json::json!({"now": "x".repeat(FORM + 1)});
        assert_eq!(
            browser.put(paths::CLOCK, large).await?.problem()?.status,
            413
        );
        let plain = [("content-type", "text/plain")];
        let answer = browser
            .send_raw("PUT", paths::CLOCK, &plain, b"{}".to_vec())
            .await?;
        assert_eq!(answer.problem()?.status, 415);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_answer_has_the_security_headers() -> Outcome {
    TestApp::each(async |app| {
        for path in [paths::HEALTHZ, paths::CATALOG, "/nothing"] {
            let answer = app.browser().get(path).await?;
            assert_eq!(
                answer.header("content-security-policy"),
                membership_headers::POLICY
            );
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert_eq!(answer.header("x-request-id").len(), 32);
        }
        Ok(())
    })
    .await
}

/// The database goes away under a running server.
#[tokio::test]
async fn without_a_database_it_says_so() -> Outcome {
    TestApp::each(async |app| {
        let browser = app.signed_in("global-admin@contoso.example").await?;
        app.lose_database().await?;
        for path in [paths::SESSION, paths::ORGANIZATIONS, paths::CATALOG] {
            let problem = browser.get(path).await?.problem()?;
            assert_eq!(
                (problem.status, problem.code.as_str()),
                (503, "unavailable"),
                "{path}"
            );
            assert!(
                !problem.detail.to_lowercase().contains("pool"),
                "{}",
                problem.detail
            );
        }
        Ok(())
    })
    .await
}

/// Pages on another host of ours may use the API, cookie included; nobody else's may.
#[tokio::test]
async fn allowed_origins_may_call_from_another_host() -> Outcome {
    let allowed = "https://app.contoso.example";
    let mut settings = crate::app::Settings::default();
    settings.allowed_origins.push(allowed.to_owned());
    TestApp::each_with(&settings, async |app| {
        let browser = app.browser();
        let ask = [("origin", allowed), ("access-control-request-method", "PUT")];
        let answer = browser.send("OPTIONS", paths::CLOCK, &ask, None).await?;
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
        assert_eq!(answer.header("access-control-allow-credentials"), "true");

        let body = serde_json::json!({"email": "guest@contoso.example", "password": crate::demo::PASSPHRASE});
        let from = [("origin", allowed), ("sec-fetch-site", "same-site")];
        let answer = browser.send("POST", paths::SESSION, &from, Some(body)).await?;
        assert_eq!(answer.status, StatusCode::CREATED);
        assert_eq!(answer.header("access-control-allow-origin"), allowed);

        let evil = [("origin", "https://evil.example")];
        let answer = browser.get_with(paths::CLOCK, &evil).await?;
        assert_eq!(answer.header("access-control-allow-origin"), "");
        Ok(())
    })
    .await
}
