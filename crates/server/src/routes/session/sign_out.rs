//! `DELETE /api/v1/session`: signs out.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::paths;

use crate::http::cookie::SESSION;
use crate::http::observe::RequestId;
use crate::http::problem::Answer;
use crate::{App, sessions};

/// Signs out. Without a session nothing happens.
#[utoipa::path(
    delete, path = paths::SESSION, tag = "session", operation_id = "delete_session",
    responses((
        status = 204, description = "Nobody is signed in any more",
        headers(("Clear-Site-Data" = String)),
    )),
)]
pub async fn delete_session(
    State(app): State<App>,
    request_id: RequestId,
    headers: HeaderMap,
) -> Answer<Response> {
    sessions::end(&app, &headers, &request_id).await?;
    let headers = [
        (header::SET_COOKIE, SESSION.clear()),
        // What the browser kept of this origin's answers may be somebody's.
        (
            header::HeaderName::from_static("clear-site-data"),
            "\"cache\"".to_owned(),
        ),
    ];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::paths;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn the_token_is_worthless_afterwards() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("owner@contoso.example").await?;
            for _ in 0..2 {
                let answer = browser.delete(paths::SESSION).await?;
                assert_eq!(answer.status, StatusCode::NO_CONTENT);
                assert!(answer.header("set-cookie").contains("Max-Age=0"));
                assert_eq!(answer.header("clear-site-data"), "\"cache\"");
            }
            assert_eq!(
                browser.get(paths::SESSION).await?.status,
                StatusCode::NO_CONTENT
            );
            Ok(())
        })
        .await
    }
}
