//! `POST /api/v1/organizations/{organization}/orders/{order}/payment-check`: how the payment went.

use axum::Json;
use axum::extract::State;
use membership_contract::paths;
use membership_contract::purchase::Order as Told;

use super::{Named, known};
use crate::App;
use crate::guard::Member;
use crate::http::problem::Answer;
use crate::purchase::{card, told};

/// Asks the payment provider how the open payment of an order is, and answers with the order then.
/// The page to which a buyer returns asks this; so does nobody have to, for the server asks by
/// itself too.
#[utoipa::path(
    post, path = paths::ORDER_PAYMENT_CHECK, tag = "purchases",
    operation_id = "create_order_payment_check",
    responses((status = 200, body = Told)),
)]
pub async fn create_order_payment_check(
    State(app): State<App>,
    member: Member,
    named: Named,
) -> Answer<Json<Told>> {
    let order = known(&app, &member, named.0).await?;
    if let Some(attempt) = card::open_attempt(&app, order.id).await? {
        card::look(&app, &attempt).await?;
    }
    let order = known(&app, &member, named.0).await?;
    Ok(Json(told::order(app.store.db(), &order).await?))
}
