//! Card payments of orders that a transfer paid.

use membership_contract::desk::ParkedMoney;
use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::attempt::AttemptState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_store::attempts;
use serde_json::json;

use super::testing::{balance, import, operator, sheet, structured};
use crate::gateway::sandbox::story::Story;
use crate::jobs::Worker;
use crate::testing::shop::Shop;
use crate::testing::{Browser, Outcome, TestApp};

/// An order that a transfer pays while its buyer is at the provider's page: the desk, the order and
/// the page.
async fn paid_by_transfer(app: &TestApp, shop: &Shop) -> Outcome<(Browser, Order, String)> {
    let desk = operator(app, "desk@program.example", true).await?;
    let order = shop.order("action-pack", PaymentMethod::Card).await?;
    let reference = order.reference.clone().ok_or("a reference")?;
    let page = shop.attempt(&order).await?;
    let rows = vec![structured("B1", 36_500, &reference)];
    import(&desk, &sheet(1, "2023-11-15", 0, rows)).await?;
    let order = shop.now(&order).await?;
    assert_eq!(order.state, OrderState::Fulfilled);
    Ok((desk, order, page))
}

async fn parked(desk: &Browser) -> Outcome<Vec<ParkedMoney>> {
    desk.get(paths::DESK_PARKED).await?.json()
}

#[tokio::test]
async fn a_page_of_an_order_that_was_paid_otherwise_is_closed() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let (_, order, _) = paid_by_transfer(app, &shop).await?;
        // Nobody is led there any more.
        assert_eq!(order.attempt.and_then(|one| one.redirect), None);
        app.app.clock.wait(chrono::Duration::minutes(2));
        let worker = Worker::new(app.app.clone());
        worker.begin().await?;
        worker.all_due().await?;
        let newest = attempts::newest(app.app.store.db(), order.id).await?;
        assert_eq!(newest.map(|one| one.state), Some(AttemptState::Canceled));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_open_payment_that_was_looked_at_waits_for_its_next_turn() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order("action-pack", PaymentMethod::Card).await?;
        shop.attempt(&order).await?;
        app.app.clock.wait(chrono::Duration::minutes(2));
        let db = app.app.store.db();
        let unseen = async || {
            let before = app.app.clock.real() - chrono::Duration::seconds(60);
            attempts::unsettled(db, &[AttemptState::Open], before, 9).await
        };
        assert_eq!(unseen().await?.len(), 1);
        let worker = Worker::new(app.app.clone());
        worker.begin().await?;
        worker.all_due().await?;
        assert_eq!(unseen().await?.len(), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_dispute_of_parked_money_leaves_the_order_that_a_transfer_paid() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let (desk, order, page) = paid_by_transfer(app, &shop).await?;
        shop.choose(&page, Story::Disputed).await?;
        shop.come_back(&order).await?;
        assert_eq!(parked(&desk).await?.len(), 1);
        shop.lose(app, &page).await?;
        let now = shop.now(&order).await?;
        assert_eq!((now.state, now.received), (OrderState::Fulfilled, 36_500));
        assert!(parked(&desk).await?.is_empty(), "it went back to its owner");
        let books = balance(&desk).await?;
        let card = books
            .lines
            .iter()
            .filter(|line| line.account.code().contains("card"));
        assert_eq!(card.map(|line| line.debit - line.credit).sum::<i64>(), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn card_money_that_is_to_be_returned_pays_nothing_and_is_closed_once_refunded() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let (desk, order, page) = paid_by_transfer(app, &shop).await?;
        shop.choose(&page, Story::Success).await?;
        shop.come_back(&order).await?;
        let piece = parked(&desk).await?.pop().ok_or("a piece")?;
        let path = paths::DESK_PARKED_DECISION.replace("{receipt}", &piece.id.to_string());
        let refunded = json!({"refunded": true});
        let early = desk.post(&path, refunded.clone()).await?.problem()?;
        assert_eq!(early.status, 422);
        assert_eq!(desk.post(&path, json!({})).await?.status, 200);
        // It may be on its way already.
        let draft = shop.begin("isv-success", PaymentMethod::Card).await?;
        let assign = json!({"order_number": shop.place(&draft).await?.number});
        let refused = desk.post(&path, assign).await?.problem()?;
        let codes: Vec<&str> = (refused.errors.iter())
            .map(|one| one.code.as_str())
            .collect();
        assert_eq!((refused.status, codes), (422, vec!["to_return"]));
        assert_eq!(desk.post(&path, refunded.clone()).await?.status, 200);
        assert!(parked(&desk).await?.is_empty());
        assert_eq!(desk.post(&path, refunded).await?.problem()?.status, 409);
        let books = balance(&desk).await?;
        let card = books
            .lines
            .iter()
            .filter(|line| line.account.code().contains("card"));
        assert_eq!(card.map(|line| line.debit - line.credit).sum::<i64>(), 0);
        Ok(())
    })
    .await
}
