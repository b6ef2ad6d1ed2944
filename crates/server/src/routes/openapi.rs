//! `GET /api/v1/openapi.json`: the description of this API.

use axum::Json;
use membership_contract::paths;
use utoipa::openapi::OpenApi;

/// The description of this API, OpenAPI 3.1.
#[utoipa::path(
    get, path = paths::OPENAPI, tag = "description", operation_id = "get_openapi",
    responses((status = 200, description = "OpenAPI 3.1", body = Object)),
)]
pub async fn get_openapi() -> Json<OpenApi> {
    Json(crate::openapi::document())
}
