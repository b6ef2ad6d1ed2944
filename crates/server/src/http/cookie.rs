//! The session's cookie. `__Host-` makes browsers insist on Secure, this host and the whole path.

use axum::http::{HeaderMap, header};
use chrono::Duration;

const NAME: &str = "__Host-session";

/// The token that the browser sent, if any.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME && !value.is_empty()).then_some(value))
}

/// `Set-Cookie` for a new session.
pub fn set(token: &str, lasts: Duration) -> String {
    format!(
        "{NAME}={token}; {ATTRIBUTES}; Max-Age={}",
        lasts.num_seconds()
    )
}

/// `Set-Cookie` for no session.
pub fn clear() -> String {
    format!("{NAME}=; {ATTRIBUTES}; Max-Age=0")
}

const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_token_is_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(token(&headers), None);
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; session=no"));
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("x=y;__Host-session=abc_-1 ; z"),
        );
        assert_eq!(token(&headers), Some("abc_-1"));
    }

    #[test]
    fn nonsense_is_no_token() {
        for nonsense in [
            "__Host-session=",
            "__Host-session",
            "=;=;;",
            "__host-session=a",
        ] {
            let mut headers = HeaderMap::new();
            headers.append(header::COOKIE, HeaderValue::from_static(nonsense));
            assert_eq!(token(&headers), None, "{nonsense}");
        }
    }
}
