//! Gives every request an id, and writes one line about it. No bodies, no queries, no cookies, and
//! no path: it may have a person's email address in it.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use membership_headers::has_hash;
use tracing::Instrument;
use uuid::Uuid;

use crate::monitor::name;
use crate::random;

/// The id of a request, in the answer's `X-Request-Id`, in problems, in the log and the audit log.
#[derive(Clone, Debug, Default)]
pub struct RequestId(pub String);

impl RequestId {
    /// That of a request; empty before [`observe`] has seen it.
    pub fn of(request: &Request) -> Self {
        request.extensions().get().cloned().unwrap_or_default()
    }
}

/// The address as the table of routes has it. Others are told by their kind: the app's own addresses
/// name people and customers too, and anything can be asked for.
fn route(request: &Request) -> &str {
    let path = request.uri().path();
    match request.extensions().get::<MatchedPath>() {
        Some(matched) => matched.as_str(),
        None if path.starts_with("/api/") => "an unknown address of the API",
        None if has_hash(path) => "a file with a hash",
        None => "a page or file",
    }
}

/// For who watches the server. Methods that nobody knows are one.
fn measure(route: String, method: &Method, status: StatusCode, took: Duration) {
    const KNOWN: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    let known = KNOWN.into_iter().find(|known| known == method);
    let labels = [
        ("route", route),
        ("method", known.unwrap_or("other").to_owned()),
        ("status", format!("{}xx", status.as_u16() / 100)),
    ];
    metrics::histogram!(name::REQUESTS, &labels).record(took);
}

/// The outermost layer.
pub async fn observe(mut request: Request, next: Next) -> Response {
    // A request without randomness to name it is still served.
    let id = random::bytes().map_or(Uuid::nil(), |bytes| {
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    });
    let id = id.simple().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        route = route(&request),
    );
    let (route, method) = (route(&request).to_owned(), request.method().clone());
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = start.elapsed();
    measure(route, &method, response.status(), took);
    let milliseconds = took.as_millis();
    span.in_scope(|| {
        tracing::info!(
            status = response.status().as_u16(),
            milliseconds,
            "answered"
        )
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
