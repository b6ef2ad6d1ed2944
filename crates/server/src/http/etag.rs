//! Entity tags: revisions, and content for `If-None-Match`. [`super::if_match`] compares them for
//! writes.

use std::fmt::Display;

use axum::http::{HeaderMap, header};

/// A weak tag of content that may also be sent compressed, from its digest.
pub fn weak(digest: &str) -> String {
    format!("W/\"{digest}\"")
}

/// The tag of a revision.
pub fn of_revision(revision: impl Display) -> String {
    format!("\"{revision}\"")
}

/// Whether `If-None-Match` has the tag, so that 304 is enough.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|one| one.trim() == "*" || opaque(one) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn with(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn known_content_is_recognized() {
        let tag = weak("content");
        assert_ne!(tag, weak("other"));
        assert!(!is_known(&HeaderMap::new(), &tag));
        assert!(is_known(&with(header::IF_NONE_MATCH, "*"), &tag));
        assert!(is_known(
            &with(header::IF_NONE_MATCH, "\"a\", W/\"b\""),
            "W/\"b\""
        ));
        assert!(!is_known(
            &with(header::IF_NONE_MATCH, "\"a\", W/\"b\""),
            "W/\"c\""
        ));
    }
}
