//! `GET /api/v1/organizations/{organization}`: company data and locations.

use axum::extract::State;
use axum::response::Response;
use membership_contract::organization::Organization;
use membership_contract::paths;

use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;

/// Company data and locations of one organization.
#[utoipa::path(
    get, path = paths::ORGANIZATION, tag = "organizations", operation_id = "get_organization",
    params(("organization" = Uuid, Path)), security(("session" = [])),
    responses((status = 200, body = Organization, headers(("ETag" = String)))),
)]
pub async fn get_organization(State(app): State<App>, member: Member) -> Answer<Response> {
    Ok(super::tagged(
        super::current(&app, member.organization).await?,
    ))
}
