//! Refusals: from a handler's words to `application/problem+json`.

use std::any::Any;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use membership_contract::problem::{FieldError, MEDIA_TYPE, Problem, code};
use membership_store::StoreError;

use super::observe::RequestId;

/// A handler's refusal. The layer [`finish`] adds what only the request knows.
#[derive(Debug)]
pub struct Refused {
    problem: Box<Problem>,
    headers: HeaderMap,
}

/// What a handler gives back.
pub type Answer<T> = Result<T, Refused>;

impl Refused {
    /// A refusal with its code and its one sentence of what, why and what lifts it.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        let problem = Problem::new(status.as_u16(), code, detail);
        Self {
            problem: Box::new(problem),
            headers: HeaderMap::new(),
        }
    }

    /// 404, for what is not there and for what the user may not know of.
    pub fn not_found() -> Self {
        let detail = "There is nothing at this address, or nothing that you may see. \
                      Check the address, or ask an administrator of the organization.";
        Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, detail)
    }

    /// 422, with the places that are wrong.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = Problem::invalid_detail(&errors);
        let mut refused = Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::INVALID, detail);
        refused.problem.errors = errors;
        refused
    }

    /// 500, with the reason in the log only.
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        tracing::error!(%reason, "internal error");
        let detail = "Something went wrong on our side and nothing was changed. Try again; \
                      if it stays, give the request id to support.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL, detail)
    }

    /// What is wrong with single values, if that is what it is about.
    pub fn errors(&self) -> &[FieldError] {
        &self.problem.errors
    }

    /// With the resource as it is now.
    pub fn with_current(mut self, current: serde_json::Value) -> Self {
        self.problem.current = Some(current);
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

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, self.headers).into_response();
        response.extensions_mut().insert(*self.problem);
        response
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Self::not_found(),
            StoreError::Unavailable(reason) => {
                tracing::error!(%reason, "database unavailable");
                let detail = "The database does not answer at the moment and nothing was changed. \
                              Try again in a few seconds.";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, code::UNAVAILABLE, detail)
                    .with_header(header::RETRY_AFTER, "5")
            }
            other => Self::internal(other),
        }
    }
}

impl From<crate::chance::NoChance> for Refused {
    fn from(error: crate::chance::NoChance) -> Self {
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
    let mut problem = response
        .extensions_mut()
        .remove::<Problem>()
        .unwrap_or_else(|| *of_status(status).problem);
    problem.instance = instance;
    problem.request_id = request_id.0;
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *response.body_mut() = Body::from(body);
    response
}

/// The answer to a request during which our code panicked.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let reason = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown")
        .to_owned();
    Refused::internal(format!("panic: {reason}")).into_response()
}

/// What a layer or the router means by a bare status.
fn of_status(status: StatusCode) -> Refused {
    let refuse = |code, detail: &str| Refused::new(status, code, detail);
    match status {
        StatusCode::NOT_FOUND => Refused::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => refuse(
            code::METHOD_NOT_ALLOWED,
            "This address does not know that method; the Allow header lists those it knows.",
        ),
        StatusCode::REQUEST_TIMEOUT => refuse(
            code::TIMEOUT,
            "The request took too long and was given up. Try again, with less at a time.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            refuse(code::TOO_LARGE, "The body is too large. Send it in parts.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            refuse(code::MEDIA_TYPE, "Send the body as application/json.")
        }
        status if status.is_server_error() => Refused::internal(format!("bare status {status}")),
        _ => refuse(
            code::MALFORMED,
            "The request could not be read: check address and headers.",
        ),
    }
}
