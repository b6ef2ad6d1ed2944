//! `DELETE /api/v1/organizations/{organization}/orders/{order}`: cancels an order, or throws a draft
//! away.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::purchase::Order as Told;
use membership_domain::purchase::order::{OrderCommand, OrderState};
use membership_store::audit::Action;
use membership_store::orders::{self, Order};

use super::{Named, changed, known};
use crate::change::{Done, Keyed};
use crate::http::problem::Answer;
use crate::purchase::apply::apply;
use crate::purchase::card;
use crate::write::Tx;

/// Cancels an order that is not paid; a card payment that is open is ended at the payment provider
/// first. What was received for it is returned. Of a draft nothing stays.
#[utoipa::path(
    delete, path = paths::ORDER, tag = "purchases", operation_id = "delete_order",
    responses(
        (status = 200, body = Told),
        (status = 409, description = "The order's status doesn't allow it"),
    ),
)]
pub async fn delete_order(by: Keyed, named: Named) -> Answer<Response> {
    let app = &by.app;
    by.member.person()?;
    let order = known(app, &by.member, named.0).await?;
    if card::waits(&order.status)
        && let Some(attempt) = card::open_attempt(app, order.id).await?
    {
        card::give_up(app, &attempt).await?;
    }
    let work = async |write: Tx, mut order: Order| {
        match order.status.state {
            OrderState::Canceled => return Ok((order, Vec::new())),
            OrderState::Draft => {
                orders::remove_draft(&write, order.id).await?;
                order.status.state = OrderState::Canceled;
                let done = Done::of(Action::OrderDiscard, order.id);
                return Ok((order, vec![done]));
            }
            _ => {}
        }
        let done = apply(app, &write, &mut order, OrderCommand::Cancel).await?;
        Ok((order, done))
    };
    changed(&by, None, named.0, (&(), StatusCode::OK), work).await
}
