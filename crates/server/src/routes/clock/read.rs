//! `GET /api/v1/clock`: what time it is for the server.

use axum::Json;
use axum::extract::State;
use membership_contract::clock::Clock;
use membership_contract::paths;

use crate::App;

/// What time it is for the server.
#[utoipa::path(
    get, path = paths::CLOCK, tag = "clock", operation_id = "get_clock",
    responses((status = 200, body = Clock)),
)]
pub async fn get_clock(State(app): State<App>) -> Json<Clock> {
    Json(super::now(&app))
}
