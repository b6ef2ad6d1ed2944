//! Two servers, two tabs, two messages at once: exactly one effect. `MEMBERSHIP_ROUNDS` says how
//! often each race is run.

use membership_contract::paths;
use membership_contract::purchase::Order;
use membership_domain::evidence::Membership;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_store::{attempts, evidence, orders, receipts, terms};
use serde_json::json;

use crate::app::Settings;
use crate::bank::apply::TURN;
use crate::bank::import::import;
use crate::gateway::sandbox::story::Story;
use crate::gateway::sandbox::{Sent, signed};
use crate::purchase::{events, sweep};
use crate::testing::shop::{Shop, key};
use crate::testing::{Outcome, TestApp, rounds};
use crate::trail;

/// The round's order and everything that it gave goes, so that the next one begins as the first.
async fn begin_again(shop: &Shop, app: &TestApp, order: &Order) -> Outcome {
    let store = &app.app.store;
    let part = evidence::part(store.db(), shop.id, "memberships").await?;
    let held: Vec<Membership> = part.map_or_else(|| Ok(Vec::new()), |known| known.rows())?;
    let before: Vec<_> = held
        .into_iter()
        .filter(|one| one.program != "action-pack")
        .collect();
    app.put_part(shop.id, "memberships", &serde_json::to_value(before)?)
        .await?;
    let known = orders::by_id(store.db(), order.id).await?;
    assert!(known.is_some_and(|order| !order.status.is_open()));
    Ok(())
}

/// What an order has at the end, whoever was first.
async fn has_one_of_each(app: &TestApp, order: &Order) -> Outcome {
    let db = app.app.store.db();
    let known = orders::by_id(db, order.id).await?.ok_or("the order")?;
    assert_eq!(known.status.state, OrderState::Fulfilled);
    assert_eq!(terms::of_order(db, order.id).await?.len(), 1);
    let came = receipts::of_order(db, order.id).await?;
    let taken: i64 = came.iter().map(|one| one.money.amount - one.parked).sum();
    assert_eq!(taken, known.status.total, "{came:?}");
    Ok(())
}

#[tokio::test]
async fn event_return_and_sweep_together_pay_once() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        for _ in 0..rounds(3) {
            let order = shop.order("action-pack", PaymentMethod::Card).await?;
            let page = shop.attempt(&order).await?;
            shop.choose(&page, Story::Never).await?;
            let payment = page.rsplit('/').next().unwrap_or_default().to_owned();
            let sent = Sent { id: key(), payment };
            let body = serde_json::to_vec(&sent)?;
            let mut headers = axum::http::HeaderMap::new();
            headers.insert(
                "sandbox-signature",
                signed(&body, one.app.clock.real()).parse()?,
            );
            for app in [one, two] {
                app.app.clock.wait(chrono::Duration::seconds(61));
            }
            let _ = tokio::join!(
                Box::pin(events::take(&two.app, "sandbox", &headers, &body)),
                Box::pin(shop.come_back(&order)),
                Box::pin(sweep::payments(&one.app)),
                Box::pin(sweep::payments(&two.app)),
            );
            shop.come_back(&order).await?;
            has_one_of_each(one, &order).await?;
            assert_eq!(
                receipts::of_order(one.app.store.db(), order.id)
                    .await?
                    .len(),
                1
            );
            begin_again(&shop, one, &order).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_payments_of_one_order_pay_it_once_and_the_other_is_parked() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        for round in 0..rounds(3) {
            let order = shop.order("action-pack", PaymentMethod::Card).await?;
            let page = shop.attempt(&order).await?;
            shop.choose(&page, Story::Never).await?;
            let file = transfer(&order, round);
            let entry =
                |action, subject: &str| Ok(trail::of_operator(&two.app.clock, action, subject)?);
            let (came, taken) = tokio::join!(
                Box::pin(shop.come_back(&order)),
                Box::pin(import(&two.app, file.clone(), None, TURN, entry)),
            );
            if came.is_err() || taken.is_err() {
                shop.come_back(&order).await?;
                let _ = import(&two.app, file, None, TURN, entry).await;
            }
            let _ = crate::bank::apply::within(&two.app, TURN).await;
            has_one_of_each(one, &order).await?;
            let came = receipts::of_order(one.app.store.db(), order.id).await?;
            assert_eq!(came.len(), 2, "both are known: {came:?}");
            begin_again(&shop, one, &order).await?;
        }
        Ok(())
    })
    .await
}

/// A statement with one transfer for an order.
fn transfer(order: &Order, number: usize) -> Vec<u8> {
    use membership_bank::testing::{Payment, Row, Sheet, statement};

    let payment = Payment {
        amount: order.total.amount,
        references: order.reference.clone().into_iter().collect(),
        ..Payment::default()
    };
    statement(&Sheet {
        id: format!("S{number}"),
        number: number as u64 + 1,
        iban: "GB29NWBK60161331926819".to_owned(),
        owner: String::new(),
        currency: order.total.currency,
        opening: 0,
        on: chrono::NaiveDate::from_ymd_opt(2023, 11, 15).unwrap_or_default(),
        rows: vec![Row::credit(&format!("B{number}"), payment)],
    })
}

#[tokio::test]
async fn one_statement_that_two_servers_import_is_booked_once() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        for round in 0..rounds(3) {
            let order = shop.order("action-pack", PaymentMethod::Wire).await?;
            let file = transfer(&order, round);
            let entry =
                |action, subject: &str| Ok(trail::of_operator(&one.app.clock, action, subject)?);
            let (first, second) = tokio::join!(
                Box::pin(import(&one.app, file.clone(), None, TURN, entry)),
                Box::pin(import(&two.app, file.clone(), None, TURN, entry)),
            );
            let new = [first, second]
                .into_iter()
                .flatten()
                .filter(|it| !it.is_known)
                .count();
            assert!(new <= 1, "one of both");
            let _ = import(&one.app, file, None, TURN, entry).await;
            let _ = crate::bank::apply::within(&one.app, TURN).await;
            has_one_of_each(one, &order).await?;
            assert_eq!(
                receipts::of_order(one.app.store.db(), order.id)
                    .await?
                    .len(),
                1
            );
            begin_again(&shop, one, &order).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_renewals_of_one_membership_are_one() -> Outcome {
    TestApp::each_pair(&Settings::default(), async |one, two| {
        let shop = Shop::of(one, "Northwind").await?;
        let there = two.signed_in("global-admin@northwind.example").await?;
        for _ in 0..rounds(3) {
            let held = json!([{"program": "action-pack", "started_on": "2022-11-10",
                "ends_on": "2023-11-10", "authority": "confirmed"}]);
            one.put_part(shop.id, "memberships", &held).await?;
            let draft = shop.begin("action-pack", PaymentMethod::Wire).await?;
            let path = paths::of_order(shop.id, draft.id, "placement");
            let body = Shop::placement(&draft);
            let keys = [key(), key()];
            let header = |which: usize| [("idempotency-key", keys[which].as_str())];
            let (mine, other) = (header(0), header(1));
            let (first, second) = tokio::join!(
                shop.browser.send("POST", &path, &mine, Some(body.clone())),
                there.send("POST", &path, &other, Some(body.clone())),
            );
            let placed = [first?.status, second?.status];
            assert_eq!(
                placed.iter().filter(|one| one.as_u16() == 201).count(),
                1,
                "{placed:?}"
            );
            // Another draft meanwhile meets the open order.
            let answers = json!({"offer": "action-pack", "method": "wire"});
            let again = shop
                .keyed(&paths::orders(shop.id), &key(), Some(answers))
                .await?;
            assert_eq!(again.problem()?.status, 409);
            let open = orders::under_way(one.app.store.db(), shop.id).await?;
            assert_eq!(open.len(), 1);
            assert!(
                attempts::newest(one.app.store.db(), draft.id)
                    .await?
                    .is_none()
            );
            let path = paths::order(shop.id, draft.id);
            assert_eq!(shop.browser.delete(&path).await?.status, 200);
        }
        Ok(())
    })
    .await
}
