//! `GET /api/v1/organizations/{organization}/customers`.

use axum::response::Response;
use membership_contract::paths;
use membership_lists::{CustomerRow, List, Page};

use super::{Parameters, answer};
use crate::evidence::look::Look;
use crate::http::problem::Answer;

/// Customers: found, sorted, page by page; each with the areas in which it counts, and why not in
/// the others.
#[utoipa::path(
    get, path = paths::CUSTOMERS, tag = "lists", operation_id = "list_customers",
    responses(
        (status = 200, content((Page<CustomerRow> = "application/json"), (String = "text/csv"))),
    ),
)]
pub async fn list_customers(look: Look<Parameters>) -> Answer<Response> {
    answer(look, List::Customers, |lists, query| lists.customers(query)).await
}
