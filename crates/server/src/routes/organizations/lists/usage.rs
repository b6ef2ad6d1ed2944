//! `GET /api/v1/organizations/{organization}/usage`.

use axum::response::Response;
use membership_contract::paths;
use membership_lists::{List, Page, UsageRow};

use super::{Parameters, answer};
use crate::evidence::look::Look;
use crate::http::problem::Answer;

/// What customers used, by month: found, sorted, page by page; each with the areas in which it counts, and why not in
/// the others.
#[utoipa::path(
    get, path = paths::USAGE, tag = "lists", operation_id = "list_usage",
    responses(
        (status = 200, content((Page<UsageRow> = "application/json"), (String = "text/csv"))),
    ),
)]
pub async fn list_usage(look: Look<Parameters>) -> Answer<Response> {
    answer(look, List::Usage, |lists, query| lists.usage(query)).await
}
