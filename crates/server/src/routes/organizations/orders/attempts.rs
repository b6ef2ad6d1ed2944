//! `POST /api/v1/organizations/{organization}/orders/{order}/attempts`: begins to pay by card, and
//! `DELETE .../{attempt}`: gives that up.

use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use membership_contract::paths;
use membership_contract::purchase::Order as Told;
use membership_domain::id::{AttemptId, OrderId, OrganizationId};
use membership_store::{attempts, orders, organizations};

use super::{Named, known};
use crate::change::{KeyNeeded, Keyed};
use crate::http::problem::{Answer, ApiError};
use crate::purchase::{card, told};
use crate::write::Tx;

/// Begins to pay by card: the answer says where the buyer pays, on the page of the payment provider.
/// An attempt is kept before the provider hears of it, so that none is ever forgotten.
#[utoipa::path(
    post, path = paths::ORDER_ATTEMPTS, tag = "purchases", operation_id = "create_order_attempt",
    responses(
        (status = 201, body = Told),
        (status = 409, description = "Another attempt is open, or the order's status doesn't allow it"),
    ),
)]
pub async fn create_order_attempt(KeyNeeded(by): KeyNeeded, named: Named) -> Answer<Response> {
    by.member.person()?;
    let (app, organization) = (&by.app, by.member.organization);
    let begun = Mutex::new(None);
    let work = async |write: Tx| {
        let order = orders::of_organization(write.tx(), organization, named.0).await?;
        let mut order = order.ok_or_else(ApiError::not_found)?;
        let (attempt, done) = card::begin(app, &write, &mut order).await?;
        let buyer = organizations::lock(&write, organization).await?;
        let asked = card::asked(app, &attempt, &order, &buyer);
        *begun.lock().unwrap_or_else(PoisonError::into_inner) = Some((attempt, asked));
        Ok(((), done))
    };
    // It is answered with the order as it is then, so nothing is kept but that it was done.
    let (_, is_again) = by.kept(&(), StatusCode::CREATED, work).await?;
    let begun = begun.into_inner().unwrap_or_else(PoisonError::into_inner);
    match begun.filter(|_| !is_again) {
        // The provider hears of it after it is kept.
        Some((attempt, asked)) => drop(card::send(app, &attempt, &asked).await?),
        // A request that comes again finds the same attempt, which may have gone on since.
        None => {
            if let Some(attempt) = card::open_attempt(app, named.0).await?
                && attempt.redirect.is_none()
            {
                card::look(app, &attempt).await?;
            }
        }
    }
    let order = known(app, &by.member, named.0).await?;
    let told = told::order(app.store.db(), &order).await?;
    Ok((StatusCode::CREATED, Json(told)).into_response())
}

/// Gives up an attempt that was not paid: the payment provider ends it, and says whether it was paid
/// after all.
#[utoipa::path(
    delete, path = paths::ORDER_ATTEMPT, tag = "purchases", operation_id = "delete_order_attempt",
    responses((status = 200, body = Told)),
)]
pub async fn delete_order_attempt(
    by: Keyed,
    path: Path<(OrganizationId, OrderId, AttemptId)>,
) -> Answer<Response> {
    let (app, Path((_, order, attempt))) = (&by.app, path);
    by.member.person()?;
    let order = known(app, &by.member, order).await?;
    let attempt = attempts::by_id(app.store.db(), attempt).await?;
    let attempt = attempt.filter(|one| one.order == order.id);
    let attempt = attempt.ok_or_else(ApiError::not_found)?;
    if attempt.state.is_open() {
        card::give_up(app, &attempt).await?;
    }
    let order = known(app, &by.member, order.id).await?;
    let told = told::order(app.store.db(), &order).await?;
    Ok(Json(told).into_response())
}
