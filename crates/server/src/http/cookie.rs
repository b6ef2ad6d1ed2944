//! Cookies. `__Host-` makes browsers insist on Secure, this host and the whole path.

use axum::http::{HeaderMap, header};
use chrono::Duration;

/// A cookie of ours.
#[derive(Clone, Copy, Debug)]
pub struct Cookie(&'static str);

/// The session's token.
pub const SESSION: Cookie = Cookie("__Host-session");

/// By what a browser is known in which somebody signed in: see [`crate::devices`].
pub const DEVICE: Cookie = Cookie("__Host-device");

impl Cookie {
    /// What the browser sent, if anything.
    pub fn of(self, headers: &HeaderMap) -> Option<&str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(name, value)| (name == self.0 && !value.is_empty()).then_some(value))
    }

    /// `Set-Cookie` with a value.
    pub fn set(self, value: &str, lasts: Duration) -> String {
        let (name, seconds) = (self.0, lasts.num_seconds());
        format!("{name}={value}; {ATTRIBUTES}; Max-Age={seconds}")
    }

    /// `Set-Cookie` that makes the browser forget it.
    pub fn clear(self) -> String {
        self.set("", Duration::zero())
    }
}

const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_token_is_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(SESSION.of(&headers), None);
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; session=no"));
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("x=y;__Host-session=abc_-1 ; z; __Host-device=d"),
        );
        assert_eq!(SESSION.of(&headers), Some("abc_-1"));
        assert_eq!(DEVICE.of(&headers), Some("d"));
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
            assert_eq!(SESSION.of(&headers), None, "{nonsense}");
        }
    }
}
