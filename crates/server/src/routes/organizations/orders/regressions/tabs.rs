//! One buyer in two tabs, and one who goes back.

use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::ledger::Account;
use membership_domain::purchase::order::OrderState;
use membership_store::attempts;
use serde_json::json;

use super::{PACK, balance, packs, payment, tell, work};
use crate::gateway::sandbox::story::Story;
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp};

#[tokio::test]
async fn back_after_paying_pays_nothing_twice() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin(PACK, PaymentMethod::Card).await?;
        let placement = paths::of_order(shop.id, draft.id, "placement");
        let (pressed, body) = (key(), Shop::placement(&draft));
        let order: Order = shop
            .keyed(&placement, &pressed, Some(body.clone()))
            .await?
            .json()?;
        let begin = paths::of_order(shop.id, order.id, "attempts");
        let began = key();
        let begun: Order = shop.keyed(&begin, &began, None).await?.json()?;
        let page = begun.attempt.and_then(|one| one.redirect).ok_or("a page")?;
        shop.choose(&page, Story::Success).await?;
        let paid = shop.come_back(&order).await?;
        assert_eq!(paid.state, OrderState::Fulfilled);

        // Back to the provider's page: another card, and the same.
        shop.choose(&page, Story::Declined).await?;
        shop.choose(&page, Story::Success).await?;
        tell(app, "evt_again", payment(&page)).await?;
        assert_eq!(shop.come_back(&order).await?, paid);
        // Back to the page with the button: pressed again, and as from a page that was loaded anew.
        let again = shop.keyed(&placement, &pressed, Some(body.clone())).await?;
        assert_eq!(again.header("idempotency-replayed"), "true");
        let anew = shop.keyed(&placement, &key(), Some(body)).await?;
        assert_eq!(anew.problem()?.status, 409);
        let begun: Order = shop.keyed(&begin, &began, None).await?.json()?;
        assert_eq!(begun.attempt.and_then(|one| one.redirect), None);
        assert_eq!(shop.keyed(&begin, &key(), None).await?.status, 409);
        // Back to the first page.
        let answers = json!({"offer": PACK, "method": "card"});
        let first = shop
            .keyed(&paths::orders(shop.id), &key(), Some(answers))
            .await?;
        assert_eq!(first.problem()?.status, 409);
        work(&app.app).await?;
        let db = app.app.store.db();
        assert_eq!(attempts::of_order(db, order.id).await?.len(), 1);
        assert_eq!(packs(&app.app, &shop).await?.len(), 1);
        assert_eq!(balance(&app.app, Account::CashCard).await?, 36_500);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_two_tabs_the_one_that_knows_less_changes_nothing() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin(PACK, PaymentMethod::Card).await?;
        let path = paths::order(shop.id, draft.id);
        let tag = shop.browser.get(&path).await?.header("etag").to_owned();
        let answers = paths::of_order(shop.id, draft.id, "answers");
        let wire = json!({"offer": PACK, "method": "wire"});
        let put = async |number: &str| {
            let mut body = wire.clone();
            body["purchase_order"] = json!(number);
            shop.browser.put_tagged(&answers, &tag, body).await
        };
        assert_eq!(put("PO-1").await?.status, 200);
        assert_eq!(put("PO-2").await?.problem()?.status, 412);
        let known = shop.now(&draft).await?;
        assert_eq!(known.answers.purchase_order.as_deref(), Some("PO-1"));
        // Beginning once more, in another tab, takes up the same draft.
        let again = shop.begin(PACK, PaymentMethod::Wire).await?;
        assert_eq!(again.id, draft.id);
        // Thrown away in one tab, it cannot be ordered in the other.
        assert_eq!(shop.browser.delete(&path).await?.status, 200);
        let placement = paths::of_order(shop.id, draft.id, "placement");
        let gone = shop
            .keyed(&placement, &key(), Some(Shop::placement(&again)))
            .await?;
        assert_eq!(gone.problem()?.status, 404);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_payment_in_one_tab_is_not_begun_again_in_another() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let order = shop.order(PACK, PaymentMethod::Card).await?;
        let page = shop.attempt(&order).await?;
        let begin = paths::of_order(shop.id, order.id, "attempts");
        let other = shop.keyed(&begin, &key(), None).await?.problem()?;
        assert_eq!(other.status, 409);
        // The other tab shows where it is paid, and both end at the same.
        let seen = shop.now(&order).await?;
        let seen = seen.attempt.and_then(|one| one.redirect);
        assert_eq!(seen.as_deref(), Some(page.as_str()));
        let (one, two) = tokio::join!(
            shop.choose(&page, Story::Success),
            shop.choose(&page, Story::Authenticated)
        );
        one?;
        two?;
        let (one, two) = tokio::join!(shop.come_back(&order), shop.come_back(&order));
        one?;
        two?;
        work(&app.app).await?;
        let paid = shop.now(&order).await?;
        let is = (paid.state, paid.received, paid.payments.len());
        assert_eq!(is, (OrderState::Fulfilled, 36_500, 1));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_tab_that_shows_other_answers_orders_nothing_by_its_tag() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let shown = shop.begin(PACK, PaymentMethod::Card).await?;
        let path = paths::order(shop.id, shown.id);
        let tag = async || -> Outcome<String> {
            Ok(shop.browser.get(&path).await?.header("etag").to_owned())
        };
        let of_this_tab = tag().await?;
        // The other tab chooses a transfer: the same draft, the same total.
        let other = shop.begin(PACK, PaymentMethod::Wire).await?;
        assert_eq!((other.id, other.total), (shown.id, shown.total));
        let placement = paths::of_order(shop.id, shown.id, "placement");
        let press = async |tag: &str, key: &str| {
            let headers = [("if-match", tag), ("idempotency-key", key)];
            let body = Some(Shop::placement(&shown));
            shop.browser.send("POST", &placement, &headers, body).await
        };
        let (here, there) = (key(), key());
        assert_eq!(press(&of_this_tab, &here).await?.problem()?.status, 412);
        assert_eq!(shop.now(&shown).await?.state, OrderState::Draft);
        let of_other_tab = tag().await?;
        assert_eq!(press(&of_other_tab, &there).await?.status, 201);
        // Sent once more it is the same order, though its tag is another one by now.
        let again = press(&of_other_tab, &there).await?;
        assert_eq!(again.header("idempotency-replayed"), "true");
        Ok(())
    })
    .await
}

/// As after an answer that was lost, while the order was placed.
#[tokio::test]
async fn answers_that_were_changed_are_answered_again_under_their_key() -> Outcome {
    TestApp::each(async |app| {
        let shop = Shop::of(app, "Northwind").await?;
        let draft = shop.begin(PACK, PaymentMethod::Card).await?;
        let shown = shop.browser.get(&paths::order(shop.id, draft.id)).await?;
        let (tag, changed) = (shown.header("etag"), key());
        let answers = paths::of_order(shop.id, draft.id, "answers");
        let put = async |key: &str| {
            let headers = [("if-match", tag), ("idempotency-key", key)];
            let wire = Some(json!({"offer": PACK, "method": "wire"}));
            shop.browser.send("PUT", &answers, &headers, wire).await
        };
        let first = put(&changed).await?;
        let by_wire: Order = first.json()?;
        let placed = shop.place(&by_wire).await?;
        assert_eq!(placed.state, OrderState::AwaitingPayment);
        let again = put(&changed).await?;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.text(), first.text());
        assert!(put(&key()).await?.problem().is_ok());
        assert_eq!(shop.now(&draft).await?, placed);
        Ok(())
    })
    .await
}
