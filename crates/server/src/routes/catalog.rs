//! `GET /api/v1/catalog`: the programs and rules, as the server uses them.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_domain::Catalog;

use crate::App;
use crate::http::etag;

/// By which rules an answer was made: the digest that is also in the catalog's ETag.
pub const DIGEST: HeaderName = HeaderName::from_static("catalog-digest");

/// Says in an answer by which rules it was made.
pub async fn told(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let digest = HeaderValue::from_str(&app.catalog.digest);
        response
            .headers_mut()
            .extend(digest.ok().map(|digest| (DIGEST, digest)));
    }
    response
}

/// The programs and rules.
///
/// Send the ETag back as If-None-Match: the catalog changes only when the server restarts.
#[utoipa::path(
    get, path = paths::CATALOG, tag = "catalog", operation_id = "get_catalog",
    responses(
        (status = 200, body = Catalog, headers(("ETag" = String))),
        (status = 304, description = "The caller already has it"),
    ),
)]
pub async fn get_catalog(State(app): State<App>, headers: HeaderMap) -> Response {
    let served = &app.catalog;
    let caching = [
        (header::ETAG, served.etag.as_str()),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_TYPE, "application/json"),
    ];
    if etag::is_known(&headers, &served.etag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, served.json.clone()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use membership_contract::paths;
    use membership_domain::Catalog;

    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn it_is_served_once_and_then_known() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let answer = browser.get(paths::CATALOG).await?;
            assert_eq!(answer.status, StatusCode::OK);
            assert_eq!(answer.json::<Catalog>()?, *app.app.catalog.catalog);
            let etag = answer.header("etag").to_owned();

            let again = browser
                .get_with(paths::CATALOG, &[("if-none-match", &etag)])
                .await?;
            assert_eq!(
                (again.status, again.body.len()),
                (StatusCode::NOT_MODIFIED, 0)
            );
            assert_eq!(again.header("etag"), etag);
            let other = browser
                .get_with(paths::CATALOG, &[("if-none-match", "\"x\"")])
                .await?;
            assert_eq!(other.status, StatusCode::OK);
            assert_eq!(etag, format!("W/\"{}\"", app.app.catalog.digest));
            Ok(())
        })
        .await
    }

    #[tokio::test]
    async fn an_assessment_says_by_which_catalog_it_was_made() -> Outcome {
        TestApp::each(async |app| {
            let browser = app.signed_in("mpn-partner-admin@contoso.example").await?;
            let digest = browser.get(paths::CATALOG).await?;
            let digest = digest.header("etag").trim_start_matches("W/").to_owned();
            let id = app.organization("Contoso").await?;
            for path in [
                paths::assessments(id),
                paths::assessment(id, "solutions-partner-modern-work"),
            ] {
                let answer = browser.get(&path).await?;
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                let said = format!("\"{}\"", answer.header("catalog-digest"));
                assert_eq!(said, digest, "{path}");
            }
            let refused = browser.get(&(paths::assessments(id) + "?day=x")).await?;
            assert_eq!(refused.header("catalog-digest"), "");
            Ok(())
        })
        .await
    }
}
