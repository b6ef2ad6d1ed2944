//! What the server answers when it refuses: RFC 9457 with a code, a request id and field errors.

use serde::{Deserialize, Serialize};

/// The media type of every answer that is not a success.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// So many wrong values stand in the sentence about them.
const SAID: usize = 3;

/// A refusal as it crosses the wire. Always says what, why, and what lifts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/` and the code: an identifier, not a page.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same short sentence for every problem of this code.
    pub title: String,
    /// The HTTP status, repeated for readers who only have the body.
    pub status: u16,
    /// What happened here, and what to do about it.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    /// Stable and machine-readable; see [`code`].
    pub code: String,
    /// Quote it to support: the server's log has the same one.
    pub request_id: String,
    /// The places of the body or the query that are wrong: the first hundred at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// How many places are wrong in all, where `errors` does not have them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub error_count: Option<u64>,
    /// With 412: the resource as it is now, so that nothing typed is lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub current: Option<serde_json::Value>,
}

impl Problem {
    /// A refusal with its code and its one sentence of what, why and what lifts it. Who is asked
    /// adds the path and the request's id.
    #[must_use]
    pub fn new(status: u16, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{code}"),
            title: title(code).to_owned(),
            status,
            detail: detail.into(),
            instance: String::new(),
            code: code.to_owned(),
            request_id: String::new(),
            errors: Vec::new(),
            error_count: None,
            current: None,
        }
    }

    /// The sentences about values that cannot be used: the first of them, and how many more. There
    /// are so many in `all`, of which `errors` has the first ones.
    #[must_use]
    pub fn invalid_detail(errors: &[FieldError], all: usize) -> String {
        let mut said = String::new();
        for error in errors.iter().take(SAID) {
            // What is gone has no place any more.
            let place = match error.pointer.as_str() {
                "" => String::new(),
                place => format!("{place}: "),
            };
            said = said + &place + &error.detail + " ";
        }
        let more = all.saturating_sub(SAID.min(errors.len()));
        if all > errors.len() {
            let named = errors.len();
            said += &format!("And {more} more; errors has the first {named}. ");
        } else if more > 0 {
            said += &format!("And {more} more; see errors. ");
        }
        said + "Nothing was changed."
    }
}

pub(crate) fn title(code: &str) -> &'static str {
    match code {
        code::MALFORMED => "Not readable",
        code::NOT_SIGNED_IN => "Not signed in",
        code::WRONG_CREDENTIALS => "Sign-in failed",
        code::CODE_REQUIRED => "Code required",
        code::WRONG_CODE => "Wrong code",
        code::NOT_PERMITTED => "Not permitted",
        code::TOKEN_ENDED => "Token doesn't work",
        code::PROOF_REQUIRED => "Confirm it's you",
        code::SECOND_FACTOR_MISSING => "Second step required",
        code::LINK_UNKNOWN => "Unknown link",
        code::LINK_ENDED => "Link no longer works",
        code::CROSS_SITE => "Request from another site",
        code::NOT_FOUND => "Not Found",
        code::METHOD_NOT_ALLOWED => "Method Not Allowed",
        code::TIMEOUT => "Request Timeout",
        code::CONFLICT => "Conflict",
        code::PRICE_CHANGED => "Price changed",
        code::STALE => "Changed by someone else",
        code::TOO_LARGE => "Payload Too Large",
        code::MEDIA_TYPE => "Unsupported Media Type",
        code::INVALID => "Not valid",
        code::KEY_REUSED => "Key used before",
        code::PRECONDITION_REQUIRED => "Precondition Required",
        code::TOO_MANY => "Too Many Requests",
        code::INTERNAL => "Internal Server Error",
        code::UNAVAILABLE => "Service Unavailable",
        code::BUSY => "Busy",
        _ => "Refused",
    }
}

/// One wrong place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the body, or `?name` for a query parameter.
    pub pointer: String,
    /// Stable and machine-readable.
    pub code: String,
    /// What is wrong and what is right.
    pub detail: String,
}

impl FieldError {
    /// An error at one place.
    pub fn new(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.to_owned(),
            detail: detail.into(),
        }
    }
}

/// The codes of [`Problem::code`].
pub mod code {
    /// 400: the body is not JSON at all, or the address or a header cannot be read.
    pub const MALFORMED: &str = "malformed";
    /// 401: no session, or one that has ended.
    pub const NOT_SIGNED_IN: &str = "not_signed_in";
    /// 401: email address or password do not fit.
    pub const WRONG_CREDENTIALS: &str = "wrong_credentials";
    /// 401: the password is right, and the code of the second factor is missing.
    pub const CODE_REQUIRED: &str = "code_required";
    /// 401: the code of the second factor does not fit, or was used before.
    pub const WRONG_CODE: &str = "wrong_code";
    /// 403: the password, or a code, has to be given again first.
    pub const PROOF_REQUIRED: &str = "proof_required";
    /// 403: the organization asks its admins for a second factor, and this one has none.
    pub const SECOND_FACTOR_MISSING: &str = "second_factor_missing";
    /// 404: no link has this token.
    pub const LINK_UNKNOWN: &str = "link_unknown";
    /// 410: a link that was used, expired or was revoked.
    pub const LINK_ENDED: &str = "link_ended";
    /// 403: none of the user's roles in this organization allows it.
    pub const NOT_PERMITTED: &str = "not_permitted";
    /// 401: no token is like this, or it expired or was revoked.
    pub const TOKEN_ENDED: &str = "token_ended";
    /// 403: a write that another site's page may have caused.
    pub const CROSS_SITE: &str = "cross_site";
    /// 404: nothing there, or nothing that this user may know of.
    pub const NOT_FOUND: &str = "not_found";
    /// 405: the path is known, the method is not.
    pub const METHOD_NOT_ALLOWED: &str = "method_not_allowed";
    /// 408: the request took too long to arrive or to answer.
    pub const TIMEOUT: &str = "timeout";
    /// 409: the state of the thing forbids it.
    pub const CONFLICT: &str = "conflict";
    /// 409: the price that was confirmed holds no longer.
    pub const PRICE_CHANGED: &str = "price_changed";
    /// 412: someone else changed it since, or `If-Match` cannot show that nobody did.
    pub const STALE: &str = "stale";
    /// 413: the body is too large.
    pub const TOO_LARGE: &str = "too_large";
    /// 415: the body is not `application/json`.
    pub const MEDIA_TYPE: &str = "unsupported_media_type";
    /// 422: JSON, but not of the right form; see the field errors.
    pub const INVALID: &str = "invalid";
    /// 422: an `Idempotency-Key` that named another request before.
    pub const KEY_REUSED: &str = "key_reused";
    /// 428: a write without `If-Match`.
    pub const PRECONDITION_REQUIRED: &str = "precondition_required";
    /// 429: too many tries; `Retry-After` says when.
    pub const TOO_MANY: &str = "too_many_requests";
    /// 500: our fault; the request id finds it in the log.
    pub const INTERNAL: &str = "internal";
    /// 503: work of others is first for too long.
    pub const BUSY: &str = "busy";
    /// 503: the database does not answer.
    pub const UNAVAILABLE: &str = "unavailable";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_values_are_said_and_the_others_counted() {
        let error = |at: usize| FieldError::new(format!("/{at}"), "invalid", "Must be a day.");
        let of =
            |many, all| Problem::invalid_detail(&(0..many).map(error).collect::<Vec<_>>(), all);
        let said = |many| of(many, many);
        assert_eq!(said(1), "/0: Must be a day. Nothing was changed.");
        let two = "/0: Must be a day. /1: Must be a day. Nothing was changed.";
        assert_eq!(said(2), two);
        assert!(
            said(5).ends_with("/2: Must be a day. And 2 more; see errors. Nothing was changed.")
        );
        let end = "And 897 more; errors has the first 100. Nothing was changed.";
        assert!(of(100, 900).ends_with(end), "{}", of(100, 900));
    }
}
