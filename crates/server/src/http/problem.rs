//! Refusals: from a handler's words to `application/problem+json`.

use std::any::Any;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use membership_contract::problem::{FieldError, MEDIA_TYPE, Problem, code};
use membership_contract::refusal::{JSON, Refusal};
use membership_store::StoreError;
use serde::Serialize;

use super::observe::RequestId;
use crate::write::Overtaken;

/// So many wrong places are named in an answer; all are counted.
pub const MOST_ERRORS: usize = 100;

/// The wrong places take no more bytes of an answer: an answer to anything is short.
const ERRORS_SIZE: usize = 48 * 1024;

/// So many characters of a wrong place, and of the sentence about it: both can repeat what was
/// sent.
const LONGEST_ERROR: usize = 300;

/// So many characters of the sentence about all.
const LONGEST_DETAIL: usize = 2000;

/// The resource as it is now is sent with a refusal up to so many bytes; larger evidence has to be
/// read again.
const LARGEST_CURRENT: usize = 1024 * 1024;

/// A handler's refusal. The layer [`finish`] adds what only the request knows.
#[derive(Clone, Debug)]
pub struct ApiError {
    told: Box<Told>,
    headers: HeaderMap,
    /// Another write was in the way: the same one can be done again.
    overtaken: bool,
}

/// What is told of a refusal.
#[derive(Clone, Debug)]
struct Told {
    problem: Problem,
    /// The resource as it is now, as JSON: it can be large, and is sent as it is.
    current: Option<String>,
}

/// What a handler gives back.
pub type Answer<T> = Result<T, ApiError>;

impl ApiError {
    /// A refusal with its code and its one sentence of what, why and what lifts it.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        let detail = shortened(detail.into(), LONGEST_DETAIL);
        let problem = Problem::new(status.as_u16(), code, detail);
        let current = None;
        Self {
            told: Box::new(Told { problem, current }),
            headers: HeaderMap::new(),
            overtaken: false,
        }
    }

    /// Another write was in the way, and this one can be done again.
    pub fn overtaken() -> Self {
        Self {
            overtaken: true,
            ..Refusal::Overtaken.into()
        }
    }

    /// 404, for what is not there and for what the user may not know of.
    pub fn not_found() -> Self {
        Refusal::NotFound.into()
    }

    /// 422, with the places that are wrong.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let all = errors.len();
        Self::invalid_of(errors, all)
    }

    /// 422, with one place that is wrong.
    pub fn invalid_at(pointer: &str, code: &str, detail: &str) -> Self {
        Self::invalid(vec![FieldError::new(pointer, code, detail)])
    }

    /// 422, with the first of the places that are wrong, of so many in all.
    pub fn invalid_of(errors: Vec<FieldError>, all: usize) -> Self {
        let errors = errors.into_iter().take(MOST_ERRORS);
        let errors = errors.map(|error| FieldError {
            pointer: shortened(error.pointer, LONGEST_ERROR),
            code: error.code,
            detail: shortened(error.detail, LONGEST_ERROR),
        });
        let errors = fitting(errors, ERRORS_SIZE);
        let detail = Problem::invalid_detail(&errors, all);
        let mut refused = Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::INVALID, detail);
        refused.told.problem.error_count = (all > errors.len()).then_some(all as u64);
        refused.told.problem.errors = errors;
        refused
    }

    /// 500, with the reason in the log only.
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        tracing::error!(%reason, "internal error");
        Refusal::Internal.into()
    }

    /// Whether it is this refusal.
    pub fn is(&self, refusal: &Refusal) -> bool {
        self.told.problem.code == refusal.code() && self.detail() == refusal.detail()
    }

    /// The sentence.
    pub fn detail(&self) -> &str {
        &self.told.problem.detail
    }

    /// What is wrong with single values, if that is what it is about.
    pub fn errors(&self) -> &[FieldError] {
        &self.told.problem.errors
    }

    /// With the resource as it is now, as JSON, unless that is large.
    pub fn with_current(mut self, current: String) -> Self {
        self.told.current = Some(current).filter(|current| current.len() <= LARGEST_CURRENT);
        self
    }

    /// With a header. One that cannot be sent is left out.
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.told.problem.status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, self.headers).into_response();
        response.extensions_mut().insert(*self.told);
        response
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let status = StatusCode::from_u16(refusal.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let refused = Self::new(status, refusal.code(), refusal.detail());
        match refusal.retry_after() {
            Some(seconds) => refused.with_header(header::RETRY_AFTER, &seconds.to_string()),
            None => refused,
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_retryable() {
            tracing::debug!(reason = %error, "a write was overtaken");
            return Self::overtaken();
        }
        match error {
            StoreError::NotFound(_) => Self::not_found(),
            StoreError::Stale { .. } => Refusal::Stale.into(),
            StoreError::Operator => Refusal::OperatorAccount.into(),
            StoreError::Duplicate(_) => Refusal::Duplicate.into(),
            StoreError::PartnerIdTaken(id) => Refusal::PartnerIdTaken { id }.into(),
            StoreError::Unavailable(reason) => {
                tracing::error!(%reason, "database unavailable");
                Refusal::Unavailable.into()
            }
            StoreError::Uncertain(reason) => {
                tracing::error!(%reason, "database unavailable while committing");
                Refusal::Uncertain.into()
            }
            other => Self::internal(other),
        }
    }
}

impl Overtaken for ApiError {
    fn is_overtaken(&self) -> bool {
        self.overtaken
    }
}

impl From<crate::random::NoRandomness> for ApiError {
    fn from(error: crate::random::NoRandomness) -> Self {
        Self::internal(error)
    }
}

/// Makes every answer above 399 a problem, also those of the router and of other layers.
pub async fn finish(request: Request, next: Next) -> Response {
    let instance = request.uri().path().to_owned();
    let request_id = RequestId::of(&request);
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let told = response.extensions_mut().remove::<Told>();
    let Told {
        mut problem,
        current,
    } = told.unwrap_or_else(|| *of_status(status).told);
    problem.instance = instance;
    problem.request_id = request_id.0;
    let mut body = serde_json::to_string(&problem).unwrap_or_default();
    if let Some(current) = current {
        // Into the object, as its last field.
        body.pop();
        body = body + ",\"current\":" + &current + "}";
    }
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *response.body_mut() = Body::from(body);
    response
}

/// At most so many characters, with a sign where there were more.
pub fn shortened(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "\u{2026}",
        None => text,
    }
}

/// The first of these that take no more bytes together, as JSON.
pub fn fitting<T: Serialize>(items: impl IntoIterator<Item = T>, mut bytes: usize) -> Vec<T> {
    let fits = |item: &T| {
        let size = serde_json::to_string(item).map_or(usize::MAX, |json| json.len());
        let left = bytes.checked_sub(size);
        bytes = left.unwrap_or_default();
        left.is_some()
    };
    items.into_iter().take_while(fits).collect()
}

/// The answer to a request during which our code panicked; the log has the place.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    ApiError::internal("panic").into_response()
}

/// What a layer or the router means by a bare status.
fn of_status(status: StatusCode) -> ApiError {
    match status {
        StatusCode::NOT_FOUND => Refusal::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Refusal::MethodNotAllowed,
        StatusCode::REQUEST_TIMEOUT => Refusal::TookTooLong,
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Refusal::MediaType { known: JSON },
        status if status.is_server_error() => {
            return ApiError::internal(format!("bare status {status}"));
        }
        // Whatever else the HTTP library means keeps its status.
        status => {
            let detail = Refusal::Malformed.detail();
            return ApiError::new(status, code::MALFORMED, detail);
        }
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_short_whatever_is_wrong() {
        // The worst: signs that JSON writes as six bytes each.
        let long = "\u{1}".repeat(100_000);
        for text in ["Must be a day.", &long, &"\u{1f600}".repeat(5000)] {
            let error = FieldError::new(text, "invalid", text);
            let refused = ApiError::invalid_of(vec![error; 2 * MOST_ERRORS], 1_000_000);
            let problem = refused.told.problem;
            let json = serde_json::to_string(&problem).unwrap_or_default();
            assert!(!json.is_empty() && json.len() < 64 * 1024, "{}", json.len());
            assert!((1..=MOST_ERRORS).contains(&problem.errors.len()));
            assert_eq!(problem.error_count, Some(1_000_000));
        }
        let long = ApiError::new(StatusCode::CONFLICT, code::CONFLICT, long);
        assert!(long.told.problem.detail.chars().count() <= LONGEST_DETAIL + 1);
        let refused = ApiError::invalid(vec![FieldError::new("/a", "invalid", "b")]);
        assert_eq!(refused.told.problem.error_count, None);
    }
}
