//! `GET /api/v1/organizations/{organization}/people`.

use axum::response::Response;
use membership_contract::paths;
use membership_lists::{List, Page, PersonRow};

use super::{Parameters, answer};
use crate::evidence::look::Look;
use crate::http::problem::Answer;

/// People: found, sorted, page by page; each with the areas in which it counts, and why not in
/// the others.
#[utoipa::path(
    get, path = paths::PEOPLE, tag = "lists", operation_id = "list_people",
    responses(
        (status = 200, content((Page<PersonRow> = "application/json"), (String = "text/csv"))),
    ),
)]
pub async fn list_people(look: Look<Parameters>) -> Answer<Response> {
    answer(look, List::People, |lists, query| lists.people(query)).await
}
