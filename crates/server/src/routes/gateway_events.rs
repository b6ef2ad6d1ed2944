//! `POST /api/v1/gateways/{gateway}/events`: what a payment provider tells of.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use membership_contract::paths;

use crate::App;
use crate::http::body::Raw;
use crate::http::problem::Answer;
use crate::purchase::events;

/// Takes an event of the payment provider. It must be signed by it, over the bytes as they are sent,
/// not longer ago than five minutes. Nothing that it says is believed: the payment is read.
#[utoipa::path(
    post, path = paths::GATEWAY_EVENTS, tag = "purchases", operation_id = "create_gateway_event",
    params(("gateway" = String, Path, description = "`stripe`, or `sandbox` in a demo")),
    request_body(
        content = serde_json::Value, content_type = "application/json",
        description = "As the payment provider sends it",
    ),
    responses(
        (status = 204, description = "Taken, now or before"),
        (status = 400, description = "The signature isn't right"),
        (status = 503, description = "The payment provider doesn't say how the payment is: send it again"),
    ),
)]
pub async fn create_gateway_event(
    State(app): State<App>,
    gateway: Path<String>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Answer<StatusCode> {
    events::take(&app, &gateway, &headers, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
