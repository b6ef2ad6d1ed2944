//! `GET /api/v1/organizations/{organization}/people/{person}`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_domain::evidence::Person;
use membership_domain::id::OrganizationId;

use crate::App;
use crate::engines::Engines;
use crate::guard::Member;
use crate::http::problem::{Answer, ApiError};

/// One person with all certificates, as evidence has it, with the tag of the whole evidence: an
/// import of evidence with this one row changes it.
#[utoipa::path(
    get, path = paths::PERSON, tag = "lists", operation_id = "get_person",
    params(("person" = String, Path, description = "The id in the evidence")),
    responses((status = 200, body = Person, headers(("ETag" = String)))),
)]
pub async fn get_person(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(OrganizationId, String)>,
) -> Answer<Response> {
    let view = Engines::view(&app, &member).await?;
    let found = view.person(&id).ok_or_else(ApiError::not_found)?;
    Ok(([(header::ETAG, view.tag())], Json(found)).into_response())
}
