//! Refuses writes that another site's page may have caused with our cookie.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use membership_contract::problem::code;
use membership_contract::refusal::Refusal;
use membership_store::audit::Action;
use serde_json::Map;

use super::observe::RequestId;
use super::problem::ApiError;
use crate::App;
use crate::trail::{self, Cause, What};

/// The layer. Reads go through: they change nothing, and the browser keeps their answers from
/// other sites. Clients that are not browsers send neither header, and no cookie by themselves.
pub async fn refuse(State(app): State<App>, request: Request, next: Next) -> Response {
    let own =
        request.method().is_safe() || is_own(request.headers(), &app.settings.allowed_origins);
    if own {
        return next.run(request).await;
    }
    let what = What {
        action: Action::AccessRefuse,
        user: None,
        token: None,
        organization: None,
        subject: code::CROSS_SITE.to_owned(),
    };
    let cause = Cause::stranger(&RequestId::of(&request));
    trail::tell_refusal(&app, cause, what, Map::new());
    ApiError::from(Refusal::CrossSite).into_response()
}

fn is_own(headers: &HeaderMap, allowed: &[String]) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let fetch_site = text(header::HeaderName::from_static("sec-fetch-site"));
    match text(header::ORIGIN) {
        Some(origin) if allowed.iter().any(|one| one == origin) => true,
        Some(origin) => {
            let authority = origin.split_once("://").map(|(_, authority)| authority);
            let same_host = authority.is_some() && authority == text(header::HOST);
            same_host && fetch_site.is_none_or(|site| site == "same-origin")
        }
        None => fetch_site.is_none_or(|site| site == "same-origin"),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        is_own(&headers, &["https://app.contoso.example".to_owned()])
    }

    #[test]
    fn own_pages_allowed_pages_and_programs_may_write() {
        let host = ("host", "127.0.0.1:8080");
        assert!(own(&[
            host,
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(
            own(&[host, ("origin", "http://127.0.0.1:8080")]),
            "an old browser"
        );
        assert!(own(&[
            host,
            ("origin", "https://app.contoso.example"),
            ("sec-fetch-site", "same-site")
        ]));
        assert!(own(&[host]), "a program");
    }

    #[test]
    fn other_pages_may_not() {
        let host = ("host", "api.contoso.example");
        for origin in [
            "https://evil.example",
            "https://api.contoso.example.evil.example",
            "https://api.contoso.example:8443",
            "null",
            "",
        ] {
            assert!(!own(&[host, ("origin", origin)]), "{origin}");
        }
        assert!(!own(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(!own(&[host, ("sec-fetch-site", "same-site")]));
        assert!(!own(&[
            host,
            ("origin", "https://api.contoso.example"),
            ("sec-fetch-site", "cross-site")
        ]));
        assert!(
            !own(&[("origin", "https://api.contoso.example")]),
            "no host to compare with"
        );
    }
}
