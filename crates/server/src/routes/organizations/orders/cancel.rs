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
use crate::change::{Done, Keyed, sent};
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
    // Of a draft that was thrown away nothing is left but the answer.
    if let Some(kept) = by.once(&())?.given_before().await? {
        return Ok(sent(kept, true));
    }
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

#[cfg(test)]
mod tests {
    use membership_contract::paths;
    use membership_domain::purchase::bill::PaymentMethod;

    use crate::testing::shop::{Shop, key};
    use crate::testing::{Outcome, TestApp};

    /// As after an answer that was lost.
    #[tokio::test]
    async fn a_draft_that_was_thrown_away_is_thrown_away_again_under_its_key() -> Outcome {
        TestApp::each(async |app| {
            let shop = Shop::of(app, "Northwind").await?;
            let draft = shop.begin("action-pack", PaymentMethod::Card).await?;
            let path = paths::order(shop.id, draft.id);
            let key = key();
            let headers = [("idempotency-key", key.as_str())];
            let first = shop.browser.send("DELETE", &path, &headers, None).await?;
            let again = shop.browser.send("DELETE", &path, &headers, None).await?;
            assert_eq!((first.status.as_u16(), again.status.as_u16()), (200, 200));
            assert_eq!(first.text(), again.text());
            assert_eq!(shop.browser.delete(&path).await?.status, 404);
            Ok(())
        })
        .await
    }
}
