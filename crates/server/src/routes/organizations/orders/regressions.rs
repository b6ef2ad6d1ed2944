//! What went wrong in other systems that sell memberships, and must not go wrong here.

mod checkout;
mod dates;
mod money_back;
mod numbers;
mod paying;
mod renewing;
mod tabs;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use membership_contract::purchase::{Bill, Order};
use membership_domain::Evidence;
use membership_domain::catalog::Catalog;
use membership_domain::evidence::{Authority, Membership};
use membership_domain::purchase::bill::BillKind;
use membership_domain::purchase::ledger::Account;
use membership_store::audit::Action;
use membership_store::organizations::{self, Organization};
use membership_store::{books, evidence};
use serde_json::json;

use crate::app::ServedCatalog;
use crate::engines::Engines;
use crate::gateway::sandbox::{Sent, signed};
use crate::http::etag;
use crate::jobs::Worker;
use crate::testing::shop::{Shop, late};
use crate::testing::{Answer, Browser, Outcome, TestApp};
use crate::{App, http, routes, trail};

const PACK: &str = "action-pack";

/// Sets the business clock.
fn set(app: &App, at: &str) -> Outcome {
    Ok(app.clock.set(at.parse::<DateTime<Utc>>()?)?)
}

/// What waits is done, and what recurs is done once more.
async fn work(app: &App) -> Outcome {
    app.clock.wait(Duration::minutes(2));
    let worker = Worker::new(app.clone());
    worker.begin().await?;
    worker.all_due().await?;
    Ok(())
}

/// The provider's id of what is paid on a page.
fn payment(page: &str) -> &str {
    page.rsplit('/').next().unwrap_or_default()
}

/// The provider tells of a payment, and signs that now.
async fn tell(app: &TestApp, id: &str, payment: &str) -> Outcome<Answer> {
    let (id, payment) = (id.to_owned(), payment.to_owned());
    let body = serde_json::to_vec(&Sent { id, payment })?;
    let signature = signed(&body, app.app.clock.real());
    let headers = [("sandbox-signature", signature.as_str())];
    let path = "/api/v1/gateways/sandbox/events";
    let browser = app.browser();
    browser.send_raw("POST", path, &headers, body).await
}

/// The same server after its catalog was changed: same database, same clock, same provider.
fn after_catalog(app: &App, change: impl FnOnce(&mut Catalog)) -> Outcome<App> {
    let mut catalog = Catalog::clone(&app.catalog.catalog);
    change(&mut catalog);
    let json = serde_json::to_vec(&catalog)?;
    let digest = membership_catalog::digest(&json);
    let catalog = Arc::new(catalog);
    Ok(App {
        engines: Arc::new(Engines::new(Arc::clone(&catalog), app.settings.engines)),
        catalog: Arc::new(ServedCatalog {
            access: catalog.access().ok_or("limits of access")?,
            purchase: catalog.purchase_limits().ok_or("limits of buying")?,
            catalog,
            json,
            etag: etag::weak(&digest),
            digest,
        }),
        ..app.clone()
    })
}

/// The buyer, at such a server.
fn shop_at(app: &App, shop: &Shop) -> Shop {
    let router = http::layered(routes::router(app, None), app);
    Shop {
        browser: Browser::with(router, shop.browser.cookie.clone()),
        id: shop.id,
    }
}

/// What the pack costs from now on, in a currency.
fn price(catalog: &mut Catalog, currency: &str, amount: i64) {
    let pack = catalog.offers.iter_mut().filter(|offer| offer.id == PACK);
    for price in pack.flat_map(|offer| &mut offer.prices) {
        if price.currency == currency {
            price.amount = Some(amount);
        }
    }
}

/// Changes an organization behind the server's back.
async fn change(
    app: &App,
    shop: &Shop,
    change: impl FnOnce(Organization) -> Organization,
) -> Outcome {
    let write = app.store.write().await?;
    let known = organizations::lock(&write, shop.id).await?;
    organizations::update(&write, change(known)).await?;
    let entry = trail::entry(&app.clock, Action::EvidenceReplace, shop.id)?;
    Ok(write.commit(entry).await?)
}

/// The packs that are held and were made here, as evidence: first day and last.
async fn packs(app: &App, shop: &Shop) -> Outcome<Vec<(String, String)>> {
    let part = evidence::part(app.store.db(), shop.id, "memberships").await?;
    let held: Vec<Membership> = part.map_or_else(|| Ok(Vec::new()), |known| known.rows())?;
    let ours = |one: &&Membership| one.program == PACK && one.authority == Authority::MadeHere;
    let days = |one: &Membership| {
        let ends = one.ends_on.map(|on| on.to_string()).unwrap_or_default();
        (one.started_on.to_string(), ends)
    };
    Ok(held.iter().filter(ours).map(days).collect())
}

/// Nothing is held of the pack any more, so that it can be bought again.
async fn let_go(app: &TestApp, shop: &Shop) -> Outcome {
    let part = evidence::part(app.app.store.db(), shop.id, "memberships").await?;
    let mut held: Vec<Membership> = part.map_or_else(|| Ok(Vec::new()), |known| known.rows())?;
    held.retain(|one| one.program != PACK);
    let rows = serde_json::to_value(held)?;
    app.put_part(shop.id, "memberships", &rows).await
}

/// What is on an account, and that all accounts together have nothing.
async fn balance(app: &App, of: Account) -> Outcome<i64> {
    let lines = books::trial_balance(app.store.db(), late()).await?;
    let sum: i64 = lines.iter().map(|line| line.debit - line.credit).sum();
    assert_eq!(sum, 0, "{lines:?}");
    let of_account = lines.iter().filter(|line| line.account == of);
    Ok(of_account.map(|line| line.debit - line.credit).sum())
}

fn bill(order: &Order, kind: BillKind) -> Option<&Bill> {
    order.bills.iter().find(|bill| bill.kind == kind)
}

/// Another way to pay, as somebody asks for it who knows the order as it is.
async fn switch(shop: &Shop, order: &Order, method: &str) -> Outcome<Answer> {
    let known = shop
        .browser
        .get(&membership_contract::paths::order(shop.id, order.id))
        .await?;
    let path = membership_contract::paths::of_order(shop.id, order.id, "method");
    let body = json!({"method": method});
    let tag = known.header("etag");
    shop.browser.put_tagged(&path, tag, body).await
}

/// Evidence as the API tells it.
async fn told(shop: &Shop) -> Outcome<Evidence> {
    let path = membership_contract::paths::evidence(shop.id);
    shop.browser.get(&path).await?.json()
}
