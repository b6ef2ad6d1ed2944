//! Security headers, the same in development and production, and on static hosts.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use membership_headers::{SECURITY, TLS};

use crate::App;

/// Adds the headers, and forbids to store whatever does not say otherwise itself.
pub async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let tls = app.settings.behind_proxy && came_by_tls(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    if tls {
        let (name, value) = TLS;
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What our own proxy says, which is the last to have written. Without a proxy a client could say
/// anything.
fn came_by_tls(headers: &HeaderMap) -> bool {
    let said = headers.get_all("x-forwarded-proto").iter().next_back();
    let last = said.and_then(|said| said.to_str().ok()?.rsplit(',').next());
    last.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use membership_contract::paths;

    use crate::app::Settings;
    use crate::testing::{Outcome, TestApp};

    #[tokio::test]
    async fn browsers_insist_on_tls_once_our_proxy_has_it() -> Outcome {
        for (behind_proxy, said, insists) in [
            (true, "https", true),
            (true, "http, HTTPS", true),
            (true, "https, http", false),
            (true, "", false),
            (false, "https", false),
        ] {
            let settings = Settings {
                behind_proxy,
                ..Settings::default()
            };
            TestApp::each_with(&settings, async |app| {
                let proto = [("x-forwarded-proto", said)];
                let answer = app.browser().get_with(paths::HEALTHZ, &proto).await?;
                let header = answer.header("strict-transport-security");
                assert_eq!(header == "max-age=31536000", insists, "{said}: {header}");
                Ok(())
            })
            .await?;
        }
        Ok(())
    }
}
