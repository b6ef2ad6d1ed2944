//! `PUT /api/v1/organizations/{organization}/orders/{order}/method`: another way to pay.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::purchase::{MethodChange, Order as Told};
use membership_contract::refusal::Refusal;
use membership_domain::purchase::order::OrderCommand;
use membership_domain::purchase::quote::QuoteRefusal;
use membership_store::orders::Order;

use super::{Named, changed, known};
use crate::change::Change;
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::purchase::apply::apply;
use crate::purchase::{card, told};
use crate::write::Tx;

/// Changes how an order is paid, while nothing was received for it. A card payment that is open is
/// canceled at the payment provider first: where it was paid meanwhile, the order is.
#[utoipa::path(
    put, path = paths::ORDER_METHOD, tag = "purchases", operation_id = "replace_order_method",
    request_body = MethodChange,
    responses(
        (status = 200, body = Told, headers(("ETag" = String))),
        (status = 409, description = "The order's status doesn't allow it"),
    ),
)]
pub async fn replace_order_method(
    change: Change,
    named: Named,
    Body(request): Body<MethodChange>,
) -> Answer<Response> {
    let by = &change.by;
    let app = &by.app;
    let order = known(app, &by.member, named.0).await?;
    if !order.quote.methods.contains(&request.method) {
        return Err(Refusal::Quote(QuoteRefusal::NoMethod).into());
    }
    let mut if_match = Some(&change.if_match);
    if card::waits(&order.status)
        && let Some(attempt) = card::open_attempt(app, order.id).await?
    {
        // What the caller knows is compared before anything happens outside.
        told::expect(app.store.db(), &change.if_match, &order).await?;
        card::give_up(app, &attempt).await?;
        if_match = None;
    }
    let work = async |write: Tx, mut order: Order| {
        if order.status.method == request.method {
            return Ok((order, Vec::new()));
        }
        let command = OrderCommand::SwitchMethod { to: request.method };
        let done = apply(app, &write, &mut order, command).await?;
        Ok((order, done))
    };
    changed(by, if_match, named.0, (&request, StatusCode::OK), work).await
}
