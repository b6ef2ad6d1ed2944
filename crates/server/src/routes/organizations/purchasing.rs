//! `GET /api/v1/organizations/{organization}/purchasing`: what offers depend on beside evidence.

use axum::Json;
use axum::extract::State;
use membership_contract::paths;
use membership_contract::purchase::Purchasing;
use membership_domain::purchase::offers::OpenOrder;
use membership_domain::purchase::order::OrderState;
use membership_domain::roles::Role;
use membership_store::{billing, grants, members, orders, organizations};

use crate::App;
use crate::guard::Member;
use crate::http::problem::{Answer, ApiError};
use crate::purchase::told;

/// What the offers of an organization depend on beside its evidence: the billing profile, and what
/// is ordered already. With catalog and evidence a client says with it what can be bought, and why
/// not.
#[utoipa::path(
    get, path = paths::PURCHASING, tag = "purchases", operation_id = "get_purchasing",
    responses((status = 200, body = Purchasing)),
)]
pub async fn get_purchasing(State(app): State<App>, member: Member) -> Answer<Json<Purchasing>> {
    let (db, id) = (app.store.db(), member.organization);
    let organization = organizations::by_id(db, id).await?;
    let organization = organization.ok_or_else(ApiError::not_found)?;
    let billing = billing::of(db, id).await?;
    let (mut open_orders, mut drafts) = (Vec::new(), Vec::new());
    for order in orders::under_way(db, id).await? {
        if order.status.state == OrderState::Draft {
            drafts.push(told::order(db, &order).await?);
        } else {
            open_orders.push(OpenOrder {
                id: order.id,
                offer: order.answers.offer.clone(),
                number: order.number.clone().unwrap_or_default(),
            });
        }
    }
    let holders = grants::holders(db, id, &[Role::GlobalAdmin]).await?;
    let holders: Vec<_> = holders.into_keys().collect();
    let names = members::names(db, id, &holders).await?;
    let mut global_admins: Vec<String> = names.into_values().collect();
    global_admins.sort();
    Ok(Json(Purchasing {
        is_exempt: billing.as_ref().is_some_and(|one| one.is_exempt),
        billing: billing.map(|one| one.profile),
        name: organization.name,
        country: organization.country,
        open_orders,
        drafts,
        takes_cards: app.gateway.is_there(),
        global_admins,
    }))
}
