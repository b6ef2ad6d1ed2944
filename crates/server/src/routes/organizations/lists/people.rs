//! `GET /api/v1/organizations/{organization}/people`.

use axum::extract::State;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::problem::Problem;
use membership_lists::{List, Page, PersonRow};

use super::{Parameters, answer};
use crate::App;
use crate::guard::Member;
use crate::http::accepts::Accepts;
use crate::http::problem::Answer;
use crate::http::query::Pairs;

/// People: found, sorted, page by page; each with the areas in which it counts, and why not in
/// the others.
#[utoipa::path(
    get, path = paths::PEOPLE, tag = "lists", operation_id = "list_people",
    params(("organization" = Uuid, Path), Parameters),
    security(("session" = [])),
    responses(
        (status = 200, content((Page<PersonRow> = "application/json"), (String = "text/csv"))),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn list_people(
    State(app): State<App>,
    member: Member,
    accepts: Accepts,
    pairs: Pairs,
) -> Answer<Response> {
    answer(
        &app,
        &member,
        (&pairs, accepts),
        List::People,
        |lists, query| lists.people(query),
    )
    .await
}
