//! `GET /api/v1/session`: who is signed in.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use membership_contract::paths;
use membership_contract::session::Session;

use crate::http::cookie::SESSION;
use crate::http::problem::Answer;
use crate::{App, devices, sessions};

/// Who is signed in, and with which roles where.
///
/// That nobody is signed in is an answer, and no refusal: every page asks this first, and a
/// browser would write a refusal to its console as an error. A browser with a session that is not
/// known as one of the account's gets the cookie by which it is.
#[utoipa::path(
    get, path = paths::SESSION, tag = "session", operation_id = "get_session",
    responses(
        (status = 200, body = Session),
        (status = 204, description = "Not signed in, or the session has ended"),
    ),
)]
pub async fn get_session(State(app): State<App>, headers: HeaderMap) -> Answer<Response> {
    match sessions::find(&app, &headers).await? {
        Some(caller) => {
            let session = sessions::describe(&app, &caller.user, &caller.session).await?;
            let device = devices::introduce(&headers, &caller.user)?;
            let device = AppendHeaders(device.map(|cookie| (header::SET_COOKIE, cookie)));
            Ok((device, Json(session)).into_response())
        }
        None if SESSION.of(&headers).is_some() => {
            let forget = [(header::SET_COOKIE, SESSION.clear())];
            Ok((StatusCode::NO_CONTENT, forget).into_response())
        }
        None => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use chrono::Duration;
    use membership_contract::paths;
    use membership_contract::session::Session;
    use membership_domain::roles::Role;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn it_names_the_person_and_every_organization() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("advisor@fabrikam.example").await?;
            let session: Session = browser.get(paths::SESSION).await?.json()?;
            assert_eq!(session.user.email, "advisor@fabrikam.example");
            let names: Vec<_> = session
                .organizations
                .iter()
                .map(|one| one.name.as_str())
                .collect();
            assert_eq!(names, ["Contoso", "Northwind"]);
            assert!(
                session
                    .organizations
                    .iter()
                    .all(|one| one.roles == [Role::MpnPartnerAdmin, Role::ExecutiveReportViewer])
            );
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn nobody_is_an_answer() -> Outcome {
        TestApp::each(async |app| {
            let mut browser = app.browser();
            let answer = browser.get(paths::SESSION).await?;
            assert_eq!(answer.status, StatusCode::NO_CONTENT);
            assert_eq!(answer.header("set-cookie"), "");
            browser.cookie = Some("__Host-session=forged".to_owned());
            let answer = browser.get(paths::SESSION).await?;
            assert_eq!(answer.status, StatusCode::NO_CONTENT);
            assert!(
                answer.header("set-cookie").contains("Max-Age=0"),
                "the browser forgets it"
            );
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn it_ends_when_idle_but_not_when_used() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let idle = app.app.settings.session_idle;
            for _ in 0..3 {
                app.app.clock.wait(idle - Duration::minutes(1));
                assert_eq!(browser.get(paths::SESSION).await?.status, StatusCode::OK);
            }
            app.app.clock.wait(idle);
            assert_eq!(
                browser.get(paths::SESSION).await?.status,
                StatusCode::NO_CONTENT
            );
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn it_ends_in_the_end_however_much_it_is_used() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let step = app.app.settings.session_idle - Duration::minutes(1);
            let steps = app.app.settings.session_absolute.num_minutes() / step.num_minutes();
            for _ in 0..steps {
                app.app.clock.wait(step);
                assert_eq!(browser.get(paths::SESSION).await?.status, StatusCode::OK);
            }
            app.app.clock.wait(step);
            assert_eq!(
                browser.get(paths::SESSION).await?.status,
                StatusCode::NO_CONTENT
            );
            Ok(())
        })
        .await
    }
}
