//! What every request and every answer passes, whatever it is for.

pub mod accepts;
pub mod body;
pub mod client;
pub mod cookie;
pub mod cross_site;
pub mod etag;
pub mod headers;
pub mod html;
pub mod if_match;
pub mod large;
pub mod listener;
pub mod named;
pub mod newest;
pub mod observe;
pub mod pages;
pub mod params;
pub mod path_id;
pub mod problem;
pub mod query;
pub mod sending;
pub mod timeouts;
pub mod under_way;

use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::routes::catalog;
use crate::{App, change};

/// Wraps a router in everything that is common, the last line outermost.
pub fn layered(router: Router, app: &App) -> Router {
    router
        .layer(from_fn_with_state(app.clone(), cross_site::refuse))
        .layer(from_fn_with_state(app.clone(), under_way::limit))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(from_fn(problem::finish))
        .layer(CompressionLayer::new())
        .layer(option_layer(cors(&app.settings.allowed_origins)))
        .layer(from_fn_with_state(app.clone(), headers::secure))
        .layer(from_fn(observe::observe))
}

/// Pages on another host of ours may call the API; without such a host nobody else's may.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let origins = origins
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok());
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_credentials(true)
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers([
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            change::KEY,
        ])
        .expose_headers([
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            catalog::DIGEST,
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
            HeaderName::from_static("x-request-id"),
            change::REPLAYED,
        ])
        .max_age(Duration::from_secs(600));
    Some(layer)
}
