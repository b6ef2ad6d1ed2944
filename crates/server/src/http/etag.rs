//! Entity tags: revisions for `If-Match`, content for `If-None-Match`.

use std::fmt::Display;

use axum::http::{HeaderMap, StatusCode, header};
use membership_contract::problem::code;

use super::problem::{Answer, Refused};

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

/// The revision that the writer knows, from `If-Match`. 428 when absent; a tag that is not one of
/// ours is no revision, and so is stale.
pub fn expected(headers: &HeaderMap) -> Answer<Option<String>> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        let detail = "This write needs If-Match with the ETag of what you have read, so that \
                      nobody's change is lost. Read it, change it, write it.";
        let status = StatusCode::PRECONDITION_REQUIRED;
        return Err(Refused::new(status, code::PRECONDITION_REQUIRED, detail));
    };
    let tag = value.to_str().ok().map(str::trim);
    let inner = tag.and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
    Ok(inner.map(str::to_owned))
}

/// 412: someone else was faster. `current` is JSON.
pub fn stale(current: String, tag: &str) -> Refused {
    let detail = "Someone changed this since you read it, so nothing was written. Compare with \
                  the current state, which is in `current` or can be read again, and write again \
                  with its ETag.";
    Refused::new(StatusCode::PRECONDITION_FAILED, code::STALE, detail)
        .with_current(current)
        .with_header(header::ETAG, tag)
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

    #[test]
    fn a_write_names_its_revision() {
        assert!(expected(&HeaderMap::new()).is_err());
        let inner = |value| expected(&with(header::IF_MATCH, value)).ok().flatten();
        assert_eq!(inner("\"7\"").as_deref(), Some("7"));
        for nonsense in ["7", "W/\"7\"", "*", "\"7", ""] {
            assert_eq!(inner(nonsense), None, "{nonsense}");
        }
    }
}
