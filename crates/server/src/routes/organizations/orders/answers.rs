//! `PUT /api/v1/organizations/{organization}/orders/{order}/answers`: other answers of a draft.

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::paths;
use membership_contract::purchase::Order as Told;
use membership_contract::refusal::Refusal;
use membership_domain::purchase::order::{OrderRefusal, OrderState};
use membership_domain::purchase::quote::OrderAnswers;
use membership_store::orders::{self, Order};

use super::create::{done, requote};
use super::{Named, changed, decided_by, held_until};
use crate::change::Change;
use crate::http::body::Body;
use crate::http::problem::Answer;
use crate::write::Tx;

/// Changes the answers of a draft, and so what it comes to: its price is made again, by the rules
/// of today, and held for some minutes.
#[utoipa::path(
    put, path = paths::ORDER_ANSWERS, tag = "purchases", operation_id = "replace_order_answers",
    request_body = OrderAnswers,
    responses(
        (status = 200, body = Told, headers(("ETag" = String))),
        (status = 409, description = "It can't be ordered like this, or is no draft any more"),
    ),
)]
pub async fn replace_order_answers(
    change: Change,
    named: Named,
    Body(answers): Body<OrderAnswers>,
) -> Answer<Response> {
    let by = &change.by;
    let app = &by.app;
    let quote = decided_by(by).await?.quote(app, &answers);
    let work = async |write: Tx, mut order: Order| {
        if order.status.state != OrderState::Draft || order.answers.offer != answers.offer {
            return Err(Refusal::Order(OrderRefusal::State).into());
        }
        // Only now: what is refused may be what the same request led to.
        let quote = quote.as_ref().map_err(Clone::clone)?;
        requote(&mut order, &answers, quote, held_until(app));
        orders::update(&write, &mut order).await?;
        let done = done(&order)?;
        Ok((order, vec![done]))
    };
    let asked = (&answers, StatusCode::OK);
    changed(by, Some(&change.if_match), named.0, asked, work).await
}
