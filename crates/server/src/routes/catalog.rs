//! `GET /api/v1/catalog`: the programs and rules, as the server uses them.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_domain::Catalog;

use crate::App;
use crate::http::etag;

/// The programs and rules.
///
/// Send the ETag back as If-None-Match: the catalog changes only when the server restarts.
#[utoipa::path(
    get, path = paths::CATALOG, tag = "catalog", operation_id = "get_catalog",
    security(("session" = [])),
    responses(
        (status = 200, body = Catalog, headers(("ETag" = String))),
        (status = 304, description = "The caller has it already"),
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
            assert_eq!(answer.json::<Catalog>()?, app.app.catalog.catalog);
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
            Ok(())
        })
        .await
    }
}
