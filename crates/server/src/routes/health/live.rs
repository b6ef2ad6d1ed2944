//! `GET /healthz`: the process lives. Says nothing about the database: restarting does not help it.

use axum::Json;
use membership_contract::health::Health;
use membership_contract::paths;

/// The process lives.
#[utoipa::path(
    get, path = paths::HEALTHZ, tag = "health", operation_id = "get_health",
    responses((status = 200, body = Health)),
)]
pub async fn get_health() -> Json<Health> {
    Json(super::ok())
}
